"""Weeks of rehearsed sessions from one story: what each plan says and why, and what a corrected weight changes."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from voicecoach.app.homes import Homes
from voicecoach.app.weeks import live
from voicecoach.app.weeks_story import read_weeks, story_file, usual_story
from voicecoach.errors import CoachError
from voicecoach.journal.file import JournalFile
from voicecoach.journal.fold import read_sessions

GOLDEN = Path(__file__).parent / "golden" / "month.txt"


@pytest.fixture
def homes(tmp_path):
    return Homes(
        tmp_path / "journal.jsonl", tmp_path / "cache", tmp_path / "models", tmp_path / "config", tmp_path / "scripts"
    )


@pytest.fixture
def month(homes, tmp_path):
    story = read_weeks(story_file(Path("month")), 4)
    return live("hip-hinge", story, homes, tmp_path / "weeks.jsonl", first=None)


def test_the_month_reads_as_its_golden_text(month):
    """After a wanted change: VOICECOACH_UPDATE_GOLDEN=1 make test, and read the difference."""
    text = month.text()
    if os.environ.get("VOICECOACH_UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_everything_in_the_story_came_to_pass(month):
    assert [one.unsaid for one in month.lived] == [()] * len(month.lived)
    assert any(one.session and one.session.pains for one in month.lived)
    assert any(one.session and any(done.missed for done in one.session.sets) for one in month.lived)
    (corrected,) = month.corrected
    assert (corrected.sets, len(corrected.changed)) == (3, 1)


def test_every_session_of_the_month_is_in_its_plan_with_a_reason(month):
    for one in month.lived[1:]:
        for planned in one.plan.drills:
            assert planned.why, (one.day, planned.drill.name)


def test_the_month_for_machines_is_one_object_a_session(month):
    rows = [json.loads(line) for line in month.json_lines().splitlines()]
    assert [row.get("story_day") for row in rows] == [1, 3, 5, 8, 10, 12, 22, 24, 26, 28, None]
    assert rows[0]["done"]["sets"]
    assert rows[-2]["done"] is None
    assert rows[-1]["correction"]["weight"] == {"value": 25, "unit": "lb"}


def test_taking_a_correction_back_takes_its_change_back(month, homes, tmp_path):
    """A correction is a line of the journal like any other: deleted, the plan is what it was."""
    from voicecoach.app.training import library_of, prepare

    path, to_come = tmp_path / "weeks.jsonl", month.lived[-1]
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with JournalFile(path) as journal:
        for line in lines:
            if line["event"] == "correction" and line.get("why") == "edited":
                journal.append("correction", {"of": line["id"], "deleted": True})
    plan = prepare("hip-hinge", library_of(homes), read_sessions(path), to_come.day).plan
    assert plan.drills == to_come.plan.drills


def test_without_a_story_the_weeks_go_well(homes, tmp_path):
    weeks = live("dowel hinge", usual_story(2), homes, tmp_path / "w.jsonl", first=date(2026, 3, 2))
    assert [one.number for one in weeks.lived] == [1, 4, 8, 11, 13]
    assert [one.plan.drills[0].dials["depth"].value for one in weeks.lived] == [50, 50, 60, 60, 70]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RDL, set 3, rep 9: done\n", ":1:1: a story of weeks has no line like"),
        ("day 3\nday 2\n", ":2:1: day 2 comes after day 3"),
        ("day 1\n  done\n", ":2:1: a story of weeks has no line like 'done'"),
        ("day 1\ncorrect day 1, RDL: heavy\n", ":2:1: a quantity is a number"),
        ("day 1\ncorrect day 1, RDL: 3 in\n", ":2:1: a weight needs its unit"),
        ("# nothing\n", "no day of the story is within 4 weeks"),
    ],
)
def test_a_line_that_is_none_is_pointed_at(tmp_path, text, said):
    path = tmp_path / "story.txt"
    path.write_text(text)
    with pytest.raises(CoachError, match=said):
        read_weeks(path, 4)


def test_what_never_comes_is_told(homes, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("day 1\n  dowel hinge, set 9, rep 1: done\n")
    weeks = live("dowel hinge", read_weeks(path, 1), homes, tmp_path / "w.jsonl", first=None)
    assert "Never came: dowel hinge, set 9, rep 1: done" in weeks.text()
