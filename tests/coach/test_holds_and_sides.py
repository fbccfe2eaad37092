"""Positions that are held, and sets that are done on one side after the other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stagehand import SCRIPTS, Stagehand, training

from voicecoach.coach.commands import Kind
from voicecoach.coach.plan import Unfinished
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library
from voicecoach.drills.time_marks import LONGEST_GAP, marks_of

PLANK = """\
kind: drill
version: 1
name: side plank
goal: A stiff side.
sets: 2
hold: 30s
sides: left, right
change over: 8s
rest: 40s
dials:
  hold: {start: 30 s, step: 5 s, between: [10 s, 60 s]}
cues:
  setup: ["Lie on your side. Hold for {hold}."]
  hold: [Hips up., Breathe.]
  after set: [Good., Strong.]
hears:
  too easy: {turn: hold up, say: "{hold} next time."}
  too hard: {turn: hold down, say: "{hold} next time."}
when pain: {turn: hold down}
"""


@pytest.fixture
def scripts(tmp_path):
    folder = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, folder)
    (folder / "side-plank.yaml").write_text(PLANK, encoding="utf-8")
    return folder


@pytest.fixture
def session(scripts) -> Stagehand:
    session = Stagehand(training("side plank", scripts)).begin().wait_for("ready")
    session.say("start")
    return session.wait_for("working")


def said_in_hold(session: Stagehand, begins: float) -> list[tuple[float, str]]:
    lines = sorted((round(say.at - begins, 2), say.text) for say in session.says.values())
    return [line for line in lines if 0 <= line[0] < 30]


def test_a_hold_is_counted_in_led_through_and_counted_out(session):
    begins = session.coach.workout.clock.start
    session.wait_for("switching")
    lines = said_in_hold(session, begins)
    assert lines[0] == (0, "Hold.")
    assert (15, "Half way.") in lines
    assert (20, "Ten seconds.") in lines
    assert lines[-3:] == [(27, "three"), (28, "two"), (29, "one")]
    assert "Hips up." in [text for _, text in lines]


def test_a_hold_is_logged_with_its_seconds_and_its_side(session):
    session.wait_for("resting")
    left, right = session.events("set_done")
    assert (left["side"], left["set"], left["seconds"], left["hold"]) == ("left", 1, 30, 30)
    assert (right["side"], right["set"], right["seconds"], right["reps"]) == ("right", 1, 30, 1)
    assert [started["side"] for started in session.events("set_started")] == ["left", "right"]


def test_the_sides_are_named_and_there_is_time_to_change_over(session):
    assert "Left side first." in session.spoken()
    begins = session.coach.workout.clock.start
    session.wait_for("switching").wait_for("working")
    assert "Switch sides. Now the right." in session.spoken()
    assert session.coach.workout.clock.start == pytest.approx(begins + 30.5 + 8, abs=0.2)


def test_a_whole_session_of_holds_ends_with_a_summary_that_makes_sense(session):
    session.wait(400)
    assert session.ended == "finished"
    assert [(done["set"], done["side"]) for done in session.events("set_done")] == [
        (1, "left"), (1, "right"), (2, "left"), (2, "right"),
    ]  # fmt: skip
    assert "Side plank, two sets of thirty seconds each side." in session.spoken()


def test_a_hold_that_ended_early_is_a_set_with_the_seconds_held(session):
    session.wait(17)
    session.say("done")
    (done,) = session.events("set_done")
    assert (done["reps"], done["target"]) == (0, 1)
    assert done["seconds"] == pytest.approx(16.5, abs=0.2)
    session.wait_for("working").wait(20)
    session.say("done")
    assert any(text.startswith("Twenty seconds. Rest") for text in session.spoken())


def test_after_a_pause_what_is_left_of_the_hold_is_held(session):
    begins = session.coach.workout.clock.start
    session.wait(begins + 12 - session.now)
    session.say("pause")
    session.wait(10)
    session.say("resume")
    session.wait_for("working")
    again = session.coach.workout.clock.start
    session.wait_for("switching")
    assert session.now == pytest.approx(again + 18.5, abs=0.1)
    halves = [say for say in session.says.values() if say.text == "Half way."]
    assert [say.at for say in halves if say.at > again] == [pytest.approx(again + 3)]
    assert session.events("set_done")[0]["seconds"] == 30


def test_too_easy_makes_the_next_hold_longer_and_not_the_one_that_is_on(session):
    session.wait(10)
    session.say("too easy")
    session.wait_for("switching").wait_for("working")
    session.wait_for("resting")
    assert [done["hold"] for done in session.events("set_done")] == [30, 35]


def test_nothing_of_a_hold_is_heard_after_a_safety_phrase(session):
    session.wait(5)
    session.say("my back hurts")
    at = session.now
    assert not any(s.kind in (Kind.COUNT, Kind.COUNTDOWN) for s in session.says.values() if s.at > at)
    assert session.events("set_done")[0]["pain"] is True


@given(st.floats(5, 600))
def test_nobody_who_holds_is_left_without_a_word_for_long(seconds):
    marks = [mark.left for mark in marks_of(seconds)]
    assert marks[0] == seconds
    assert marks[-1] <= 3
    assert all(0 < a - b <= LONGEST_GAP + 1e-6 for a, b in pairwise(marks))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("hold: 30s\n", "", "the key 'reps' is missing"),
        ("hold: 30s\n", "hold: 30s\nreps: 5\n", "a drill with 'hold' has no 'reps'"),
        ("hold: 30s\n", "hold: 2s\n", "this is too short"),
        ("sides: left, right", "sides: left, left", "each once"),
        ("sides: left, right", "sides: both", ""),
        (
            "{start: 30 s, step: 5 s, between: [10 s, 60 s]}",
            "{start: 3 in, step: 1 in, between: [1 in, 6 in]}",
            "turns",
        ),
    ],
)
def test_what_does_not_go_together_is_pointed_at(scripts, old, new, message):
    path = scripts / "side-plank.yaml"
    path.write_text(PLANK.replace(old, new, 1), encoding="utf-8")
    found = check_paths([path], Library([scripts]))
    assert any(message in one.message + one.hint and one.severity == "error" for one in found), found


def test_a_session_that_broke_off_on_the_second_side_goes_on_there():
    plan = replace(
        training("side plank").plan, unfinished=Unfinished("older", "side plank", set=1, rep=0, side="right")
    )
    session = Stagehand(replace(training("side plank"), plan=plan)).begin().wait_for("offering").wait(3)
    session.say("yes")
    session.wait_for("ready").wait(1)
    session.say("start")
    session.wait_for("working").wait_for("resting")
    assert [(done["set"], done["side"]) for done in session.events("set_done")] == [(1, "right")]
