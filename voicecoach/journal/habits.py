"""How somebody likes to be coached, from what they last asked for: volume, words, tempo and who sets the beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from voicecoach.coach.liking import EVERYTHING, LEAST, LOUDEST, MOST, NUMBERS, QUIETEST, TEMPO
from voicecoach.coach.plan import PlannedDrill, SessionPlan
from voicecoach.coach.tempo import FULL, scaled, shape_of
from voicecoach.drills.measures import SHORTEST_REP
from voicecoach.journal.session import Session
from voicecoach.words.meaning import Quantity

T = TypeVar("T")


class Habits:
    """What the latest session says that says something; each question is looked up once."""

    def __init__(self, sessions: Sequence[Session]) -> None:
        self._sessions = sessions
        self._volume = self._newest(lambda session: session.volume)
        self._talk = self._newest(lambda session: session.talk)
        self._by_drill: dict[str, tuple[Quantity | None, bool | None]] = {}

    def put_into(self, plan: SessionPlan) -> SessionPlan:
        """A plan that begins as the last sessions ended; what a journal says past the limits is brought within them."""
        return replace(
            plan,
            volume=0.0 if self._volume is None else min(LOUDEST, max(QUIETEST, self._volume)),
            talk=None if self._talk is None else min(EVERYTHING, max(NUMBERS, self._talk)),
            drills=tuple(self._as_left(planned) for planned in plan.drills),
        )

    def _as_left(self, planned: PlannedDrill) -> PlannedDrill:
        """A drill with the tempo and the pace it was left with."""
        name = planned.drill.name
        if name not in self._by_drill:
            own_pace = self._newest(lambda session: session.own_pace.get(name))
            self._by_drill[name] = (self._newest(lambda session: _tempo_left(session, name)), own_pace)
        turned, own_pace = self._by_drill[name]
        percent = FULL if turned is None else min(MOST, max(LEAST, turned.value))
        if shape_of(scaled(planned.drill.tempo, percent)).seconds < SHORTEST_REP:  # the script has become quicker since
            percent = FULL
        return replace(planned, percent=percent, own_pace=own_pace)

    def _newest(self, said: Callable[[Session], T | None]) -> T | None:
        """What the latest session says that says something."""
        return next((value for one in reversed(self._sessions) if (value := said(one)) is not None), None)


def _tempo_left(session: Session, drill: str) -> Quantity | None:
    """The tempo that was asked for last, in percent of the script's."""
    turned = (one.value for one in reversed(session.turned) if one.drill == drill and one.dial == TEMPO)
    return next((value for value in turned if value is not None), None)
