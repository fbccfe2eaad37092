"""Taking back the last thing that was done: a snapshot before each command, and corrections for what it logged."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from voicecoach.coach.commands import Log
from voicecoach.coach.corrections import CORRECTIONS
from voicecoach.coach.stage import Stage
from voicecoach.coach.workout import Workout

SECONDS = 10.0
"""For how long a command can be taken back (DESIGN section 4)."""
CORRECTABLE = frozenset({"set_done", "dial", "weight", "skipped", "drill_done", "moved", "volume"})
"""Events that a correction can delete; what happened to the body is never deleted."""

STAYS = frozenset({"talk", "own_pace"})
"""What only the opposite command turns back: it is in the log as well, for the sessions that follow."""

Scope = Literal["values", "sets", "all"]
"""What a command changed: dials and loads, sets in the log, or where the trainee is."""
VALUES = frozenset({"dial", "weight", "volume"})
"""Of those, the ones that change a value and nothing else."""


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
    scope: Scope
    """What it changed: dials, loads and the volume can be turned back while the set goes on, sets while none is on."""


def undoable(stage: Stage, before: Workout, state: str, now_state: str) -> Undoable | None:
    """What the step just done can be taken back to; None where it changed nothing that matters."""
    logged = [c for c in stage.out if isinstance(c, Log) and (c.event in CORRECTABLE or _corrects_set(c))]
    if not logged:
        return None
    refs = tuple(c.ref for c in logged)
    scope: Scope = "values" if all(c.event in VALUES for c in logged) else "all"
    if any(_corrects_set(c) for c in logged):
        scope = "sets"
    if before.clock is not None:  # the time worked so far, which the step has ended
        before.worked += max(0.0, stage.now - before.clock.began)
    spoken = stage.speech.last_word(stage.now) if now_state != state else stage.now
    return Undoable(before, state, refs, max(stage.now, spoken) + SECONDS, scope)


def _corrects_set(log: Log) -> bool:
    return log.event == "correction" and log.fields.get("why") in CORRECTIONS


def restore(work: Workout, before: Workout) -> None:
    """Make the session what it was, in place: others hold on to it."""
    for item in fields(Workout):
        if item.name not in STAYS:
            setattr(work, item.name, getattr(before, item.name))
    work.clock = None


def restore_values(work: Workout, before: Workout) -> None:
    """Turn dials, loads and the volume back; where the trainee is stays as it is."""
    work.volume = before.volume
    work.dials, work.weights, work.noted = dict(before.dials), dict(before.weights), before.noted


def restore_sets(work: Workout, before: Workout) -> None:
    """Put the sets in the log, the number of the next one and the loads back; everything else stays as it is."""
    restore_values(work, before)
    work.done, work.set_ref = list(before.done), before.set_ref
    if before.index != work.index and before.index in work.partners:
        work.go_to(before.index)
    work.set, work.side = before.set, before.side
