"""Taking back the last thing that was done: a snapshot before each command, and corrections for what it logged."""

from __future__ import annotations

from dataclasses import dataclass, fields

from voicecoach.coach.commands import Log
from voicecoach.coach.stage import Stage
from voicecoach.coach.workout import Workout

SECONDS = 10.0
"""For how long a command can be taken back (DESIGN section 4)."""
CORRECTABLE = frozenset({"set_done", "dial", "weight", "skipped", "drill_done", "moved"})
"""Events that a correction can delete; what happened to the body is never deleted."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """A command that can still be taken back."""

    before: Workout
    """The session as it was."""
    state: str
    """State it was in."""
    refs: tuple[int, ...]
    """Log events it wrote that a correction can delete."""
    until: float
    """Session seconds after which it stands."""


def undoable(stage: Stage, before: Workout, state: str, now_state: str) -> Undoable | None:
    """What the step just done can be taken back to; None where it changed nothing that matters."""
    refs = tuple(c.ref for c in stage.out if isinstance(c, Log) and c.event in CORRECTABLE)
    if not refs:
        return None
    spoken = stage.speech.last_word(stage.now) if now_state != state else stage.now
    return Undoable(before, state, refs, max(stage.now, spoken) + SECONDS)


def restore(work: Workout, before: Workout) -> None:
    """Make the session what it was, in place: others hold on to it."""
    for item in fields(Workout):
        setattr(work, item.name, getattr(before, item.name))
    work.clock = None
