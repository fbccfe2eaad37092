"""Pain where nothing can be taken off: the lightest load, or a dial at its limit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stagehand import Stagehand, training

from voicecoach.drills.scales import Rack
from voicecoach.words.meaning import Quantity

BELLS = Rack((8.0, 12.0, 16.0), "kg")


def hurting(script: str, *, weight: float | None = None, dials: dict[str, float] | None = None) -> Stagehand:
    """A set that hurt a little, with the kettlebells of 8, 12 and 16 kg, or with dials turned."""
    trained = training(script)
    drills = trained.plan.drills
    if weight is not None:
        drills = tuple(replace(one, steps=BELLS, weight=Quantity(weight, "kg")) for one in drills)
    session = Stagehand(replace(trained, plan=replace(trained.plan, drills=drills))).begin().wait_for("ready")
    work = session.coach.workout
    work.weights[work.drill.name] = None if weight is None else Quantity(weight, "kg")
    work.dials.update({(work.drill.name, name): value for name, value in (dials or {}).items()})
    session.say("start")
    session.wait_for("working").wait(16)
    session.say("my back hurts")
    session.wait_for("asking how bad").wait(3)
    session.say("a little")
    return session.wait(4)


def test_at_the_lightest_load_there_is_lighter_leads_to_the_easier_drill():
    session = hurting("rdl", weight=8)
    assert "Say lighter" not in session.spoken()[-1]
    session.say("lighter")
    assert session.coach.state == "briefing"
    assert session.coach.workout.drill.name == "dowel hinge"
    assert session.events("moved")


def test_above_the_lightest_load_lighter_takes_the_next_below():
    session = hurting("rdl", weight=12)
    assert any("Say lighter" in text for text in session.spoken())
    session.say("lighter")
    assert session.coach.state == "ready"
    assert session.events("weight")[-1] == {"drill": "RDL", "value": 8.0, "unit": "kg", "why": "pain"}


@pytest.mark.parametrize("answer", ["lighter", "yes"])
def test_a_dial_at_its_limit_in_the_gentlest_drill_is_enough_for_today(answer):
    session = hurting("wall tap", dials={"distance": 4})
    assert "Rest now. Say skip to move on, or say end the session." in session.spoken()
    session.say(answer)
    assert "Then that is enough for today. Rest." in session.spoken()
    assert "Smaller then. Slowly. Only as far as it feels fine." not in session.spoken()
    session.wait(60)
    assert session.ended == "finished"
    assert not session.events("dial")
