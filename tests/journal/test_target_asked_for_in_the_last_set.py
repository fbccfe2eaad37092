"""A load that was asked for while the last set was on is the next session's, though the set was not done with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from voicecoach.drills.model import Cues, Drill, Load, Programme, Response
from voicecoach.drills.values import Tempo, Turn
from voicecoach.journal.fold import fold
from voicecoach.journal.progress import plan_session
from voicecoach.words.meaning import Quantity

LOAD = Load("What weight?", Quantity(15, "lb"), Quantity(5, "lb"), 5, 200)
HEARS = {"too easy": Response(turn=Turn("weight", 1)), "too hard": Response(turn=Turn("weight", -1))}
RDL = Drill("RDL", "Hinge.", (), 3, 12, Tempo(3, 1, 1, 0), 90, Cues(), load=LOAD, hears=HEARS)


def planned(diary, monday):
    day = monday.date() + timedelta(days=6)
    return plan_session(Programme("p", (RDL,)), {"RDL": RDL}, fold(diary.records), day).drills[0]


@pytest.mark.parametrize(("why", "load"), [("too easy", 40), ("too hard", 30)])
def test_it_is_planned(diary, monday, why, load):
    asked = ("weight", {"drill": "RDL", "value": load, "unit": "lb", "why": why})
    diary.session(monday, [{"set": 1}, {"set": 2, "then": [asked]}, {"set": 3}])
    one = planned(diary, monday)
    assert one.weight == Quantity(load, "lb")
    assert one.why == f"{load} pounds, because that is what you chose last Monday."


def test_a_last_set_that_was_put_right_counts_as_corrected(diary, monday):
    asked = ("weight", {"drill": "RDL", "value": 40, "unit": "lb", "why": "too easy"})
    name = diary.session(monday, [{"set": 1}, {"set": 2, "then": [asked]}, {"set": 3}])
    last = [record for record in diary.records if record["event"] == "set_done"][-1]
    diary.event(monday + timedelta(minutes=31), name, "correction", of=last["id"], why="said", weight=45, unit="lb")
    assert planned(diary, monday).weight == Quantity(45, "lb")
