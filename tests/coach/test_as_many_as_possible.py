"""Sets that the clock ends and the trainee counts: AMRAP, and Tabatas made of them."""

from __future__ import annotations

from itertools import pairwise

from stagehand import Stagehand, training

from voicecoach.coach.commands import Kind


def on(script: str) -> Stagehand:
    session = Stagehand(training(script)).begin().wait_for("ready")
    session.say("start")
    return session.wait_for("following").wait(0.5)


def heard_at(session: Stagehand, text: str) -> list[float]:
    return sorted(say.at for say in session.says.values() if say.text == text)


def test_the_time_is_called_and_the_number_asked_for_when_it_is_over():
    session = on("push up")
    (go,) = heard_at(session, "Go.")
    session.wait_for("asking reps")
    assert heard_at(session, "Half way.") == [go + 22.5]
    assert heard_at(session, "Ten seconds.") == [go + 35]
    assert [say.at for say in session.says.values() if say.kind is Kind.COUNTDOWN][-3:] == [go + 42, go + 43, go + 44]
    assert abs(session.now - (go + 45)) < 0.6
    session.say("sixteen")
    (done,) = session.events("set_done")
    assert (done["reps"], done["target"], done["amrap"], done["seconds"]) == (16, None, 45.0, 45.0)
    assert session.coach.state == "resting"


def test_who_counts_aloud_is_not_asked():
    session = on("push up")
    for number in ("one", "two", "three", "four"):
        session.wait(2)
        session.say(number)
    session.wait_for("resting")
    assert session.events("set_done")[0]["reps"] == 4


def test_no_answer_leaves_the_number_open_and_the_session_goes_on():
    session = on("push up").wait_for("asking reps").wait_for("resting")
    (done,) = session.events("set_done")
    assert (done["reps"], done["seconds"]) == (0, 45.0)


def test_done_with_a_number_ends_it_before_its_time():
    session = on("push up").wait(20)
    session.say("done twelve")
    (done,) = session.events("set_done")
    assert done["reps"] == 12
    assert 20 <= float(str(done["seconds"])) <= 21


def test_a_pause_leaves_the_rest_of_the_time_and_the_reps_counted():
    session = on("push up").wait(1)
    session.say("one")
    session.wait(14)
    session.say("pause")
    assert "Holding at fifteen seconds. Say resume, or done." in session.spoken()
    session.wait(20)
    session.say("resume")
    session.wait_for("following")
    began = session.now + 0.5
    session.wait_for("resting")
    (done,) = session.events("set_done")
    assert (done["reps"], done["seconds"]) == (1, 45.0)
    assert abs(session.now - began - (45 - 15)) < 1


def test_how_many_left_is_told_in_seconds():
    session = on("push up").wait(14)
    session.say("how many left")
    session.wait(3)
    assert any(text.endswith("seconds to go.") for text in session.spoken())


def test_a_dial_makes_the_next_set_longer_not_this_one():
    session = on("push up").wait(5)
    session.say("too easy")
    session.wait_for("asking reps")
    session.say("ten")
    assert session.events("set_done")[0]["amrap"] == 45.0
    session.wait_for("following").wait_for("asking reps")
    session.say("ten")
    assert session.events("set_done")[1]["amrap"] == 60.0


def test_a_tabata_keeps_its_beat_of_thirty_seconds_and_names_the_round():
    session = on("air squat").wait_for("finished").wait(1)
    begins = heard_at(session, "Go.")
    assert len(begins) == 8
    assert all(abs(later - earlier - 30) < 0.01 for earlier, later in pairwise(begins))
    assert "Ten seconds to breathe. Then round two of eight." in session.spoken()
    assert "Air squat, eight sets of twenty seconds." in session.spoken()


def test_undo_of_done_goes_on_with_the_time_that_was_left():
    session = on("push up").wait(20)
    session.say("done twelve")
    session.wait(1)
    session.say("undo")
    assert session.coach.state == "paused"
    assert session.events("set_done") == []
    session.say("resume")
    session.wait_for("following").wait_for("asking reps")
