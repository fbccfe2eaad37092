"""The week of training, from the days trained on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.journal.weeks import weeks_of

FIRST = date(2026, 1, 5)


def week_of(days, today):
    return weeks_of([*(day for day in days if day < today), today])[-1]


def test_before_the_first_session_it_is_week_one():
    assert week_of([], FIRST) == 1


def test_a_week_later_it_is_week_two():
    assert [week_of([FIRST], FIRST + timedelta(days=days)) for days in (0, 6, 7, 13)] == [1, 1, 2, 2]


def test_weeks_that_were_missed_do_not_count():
    assert week_of([FIRST], FIRST + timedelta(days=84)) == 2
    days = [FIRST, FIRST + timedelta(days=7), FIRST + timedelta(days=28)]
    assert week_of(days, FIRST + timedelta(days=28)) == 3


@given(gaps=st.lists(st.integers(1, 60), max_size=30), ahead=st.integers(0, 60))
def test_the_week_never_goes_back_and_never_runs_ahead_of_the_calendar(gaps, ahead):
    days = [FIRST]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    weeks = [week_of(days, day) for day in days]
    assert weeks == sorted(weeks)
    today = days[-1] + timedelta(days=ahead)
    assert weeks[-1] <= week_of(days, today) <= 1 + (today - FIRST).days // 7
