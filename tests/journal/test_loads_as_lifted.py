"""A table with one unit for all its rows brings back loads lifted in either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.journal.lifted import as_lifted
from voicecoach.journal.sheets import number
from voicecoach.words.meaning import Quantity
from voicecoach.words.units import convert

LOADS = st.integers(2, 1600).map(lambda quarters: quarters / 4)


@given(LOADS, st.sampled_from(["lb", "kg"]), st.sampled_from(["lb", "kg"]))
def test_a_load_written_in_either_unit_comes_back_as_it_was_lifted(value, lifted_in, written_in):
    lifted = Quantity(value, lifted_in)
    cell = number(convert(lifted, written_in).value)
    back = as_lifted(float(cell), written_in)
    assert convert(back, lifted_in).value == pytest.approx(value, abs=0.002)
    if back.unit == lifted_in:
        assert back == lifted


@pytest.mark.parametrize(
    ("value", "unit", "lifted"),
    [(44.092, "lb", (20, "kg")), (45, "lb", (45, "lb")), (20.412, "kg", (45, "lb")), (33.33, "kg", (33.33, "kg"))],
)
def test_what_is_a_load_in_the_other_unit_only_was_lifted_in_it(value, unit, lifted):
    assert as_lifted(value, unit) == Quantity(*lifted)
