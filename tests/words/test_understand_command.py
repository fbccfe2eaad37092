"""``voicecoach understand``: one JSON object a sentence, or one line for people."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli.understand import understand
from voicecoach.errors import CoachError


@pytest.fixture
def ask(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    app = typer.Typer()
    app.command()(understand)

    def run(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout

    return run


def test_each_sentence_gives_one_object(ask):
    texts = [
        "stop",
        "My lower back hurts!",
        "one thirty five",
        "twelve at thirty five pounds",
        "RPE eight",
        "plus five",
    ]
    found = [
        json.loads(line) for line in ask(*texts, "two five", "how are you", "no, forty kilos", "--json").splitlines()
    ]
    assert found == [
        {"text": "stop", "command": "stop"},
        {"text": "My lower back hurts!", "command": "pain"},
        {"text": "one thirty five", "weight": {"value": 135.0, "unit": None}},
        {"text": "twelve at thirty five pounds", "weight": {"value": 35.0, "unit": "lb"}, "reps": 12},
        {"text": "RPE eight", "rpe": 8.0},
        {"text": "plus five", "relative": {"value": 5.0, "unit": None}},
        {"text": "two five", "ask": "Two and a half, or twenty five?"},
        {"text": "how are you", "none": True},
        {"text": "no, forty kilos", "weight": {"value": 40.0, "unit": "kg"}, "correction": True},
    ]


def test_a_state_hears_what_it_expects_and_nothing_else(ask):
    lines = ask("thirty five", "stop", "done", "--state", "asking weight", "--json").splitlines()
    asking = [json.loads(line) for line in lines]
    assert asking[0]["weight"] == {"value": 35.0, "unit": None}
    assert asking[1]["command"] == "stop"
    assert asking[2] == {"text": "done", "none": True}
    working = [json.loads(line) for line in ask("thirty five", "done", "--state", "working", "--json").splitlines()]
    assert working[0] == {"text": "thirty five", "none": True}
    assert working[1]["command"] == "done"


def test_people_get_a_line(ask):
    assert ask("thirty five pounds for twelve", "stop", "hello") == (
        "thirty five pounds for twelve: thirty five pounds for twelve reps\n"
        "stop: command stop\n"
        "hello: nothing to the coach\n"
    )


def test_plates_follow_the_unit(ask):
    assert json.loads(ask("two plates", "--unit", "kg", "--json"))["weight"] == {"value": 100.0, "unit": "kg"}


def test_a_wrong_state_or_unit_is_said(ask):
    with pytest.raises(CoachError, match="no state"):
        ask("stop", "--state", "nowhere")
    with pytest.raises(CoachError, match="not a unit"):
        ask("stop", "--unit", "stone")


def test_what_the_ears_refuse_where_the_keyboard_is_obeyed_is_told(ask):
    thirty, pounds = ask("thirty", "thirty pounds", "--state", "resting").splitlines()
    assert thirty.startswith("thirty: a weight of thirty; said aloud, nothing: Nobody asked for a number")
    assert pounds == "thirty pounds: thirty pounds"
    assert "only_typed" in json.loads(ask("thirty", "--state", "resting", "--json"))
    assert "only_typed" not in json.loads(ask("thirty", "--state", "asking weight", "--json"))
