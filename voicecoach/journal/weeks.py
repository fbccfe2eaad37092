"""Which week of training it is: the programme's clock, counted from the journal; ``progress`` puts it into the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from voicecoach.journal.session import Session

DAYS_AWAY = 14
"""From so many days without training on, weeks were missed."""


def training_days(sessions: Iterable[Session], drills: Iterable[str]) -> list[date]:
    """Days on which at least one of some drills was done, each once, in order."""
    names = frozenset(drills)
    return sorted({session.day for session in sessions if any(done.drill in names for done in session.sets)})


def week_of(days: Sequence[date], today: date) -> int:
    """Number of the week of training, from 1: weeks since the first day, without the weeks that were missed.

    A gap of a fortnight or more counts as one week, so that somebody who comes back goes on where they were.
    """
    before = [day for day in days if day <= today]
    if not before:
        return 1
    missed = sum(
        (later - earlier).days // 7 - 1 for earlier, later in pairwise([*before, today]) if _away(earlier, later)
    )
    return 1 + max(0, (today - before[0]).days // 7 - missed)


def _away(earlier: date, later: date) -> bool:
    return (later - earlier).days >= DAYS_AWAY
