from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from voicecoach.cli.plan import plan

SCRIPT = """\
kind: drill
version: 1
name: RDL
goal: Load the hinge.
needs: [kettlebell]
sets: 3
reps: 12
tempo: 3-1-1-0
rest: 1m30s
load: {ask: "What weight is it?", start: 15 lb, step: 5 lb, between: [5 lb, 200 lb]}
cues: {setup: ["Hips back."]}
"""


@pytest.fixture
def home(tmp_path, monkeypatch, diary, monday):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "rdl.yaml").write_text(SCRIPT)
    for week in range(2):
        diary.session(monday + timedelta(days=7 * week), [{"set": n} for n in (1, 2, 3)])
    diary.write(tmp_path / "journal.jsonl")
    return tmp_path


@pytest.mark.usefixtures("home")
def test_the_plan_says_today_and_the_weeks_to_come_each_target_with_its_reason(capsys):
    plan("RDL", today="2026-11-29", weeks=4)
    assert capsys.readouterr().out.splitlines() == [
        "Sunday 29 November: RDL, week 2",
        "  RDL: 3 x 12 at 40 lb",
        "      40 pounds, because last Monday you did 3 sets of 12 at 35 without a miss.",
        "Sunday 6 December: RDL, week 3",
        "  RDL: 3 x 12 at 40 lb",
        "      40 pounds again, because a week ago was clean and it takes one more clean session before it changes.",
        "Sunday 13 December: RDL, week 4",
        "  RDL: 3 x 12 at 45 lb",
        "      45 pounds, because a week ago you did 3 sets of 12 at 40 without a miss.",
        "Sunday 20 December: RDL, week 5",
        "  RDL: 3 x 12 at 45 lb",
        "      45 pounds again, because a week ago was clean and it takes one more clean session before it changes.",
        "Sunday 27 December: RDL, week 6",
        "  RDL: 3 x 12 at 50 lb",
        "      50 pounds, because a week ago you did 3 sets of 12 at 45 without a miss.",
    ]


@pytest.mark.usefixtures("home")
def test_a_reason_that_is_that_of_the_day_before_is_not_told_twice(home, capsys):
    heavy = SCRIPT.replace("[5 lb, 200 lb]", "[5 lb, 35 lb]")
    (home / "scripts" / "rdl.yaml").write_text(heavy)
    plan("RDL", today="2026-11-29", weeks=2)
    reason = "      35 pounds again, because that is as far as this drill goes."
    assert capsys.readouterr().out.splitlines().count(reason) == 1


@pytest.mark.parametrize(
    ("load", "reason"),
    [
        (
            "load: {ask: What?, start: 15 lb, step: 5 lb, between: [5 lb, 50 lb]}",
            "15 pounds, because the RDL begins with",
        ),
        ("load: {ask: What?, step: 5 lb, between: [5 lb, 50 lb]}", "You say the load, because the script of the RDL"),
        ("", "As the script has it, because nothing in the RDL gets harder."),
    ],
)
def test_before_the_first_session_the_script_is_the_reason(home, load, reason, capsys):
    (home / "journal.jsonl").unlink()
    (home / "scripts" / "rdl.yaml").write_text(re.sub("load:.*", load, SCRIPT))
    plan("RDL", today="2026-11-29", weeks=0)
    assert capsys.readouterr().out.splitlines()[2].strip().startswith(reason)


@pytest.mark.parametrize("kind", ["hold", "amrap"])
def test_the_weeks_to_come_tell_how_long_the_set_before_was(home, kind, capsys):
    timed = f"{kind}: 20 s\ndials: {{{kind}: {{start: 20 s, step: 5 s, between: [20 s, 60 s]}}}}\n"
    drill = re.sub("reps: .*\ntempo: .*\n", timed, re.sub("load: .*\n", "", SCRIPT)).replace("RDL", "plank")
    (home / "scripts" / "plank.yaml").write_text(f"{drill}hears: {{too easy: {{turn: {kind} up}}}}\n")
    plan("plank", today="2026-11-29", weeks=4)
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in told if line.startswith("plank:")] == [
        f"plank: 3 x {seconds} s" for seconds in (20, 20, 25, 25, 30)
    ]
    assert told[-1].endswith("30 seconds, because a week ago you did 3 sets of 25 seconds without a miss.")


@pytest.mark.usefixtures("home")
def test_the_plan_for_machines_is_one_document(capsys):
    plan("RDL", today="2026-11-29", weeks=0, json_out=True)
    (day,) = json.loads(capsys.readouterr().out)
    assert day["day"] == "2026-11-29"
    assert (day["drills"][0]["weight"], day["drills"][0]["unit"]) == (40, "lb")


def test_a_corrected_weight_changes_the_plan(home, diary, monday, capsys):
    for record in [record for record in diary.records if record["event"] == "set_done"]:
        diary.event(monday + timedelta(days=8), "edit", "correction", of=record["id"], weight=25)
    diary.write(home / "journal.jsonl")
    plan("RDL", today="2026-11-29", weeks=0)
    assert "30 pounds, because last Monday you did 3 sets of 12 at 25 without a miss." in capsys.readouterr().out
