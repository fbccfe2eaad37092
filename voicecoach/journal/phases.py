"""Which phase of a programme it is: by the week of training and by what the journal shows; ``progress`` asks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from voicecoach.drills.model import Programme
from voicecoach.drills.phases import ProgrammePhase
from voicecoach.journal.weeks import weeks_missed

DrillDays = Callable[[str], tuple[Sequence[date], Sequence[date]] | None]
"""Days of a drill on which it was clean, and on which it was painful, each in order; None where it cannot be done."""


def phase_on(
    programme: Programme, days: Sequence[date], weeks: Sequence[int], known: DrillDays
) -> tuple[ProgrammePhase | None, bool]:
    """Today's phase, None where the programme has none, and whether this is its first session.

    ``days`` are those trained on before today, in order, and today; ``weeks`` the week of training of each. One phase
    follows the other, at most one with each day of training, so that none is left out by somebody who comes seldom.
    None begins on the day on which somebody comes back after missed weeks.
    """
    phases = programme.phases
    if not phases:
        return None, False
    counted = {drill: known(drill) for phase in phases for drill in phase.after}
    present, entered, back = 0, days[0], days[0]
    for (earlier, day), week in zip(pairwise(days), weeks[1:], strict=True):
        if present + 1 == len(phases):
            break  # years of training later nothing more can change
        if weeks_missed(earlier, day):
            back = day
            continue
        following = phases[present + 1]
        if week >= following.from_week and _shown(following.after, counted, day, back, programme.clean_sessions):
            present, entered = present + 1, day
    return phases[present], entered == days[-1]


def phase_with(programme: Programme, present: ProgrammePhase, drill: str) -> ProgrammePhase | None:
    """The next phase that has a drill; None where none has."""
    after = programme.phases[programme.phases.index(present) + 1 :]
    return next((phase for phase in after if not phase.drills or drill in phase.drills), None)


def _shown(
    after: Mapping[str, int],
    counted: Mapping[str, tuple[Sequence[date], Sequence[date]] | None],
    day: date,
    back: date,
    again: int,
) -> bool:
    """Whether the journal shows, before a day, the clean sessions a phase asks for, all of them since the last pain.

    As many of them as ``again`` says must be no older than the day on which the trainee last came back after missed
    weeks. A drill that cannot be done for want of equipment is not waited for.
    """
    for drill, needed in after.items():
        known = counted[drill]
        if known is None:
            continue
        clean, painful = known
        hurt = bisect_left(painful, day)
        since = bisect_right(clean, painful[hurt - 1]) if hurt else 0
        done = bisect_left(clean, day)
        if done - since < needed or done - bisect_left(clean, back) < min(needed, again):
            return False
    return True
