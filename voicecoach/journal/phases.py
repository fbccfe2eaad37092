"""Which phase of a programme it is: by the week of training and by what the journal shows; ``progress`` asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from voicecoach.drills.model import Programme
from voicecoach.drills.phases import ProgrammePhase
from voicecoach.journal.weeks import weeks_of

CleanDays = Callable[[str], Sequence[date] | None]
"""Days of the clean sessions of a drill, in order; None for one that cannot be done, and is not waited for."""


def phase_on(
    programme: Programme, days: Sequence[date], today: date, clean: CleanDays
) -> tuple[ProgrammePhase | None, bool]:
    """Today's phase, None where the programme has none, and whether this is its first session.

    ``days`` are those trained on, in order. One phase follows the other, at most one with each day of training, so that
    none is left out by somebody who comes seldom.
    """
    phases = programme.phases
    if not phases:
        return None, False
    before = [day for day in days if day < today]
    counted = {drill: clean(drill) for phase in phases for drill in phase.after}
    lived = [*before, today]
    present, entered = 0, lived[0]
    for day, week in list(zip(lived, weeks_of(lived), strict=True))[1:]:
        following = phases[present + 1] if present + 1 < len(phases) else None
        if following is not None and week >= following.from_week and _shown(following.after, counted, day):
            present, entered = present + 1, day
    return phases[present], entered == today and today not in days


def _shown(after: Mapping[str, int], clean: Mapping[str, Sequence[date] | None], day: date) -> bool:
    """Whether the journal shows, before a day, the clean sessions that a phase asks for."""
    found = [(clean[drill], needed) for drill, needed in after.items()]
    return all(days is None or bisect_left(days, day) >= needed for days, needed in found)
