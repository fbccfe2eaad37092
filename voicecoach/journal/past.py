"""A trainee's sessions and what planning asks of them again and again; ``forecast`` adds those to come one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from voicecoach.journal.outings import Outing, outings
from voicecoach.journal.session import Session
from voicecoach.journal.weeks import training_days

_LOOK_BACK = 50
"""Sessions with a drill that its next target can depend on: far more than any rule counts."""


class Past:
    """Sessions in the order they began, with answers that are looked for once: years of training make 2,000 of them."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._sessions = list(sessions)
        self._trained = sum(session.trained for session in self._sessions)
        self._outings: dict[str, tuple[Outing, ...]] = {}
        self._days: dict[frozenset[str], list[date]] = {}

    @property
    def sessions(self) -> Sequence[Session]:
        """All of them."""
        return self._sessions

    @property
    def trained(self) -> int:
        """How many sessions had a set in them."""
        return self._trained

    def add(self, session: Session) -> None:
        """Take in one more, which began after all the others."""
        self._sessions.append(session)
        self._trained += session.trained
        for drill in session.touched:
            self._outings.pop(drill, None)
        for drills, days in self._days.items():
            days += [day for day in training_days([session], drills) if day not in days[-1:]]

    def outings(self, drill: str) -> tuple[Outing, ...]:
        """The latest sessions in which a drill was done or hurt, in order."""
        if drill not in self._outings:
            self._outings[drill] = outings(drill, self._sessions, _LOOK_BACK)
        return self._outings[drill]

    def training_days(self, drills: Iterable[str]) -> Sequence[date]:
        """Days on which at least one of some drills was done, each once, in order."""
        names = frozenset(drills)
        if names not in self._days:
            self._days[names] = training_days(self._sessions, names)
        return self._days[names]
