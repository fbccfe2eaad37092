"""The next weeks if all goes well: today's plan, done cleanly in the trainee's own rhythm, planned again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median_low

from voicecoach.coach.plan import PlannedDrill, SessionPlan
from voicecoach.drills.equipment import NOBODY, Trainee
from voicecoach.drills.model import Drill, Programme
from voicecoach.journal.habits import Habits
from voicecoach.journal.past import Past
from voicecoach.journal.progress import due
from voicecoach.journal.session import Session, SetDone

_LATEST = 6
"""Gaps between sessions that make the rhythm."""
_LONGEST = 7
"""Days between sessions at most: somebody who comes less often is not held to it."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """One session to come."""

    day: date
    """When."""
    plan: SessionPlan
    """What."""


def rhythm(sessions: Sequence[Session]) -> int:
    """Days from one session to the next, 1 to 7; a week where nobody knows."""
    days = sorted({session.day for session in sessions if session.trained})[-_LATEST - 1 :]
    gaps = [(b - a).days for a, b in pairwise(days)]
    return min(median_low(gaps), _LONGEST) if gaps else _LONGEST


def forecast(
    programme: Programme,
    drills: Mapping[str, Drill],
    sessions: Sequence[Session],
    today: date,
    *,
    weeks: int = 4,
    trainee: Trainee = NOBODY,
) -> list[Forecast]:
    """Today, and the sessions of the next ``weeks`` weeks if every set is done without a miss."""
    every, past, day = rhythm(sessions), Past(sessions), today
    habits, found = Habits(sessions), []
    while day <= today + timedelta(weeks=weeks):
        plan = habits.put_into(due(programme, drills, past, day, trainee=trainee))
        found.append(Forecast(day, plan))
        past.add(_done(plan, day))
        day += timedelta(days=every)
    return found


def _done(plan: SessionPlan, day: date) -> Session:
    """A session in which all of a plan is done."""
    start = datetime.combine(day, time(12), UTC)
    sets: list[SetDone] = []
    for planned in plan.drills:
        sets += [
            _set(planned, number, start + timedelta(minutes=len(sets) + number))
            for number in range(1, planned.sets + 1)
        ]
    name = f"forecast {day.isoformat()}"
    return Session(
        id=name,
        parts=(name,),
        programme=plan.programme,
        drills=tuple(planned.drill.name for planned in plan.drills),
        started=start,
        last=sets[-1].t if sets else start,
        how="finished",
        sets=tuple(sets),
    )


def _set(planned: PlannedDrill, number: int, when: datetime) -> SetDone:
    return SetDone(
        id=f"{when.isoformat()} {planned.drill.name}",
        t=when,
        drill=planned.drill.name,
        set=number,
        sets=planned.sets,
        reps=planned.reps,
        target=planned.reps or None,
        hold=planned.hold,
        amrap=planned.amrap,
        weight=planned.weight,
        dials=planned.dials,
        tempo=str(planned.drill.tempo),
    )
