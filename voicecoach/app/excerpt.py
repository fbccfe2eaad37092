"""The part of a rehearsal that somebody wants to read and hear, by a set, a drill or a time: ``rehearse --from``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicecoach.app.transcript import number_in
from voicecoach.errors import CoachError

Line = dict[str, object]
"""A JSON line of a transcript."""
Lines = Sequence[Line]
"""All of them, by time."""

_SET = re.compile(r"(?:(?P<drill>.*?)[\s,]*)?\bset\s+(?P<set>\d{1,3})", re.IGNORECASE)
_TIME = re.compile(r"(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class _Started:
    """A set that began."""

    drill: str
    """Name of its drill."""
    set: int
    """Its number, from 1."""
    drill_from: float
    """Session seconds at which its drill begins to be explained."""
    at: float
    """Session seconds at which its countdown begins."""


def place_of(wanted: str, lines: Lines) -> float:
    """Session seconds at which ``wanted`` begins: ``set 2``, ``dowel hinge``, ``dowel hinge, set 3`` or ``4:30``.

    A set begins with its countdown, a drill with its explanation. Raises CoachError for what the session did not have.
    """
    text = " ".join(wanted.split())
    if time := _TIME.fullmatch(text):
        return _within(int(time["minutes"]) * 60 + float(time["seconds"]), wanted, lines)
    sets = _sets(lines)
    match = _SET.fullmatch(text)
    drill, number = (match["drill"] or "", int(match["set"])) if match else (text, None)
    for one in sets:
        if drill and drill.casefold() != one.drill.casefold():
            continue
        if number is None:
            return one.drill_from
        if number == one.set:
            return one.at
    last = {one.drill: one.set for one in sets}
    had = "; ".join(f"{name}, set 1 to {sets}" if sets > 1 else f"{name}, set 1" for name, sets in last.items())
    raise CoachError(
        f"--from {wanted!r} is nowhere in this rehearsal.", f"It has: {had or 'no set'}. Or a time: 4:30.", exit_code=2
    )


def lines_from(t: float, lines: Lines) -> list[Line]:
    """The lines from ``t`` on, each with the time it has in the whole session."""
    return [line for line in lines if number_in(line["t"]) >= t]


def _sets(lines: Lines) -> list[_Started]:
    found: list[_Started] = []
    drill_from, countdown = 0.0, None
    for line in lines:
        t, log = number_in(line["t"]), line.get("log")
        if line.get("kind") == "countdown":
            countdown = t if countdown is None else countdown
        if not isinstance(log, Mapping):
            continue
        if log.get("event") == "set_started":
            name, number = str(log.get("drill")), int(number_in(log.get("set")))
            found.append(_Started(name, number, drill_from, t if countdown is None else countdown))
        elif log.get("event") == "drill_done":
            drill_from = t
        elif log.get("event") == "set_done":
            countdown = None
    return found


def _within(t: float, wanted: str, lines: Lines) -> float:
    end = max((number_in(line["t"]) for line in lines), default=0.0)
    if t > end:
        minutes, seconds = divmod(end, 60)
        raise CoachError(
            f"--from {wanted} is after the end.", f"It ends at {int(minutes)}:{seconds:02.0f}.", exit_code=2
        )
    return t
