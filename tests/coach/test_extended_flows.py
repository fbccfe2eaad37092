"""Flows that extend another one, and the physiotherapist's that comes with the program."""

from __future__ import annotations

import shutil

import pytest
from stagehand import SCRIPTS, Stagehand, training

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library

PROGRAMME = """\
kind: programme
version: 1
name: my clinic
flow: rate pain
drills: [wall tap, dowel hinge]
"""


@pytest.fixture
def scripts(tmp_path):
    folder = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, folder)
    (folder / "my-clinic.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


def after_a_set(scripts) -> Stagehand:
    session = Stagehand(training("my clinic", scripts)).begin().wait_for("ready")
    session.say("start")
    return session.wait_for("rating").wait(2)


def test_after_each_set_the_pain_is_rated_and_written_down_with_the_set(scripts):
    session = after_a_set(scripts)
    began = session.coach.workout.rest_from
    session.say("two")
    assert session.coach.state == "resting"
    assert session.events("set_done")[0]["pain_score"] == 2
    session.wait_for("working")
    assert session.coach.workout.clock.start == pytest.approx(began + 45, abs=0.1), "rating is part of the rest"


def test_a_high_score_is_treated_as_pain(scripts):
    session = after_a_set(scripts)
    session.say("seven")
    assert session.coach.state == "hurting"
    assert session.events("pain")
    assert session.events("set_done")[0]["pain_score"] == 7


@pytest.mark.parametrize("answer", ["nothing", None])
def test_nothing_and_no_answer_go_on(scripts, answer):
    session = after_a_set(scripts)
    if answer:
        session.say(answer)
    session.wait_for("resting")


def test_the_whole_session_is_the_standard_one_with_a_question_more(scripts):
    session = Stagehand(training("my clinic", scripts)).begin()
    for _ in range(2):
        session.wait_for("ready")
        session.say("start")
        session.wait(1)
    session.wait(600)
    assert session.ended == "finished"
    assert sum("From one to ten" in text for text in session.spoken()) == 6


def check(scripts, text: str) -> list[str]:
    path = scripts / "flows" / "mine.yaml"
    path.write_text("kind: flow\nversion: 1\nname: mine\n" + text, encoding="utf-8")
    return [f"{d.line}:{d.severity}: {d.message}" for d in check_paths([path], Library([scripts]))]


def test_an_extension_needs_no_more_than_what_it_changes(scripts):
    assert check(scripts, "extends: standard\nlines: {goodbye: [Bye for now.]}\n") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: mine\n", "4:error: a flow cannot extend itself"),
        ("extends: standrd\n", "4:error: there is no flow called 'standrd'"),
        ("extends: standard\nstates: {resting: {when: {time over: nowhere}}}\n", "there is no state called 'nowhere'"),
        ("extends: standard\nanywhere: {stop: {do: [hush]}}\n", "the safety command 'stop' must lead to a state"),
        ("extends: standard\nlines: {goodbye: [Stop it now.]}\n", "the coach would hear itself say"),
        ("extends: standard\ncommands: {stop: {safety: false, phrases: [stop]}}\n", "must be a safety command"),
        ("lines: {goodbye: [Bye.]}\n", "'states' is missing"),
    ],
)
def test_what_is_wrong_in_an_extension_is_pointed_at(scripts, text, message):
    found = check(scripts, text)
    assert any(message in one for one in found), found


def test_flows_that_extend_each_other_in_a_ring_are_refused(scripts):
    other = "kind: flow\nversion: 1\nname: yours\nextends: mine\n"
    (scripts / "flows" / "yours.yaml").write_text(other, encoding="utf-8")
    assert any("cannot extend itself" in one for one in check(scripts, "extends: yours\n"))
