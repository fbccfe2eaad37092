"""A weight that the script does not foresee is asked back before it is believed."""

from __future__ import annotations

import pytest
from stagehand import Stagehand, training


def asked() -> Stagehand:
    return Stagehand(training("deadlift")).begin().wait_for("asking weight").wait(3)


@pytest.mark.parametrize(
    ("said", "question"),
    [("thirty five pounds", "The least here is forty five pounds."), ("nine hundred pounds", "The most here is")],
)
def test_a_weight_past_the_limits_of_the_script_is_asked_back(said, question):
    session = asked()
    session.say(said)
    assert session.coach.state == "confirming"
    assert question in session.spoken()[-1]
    assert session.events("weight") == [], "nothing is taken before the answer"


def test_yes_takes_it_and_silence_does_not():
    session = asked()
    session.say("thirty five pounds")
    session.say("yes")
    assert [event["value"] for event in session.events("weight")] == [35.0]
    session = asked()
    session.say("thirty five pounds")
    session.wait(20)
    assert session.events("weight") == []
    assert session.coach.state == "asking weight"


def test_the_same_bar_in_the_other_unit_is_no_question():
    session = asked()
    session.say("twenty kilos")
    assert session.coach.state == "ready"


def test_another_weight_past_the_limits_is_asked_back_again_and_the_same_one_again_is_a_yes():
    session = asked()
    session.say("thirty five pounds")
    session.wait(6)
    session.say("nine pounds")  # how a recogniser may hear "no"
    assert session.coach.state == "confirming"
    assert "Nine pounds" in session.spoken()[-1]
    assert session.events("weight") == []
    session.wait(6)
    session.say("nine pounds")
    assert [event["value"] for event in session.events("weight")] == [9.0]
    session = asked()
    session.say("thirty five pounds")
    session.wait(6)
    session.say("sixty five pounds")
    assert [event["value"] for event in session.events("weight")] == [65.0]
