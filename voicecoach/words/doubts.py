"""Numbers that the ear confuses, fifteen and fifty, checked against the plan and last time before anybody is asked."""

from __future__ import annotations

from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language

_FACTOR = 1.5
"""A load fits a known one when it is at most this many times heavier or lighter: people add weight in small steps,
and the first jump that a coach would question is about half as much again."""
_LEAST_STEP = 10.0
"""Small loads move in whole plates: within ten, a value fits whatever the factor says."""


def confusable(value: float) -> float | None:
    """Return the number that sounds like this one: 13 and 30 to 19 and 90, hundreds in front alike; None for others.

    A fraction is kept: fifteen and a half sounds like fifty and a half.
    """
    whole = int(value)
    hundreds, rest = divmod(whole, 100)
    tens, ones = divmod(rest, 10)
    if tens == 1 and ones >= 3:  # noqa: PLR2004 - thirteen is the first of the teens that has such a twin
        twin = 10 * ones
    elif ones == 0 and tens >= 3:  # noqa: PLR2004 - thirty, its twin
        twin = 10 + tens
    else:
        return None
    return 100 * hundreds + twin + (value - whole)


def fits(value: float, reference: float) -> bool:
    """Tell whether a load is believable beside a known one: within ten of it, or within a factor of one and a half.

    Both in the same unit.
    """
    if abs(value - reference) <= _LEAST_STEP:
        return True
    return reference / _FACTOR <= value <= reference * _FACTOR


def doubt(value: float, plan: float | None, last: float | None, language: Language = ENGLISH) -> str | None:
    """Return the question to ask back about a load that was heard, "Fifteen or fifty?", or None if there is no doubt.

    There is doubt only when the value and its twin both fit what is known (today's plan, last time; same unit), and
    not where one of the two is exactly what was planned or lifted last time and is the one that was heard.
    """
    twin = confusable(value)
    known = [reference for reference in (plan, last) if reference is not None]
    if twin is None or not known or (value in known and twin not in known):
        return None
    if not all(any(fits(number, reference) for reference in known) for number in (value, twin)):
        return None
    return language.either_or([language.number(number) for number in sorted((value, twin))])


def likelier(value: float, plan: float | None, last: float | None) -> float:
    """Return the value that was heard, or its twin where only the twin fits the plan or last time.

    Reading it back is the caller's: nothing that was heard is changed without being said.
    """
    twin = confusable(value)
    known = [reference for reference in (plan, last) if reference is not None]
    if twin is None or any(fits(value, reference) for reference in known):
        return value
    return twin if any(fits(twin, reference) for reference in known) else value
