"""Cues under a condition are said at their time and at no other; where several wordings are there, they go first."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from stagehand import SCRIPTS, Stagehand, training

from voicecoach.app.sentences import sentences_of
from voicecoach.app.texts import texts_of
from voicecoach.drills.library import Library

DOCS = Path(__file__).resolve().parents[2] / "docs" / "scripts.md"
EXAMPLE = next(
    block
    for block in re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    if "name: hip lift" in block
)


@pytest.fixture
def scripts(tmp_path):
    folder = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, folder)
    (folder / "hip-lift.yaml").write_text(EXAMPLE, encoding="utf-8")
    return folder


def session(scripts, *, week: int = 1, **planned: object) -> list[str]:
    """What is said in a session of the example from begin to end."""
    made = training("hip lift", scripts)
    drill = replace(made.plan.drills[0], **planned)
    stage = Stagehand(replace(made, plan=replace(made.plan, drills=(drill,), week=week))).begin()
    for _ in range(drill.sets):
        if stage.coach.state != "resting":
            stage.wait_for("ready").say("start")
        stage.wait_for("working").wait(30)
    return stage.wait_for("finished").spoken()


def test_the_first_time_is_told_apart_from_the_later_ones(scripts):
    assert "Take it slowly today." in session(scripts, times=0)
    assert "Take it slowly today." not in session(scripts, times=1)


def test_after_pain_is_said_only_then(scripts):
    assert "Stay where it feels fine." in session(scripts, after_pain=True)
    assert "Stay where it feels fine." not in session(scripts)


def test_the_last_set_is_announced_once_and_before_it(scripts):
    said = session(scripts)
    assert said.count("Make it a clean one.") == 1
    assert said.count("three") - said[: said.index("Make it a clean one.")].count("three") == 2, "countdown and rep"


def test_where_the_condition_holds_its_wording_takes_the_place_of_the_ordinary_one(scripts):
    said = session(scripts)
    assert [text for text in said if "last one" in text.lower()] == ["Last one.", "Last one.", "The very last one."]


def test_a_week_has_its_own_wordings_in_turn(scripts):
    first, second = session(scripts, week=1), session(scripts, week=2)
    assert [text for text in first if text in {"Breathe out.", "Breathe in.", "Ribs down."}] == [
        "Breathe out.",
        "Breathe in.",
        "Breathe out.",
    ]
    assert second.count("Ribs down.") == 3
    assert not any(text.startswith("Breathe") for text in second)


def test_say_lists_each_with_its_condition_and_all_are_rendered_ahead(scripts):
    listed = {s.text: s.only_if for s in sentences_of("hip lift", Library([scripts]))}
    assert listed["Take it slowly today."] == "first time"
    assert listed["Breathe in."] == "week 1"
    assert listed["Good."] == ""
    made = training("hip lift", scripts)
    ahead = texts_of(made.plan, made.flow)
    assert {"Take it slowly today.", "Stay where it feels fine.", "The very last one."} <= set(ahead)


def test_a_drill_with_nothing_but_conditions_is_silent_where_none_holds_and_goes_on(scripts):
    path = scripts / "hip-lift.yaml"
    setup = "    - Lie on your back, knees bent.\n"
    path.write_text(EXAMPLE.replace(setup, ""), encoding="utf-8")
    said = session(scripts, times=3)
    assert not {"Take it slowly today.", "Stay where it feels fine."} & set(said)
    assert said.count("six") == 3, "all sets were done"
