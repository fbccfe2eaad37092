"""The plan after pain in a drill that is at its lightest load or lowest dial."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from voicecoach.drills.model import Cues, Dial, Drill, Load, PainPlan, Programme
from voicecoach.drills.values import Tempo, Turn
from voicecoach.journal.fold import fold
from voicecoach.journal.progress import plan_session
from voicecoach.words.meaning import Quantity

SET_LESS = "One set less, and only as far as it feels fine, because there was pain in the {drill} last Tuesday."


LOAD = Load("What weight?", Quantity(35, "lb"), Quantity(5, "lb"), 35, 200)
RDL = Drill("RDL", "Hinge.", (), 3, 12, Tempo(3, 1, 1, 0), 90, Cues(), load=LOAD, pain=PainPlan(lighter=0.2))
WALL = replace(
    RDL,
    name="wall tap",
    load=None,
    dials={"distance": Dial("distance", Quantity(7, "in"), 1, 4, 16)},
    pain=PainPlan(turn=Turn("distance", -1)),
)


def planned_after(diary, monday, drill, sets):
    """The plan six days after a Tuesday with these sets."""
    tuesday = monday + timedelta(days=1)
    diary.session(tuesday, sets)
    (planned,) = plan_session(
        Programme("p", (drill,)), {drill.name: drill}, fold(diary.records), tuesday.date() + timedelta(days=6)
    ).drills
    return planned


@pytest.mark.parametrize(("hurt", "after"), [(35, 35), (35, 45), (30, 35)])
def test_after_pain_at_the_lightest_load_there_is_one_set_less(diary, monday, hurt, after):
    sets = [{"set": 1, "weight": hurt, "reps": 5, "pain": True}, {"set": 2, "weight": after}]
    planned = planned_after(diary, monday, RDL, sets)
    assert (planned.weight, planned.sets) == (Quantity(35.0, "lb"), 2)
    assert planned.why == SET_LESS.format(drill="RDL")


@pytest.mark.parametrize(("at", "then", "sets"), [(4, 4, 2), (5, 4, 3)])
def test_after_pain_with_a_dial_at_its_lowest_there_is_one_set_less(diary, monday, at, then, sets):
    dials = {"distance": {"value": at, "unit": "in"}}
    hurt = {"drill": "wall tap", "set": 1, "weight": None, "unit": None, "reps": 3, "dials": dials, "pain": True}
    planned = planned_after(diary, monday, WALL, [hurt])
    assert (planned.dials["distance"].value, planned.sets) == (then, sets)
    eased = "Distance 4 inches, because there was pain at 5 last Tuesday."
    assert planned.why == (eased if sets == 3 else SET_LESS.format(drill="wall tap"))


def test_of_one_set_none_is_left_out_and_none_is_said_to_be(diary, monday):
    once = replace(RDL, sets=1)
    planned = planned_after(diary, monday, once, [{"set": 1, "reps": 5, "pain": True}, {"set": 2}])
    assert planned.sets == 1
    assert planned.why == "Only as far as it feels fine, because there was pain in the RDL last Tuesday."
