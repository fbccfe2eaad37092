"""The rest and the tempo, changed by voice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from stagehand import Stagehand, training

from voicecoach.coach.commands import Kind


@pytest.fixture
def resting() -> Stagehand:
    session = Stagehand(training("wall tap")).begin().wait_for("ready")
    session.say("start")
    session.wait_for("resting")
    return session


def next_rep(session: Stagehand) -> float:
    """Session seconds at which the next set begins."""
    before = session.now
    session.wait_for("working")
    return min(say.at for say in session.says.values() if say.kind is Kind.COUNTDOWN and say.at > before) + 3


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("plus thirty", 75), ("minus fifteen", 30), ("i need a minute", 105), ("thirty more seconds", 75)],
)
def test_the_rest_is_made_longer_or_shorter_by_voice_and_what_is_left_is_said(resting, said, seconds):
    began = resting.now
    resting.say(said)
    assert any(text.endswith("to go.") for text in resting.spoken())
    assert next_rep(resting) == pytest.approx(began + seconds, abs=0.1)


def test_the_rest_can_be_skipped(resting):
    resting.wait(5)
    resting.say("skip the rest")
    assert resting.coach.state == "countdown"
    assert resting.events("skipped") == []


def test_skip_said_again_while_the_coach_counts_down_skips_no_drill(resting):
    resting.say("skip the rest")
    resting.wait(1)
    resting.say("skip the rest")
    assert (resting.coach.state, resting.events("skipped")) == ("countdown", [])
    assert resting.wait_for("working").coach.workout.drill.name == "wall tap"


@pytest.mark.parametrize("between", [("delete that set", "no"), ("pause",), ("stop",)])
def test_the_rest_can_be_skipped_after_something_came_between_and_the_drill_goes_on(resting, between):
    for words in between:
        resting.wait(3)
        resting.say(words)
    assert resting.coach.state == "ready"
    resting.wait(3)
    resting.say("skip the rest")
    assert resting.coach.state == "countdown"
    assert resting.events("skipped") == []
    resting.wait_for("working").say("skip")
    assert resting.coach.state == "finished", "nothing is left of the rest now: the drill is skipped"


def test_once_the_rest_is_over_skip_means_the_drill(resting):
    resting.say("pause")
    resting.wait(60)
    resting.say("skip")
    assert resting.coach.state == "finished"


def test_what_is_left_of_the_rest_is_told_when_asked(resting):
    resting.wait(15)
    resting.say("how many left")
    assert "Thirty seconds to go. Then set two of three." in resting.spoken()


def test_a_rest_cut_to_nothing_goes_straight_to_the_countdown(resting):
    resting.wait(5)
    resting.say("minus sixty")
    assert "On we go." in resting.spoken()
    resting.wait(3)
    assert resting.coach.state in ("countdown", "working")


def test_ten_seconds_are_announced_also_after_the_rest_was_changed(resting):
    began = resting.now
    resting.say("plus thirty")
    resting.wait_for("working")
    (warning,) = [say for say in resting.says.values() if say.text.startswith("Ten seconds")]
    assert warning.at == pytest.approx(began + 65, abs=0.2)


def test_the_rest_really_taken_is_written_down_and_an_over_run_is_said(resting):
    resting.say("wait")
    resting.wait(95)
    assert any("over. Say start" in text for text in resting.spoken())
    resting.say("start")
    resting.wait_for("working")
    first, second = resting.events("set_started")
    assert first["rested"] is None
    assert second["rested"] == pytest.approx(98.4, abs=0.5)


def test_the_next_load_is_named_at_the_beginning_of_the_rest_and_plus_five_changes_it():
    session = Stagehand(training("RDL")).begin().wait_for("asking weight").wait(3)
    session.say("thirty five pounds")
    session.wait_for("ready")
    session.say("start")
    session.wait_for("resting").wait(10)
    assert "Set two, thirty five pounds." in session.spoken()
    session.say("plus five")
    assert session.events("weight")[-1]["value"] == 40
    session.say("plus thirty")
    assert session.events("weight")[-1]["value"] == 40


def gaps(session: Stagehand) -> list[float]:
    counts = sorted(say.at for say in session.says.values() if say.kind is Kind.COUNT)
    return [round(b - a, 2) for a, b in pairwise(counts)]


def test_slower_makes_the_reps_longer_from_the_next_one_on_and_faster_shorter():
    session = Stagehand(training("wall tap")).begin().wait_for("ready")
    session.say("start")
    session.wait_for("working").wait(10)
    session.say("slower")
    session.wait_for("resting")
    assert gaps(session)[:5] == [4, 4, 4.6, 4.6, 4.6]
    assert session.events("dial")[0] == {
        "drill": "wall tap", "dial": "tempo", "from": 100, "to": 115, "unit": "%", "why": "slower"
    }  # fmt: skip
    assert session.events("set_done")[0]["tempo"] == "2.3-1.15-1.15-0"
    session.say("faster")
    session.say("faster")
    session.wait_for("working").wait(30)
    assert gaps(session)[-3:] == [3.4, 3.4, 3.4]


def test_undo_gives_the_reps_their_tempo_back():
    session = Stagehand(training("wall tap")).begin().wait_for("ready")
    session.say("start")
    session.wait_for("working").wait(10)
    session.say("slower")
    session.wait(1)
    session.say("undo")
    session.wait_for("resting")
    assert set(gaps(session)) == {4.0}


def test_the_tempo_has_limits():
    session = Stagehand(training("wall tap")).begin().wait_for("ready")
    for _ in range(6):
        session.say("slower")
    assert session.events("dial")[-1]["to"] == 160
    assert len(session.events("dial")) == 4
    assert "That is as far as this goes." in session.spoken()
