"""After a set was taken out, the one before it is the last: it is what a correction by voice is about."""

from __future__ import annotations

from stagehand import Stagehand, training


def test_after_a_set_is_deleted_a_correction_is_about_the_one_before_it():
    session = Stagehand(training()).begin()
    session.wait_for("ready")
    session.say("start")
    session.wait_for("resting")
    first = next(log.ref for log in session.logs if log.event == "set_done")
    session.say("start")
    session.wait_for("working")
    session.wait_for("resting").wait(3)
    session.say("delete that set")
    session.say("yes")
    session.say("ten reps")
    corrections = [log for log in session.logs if log.event == "correction"]
    assert corrections[-1].corrects == first
    assert [done["reps"] for done in session.events("set_done")] == [10]


def test_two_sets_deleted_one_after_the_other_are_both_to_be_done_again():
    session = Stagehand(training()).begin()
    session.wait_for("ready")
    for _ in range(2):
        session.say("start")
        session.wait_for("working")
        session.wait_for("resting").wait(3)
    for left in (1, 0):
        session.say("delete that set")
        session.say("yes")
        assert len(session.events("set_done")) == left
        assert session.coach.workout.set == left + 1
