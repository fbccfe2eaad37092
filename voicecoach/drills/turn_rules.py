"""Rules on dials and the load: which way they are turned, and that a dial starts where its drill says.

What eases a drill must not be what makes it harder.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.schema import DrillPart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.values import Turn

WEIGHT = "weight"
"""What ``turn:`` calls the load."""
EASY, HARD = "too easy", "too hard"


def check_directions(source: Source, file: DrillPart) -> Iterator[Diagnostic]:
    """Answers and an offer after pain that turn the wrong way.

    Of the load it is known which way is harder. Of a dial the script says it: the way that "too easy" turns it, or the
    other than "too hard". What pain would make harder is an error, an answer that does is a warning.
    """
    easy, hard = (response.turn if (response := file.hears.get(name)) else None for name in (EASY, HARD))
    if easy is not None and easy.dial == WEIGHT and easy.direction < 0:
        message = f"{quoted(EASY)} makes the weight lighter here"
        yield _told(source, ("hears", EASY, "turn"), message, easy)
    if hard is not None and hard.dial == WEIGHT and hard.direction > 0:
        message = f"{quoted(HARD)} makes the weight heavier here"
        yield _told(source, ("hears", HARD, "turn"), message, hard)
    if easy is not None and easy == hard and easy.dial != WEIGHT:
        message = f"{quoted(HARD)} turns {quoted(hard.dial)} the same way as {quoted(EASY)}"
        yield _told(source, ("hears", HARD, "turn"), message, hard)
        return
    pain = file.when_pain.turn
    if pain is not None and pain.direction == _harder(pain.dial, easy, hard):
        yield _told(source, ("when pain", "turn"), _pain_harder(pain, easy), pain, "error")


def check_starts(source: Source, file: DrillPart) -> Iterator[Diagnostic]:
    """Dials for reps and times that start at another value than the drill gives: theirs is the one that counts."""
    for key in ("reps", "hold", "amrap"):
        dial, value = file.dials.get(key), getattr(file, key)
        if dial is None or value is None or dial.start[0].value == value:
            continue
        start = dial.start[0].value
        message = f"{quoted(key)} is {value:g} above, and its dial starts at {start:g}, which is what is done"
        yield source.diagnose(("dials", key, "start"), message, "write the same in both", severity="warning")


def _harder(dial: str, easy: Turn | None, hard: Turn | None) -> int:
    """The direction that makes a drill harder: 1 is up, -1 is down, 0 where nothing says which."""
    if dial == WEIGHT:
        return 1
    if easy is not None and easy.dial == dial:
        return easy.direction
    return -hard.direction if hard is not None and hard.dial == dial else 0


def _pain_harder(pain: Turn, easy: Turn | None) -> str:
    if pain.dial == WEIGHT:
        return "after pain the weight would be heavier"
    how = f"as {quoted(EASY)} does" if easy is not None and easy.dial == pain.dial else f"against {quoted(HARD)}"
    return f"after pain the drill would be harder: this turns {quoted(pain.dial)} {how}"


def _told(
    source: Source, loc: Loc, message: str, turn: Turn, severity: Literal["error", "warning"] = "warning"
) -> Diagnostic:
    other = "down" if turn.direction > 0 else "up"
    return source.diagnose(loc, message, f"write {turn.dial} {other}", severity=severity)


def dial_for(name: str, file: DrillPart) -> str:
    """How a dial is written that the drill lacks: from its own reps or seconds on where the dial turns these."""
    if name == "reps" and file.reps is not None:
        return (
            f"{{start: {file.reps} reps, step: 1 rep, between: [{max(1, file.reps - 4)} reps, {file.reps + 4} reps]}}"
        )
    seconds = {"hold": file.hold, "amrap": file.amrap}.get(name)
    if seconds is not None:
        return f"{{start: {seconds:g} s, step: 5 s, between: [{seconds / 2:g} s, {seconds * 2:g} s]}}"
    return "{start: 7 in, step: 1 in, between: [4 in, 16 in]}"
