"""What there is to lift, and the loads that can be made of it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.equipment import Equipment, read_equipment, read_loads, write_loads
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.load import load_programme
from voicecoach.drills.scales import Rack
from voicecoach.words.meaning import Quantity

_, _, DRILLS = load_programme("hip hinge", Library([Path(shipped_scripts())]))


def test_loads_are_listed_or_told_as_a_range():
    assert [q.value for q in read_loads("8, 12 16kg")] == [8, 12, 16]
    assert [q.value for q in read_loads("5 to 15 by 2.5 kilos")] == [5, 7.5, 10, 12.5, 15]
    assert read_loads("none") == ()


@pytest.mark.parametrize("text", ["8 12 16", "heavy", "5 to 3 by 1 kg", "0 kg", "1 to 999 by 1 kg", "-4 kg", "8 in"])
def test_what_is_no_list_of_loads_is_refused(text):
    with pytest.raises(ValueError, match="load"):
        read_loads(text)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20), st.sampled_from(["lb", "kg"]))
def test_what_is_written_is_read_again(quarters, unit):
    loads = tuple(Quantity(quarter / 4, unit) for quarter in quarters)
    assert read_loads(write_loads(loads)) == loads


def test_nothing_said_means_everything_is_there():
    assert Equipment().missing(DRILLS["RDL"]) == ""
    assert Equipment().rack(DRILLS["RDL"]) is None


def test_once_something_is_named_the_rest_is_not_there():
    only = read_equipment(kettlebells="16 kg")
    assert only.missing(DRILLS["RDL"]) == ""
    assert only.rack(DRILLS["RDL"]) == ("kettlebell", Rack((16.0,), "kg"))


def test_somebody_with_a_broomstick_alone_has_nothing_to_lift():
    broomstick = read_equipment(kettlebells="none")
    assert [broomstick.missing(DRILLS[name]) for name in ("wall tap", "dowel hinge", "RDL")] == [
        "", "", "kettlebell or dumbbells or barbell",
    ]  # fmt: skip


def test_what_is_missing_goes_by_any_of_its_names():
    assert read_equipment(without="broomsticks").missing(DRILLS["dowel hinge"]) == "dowel"


def test_of_two_implements_the_first_that_comes_in_several_loads_is_taken():
    one_bell = read_equipment(kettlebells="8 kg", dumbbells="2 to 20 by 2 kg")
    assert one_bell.rack(DRILLS["RDL"])[0] == "dumbbell"
    bells = read_equipment(kettlebells="8 12 kg", dumbbells="2 to 20 by 2 kg")
    assert bells.rack(DRILLS["RDL"])[0] == "kettlebell"
    bar = read_equipment(bar="20 kg", plates="10 5 kg")
    assert bar.rack(DRILLS["RDL"])[0] == "barbell"


@given(st.lists(st.sampled_from([1.25, 2.5, 5.0, 10.0, 15.0, 20.0]), max_size=7))
def test_a_bar_makes_what_its_plates_make_and_nothing_else(plates):
    text = f"{' '.join(f'{plate:g}' for plate in plates)} kg" if plates else "none"
    gym = read_equipment(bar="20 kg", plates=text)
    loads = gym._loads("barbell")
    sums = {round(20 + 2 * sum(some), 3) for n in range(len(plates) + 1) for some in combinations(plates, n)}
    assert {load.value for load in loads} == sums
    for load in loads:
        side = gym.each_side(load)
        assert side is not None
        assert round(20 + 2 * sum(side), 3) == load.value


@given(st.sets(st.integers(1, 100), min_size=1, max_size=20), st.floats(0, 120), st.integers(1, 3))
def test_a_rack_gives_only_loads_that_are_there(loads, value, steps):
    rack = Rack(tuple(float(load) for load in sorted(loads)), "kg")
    for found in (rack.up(value, steps), rack.down(value, steps), rack.at_most(value), rack.less(value, 0.2)):
        assert found in rack.loads
    assert rack.up(value) > value or rack.up(value) == rack.high
    assert rack.down(value) < value or rack.down(value) == rack.low
    assert rack.at_most(value) <= value or rack.at_most(value) == rack.low


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"unit": "stone"}, "unit"),
        ({"plates": "10 kg"}, "a bar is needed"),
        ({"bar": "45 lb", "plates": "10 kg"}, "in kg, but the bar is in lb"),
        ({"bar": "15 20 kg"}, "one empty bar"),
    ],
)
def test_odd_equipment_is_refused_with_the_key(texts, said):
    with pytest.raises(ValueError, match=said):
        read_equipment(**texts)
