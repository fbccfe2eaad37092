"""How somebody likes to be coached, from what they last asked for: volume, words, tempo and who sets the beat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from voicecoach.coach.pace import LEAST, MOST, SHORTEST_REP
from voicecoach.coach.plan import PlannedDrill, SessionPlan
from voicecoach.coach.talk import EVERYTHING, LOUDEST, NUMBERS, QUIETEST
from voicecoach.coach.tempo import FULL, scaled, shape_of
from voicecoach.coach.workout import TEMPO
from voicecoach.journal.session import Session

T = TypeVar("T")


def with_habits(plan: SessionPlan, sessions: Sequence[Session]) -> SessionPlan:
    """A plan that begins as the last sessions ended; what a journal says past the limits is brought within them."""
    volume = _newest(session.volume for session in reversed(sessions))
    talk = _newest(session.talk for session in reversed(sessions))
    return replace(
        plan,
        volume=0.0 if volume is None else min(LOUDEST, max(QUIETEST, volume)),
        talk=None if talk is None else min(EVERYTHING, max(NUMBERS, talk)),
        drills=tuple(_as_left(planned, sessions) for planned in plan.drills),
    )


def _as_left(planned: PlannedDrill, sessions: Sequence[Session]) -> PlannedDrill:
    """A drill with the tempo and the pace it was left with."""
    name = planned.drill.name
    turned = _newest(
        one.value
        for session in reversed(sessions)
        for one in reversed(session.turned)
        if one.drill == name and one.dial == TEMPO
    )
    percent = FULL if turned is None else min(MOST, max(LEAST, turned.value))
    if shape_of(scaled(planned.drill.tempo, percent)).seconds < SHORTEST_REP:  # the script has become quicker since
        percent = FULL
    own_pace = _newest(session.own_pace.get(name) for session in reversed(sessions))
    return replace(planned, percent=percent, own_pace=own_pace)


def _newest(values: Iterable[T | None]) -> T | None:
    """The first that says something."""
    return next((value for value in values if value is not None), None)
