"""Putting the last set right by voice: "that was ten reps", "that was forty pounds", "delete that set"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stagehand import Stagehand, training

from voicecoach.words.meaning import Quantity


@pytest.fixture
def rested() -> Stagehand:
    """In the rest after a set of seven wall taps."""
    session = Stagehand(training()).begin().wait_for("ready")
    session.say("start")
    session.wait_for("working").wait(29)
    session.say("done")
    assert session.events("set_done")[0]["reps"] == 7
    return session


def with_a_load() -> Stagehand:
    """In the rest after a set of RDLs with thirty five pounds."""
    session = Stagehand(training("rdl")).begin().wait_for("asking weight").wait(8)
    session.say("thirty five pounds")
    session.wait_for("ready")
    session.say("start")
    return session.wait_for("resting").wait(5)


@pytest.mark.parametrize("said", ["that was ten reps", "i did ten", "ten reps", "no, that was ten reps"])
def test_reps_that_were_counted_wrong_are_put_right(rested, said):
    rested.say(said)
    (correction,) = rested.events("correction")
    assert correction == {"reps": 10, "why": "said"}
    assert "Ten reps. Noted." in rested.spoken()
    assert rested.coach.state == "resting"
    assert rested.coach.workout.done[-1].reps == 10


def test_a_bare_number_in_the_rest_is_still_a_weight():
    session = with_a_load()
    session.say("forty")
    assert session.events("correction") == []
    assert session.events("weight")[-1]["value"] == 40


def test_a_load_said_of_the_set_that_is_over_is_put_right_and_used_from_now_on():
    session = with_a_load()
    session.say("that was forty pounds")
    (correction,) = session.events("correction")
    assert (correction["weight"], correction["unit"]) == (40, "lb")
    assert session.coach.workout.weight.value == 40
    assert any(text.endswith("at forty pounds. Noted.") for text in session.spoken())


def test_that_was_ten_is_asked_back_where_it_could_be_reps_or_a_weight():
    session = with_a_load()
    session.say("that was ten")
    assert session.events("correction") == []
    assert "ten reps" in session.spoken()[-1].lower()


def test_a_correction_can_be_taken_back(rested):
    rested.say("that was ten reps")
    rested.wait(3)
    rested.say("undo")
    assert rested.events("correction")[-1] == {"deleted": True, "why": "undo"}
    assert rested.coach.workout.done[-1].reps == 7
    assert rested.coach.state == "resting"


def test_a_set_is_taken_out_of_the_log_after_a_yes_and_is_to_be_done_again(rested):
    rested.say("delete that set")
    assert rested.coach.state == "deleting"
    assert "Take out seven reps? Say yes or no." in rested.spoken()
    rested.wait(3)
    rested.say("yes")
    assert rested.events("correction") == [{"deleted": True, "why": "taken out"}]
    assert "Taken out. Set one again." in rested.spoken()
    assert (rested.coach.state, rested.coach.workout.set, rested.coach.workout.done) == ("ready", 1, [])


@pytest.mark.parametrize("answer", ["no", None])
def test_no_and_silence_keep_the_set(rested, answer):
    rested.say("delete that set")
    if answer:
        rested.say(answer)
    rested.wait(15)
    assert rested.events("correction") == []
    assert rested.coach.workout.set == 2
    assert rested.coach.state == "ready"


def test_taking_a_set_out_can_be_taken_back_until_the_next_one_is_on(rested):
    rested.say("delete that set")
    rested.wait(3)
    rested.say("yes")
    rested.wait(2)
    rested.say("undo")
    assert rested.events("correction")[-1] == {"deleted": True, "why": "undo"}
    assert (rested.coach.workout.set, len(rested.coach.workout.done)) == (2, 1)


def test_the_last_set_of_the_session_can_be_put_right_while_it_is_summed_up():
    session = Stagehand(training("dowel hinge")).begin()
    for _ in range(3):
        session.wait_for("ready" if not session.events("set_done") else "resting")
        session.say("start")
        session.wait_for("working").wait(20)
        session.say("done")
    assert session.coach.state == "finished"
    session.say("that was ten reps")
    assert session.events("correction") == [{"reps": 10, "why": "said"}]
    session.wait(30)
    assert session.ended == "finished"
    assert session.spoken()[-2].endswith("one set of ten.")


@pytest.mark.parametrize("said", ["two more reps", "plus two reps", "minus ten seconds"])
def test_more_of_something_else_is_no_change_of_the_load(said):
    session = with_a_load()
    session.say(said)
    assert session.coach.workout.weight.value == 35
    assert len(session.events("weight")) == 1


def test_a_drill_without_a_load_takes_none(rested):
    rested.say("forty pounds")
    assert rested.events("weight") == []
    assert "The wall tap is done without a weight." in rested.spoken()


def test_without_a_set_there_is_nothing_to_put_right():
    session = Stagehand(training()).begin().wait_for("ready")
    session.say("delete that set")
    assert session.events("correction") == []
    assert "There is no set to put right yet." in session.spoken()


@pytest.mark.parametrize("answer", ["one fifty", "one fifteen"])
def test_whichever_of_two_numbers_that_sound_alike_is_said_when_asked_is_believed(answer):
    trained = training("deadlift")
    drills = [
        replace(one, weight=Quantity(130, "lb"), last_weight=Quantity(135, "lb")) if one.drill.load else one
        for one in trained.plan.drills
    ]
    session = Stagehand(replace(trained, plan=replace(trained.plan, drills=tuple(drills)))).begin()
    session.wait_for("asking weight").say("one fifteen")
    assert session.spoken()[-1] == "One hundred and fifteen, or one hundred and fifty?"
    session.say(answer)
    assert session.spoken()[-1] != "One hundred and fifteen, or one hundred and fifty?"
    assert session.coach.workout.weight == Quantity(115 if answer == "one fifteen" else 150, "lb")
