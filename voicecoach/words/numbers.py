"""Spoken numbers to values and back, 0 to 999.99, in the ways people say weights and reps.

No library reads "one thirty five" as 135, so the rules are here: a few word tables and a reader of whole numbers and
fractions. `ways` lists every way a value is said; the tests hold that each of them is read back.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

LARGEST = 999.99
"""Largest value that is read."""

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_UNDER_HUNDRED = _UNITS | _TEENS | _TENS
_TWO_DIGITS = 10
"""From here on a number has two digits, and can be the second group of a hundred: "one ten"."""
_SMALL_WORDS = {value: word for word, value in _UNDER_HUNDRED.items()}

SLIPS = {
    "to": "two", "too": "two", "for": "four", "fore": "four", "ate": "eight", "won": "one", "tree": "three",
    "free": "three", "fife": "five", "sex": "six", "tin": "ten", "have": "half", "halve": "half", "o": "oh",
    "fourty": "forty", "ninty": "ninety", "hundreds": "hundred", "hundert": "hundred", "dot": "point",
}  # fmt: skip
"""What recognisers and keyboards write in place of a number word; read so only where a number is expected."""

NUMBER_TOKENS = frozenset({*_UNITS, *_TEENS, *_TENS, "oh", "hundred", "half", "quarter", "quarters", "point"})
"""Words that are part of numbers and nothing else."""

_DIGITS = re.compile(r"\d{1,3}(?:\.\d{1,2})?|\.\d{1,2}")


def without_slips(words: Sequence[str]) -> tuple[str, ...]:
    """Put number words in place of the slips of recognisers and keyboards."""
    return tuple(SLIPS.get(word, word) for word in words)


def readings(words: Sequence[str]) -> frozenset[float]:
    """Read words that are a number and nothing else; none when they are not, several when they are ambiguous.

    The words are lower case without hyphens. "two five" is 2.5 to some and 25 to others: both are returned.
    """
    words = tuple(words)
    found = {float(value) for value in _wholes(words)}
    if len(words) == 1 and _DIGITS.fullmatch(words[0]):
        found.add(float(words[0]))
    for cut in range(len(words)):
        fraction = _fraction(words[cut:])
        if fraction is None:
            continue
        if cut == 0:
            if words[0] != "and":
                found.add(fraction)
        else:
            found.update(round(value + fraction, 2) for value in _wholes(words[:cut]))
    found.update(_elided_half(words))
    return frozenset(found)


def _wholes(words: tuple[str, ...]) -> Iterator[int]:
    """Yield the whole numbers that the words can be; at most one for words, digits alike."""
    if not words:
        return
    if len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) <= len("999"):
        yield int(words[0])
    small = _small(words)
    if small is not None:
        yield small
    elif "hundred" in words:
        yield from _hundreds(words)
    else:
        yield from _pair(words)


def _small(words: tuple[str, ...]) -> int | None:
    """Read 0 to 99: "seven", "seventeen", "seventy", "seventy seven"."""
    match words:
        case (word,):
            return _UNDER_HUNDRED.get(word)
        case (tens, unit) if tens in _TENS and _UNITS.get(unit, 0) > 0:
            return _TENS[tens] + _UNITS[unit]
    return None


def _hundreds(words: tuple[str, ...]) -> Iterator[int]:
    """Read "a hundred", "one hundred and five", "two hundred fifty", "hundred and ten"."""
    at = words.index("hundred")
    head, tail = words[:at], words[at + 1 :]
    count = 1 if head in {(), ("a",)} else _UNITS.get(head[0], 0) if len(head) == 1 else 0
    if count == 0:
        return
    if not tail:
        yield 100 * count
        return
    rest = _small(tail[1:] if tail[0] == "and" else tail)
    if rest:
        yield 100 * count + rest


def _pair(words: tuple[str, ...]) -> Iterator[int]:
    """Read hundreds said in two groups: "one thirty five", "one ten", "one oh five"."""
    count = _UNITS.get(words[0], 0)
    match words[1:] if count else ():
        case ("oh" | "zero", digit) if _UNITS.get(digit, 0) > 0:
            yield 100 * count + _UNITS[digit]
        case rest if (_small(rest) or 0) >= _TWO_DIGITS:
            yield 100 * count + (_small(rest) or 0)


_FRACTIONS = {
    ("half",): 0.5,
    ("a", "half"): 0.5,
    ("one", "half"): 0.5,
    ("a", "quarter"): 0.25,
    ("quarter",): 0.25,
    ("one", "quarter"): 0.25,
    ("three", "quarters"): 0.75,
    ("three", "quarter"): 0.75,
}


def _fraction(words: tuple[str, ...]) -> float | None:
    """Read what follows a whole number: "and a half", "a half", "point five", "point two five"."""
    if words[0] == "point":
        return _decimals(words[1:])
    if words[0] == "and":
        return _FRACTIONS.get(words[1:])
    return _FRACTIONS.get(words) if words != ("quarter",) else None


def _decimals(words: tuple[str, ...]) -> float | None:
    """Read the digits after "point": one, two, or a two-digit number."""
    digits = [0 if word == "oh" else _UNITS.get(word) for word in words]
    match digits:
        case [int(tenths)]:
            return tenths / 10
        case [int(tenths), int(hundredths)]:
            return (10 * tenths + hundredths) / 100
    group = _small(words) or 0
    return group / 100 if group >= _TWO_DIGITS else None


def _elided_half(words: tuple[str, ...]) -> Iterator[float]:
    """Read halves said without "point": "twenty two five", "seventeen five"; "two five" is that and 25."""
    if words[-1:] != ("five",) or words[0][0].isdigit():
        return
    for whole in _wholes(words[:-1]):
        if whole % 10:  # after "twenty" or "a hundred" the five belongs to the whole number
            yield whole + 0.5
            if whole < _TWO_DIGITS:
                yield 10.0 * whole + 5


def spoken(value: float) -> str:
    """Say a value: "two and a half", "one hundred and thirty five", "zero point three", "minus five".

    Read to hundredths; from 10,000 on digits are returned.
    """
    if value < 0:
        return f"minus {spoken(-value)}"
    hundredths = round(value * 100)
    whole, rest = divmod(hundredths, 100)
    if rest == 0:
        return _spoken_whole(whole)
    known = {50: "a half", 25: "a quarter", 75: "three quarters"}.get(rest)
    if known:
        return f"{_spoken_whole(whole)} and {known}" if whole else known
    digits = f"{rest:02d}".rstrip("0")
    return f"{_spoken_whole(whole)} point {' '.join(_SMALL_WORDS[int(digit)] for digit in digits)}"


def _spoken_whole(value: int) -> str:
    """Say a whole number."""
    if value >= 10_000:  # noqa: PLR2004 - nobody lifts that
        return str(value)
    thousands, value = divmod(value, 1000)
    hundreds, rest = divmod(value, 100)
    parts = [f"{_SMALL_WORDS[thousands]} thousand"] if thousands else []
    parts += [f"{_SMALL_WORDS[hundreds]} hundred"] if hundreds else []
    if rest or not parts:
        parts += ["and"] if parts else []
        parts.append(_spoken_small(rest))
    return " ".join(parts)


def _spoken_small(value: int) -> str:
    """Say 0 to 99."""
    if value in _SMALL_WORDS:
        return _SMALL_WORDS[value]
    return f"{_SMALL_WORDS[value - value % 10]} {_SMALL_WORDS[value % 10]}"


def ways(value: float) -> tuple[str, ...]:
    """List every way of saying a value from 0 to 999.75 in quarters, the plainest first.

    Raises ValueError for other values. Recognisers' slips are not among them.
    """
    whole, rest = divmod(round(value * 100), 100)
    if rest not in _ENDINGS or not 0 <= value <= LARGEST:
        raise ValueError(f"{value} is not a value from 0 to 999.75 in quarters")
    wholes = tuple(_whole_ways(whole))
    said = [f"{head}{ending}" for head, ending in itertools.product(wholes, _ENDINGS[rest])]
    if rest == 0:
        return tuple(dict.fromkeys((*said, str(whole), *_two_digits(whole))))
    said.append(f"{value:g}")
    said += [f"{whole}{ending}" for ending in _ENDINGS[rest] if "point" not in ending]
    if rest == _HALF:
        said += [f"{head} five" for head in wholes if _may_elide(head)]
    if whole == 0:
        said += [ending.removeprefix(" and").strip() for ending in _ENDINGS[rest] if ending != " and half"]
        said = [text for text in said if not text.startswith(("zero and", "zero a", "0 "))]
    return tuple(dict.fromkeys(said))


_HALF = 50
_ENDINGS: dict[int, tuple[str, ...]] = {
    0: ("",),
    25: (" and a quarter", " point two five", " point twenty five"),
    50: (" and a half", " point five", " and half", " a half", " point five zero", " point fifty"),
    75: (" and three quarters", " point seven five", " point seventy five"),
}


def _whole_ways(value: int) -> Iterator[str]:
    """Yield the ways of saying a whole number in words."""
    hundreds, rest = divmod(value, 100)
    if hundreds == 0:
        yield _spoken_small(rest)
        if " " in _spoken_small(rest):
            yield _spoken_small(rest).replace(" ", "-")
        return
    heads = [f"{_SMALL_WORDS[hundreds]} hundred"] + (["a hundred", "hundred"] if hundreds == 1 else [])
    if rest == 0:
        yield from heads
        return
    for head in heads:
        yield f"{head} and {_spoken_small(rest)}"
        yield f"{head} {_spoken_small(rest)}"
    if rest >= _TWO_DIGITS:
        yield f"{_SMALL_WORDS[hundreds]} {_spoken_small(rest)}"
    else:
        yield f"{_SMALL_WORDS[hundreds]} oh {_spoken_small(rest)}"
        yield f"{_SMALL_WORDS[hundreds]} zero {_spoken_small(rest)}"


def _two_digits(value: int) -> Iterator[str]:
    """Yield "two five" for 25, which is also said for 2.5: an ambiguity, asked back."""
    tens, unit = divmod(value, 10)
    if 0 < tens < _TWO_DIGITS and _SMALL_WORDS[unit] == "five":
        yield f"{_SMALL_WORDS[tens]} five"


def _may_elide(words: str) -> bool:
    """Tell whether "five" after these words can only be half of one more."""
    last = words.replace("-", " ").split()[-1]
    return _UNDER_HUNDRED.get(last, 0) % 10 > 0
