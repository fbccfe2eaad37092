"""What was kept of a session: heard again, labelled and scored, looked over, and forgotten."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.kept import TABLE, read_kept
from voicecoach.hearing.replay import quiet_room, read_blocks

ROOT = Path(__file__).resolve().parents[2]
MONDAY, LATER = "2026-01-05", "2026-03-02"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two sessions in the journal, the first with kept sound."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.training import library_of, listen_in, table_of, with_phrases_of
    from voicecoach.drills.load import load_programme
    from voicecoach.hearing.keeping import Keeper
    from voicecoach.hearing.kept import KeptFolder
    from voicecoach.hearing.model_folder import built_in_model, check_model_folder
    from voicecoach.hearing.vosk_recogniser import VoskModel

    home = tmp_path_factory.mktemp("home")
    lines = []
    for day, session in ((MONDAY, "first"), (LATER, "second")):
        for number, event in enumerate(("session_started", "session_ended")):
            about = {"v": 1, "id": f"{session}{number}", "t": f"{day}T10:0{number}:00+00:00", "session": session}
            more = {"programme": "hip hinge", "drills": []} if number == 0 else {"how": "finished"}
            lines.append(json.dumps({**about, "event": event, **more}))
    (home / "journal.jsonl").write_text("\n".join(lines) + "\n")
    homes = Homes(home / "journal.jsonl", home / "cache", home / "models", home / "config", home / "scripts")
    _programme, flow, drills = load_programme("hip-hinge", library_of(homes))
    flow = with_phrases_of(flow, drills)
    keeper = Keeper(KeptFolder(homes.kept, "first"), "hip-hinge", print)
    model = VoskModel(check_model_folder(built_in_model()))
    path = keeper.around(lambda explain: build_path(model, table_of(flow), explain=explain), "")
    path.listen(listen_in(flow, "working"))
    for name in ("stop", "talk", "too-easy"):
        sound = read_blocks(ROOT / f"tests/hearing/recordings/{name}.flac")
        path.hear(np.concatenate([quiet_room(2.0), *sound, quiet_room(2.0)]), 0.0)
    keeper.close()
    return home


@pytest.fixture
def home(made, tmp_path):
    """The same, for one test to change."""
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def coach(home, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(home))

    def run(*arguments):
        command = [sys.executable, "-c", "from voicecoach.cli.app import main; main()", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    return run


def label(folder, labels):
    with (folder / TABLE).open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        row["label"] = labels.get(row["heard"], labels.get("", ""))
    with (folder / TABLE).open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)


def test_the_last_session_is_heard_again_as_it_was_heard_then(coach, home):
    done = coach("hear", "--kept", "--json")
    assert done.returncode == 0, done.stderr
    ends = [line for line in map(json.loads, done.stdout.splitlines()) if line.get("end")]
    assert len(ends) == len(read_kept(home / "kept" / "first")) >= 3
    for line in ends:
        assert line["accepted"] == line["then"]["verdict"].split(" | ").count("accept"), line
        assert line["then"]["state"] == "working"
    assert coach("hear", home / "kept" / "first", "--json").stdout == done.stdout


def test_reasons_of_now_and_then_stand_side_by_side(coach):
    out = coach("hear", "--kept", "first", "--why").stdout
    assert "safety: A safety phrase" in out
    assert "in the session: stop, accept (safety; working)" in out


def test_a_session_of_which_nothing_is_kept_is_refused_with_those_there_are(coach):
    done = coach("hear", "--kept", "third")
    assert (done.returncode, "There are: first." in done.stderr) == (1, True)
    assert coach("hear").returncode == 2


def test_labels_that_somebody_filled_in_are_scored(coach, home, tmp_path):
    folder = home / "kept" / "first"
    unlabelled = coach("bench", "hearing", folder)
    assert unlabelled.returncode == 1
    assert "no labelled line" in unlabelled.stderr
    label(folder, {"stop": "stop", "too easy": "too easy", "": "none"})
    done = coach("bench", "hearing", folder, "--json", tmp_path / "out.json")
    assert done.returncode == 0, done.stderr
    rows = {row["what"]: row for row in json.loads((tmp_path / "out.json").read_text())["rows"]}
    assert rows["recall all"]["of"] == rows["recall all"]["hits"] == 2
    assert rows["false neg_kept"]["of"] == len(read_kept(folder)) - 2
    label(folder, {"stop": "stpo"})
    wrong = coach("bench", "hearing", folder)
    assert wrong.returncode == 1
    assert f"{TABLE}:2: there is no command 'stpo'" in wrong.stderr


def test_doctor_says_what_is_kept_and_where(home):
    from voicecoach.app.keeping import what_is_kept

    assert str(home / "kept") in what_is_kept(home / "kept")
    assert what_is_kept(home / "nothing") == ""


def test_forgetting_a_session_deletes_what_was_kept_of_it_and_says_so(coach, home):
    done = coach("forget", "--before", LATER, "--yes")
    assert done.returncode == 0, done.stderr
    assert "kept sound is deleted" in done.stderr
    assert not (home / "kept" / "first").exists()
    assert coach("forget", "--undo").returncode == 0
    assert "Nothing is kept" in coach("hear", "--kept").stderr
