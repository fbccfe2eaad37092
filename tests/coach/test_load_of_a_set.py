"""The load of a set is the one it began with; another one that is asked for in it counts from the next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stagehand import Stagehand, training

from voicecoach.drills.model import Response
from voicecoach.drills.scales import Rack
from voicecoach.drills.values import Turn
from voicecoach.words.meaning import Quantity


def lifting(*, bells: bool = False, **changes: object) -> Stagehand:
    """The first set of the RDL at 35 lb, or at 12 kg with three kettlebells, after sixteen seconds."""
    trained = training("rdl")
    (one,) = trained.plan.drills
    load, steps = (Quantity(12, "kg"), Rack((8.0, 12.0, 16.0), "kg")) if bells else (Quantity(35, "lb"), one.steps)
    one = replace(one, drill=replace(one.drill, **changes), weight=load, steps=steps)
    session = Stagehand(replace(trained, plan=replace(trained.plan, drills=(one,)))).begin().wait_for("ready")
    session.coach.workout.weights["RDL"] = load
    session.say("start")
    return session.wait_for("working").wait(16)


def loads(session: Stagehand, event: str) -> list[object]:
    return [fields["weight"] for fields in session.events(event)]


@pytest.mark.parametrize(("said", "then"), [("too easy", 40), ("too hard", 30)])
def test_another_load_asked_for_in_a_set_is_that_of_the_next_one(said, then):
    session = lifting()
    session.say(said)
    assert session.events("weight")[-1]["value"] == then
    session.wait_for("resting")
    assert session.coach.workout.done[-1].weight == Quantity(35, "lb")
    session.say("start")
    session.wait_for("working").wait_for("resting")
    assert loads(session, "set_started") == loads(session, "set_done") == [35, then]


def test_too_easy_that_was_taken_back_in_the_set_leaves_the_next_one_as_it_was():
    session = lifting()
    session.say("too easy")
    session.wait(3)
    session.say("undo")
    session.wait_for("resting")
    session.say("start")
    session.wait_for("working").wait_for("resting")
    assert loads(session, "set_done") == [35, 35]


def test_a_set_that_was_too_easy_can_still_be_put_right():
    session = lifting()
    session.say("too easy")
    session.wait_for("resting").wait(2)
    session.say("that was forty pounds")
    assert loads(session, "set_done") == [40]
    assert session.coach.workout.done[-1].weight == Quantity(40, "lb")


def test_after_a_pause_the_set_goes_on_with_its_load():
    session = lifting()
    session.say("pause")
    session.wait(3)
    session.say("too easy")
    session.wait(3)
    session.say("resume")
    session.wait_for("working").wait_for("resting")
    assert loads(session, "set_done") == [35]


def test_the_other_side_begins_with_the_load_that_was_asked_for():
    session = lifting(sides=("left", "right"), change_over=8.0)
    session.say("too easy")
    session.wait_for("switching").wait_for("working").wait_for("resting")
    assert [(done["side"], done["weight"]) for done in session.events("set_done")] == [("left", 35), ("right", 40)]


def test_after_pain_what_was_lifted_is_lessened_and_not_what_was_asked_for_in_the_set():
    session = lifting(bells=True)
    session.say("too easy")
    session.wait(2)
    session.say("my back hurts")
    session.wait_for("asking how bad").wait(3)
    session.say("a little")
    session.wait(4)
    session.say("lighter")
    assert [event["value"] for event in session.events("weight")][-2:] == [16, 8]
    assert loads(session, "set_done") == [12]


def test_a_partner_of_a_superset_keeps_its_own_load():
    trained = training("rdl")
    (one,) = trained.plan.drills
    other = replace(one.drill, name="row", hears={"too easy": Response(turn=Turn("weight", 1), say="Good.")})
    pair = [replace(one, weight=Quantity(35, "lb"), superset=1)]
    pair.append(replace(pair[0], drill=other, weight=Quantity(20, "lb")))
    session = Stagehand(replace(trained, plan=replace(trained.plan, drills=tuple(pair)))).begin().wait_for("ready")
    session.coach.workout.weights.update({"RDL": Quantity(35, "lb"), "row": Quantity(20, "lb")})
    session.say("start")
    session.wait_for("working").wait(16)
    session.say("too easy")
    session.wait_for("changing over").wait_for("working").wait(10)
    session.say("too easy")
    session.wait_for("resting")
    session.say("start")
    session.wait_for("working").wait_for("changing over").wait_for("working").wait_for("resting")
    assert [(done["drill"], done["weight"]) for done in session.events("set_done")] == [
        ("RDL", 35),
        ("row", 20),
        ("RDL", 40),
        ("row", 25),
    ]
