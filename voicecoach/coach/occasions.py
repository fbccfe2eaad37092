"""Whether the time of a cue has come: the conditions of ``drills.cue``, asked of the plan and of the workout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voicecoach.coach.plan import SessionPlan
from voicecoach.coach.workout import Workout
from voicecoach.drills.cue import week_in

OCCASIONS: Mapping[str, Callable[[Workout], bool]] = {
    "after pain": lambda work: work.planned.after_pain,
    "first time": lambda work: work.planned.times == 0,
    "last set": lambda work: work.set >= work.planned.sets,
}
"""Every condition but the weeks."""


def holds(condition: str, plan: SessionPlan, work: Workout) -> bool:
    """Whether a cue's condition holds for the drill and the set that are on or come next; an empty one always does."""
    if not condition:
        return True
    week = week_in(condition)
    return plan.week == week if week is not None else OCCASIONS[condition](work)
