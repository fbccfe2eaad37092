"""Drills that take turns, a set of each, with the rest after the last of them."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from stagehand import SCRIPTS, Stagehand, training

from voicecoach.coach.plan import Unfinished
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library

DRILL = """\
kind: drill
version: 1
name: {name}
goal: Strong.
sets: {sets}
reps: 2
tempo: 1-0-1-0
rest: {rest}
change over: 6s
cues:
  setup: ["This is the {name}."]
  after set: [Good., Strong.]
  finish: ["No more {name}."]
when pain: {{lighter: 20%}}
load:
  ask: What weight is it?
  start: 10 kg
  step: 1 kg
  between: [2 kg, 40 kg]
"""
PROGRAMME = """\
kind: programme
version: 1
name: pairs
drills: {drills}
supersets: {supersets}
"""


@pytest.fixture
def scripts(tmp_path):
    folder = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, folder)
    for name, sets, rest in (("row", 2, "40s"), ("press", 3, "50s"), ("curl", 1, "30s")):
        (folder / f"{name}.yaml").write_text(DRILL.format(name=name, sets=sets, rest=rest), encoding="utf-8")
    return folder


@pytest.fixture
def begin(scripts):
    def begin(drills="[row, press, curl]", supersets="[[row, press]]", unfinished=None) -> Stagehand:
        text = PROGRAMME.format(drills=drills, supersets=supersets)
        (scripts / "pairs.yaml").write_text(text, encoding="utf-8")
        trained = training("pairs", scripts)
        return Stagehand(replace(trained, plan=replace(trained.plan, unfinished=unfinished))).begin()

    return begin


def go_on(session: Stagehand, seconds: float = 900) -> Stagehand:
    """A trainee who agrees to every load and starts when asked."""
    until = session.now + seconds
    while session.now < until and not session.ended:
        answer = {"asking weight": "yes", "ready": "start"}.get(session.coach.state)
        if answer:
            session.command(answer)
        session.wait(1)
    return session


def done(session: Stagehand) -> list[tuple[str, int]]:
    return [(one["drill"], one["set"]) for one in session.events("set_done")]


def test_sets_take_turns_and_the_longer_drill_goes_on_alone(begin):
    session = go_on(begin())
    assert session.ended == "finished"
    assert done(session) == [("row", 1), ("press", 1), ("row", 2), ("press", 2), ("press", 3), ("curl", 1)]
    assert [one["drill"] for one in session.events("drill_done")] == ["row", "press", "curl"]
    assert [one["superset"] for one in session.events("set_done")] == [1, 1, 1, 1, 1, None]


def test_three_drills_take_turns_as_well(begin):
    session = go_on(begin(supersets="[[row, press, curl]]"))
    expected = [("row", 1), ("press", 1), ("curl", 1), ("row", 2), ("press", 2), ("press", 3)]
    assert done(session) == expected


def test_the_rest_comes_after_the_pair_and_is_the_longest_of_theirs(begin):
    session = go_on(begin())
    rests = [(one["drill"], one["set"], one["rested"]) for one in session.events("set_started")]
    rested = {(drill, number): seconds for drill, number, seconds in rests}
    assert rested["row", 2] == rested["press", 3] == 50
    assert rested["press", 2] < 10


def test_the_partner_is_set_up_and_its_load_asked_for_before_its_first_set(begin):
    session = begin().wait_for("asking weight")
    session.command("yes")
    session.wait_for("ready").command("start")
    session.wait_for("changing over").wait_for("asking weight")
    assert session.coach.workout.drill.name == "press"
    assert "This is the press." in [say.text for say in session.says.values()]


def at_change_over(session: Stagehand) -> Stagehand:
    session.wait_for("asking weight").command("yes")
    session.wait_for("ready").command("start")
    return session.wait_for("changing over")


def test_pain_right_after_a_set_is_about_the_drill_that_was_done_and_the_other_goes_on_alone(begin):
    session = at_change_over(begin())
    session.say("my lower back hurts")
    assert session.events("pain")[0]["drill"] == "row"
    session.command("skip")
    go_on(session)
    assert done(session) == [("row", 1), ("press", 1), ("press", 2), ("press", 3), ("curl", 1)]
    assert [one["drill"] for one in session.events("skipped")] == ["row"]


def test_skip_leaves_the_drill_whose_turn_it_is_and_its_partner_goes_on(begin):
    session = at_change_over(begin())
    session.command("skip")
    go_on(session)
    assert done(session) == [("row", 1), ("row", 2), ("curl", 1)]


def test_a_set_that_is_deleted_in_the_change_over_is_done_again(begin):
    session = at_change_over(begin())
    session.command("delete set")
    session.wait_for("deleting").command("yes")
    go_on(session)
    assert done(session) == [("row", 1), ("press", 1), ("row", 2), ("press", 2), ("press", 3), ("curl", 1)]
    begun = [(one["drill"], one["set"]) for one in session.events("set_started")]
    assert begun[:3] == [("row", 1), ("row", 1), ("press", 1)]


def test_a_session_goes_on_with_the_drill_whose_turn_it_was(begin):
    old = Unfinished("old", "press", 2, 0, reached={"row": 0, "press": 2})
    session = begin(unfinished=old).wait_for("offering")
    session.command("yes")
    go_on(session)
    assert done(session) == [("press", 2), ("press", 3), ("curl", 1)]


@pytest.mark.parametrize(
    ("drills", "supersets", "message"),
    [
        ("[row, press]", "[[row]]", "too few items"),
        ("[row, press]", "[[row, curl]]", "'curl' is no drill of this programme"),
        ("[row, press]", "[[row, row]]", "'row' is in a superset already"),
        ("[row, press, curl]", "[[row, curl]]", "'curl' does not follow the drill before it"),
        ("[row, kettlebell swing]", "[[row, kettlebell swing]]", "begins its sets by the clock"),
    ],
)
def test_what_cannot_be_a_superset_is_pointed_at(scripts, drills, supersets, message):
    path = scripts / "pairs.yaml"
    path.write_text(PROGRAMME.format(drills=drills, supersets=supersets), encoding="utf-8")
    found = [d for d in check_paths([path], Library([scripts])) if d.severity == "error"]
    assert [message in d.message for d in found] == [True], found
    assert found[0].line == 5
