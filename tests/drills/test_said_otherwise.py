"""`say as:`, pauses and emphasis in scripts: what the check says of them, and what the session makes of them."""

from __future__ import annotations

from datetime import date

import pytest

from voicecoach.app.sentences import sayings_of
from voicecoach.app.training import prepare
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts

DRILL = """\
kind: drill
version: 1
name: RDL two
goal: Hips back.
sets: 1
reps: 3
tempo: 2-1-1-0
rest: 30s
say as: {SAY}
cues:
  setup: [SETUP]
  every 2 reps: [EVERY]
"""
PROGRAMME = """\
kind: programme
version: 1
name: two of them
drills: [RDL two, other]
say as: {RDL: are dee ell, other: udder, breakfast: brekfust, greet: great}
greeting: Greet the breakfast.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "flows").mkdir()
    flow = (shipped_scripts() / "flows" / "standard.yaml").read_text(encoding="utf-8")
    (tmp_path / "flows" / "standard.yaml").write_text(flow, encoding="utf-8")
    return tmp_path


def written(folder, say="RDL: R D L", setup="RDL time.", every="Breathe.", name="rdl-two"):
    path = folder / f"{name}.yaml"
    text = DRILL.replace("{SAY}", f"{{{say}}}").replace("[SETUP]", f'"{setup}"').replace("[EVERY]", f'"{every}"')
    path.write_text(text.replace("RDL two", name.replace("-", " ").replace("rdl", "RDL")), encoding="utf-8")
    return path


def told(path):
    return [(d.severity, d.line, d.message) for d in check_paths([path], Library([path.parent]))]


@pytest.mark.parametrize(
    ("changes", "severity", "line", "says"),
    [
        ({"say": "squash: squosh"}, "warning", 9, "no text here says 'squash'"),
        ({"say": "RDL: stop"}, "error", 9, "hear itself say 'stop'"),
        ({"say": "time: back hurts"}, "error", 9, "hear itself say"),
        ({"say": "RDL: my back, time: hurtz, hurtz: x", "setup": "RDL time."}, "warning", 9, "no text here says"),
        ({"say": "RDL: back, time: hurts"}, "error", 9, "say 'back hurts'"),
        ({"say": "RDL: (pause 1s)"}, "error", 9, "only words"),
        ({"say": "RDL: R (pause 1s) L"}, "error", 9, "only words"),
        ({"say": '"*": star'}, "error", 9, "a word to say otherwise"),
        ({"setup": "Hold *still."}, "error", 11, "without its partner"),
        ({"setup": "Hold (pause a bit)."}, "error", 11, "a pause is written"),
        ({"setup": "My *back* hurts."}, "error", 11, "hear itself say"),
        ({"every": "Breathe (pause 7s) out."}, "warning", 12, "seconds to say"),
        ({"every": "Breathe (pause 3s) out."}, "warning", 12, "so it is never said"),
        ({"say": "breathe: one two three four five six seven eight nine ten"}, "warning", 12, "so it is never said"),
    ],
)
def test_what_cannot_be_right_is_pointed_at(folder, changes, severity, line, says):
    found = told(written(folder, **changes))
    assert any(s == severity and n == line and says in message for s, n, message in found), found


def test_a_slower_voice_needs_more_room(folder):
    path = written(folder, every="Breathe out.")
    assert told(path) == []
    path.write_text(path.read_text(encoding="utf-8") + "rate: 80\n", encoding="utf-8")
    assert any(severity == "warning" and line == 12 for severity, line, _ in told(path))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"setup": "RDL time. (pause 1s) Hips *back*."},
        {"say": "twelve: twelf, kilos: keelos, Rdl: R D L"},  # a count or a variable can say the first two
    ],
)
def test_what_is_right_is_left_alone(folder, changes):
    assert told(written(folder, **changes)) == []


def test_a_goal_is_read_as_often_as_it_is_heard(folder):
    path = written(folder)
    path.write_text(
        path.read_text(encoding="utf-8").replace("goal: Hips back.", "goal: Hips *back*."), encoding="utf-8"
    )
    assert any("no pauses and no emphasis" in message for _, _, message in told(path))


def test_the_words_of_drills_go_before_those_of_their_programme(folder):
    written(folder)
    written(folder, say="RDL: R deal", name="other")
    (folder / "two.yaml").write_text(PROGRAMME, encoding="utf-8")
    library = Library([folder])
    training = prepare(str(folder / "two.yaml"), library, (), date(2026, 1, 5))
    assert training.manner.say_as == {"RDL": "R D L", "other": "udder", "breakfast": "brekfust", "greet": "great"}
    aloud = {s.text: s.aloud for s in sayings_of(str(folder / "two.yaml"), library).sentences}
    assert aloud["Greet the breakfast."] == "great the brekfust."
    assert aloud["RDL time."] == "R D L time."
    assert aloud["Breathe."] == ""
    messages = [message for _, _, message in told(folder / "two.yaml")]
    assert messages == ["RDL two and other say 'RDL' in two ways: 'R D L', 'R deal'"]


def test_an_extending_flow_adds_to_the_words_of_the_one_it_extends(folder):
    base = folder / "flows" / "base.yaml"
    text = (folder / "flows" / "standard.yaml").read_text(encoding="utf-8").replace("name: standard", "name: base", 1)
    base.write_text(text + "say as: {hello: hullo, ready: reddy}\n", encoding="utf-8")
    own = folder / "flows" / "own.yaml"
    own.write_text("kind: flow\nversion: 1\nname: own\nextends: base\nsay as: {ready: redi}\n", encoding="utf-8")
    assert sayings_of(str(own), Library([folder])).manner.say_as == {"hello": "hullo", "ready": "redi"}
