"""Which week of training it is: the programme's clock, counted from the journal; ``progress`` puts it into the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from voicecoach.journal.session import Session

DAYS_AWAY = 10
"""So many days at least lie around a week that was missed: from Sunday to the Monday after next is no such week."""


def monday_of(day: date) -> date:
    """The day on which its week began."""
    return day - timedelta(days=day.weekday())


def weeks_missed(earlier: date, later: date) -> int:
    """Weeks missed between two days of training: from Monday to Sunday without any, or seven days beyond the usual."""
    days = (later - earlier).days
    if days < DAYS_AWAY:
        return 0
    whole = (monday_of(later) - monday_of(earlier)).days // 7 - 1
    return max(whole, days // 7 - 1)


def weeks_away(last: date, days: Sequence[date]) -> int:
    """Weeks missed since a day of training until the last of some days, in order, all of them days of training."""
    return sum(weeks_missed(earlier, later) for earlier, later in pairwise(days) if earlier >= last)


def last_return(days: Sequence[date]) -> date:
    """The latest of some days, in order, before which weeks were missed; the first of all where there is none."""
    return next((day for earlier, day in reversed([*pairwise(days)]) if weeks_missed(earlier, day)), days[0])


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


def weeks_of(days: Sequence[date]) -> list[int]:
    """The week of training of each of some days, in order, the first of which is the first of all; counted from 1.

    Weeks that were missed do not count, so that somebody who comes back goes on where they were.
    """
    found, missed = [1] if days else [], 0
    for earlier, later in pairwise(days):
        missed += weeks_missed(earlier, later)
        found.append(1 + max(0, (later - days[0]).days // 7 - missed))
    return found
