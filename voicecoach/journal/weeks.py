"""Which week of training it is: the programme's clock, counted from the journal; ``progress`` puts it into the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from voicecoach.journal.session import Session

DAYS_AWAY = 10
"""So many days at least lie around a week that was missed: from Sunday to the Monday after next is no such week."""


def weeks_missed(earlier: date, later: date) -> int:
    """Weeks missed between two days of training: from Monday to Sunday without any, or seven days beyond the usual."""
    days = (later - earlier).days
    if days < DAYS_AWAY:
        return 0
    whole = (_monday(later) - _monday(earlier)).days // 7 - 1
    return max(whole, days // 7 - 1)


def training_days(sessions: Iterable[Session], drills: Iterable[str]) -> list[date]:
    """Days on which at least one of some drills was done, each once, in order."""
    names = frozenset(drills)
    return sorted(
        {
            session.day
            for session in sessions
            if not names.isdisjoint(session.touched) and any(done.drill in names for done in session.sets)
        }
    )


def week_of(days: Sequence[date], today: date) -> int:
    """Number of the week of training, from 1: weeks since the first day, without the weeks that were missed.

    So somebody who comes back goes on where they were.
    """
    *_, week = weeks_of([*(day for day in days if day < today), today])
    return week


def weeks_of(days: Sequence[date]) -> Iterator[int]:
    """The week of training of each of some days, in order, the first of which is the first of all."""
    missed = 0
    if days:
        yield 1
    for earlier, later in pairwise(days):
        missed += weeks_missed(earlier, later)
        yield 1 + max(0, (later - days[0]).days // 7 - missed)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
