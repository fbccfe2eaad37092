"""How long ago a day was, the way a person would say it."""

from __future__ import annotations

from datetime import date

from voicecoach.words.numbers import spoken

_WEEK = 7
_LAST_NAMED = 6
"""Up to this many days ago a weekday's name is clear."""
_WEEKS_UNTIL = 60
_DAYS_IN_MONTH = 30.44
_MONTHS_UNTIL = 345
_DAYS_IN_YEAR = 365.25


def say_day(then: date, today: date) -> str:
    """Say a day of the past: "today", "yesterday", "last Tuesday", "a week ago", "three weeks ago", "two months ago".

    Days of the future, from a clock that was set back, are said as dates: "on 3 March".
    """
    days = (today - then).days
    if days < 0:
        return f"on {then.day} {then:%B}"
    if days <= 1:
        return "yesterday" if days else "today"
    if days <= _LAST_NAMED:
        return f"last {then:%A}"
    if days < _WEEKS_UNTIL:
        return _ago(round(days / _WEEK), "week")
    if days < _MONTHS_UNTIL:
        return _ago(round(days / _DAYS_IN_MONTH), "month")
    return _ago(round(days / _DAYS_IN_YEAR), "year")


def _ago(count: int, unit: str) -> str:
    """Say "a week ago", "three weeks ago"."""
    return f"a {unit} ago" if count == 1 else f"{spoken(count)} {unit}s ago"
