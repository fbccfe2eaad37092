"""Durations, quantities and tempos as scripts write them, and back: ``1m30s``, ``7 in``, ``2-1-1-0``.

Pure parsers used by ``schema``; each raises ValueError with a sentence that says how to write it.
"""

from __future__ import annotations

import re

from voicecoach.drills.values import Tempo
from voicecoach.words.meaning import Quantity

UNITS = {
    "lb": ("lb", "lbs", "pound", "pounds"),
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
    "in": ("in", "inch", "inches"),
    "cm": ("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
    "s": ("s", "sec", "second", "seconds"),
    "reps": ("rep", "reps"),
    "%": ("%", "percent"),
}
"""Each unit with its spellings."""
SPELLINGS = {spelling: unit for unit, spellings in UNITS.items() for spelling in spellings}
LOADS = ("lb", "kg")
"""Units of a load."""
LONGEST_PHASE = 120.0
"""Seconds one phase of a rep may take."""
SHORTEST_REP = 1.0
"""Seconds a rep must take, for a count to be heard in it."""
FASTEST = 1.0
"""Seconds reckoned for a phase that is ``X``, as fast as you can."""

NUMBER = r"\d{1,4}(?:\.\d{1,3})?"
DURATION = re.compile(
    rf"(?:(?P<m>\d{{1,3}})\s?m(?:in)?)?\s?(?:(?P<s>{NUMBER})\s?s(?:ec)?)?|(?P<mm>\d{{1,3}}):(?P<ss>[0-5]\d)"
)
QUANTITY = re.compile(rf"(?P<value>[-+]?{NUMBER})\s*(?P<unit>[a-z%]*)", re.IGNORECASE)
SPELT_OUT = rf"(?i:({NUMBER})\s*(s|secs|seconds?|m|mins?|minutes?)?\.?)"
"""A time as people write it in a sentence, or a number alone; compiled where one is refused, as the next."""
OTHER_JOINT = r"[\dXx.]+(?:\s*[/,:;.|]\s*[\dXx]+|\s+[\dXx]+){3}"
"""Four numbers of a tempo that something else than hyphens joins."""
DECIMAL_COMMA = r"\d+,\d{1,2}(?!\d)"
"""A decimal as many languages write it."""
MOST_MINUTES = 60
"""Minutes that a time in a script may have."""
DURATION_FORM = "a time is written like 45s, 1m30s or 1:30"
TEMPO_FORM = "a tempo has four numbers of seconds, lower-hold-lift-top, such as 2-1-1-0; X is as fast as you can"


def read_duration(text: str) -> float:
    """Seconds of ``45s``, ``1m30s``, ``1:30``, ``2m``; ValueError for anything else."""
    match = DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        _refuse_comma(text)
        raise ValueError(_how_to_write(text.strip()))
    return float(match["m"] or match["mm"] or 0) * 60 + float(match["s"] or match["ss"] or 0)


def _how_to_write(text: str) -> str:
    """A sentence on how to write a time that was refused."""
    near = re.fullmatch(SPELT_OUT, text)
    if near is None:
        return DURATION_FORM
    if (near[2] or "s")[:1].lower() != "m":
        return f"a time is written like {near[1]}s, with its unit beside it"
    minutes = float(near[1])
    if minutes > MOST_MINUTES:
        return f"a time is at most one hour: {MOST_MINUTES}m"
    if minutes.is_integer():
        return f"a time is written like {minutes:g}m, with its unit beside it"
    return f"minutes have no decimals: {_in_whole_minutes(minutes)}"


def _in_whole_minutes(minutes: float) -> str:
    """Both ways to write minutes with decimals, ``1m30s or 90s``."""
    seconds = round(minutes * 60, 3)
    return " or ".join(dict.fromkeys((write_duration(seconds), f"{seconds:g}s")))


def _refuse_comma(text: str) -> None:
    """ValueError where a decimal has a comma, with the text as it should be."""
    if re.search(DECIMAL_COMMA, text) is not None:
        raise ValueError(f"a decimal has a point here: {text.strip().replace(',', '.')}")


def write_duration(seconds: float) -> str:
    """The shortest way to write a duration, ``1m30s``; thousandths of a second are kept."""
    minutes, rest = divmod(round(seconds, 3), 60)
    tail = f"{round(rest, 3):.3f}".rstrip("0").rstrip(".")
    if not minutes:
        return f"{tail}s"
    return f"{minutes:.0f}m" + (f"{tail}s" if tail != "0" else "")


def read_quantity(text: str) -> Quantity:
    """A number with its unit, ``7 in``; unit None where there is none; ValueError for anything else."""
    match = QUANTITY.fullmatch(text.strip())
    if match is None:
        _refuse_comma(text)
        if re.match(r"\s*[-+]?\d{5,}", text):
            raise ValueError("a number here has at most four digits before the point")
        if (time := DURATION.fullmatch(text.strip())) is not None and any(time.groups()):
            raise ValueError(f"a time is written in seconds here: {read_duration(text):g} s")
        raise ValueError("a quantity is a number and a unit, such as 7 in, 15 lb or 50 %")
    spelling = match["unit"].lower()
    if spelling and spelling not in SPELLINGS:
        raise ValueError(f"the unit {match['unit']!r} is not known; use {', '.join(UNITS)}")
    return Quantity(float(match["value"]), SPELLINGS.get(spelling))


def read_tempo(text: str) -> Tempo:
    """A tempo from ``2-1-1-0`` or ``3-1-X-0``; ValueError says what is wrong with it."""
    parts = [part.strip() for part in text.strip().split("-")]
    if any(dash in text for dash in "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"):
        raise ValueError("a tempo is written with plain hyphens: 2-1-1-0")
    if len(parts) == 1 and re.fullmatch(OTHER_JOINT, text.strip()):
        raise ValueError(f"the numbers of a tempo are joined by hyphens: {'-'.join(re.findall('[0-9Xx]+', text))}")
    if len(parts) != 4:  # noqa: PLR2004 - lower, hold, lift, top
        raise ValueError(f"{TEMPO_FORM}; this has {len(parts)}")
    lower, hold, lift, top = (_read_phase(part) for part in parts)
    tempo = Tempo(lower, hold, lift, top)
    if rep_seconds(tempo) < SHORTEST_REP:
        raise ValueError("a rep must take at least one second")
    return tempo


def _read_phase(part: str) -> float | None:
    if part in {"X", "x"}:
        return None
    if re.fullmatch(NUMBER, part) is None:
        _refuse_comma(part)
        raise ValueError(TEMPO_FORM)
    seconds = float(part)
    if seconds > LONGEST_PHASE:
        raise ValueError(f"a phase of a rep takes at most {LONGEST_PHASE:g} seconds")
    return seconds


def rep_seconds(tempo: Tempo) -> float:
    """Seconds one rep takes; ``X`` is reckoned as one second."""
    return sum(FASTEST if s is None else s for s in (tempo.lower, tempo.hold, tempo.lift, tempo.top))
