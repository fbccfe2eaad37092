"""Saying quantities and days; asking back about numbers that sound alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.words.doubts import confusable, doubt, fits, likelier
from voicecoach.words.english import ENGLISH
from voicecoach.words.meaning import Quantity
from voicecoach.words.quantities import understand
from voicecoach.words.units import convert


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (7, "in", "seven inches"), (1, "in", "one inch"), (0.5, "in", "half an inch"),
        (2.5, "kg", "two and a half kilos"), (35, "lb", "thirty five pounds"), (1, "lb", "one pound"),
        (0.5, "kg", "half a kilo"), (50, "%", "fifty percent"), (1, "%", "one percent"), (1, "reps", "one rep"),
        (12, "reps", "twelve reps"), (90, "s", "one minute thirty"), (45, "s", "forty five seconds"),
        (1, "s", "one second"), (120, "s", "two minutes"), (60, "s", "one minute"),
        (65, "s", "one minute and five seconds"), (61, "s", "one minute and one second"), (59.6, "s", "one minute"),
        (0, "s", "zero seconds"), (0, "lb", "zero pounds"), (-2.5, "kg", "minus two and a half kilos"),
        (135, None, "one hundred and thirty five"), (1.5, "kg", "one and a half kilos"),
        (10, "cm", "ten centimeters"), (9.6, "s", "nine point six seconds"),
    ],
)  # fmt: skip
def test_quantities_are_said_as_people_say_them(value, unit, text):
    assert ENGLISH.quantity(Quantity(value, unit)) == text


@given(st.integers(min_value=1, max_value=1999).map(lambda halves: halves / 2), st.sampled_from(["lb", "kg"]))
def test_a_load_that_the_coach_says_is_understood(value, unit):
    assert understand(ENGLISH.quantity(Quantity(value, unit))).weight == Quantity(value, unit)


@given(st.integers(min_value=2, max_value=3600))
def test_a_duration_that_the_coach_says_is_understood(seconds):
    assert understand(ENGLISH.quantity(Quantity(seconds, "s"))).seconds == seconds


def test_units_are_converted_and_back():
    assert convert(Quantity(100, "kg"), "lb").value == pytest.approx(220.462, abs=0.001)
    assert convert(Quantity(45, "lb"), "kg").value == pytest.approx(20.412, abs=0.001)
    assert convert(Quantity(10, "in"), "cm") == Quantity(25.4, "cm")
    assert convert(convert(Quantity(7, "cm"), "in"), "cm").value == pytest.approx(7)
    assert convert(Quantity(5, "lb"), "lb") == Quantity(5, "lb")
    for wrong in ("cm", "s"):
        with pytest.raises(ValueError, match="cannot be converted"):
            convert(Quantity(5, "lb"), wrong)


TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"), (1, "yesterday"), (2, "last Saturday"), (6, "last Tuesday"), (7, "a week ago"),
        (10, "a week ago"), (11, "two weeks ago"), (21, "three weeks ago"), (59, "eight weeks ago"),
        (61, "two months ago"), (180, "six months ago"), (360, "a year ago"), (800, "two years ago"),
        (-3, "on 26 November"),
    ],
)  # fmt: skip
def test_days_are_said_as_people_say_them(days, text):
    assert ENGLISH.day(TODAY - timedelta(days=days), TODAY) == text


def test_teens_and_tens_are_twins():
    pairs = {13: 30, 14: 40, 15: 50, 16: 60, 17: 70, 18: 80, 19: 90, 115: 150, 213: 230, 15.5: 50.5}
    for teen, ten in pairs.items():
        assert confusable(teen) == ten
        assert confusable(ten) == teen
    for other in (0, 5, 10, 11, 12, 20, 21, 25, 35, 100, 110, 112, 120, 135):
        assert confusable(other) is None


def test_it_asks_only_when_both_fit_the_plan_or_last_time():
    assert doubt(15, plan=15, last=50) == "Fifteen or fifty?"
    assert doubt(30, plan=20, last=25) == "Thirteen or thirty?"
    assert doubt(115, plan=130, last=135) == "One hundred and fifteen, or one hundred and fifty?"
    assert doubt(50, plan=50, last=45) is None
    assert doubt(15, plan=45, last=50) is None
    assert doubt(150, plan=150, last=145) is None
    assert doubt(15, plan=None, last=None) is None
    assert doubt(35, plan=35, last=35) is None


def test_the_twin_is_likelier_when_only_it_fits():
    assert likelier(15, plan=50, last=45) == 50
    assert likelier(50, plan=50, last=45) == 50
    assert likelier(15, plan=None, last=None) == 15
    assert likelier(15, plan=200, last=None) == 15
    assert likelier(135, plan=45, last=45) == 135


@given(st.floats(min_value=1, max_value=500), st.floats(min_value=1, max_value=500))
def test_a_question_is_asked_about_a_number_or_its_twin_alike(plan, last):
    for teen in range(13, 20):
        twin = confusable(teen)
        assert twin is not None
        if teen not in {plan, last} and twin not in {plan, last}:
            assert doubt(teen, plan, last) == doubt(twin, plan, last)
            both = all(any(fits(number, known) for known in (plan, last)) for number in (teen, twin))
            assert (doubt(teen, plan, last) is not None) == both
