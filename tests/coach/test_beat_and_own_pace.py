"""Counting at the bottom, ticks, and sets that the trainee counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from stagehand import SCRIPTS, Stagehand, training

from voicecoach.coach.commands import Kind, Tone
from voicecoach.coach.tempo import shape_of
from voicecoach.drills.values import Tempo


@pytest.fixture
def with_keys(tmp_path):
    """A session with the wall tap, with further keys in its file."""

    def make(*keys: str) -> Stagehand:
        folder = tmp_path / "scripts"
        shutil.copytree(SCRIPTS, folder)
        path = folder / "wall-tap.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\n".join(keys) + "\n", encoding="utf-8")
        return Stagehand(training("wall tap", Path(folder))).begin()

    return make


def started(session: Stagehand, state: str = "working") -> Stagehand:
    session.wait_for("ready")
    session.say("start")
    return session.wait_for(state)


def test_a_rep_can_be_counted_at_the_bottom():
    assert shape_of(Tempo(2, 1, 1, 0), "bottom").count == 2
    assert shape_of(Tempo(2, 0, 1, 1, "lift"), "bottom").count == 4


def test_counts_at_the_bottom_keep_the_beat_and_the_set_ends_after_the_last_rep(with_keys):
    session = started(with_keys("count on: bottom"))
    begins = session.coach.workout.clock.start
    session.wait_for("resting")
    counts = sorted(say.at for say in session.says.values() if say.kind is Kind.COUNT)
    assert counts == pytest.approx([begins + 2 + 4 * rep for rep in range(15)])
    assert session.now >= begins + 60


def test_ticks_fall_on_every_whole_second_but_the_counted_one(with_keys):
    session = started(with_keys("ticks: true"))
    begins = session.coach.workout.clock.start
    session.wait(9)
    ticks = [c.at for _, commands in session.steps for c in commands if isinstance(c, Tone) and c.name == "tick"]
    assert ticks[:8] == pytest.approx([begins + second for second in range(8)])


def test_with_pace_me_the_coach_counts_nothing_itself(with_keys):
    session = started(with_keys("pace: me"), "following").wait(15)
    assert not any(say.kind is Kind.COUNT for say in session.says.values())
    assert session.coach.workout.rep == 0
    assert "In your own time. Count aloud, or say done and the number." in session.spoken()


def test_the_trainees_own_numbers_count_the_reps_and_end_the_set(with_keys):
    session = started(with_keys("pace: me"), "following").wait(5)
    for number in ("one", "two", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"):
        session.say(number)
        session.wait(3)
    assert session.coach.workout.rep == 12, "three went unheard, and was done all the same"
    session.say("twenty")
    assert session.coach.workout.rep == 12, "that was no counting"
    for number in ("thirteen", "fourteen", "fifteen"):
        session.wait(3)
        session.say(number)
    assert "Last one." in session.spoken()
    session.wait(2)
    assert session.coach.state == "resting"
    assert session.events("set_done")[0]["reps"] == 15


def test_done_with_a_number_is_the_whole_set(with_keys):
    session = started(with_keys("pace: me"), "following").wait(30)
    session.say("done, twelve")
    (done,) = session.events("set_done")
    assert (done["reps"], done["target"]) == (12, 15)
    assert len(session.events("rep")) == 12
    assert done["seconds"] == pytest.approx(30, abs=2)


def test_the_beat_is_handed_over_in_the_middle_of_a_set_and_taken_back():
    session = started(Stagehand(training("wall tap")).begin()).wait(10)
    counted = session.coach.workout.rep
    session.say("let me count")
    assert session.coach.state == "following"
    session.wait(10)
    assert session.coach.workout.rep == counted
    session.say(["zero", "one", "two", "three", "four"][counted + 1])
    session.say("you count")
    session.wait_for("resting")
    assert session.events("set_done")[0]["reps"] == 15
    assert len(session.events("set_started")) == 1


def test_somebody_who_counts_in_silence_is_told_from_time_to_time_where_they_are(with_keys):
    session = started(with_keys("pace: me"), "following").wait(90)
    assert session.spoken().count("Zero so far.") >= 2


def test_done_without_a_number_is_asked_for_it_and_the_set_is_logged(with_keys):
    session = started(with_keys("pace: me"), "following").wait(20)
    session.say("done")
    assert (session.coach.state, session.spoken()[-1]) == ("asking reps", "What is the number?")
    session.say("twelve")
    assert [done["reps"] for done in session.events("set_done")] == [12]
    assert session.coach.state == "resting"


def test_a_set_of_ones_own_that_was_paused_and_is_done_is_asked_for_its_number(with_keys):
    session = started(with_keys("pace: me"), "following").wait(20)
    session.say("pause")
    session.say("done")
    assert session.coach.state == "asking reps"
    session.say("nine")
    assert [done["reps"] for done in session.events("set_done")] == [9]


@pytest.mark.parametrize("text", ["done twelve", "twelve done", "that's it twelve"])
def test_done_may_stand_on_either_side_of_its_number(with_keys, text):
    session = started(with_keys("pace: me"), "following").wait(20)
    session.say(text)
    assert [done["reps"] for done in session.events("set_done")] == [12]
    assert session.coach.state == "resting"
