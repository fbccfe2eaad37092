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


def homes_in(folder: Path) -> Homes:
    return Homes(folder / "journal.jsonl", folder / "cache", folder / "models", folder / "config", folder / "scripts")


@pytest.fixture
def homes(tmp_path):
    return homes_in(tmp_path)


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    return tmp_path_factory.mktemp("month") / "weeks.jsonl"


@pytest.fixture(scope="module")
def month(journal):
    story = read_weeks(story_file(Path("month")), 4)
    return live("hip-hinge", story, homes_in(journal.parent), journal, first=None)


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
    for one in month.lived:
        for planned in one.plan.drills:
            assert planned.reason, (one.day, planned.drill.name)


def test_the_month_for_machines_is_one_object_a_session(month):
    rows = [json.loads(line) for line in month.json_lines().splitlines()]
    assert [row.get("story_day") for row in rows] == [1, 3, 5, 8, 10, 12, 22, 24, 26, 28, None]
    assert rows[0]["done"]["sets"]
    assert rows[-2]["done"] is None
    assert rows[-1]["correction"]["weight"] == {"value": 25, "unit": "lb"}


def test_taking_a_correction_back_takes_its_change_back(month, journal, homes, tmp_path):
    """A correction is a line of the journal like any other: deleted, the plan is what it was."""
    from voicecoach.app.training import library_of, prepare

    path, to_come = tmp_path / "weeks.jsonl", month.lived[-1]
    path.write_bytes(journal.read_bytes())
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    with JournalFile(path) as log:
        for line in lines:
            if line["event"] == "correction" and line.get("why") == "edited":
                log.append("correction", {"of": line["id"], "deleted": True})
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


def weeks_of(homes, tmp_path, text, script="hip-hinge", weeks=4):
    path = tmp_path / "story.txt"
    path.write_text(text)
    return live(script, read_weeks(path, weeks), homes, tmp_path / "w.jsonl", first=None)


def of(plan, drill):
    return next(planned for planned in plan.drills if planned.drill.name == drill)


def test_a_sore_day_is_easier_and_takes_nothing_away(homes, tmp_path):
    first, sore, after = weeks_of(homes, tmp_path, "day 1\nday 3\n  checking in: i'm sore\n").lived
    assert sore.session is not None
    assert sore.session.checked_in == "sore"
    assert not sore.session.pains
    assert [len(sore.session.of(name)) for name in ("wall tap", "dowel hinge", "RDL")] == [2, 2, 2]
    assert of(after.plan, "RDL").weight == of(sore.plan, "RDL").weight
    assert "was an easy day" in of(after.plan, "RDL").why
    assert of(after.plan, "dowel hinge").dials == of(first.plan, "dowel hinge").dials


def test_pain_said_before_the_first_drill_spares_the_session_and_leads_down_one_rung(homes, tmp_path):
    _, spared, after = weeks_of(homes, tmp_path, "day 1\nday 3\n  checking in: my back hurts\n").lived
    assert spared.session is not None
    assert [done.drill for done in spared.session.sets] == ["wall tap"] * 2
    assert [planned.drill.name for planned in after.plan.drills] == ["wall tap", "dowel hinge"]


def test_tight_hamstrings_mean_less_depth_which_comes_back_before_anything_gets_heavier(homes, tmp_path):
    story = "day 1\n  RDL, set 2, rep 3: my hamstrings are tight\nday 3\nday 5\nday 8\nday 10\nday 12\n"
    lived = weeks_of(homes, tmp_path, story, script="rdl").lived
    depths = [of(one.plan, "RDL").dials["depth"].value for one in lived]
    weights = [of(one.plan, "RDL").weight.value for one in lived]
    assert depths[:2] == [100, 90]
    assert of(lived[1].plan, "RDL").loading == "Depth 90 percent, no more."
    back = depths.index(100, 1)
    assert weights[: back + 1] == [15] + [weights[1]] * back, "no more weight before the depth is back"
    assert "Depth 100 percent, because" in of(lived[back].plan, "RDL").why
    assert weights[-1] > weights[back]


def test_the_shoes_are_named_once_in_each_session_of_the_first_week_and_never_after(homes, tmp_path):
    lived = weeks_of(homes, tmp_path, "day 1\nday 4\nday 8\n").lived
    shoes = [sum("shoes" in text for text in one.plan.opening) for one in lived]
    assert shoes == [1, 1, 0, 0]
    assert [one.plan.week for one in lived] == [1, 1, 2, 2]
