from __future__ import annotations

import json
import sys
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from voicecoach.cli import log
from voicecoach.cli.forget import forget
from voicecoach.cli.history import history
from voicecoach.cli.progress import progress
from voicecoach.errors import CoachError
from voicecoach.journal.edit import as_yaml, read_edited
from voicecoach.journal.file import JournalFile
from voicecoach.journal.fold import fold, read_sessions
from voicecoach.journal.records import read
from voicecoach.words.meaning import Quantity


@pytest.fixture
def home(tmp_path, monkeypatch, diary, monday):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    pain = ("pain", {"where": "back", "drill": "RDL", "set": 3, "rep": 4, "said": "ouch"})
    diary.session(monday, [{"set": 1}, {"set": 2}])
    diary.session(
        monday + timedelta(days=7), [{"set": 1}, {"set": 2, "rpe": 8.5}, {"set": 3, "reps": 4, "then": [pain]}]
    )
    diary.write(tmp_path / "journal.jsonl")
    return tmp_path


def edited(home, change):
    session = read_sessions(home / "journal.jsonl")[-1]
    file = home / "session.yaml"
    file.write_text(change(as_yaml(session)))
    return file, session


def test_an_unchanged_session_asks_for_no_correction(home):
    file, session = edited(home, lambda text: text)
    assert read_edited(file, session) == []


def test_a_changed_number_becomes_a_correction_and_the_old_line_stays(home):
    before = (home / "journal.jsonl").read_bytes()
    file, _ = edited(
        home, lambda text: text.replace("weight: 35 lb", "weight: 16 kg", 1).replace("rpe: 8.5", "rpe: none")
    )
    result = CliRunner().invoke(log.app, ["edit", "--from", str(file)])
    assert result.exit_code == 0
    assert "RDL, set 1: weight 35 lb → 16 kg" in result.output
    assert (home / "journal.jsonl").read_bytes().startswith(before)
    first, second, _ = read_sessions(home / "journal.jsonl")[-1].sets
    assert first.weight == Quantity(16.0, "kg")
    assert second.rpe is None


def test_a_block_that_is_taken_out_deletes_the_set(home):
    def without_second(text):
        blocks = text.split("\n\n")
        return "\n\n".join(block for block in blocks if "set: 2" not in block)

    file, session = edited(home, without_second)
    (correction,) = read_edited(file, session)
    assert correction.fields == {"deleted": True}
    assert correction.told == "RDL, set 2: taken out"


def test_every_mistake_of_an_edited_session_is_pointed_at(home):
    def spoil(text):
        text = text.replace("reps: 12", "reps: twelve", 1).replace("weight: 35 lb", "weight: heavy", 1)
        return text.replace("pain: false", "pian: false", 1) + "sets2: x\n"

    file, session = edited(home, spoil)
    with pytest.raises(CoachError) as caught:
        read_edited(file, session)
    for part in (
        "8:11: error: 'twelve' cannot be the reps",
        "'heavy' cannot be the weight",
        "did you mean 'pain'?",
        "sets2",
    ):
        assert part in caught.value.message
    assert "--from" in caught.value.hint


def test_the_editor_of_the_trainee_is_used(home, monkeypatch):
    script = home / "editor.py"
    change = "p.write_text(p.read_text().replace('reps: 4', 'reps: 6', 1))"
    script.write_text(f"import sys, pathlib; p = pathlib.Path(sys.argv[1]); {change}")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    assert "reps 4 → 6" in CliRunner().invoke(log.app, ["edit"]).output
    assert read_sessions(home / "journal.jsonl")[-1].sets[2].reps == 6


@pytest.mark.usefixtures("home")
def test_an_editor_that_does_not_exist_is_one_sentence(monkeypatch):
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    result = CliRunner().invoke(log.app, ["edit"])
    assert isinstance(result.exception, CoachError)
    assert result.exception.message.endswith(": No such file or directory.")


@pytest.mark.usefixtures("home")
def test_an_editor_that_fails_is_told_with_its_exit_code(monkeypatch):
    monkeypatch.setenv("VISUAL", "false")
    result = CliRunner().invoke(log.app, ["edit"])
    assert result.exception.message == "The editor 'false' could not be used: it ended with exit code 1."


@pytest.mark.parametrize("left", ["", "\n", "# Your session of Monday.\n\n"])
def test_a_session_of_which_nothing_is_left_changes_nothing_and_says_how_to_delete(home, left):
    before = (home / "journal.jsonl").read_bytes()
    file, session = edited(home, lambda _: left)
    with pytest.raises(CoachError, match="is empty") as caught:
        read_edited(file, session)
    assert "sets: []" in caught.value.hint
    assert (home / "journal.jsonl").read_bytes() == before
    file.write_text("sets: []\n", encoding="utf-8")
    assert {correction.told for correction in read_edited(file, session)} >= {"RDL, set 1: taken out"}


def test_a_union_takes_each_event_once_and_names_what_differs(home, diary, monday):
    other = home / "other.jsonl"
    diary.session(monday + timedelta(days=9), [{"set": 1}])
    records = [dict(record) for record in diary.records]
    records[1]["reps"] = 99
    other.write_text("".join(json.dumps(record) + "\n" for record in records) + "foreign\n")
    result = CliRunner().invoke(log.app, ["merge", str(other)])
    assert result.exit_code == 1
    assert "3 events added" in result.output
    assert "1 id means something else there: e-2" in result.output
    assert "torn or damaged" in result.output
    assert len(read_sessions(home / "journal.jsonl")) == 3
    assert "0 events added" in CliRunner().invoke(log.app, ["merge", str(other)]).output


def test_what_is_no_journal_is_refused_in_one_sentence_and_nothing_is_added(home, diary, monday):
    before = (home / "journal.jsonl").read_bytes()
    diary.session(monday + timedelta(days=9), [{"set": 1}])
    good = diary.write(home / "other.jsonl")
    (home / "x.csv").write_text("date,drill\n" + "2026-11-16,RDL\n" * 72)
    for name, said in (("", "is a folder."), ("x.csv", "is no journal"), ("none.jsonl", "There is no file")):
        result = CliRunner().invoke(log.app, ["merge", str(good), str(home / name)])
        assert said in result.exception.message
        assert "\n" not in result.exception.message
    assert (home / "journal.jsonl").read_bytes() == before


def test_a_union_is_the_same_whichever_way_it_goes(tmp_path, diary, monday):
    from voicecoach.journal.merge import merge

    for day in range(4):
        diary.session(monday + timedelta(days=day), [{"set": 1}])
    halves = (
        [r for r in diary.records if r["session"] in {"s1", "s3"}],
        [r for r in diary.records if r["session"] != "s1"],
    )
    for name, half in zip("ab", halves, strict=True):
        (tmp_path / name).write_text("".join(json.dumps(record) + "\n" for record in half))
    both = []
    for own, other in (("a", "b"), ("b", "a")):
        copy = tmp_path / f"{own}-copy"
        copy.write_bytes((tmp_path / own).read_bytes())
        with JournalFile(copy) as journal:
            merge(journal, [tmp_path / other])
        both.append(read_sessions(copy))
    assert both[0] == both[1] == fold(diary.records)


def test_forgetting_keeps_a_backup_that_can_be_brought_back(home, monday, capsys):
    path = home / "journal.jsonl"
    with JournalFile(path) as journal:
        first = read_sessions(path)[0].sets[0]
        journal.append("correction", {"of": first.id, "reps": 10})
    before = path.read_bytes()
    forget(before=str(monday.date() + timedelta(days=1)), yes=True)
    assert [session.id for session in read_sessions(path)] == ["s2"]
    assert not any(record["event"] == "correction" for record in read(path).records)
    assert "1 session of 2026-11-16, 5 lines." in capsys.readouterr().err
    with JournalFile(path) as journal:
        journal.append("session_started", {"programme": "p", "drills": []})
    forget(undo=True)
    assert path.read_bytes().startswith(before)
    assert len(read_sessions(path)) == 3
    assert not (home / "journal.jsonl.before-forgetting").exists()


@pytest.mark.usefixtures("home")
def test_a_confirmed_forgetting_cannot_be_undone(monday):
    forget(before=str(monday.date() + timedelta(days=1)), yes=True)
    with pytest.raises(CoachError, match="earlier backup"):
        forget(before=str(monday.date() + timedelta(days=30)), yes=True)
    forget(confirm=True)
    with pytest.raises(CoachError, match="no backup"):
        forget(undo=True)


@pytest.mark.parametrize("what", [{"undo": True}, {"confirm": True}])
def test_where_there_was_never_a_journal_forget_says_that_there_is_no_backup(tmp_path, monkeypatch, what):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "fresh"))
    with pytest.raises(CoachError, match="no backup") as caught:
        forget(**what)
    assert caught.value.exit_code == 1
    assert caught.value.hint == "It was deleted, or nothing was forgotten."
    assert not (tmp_path / "fresh").exists()


def test_forgetting_waits_for_a_session_that_is_running(home, monday):
    with JournalFile(home / "journal.jsonl"), pytest.raises(CoachError, match="in use by process"):
        forget(before=str(monday.date()), yes=True)


def test_the_journal_is_found_and_checked_from_the_command_line(home):
    runner = CliRunner()
    assert runner.invoke(log.app, ["path"]).output.strip() == str(home / "journal.jsonl")
    assert runner.invoke(log.app, ["check"]).exit_code == 0
    with (home / "journal.jsonl").open("ab") as file:
        file.write(b"foreign\n")
    result = runner.invoke(log.app, ["check", "--set-aside"])
    assert result.exit_code == 1
    assert "journal.jsonl:11: error: torn or damaged" in result.output
    assert runner.invoke(log.app, ["check", "--json"]).output == "[]\n"
    assert (home / "journal.jsonl.aside").read_bytes() == b"foreign\n"


def test_a_journal_that_is_a_link_stays_one_and_what_it_leads_to_is_put_right(home, monday):
    path, real = home / "journal.jsonl", home / "synced" / "training.jsonl"
    real.parent.mkdir()
    path.rename(real)
    path.symlink_to(real)
    before = real.read_bytes()
    forget(before=str(monday.date() + timedelta(days=1)), yes=True)
    assert [session.id for session in read_sessions(real)] == ["s2"]
    forget(undo=True)
    assert real.read_bytes() == before
    with real.open("ab") as file:
        file.write(b"foreign\n")
    CliRunner().invoke(log.app, ["check", "--set-aside"])
    assert real.read_bytes() == before
    assert path.is_symlink()
    assert [file.name for file in real.parent.iterdir()] == [real.name]


@pytest.mark.usefixtures("home")
def test_history_shows_sessions_by_drill_and_day(capsys):
    history()
    out = capsys.readouterr().out
    assert "RDL 12,12,4 at 35 lb  (pain in the RDL)" in out
    assert "2 sessions, 5 sets" in out
    history(drill="rdl", since="2026-11-20", json_out=True)
    data = json.loads(capsys.readouterr().out)
    assert [session["session"] for session in data["sessions"]] == ["s2"]
    with pytest.raises(CoachError, match="No drill 'curl'"):
        history(drill="curl")
    with pytest.raises(CoachError) as caught:
        history(since="yesterday")
    assert caught.value.exit_code == 2


def test_the_summary_of_one_drill_counts_its_sets_alone(home, diary, monday, capsys):
    diary.session(monday + timedelta(days=8), [{"set": 1}, {"drill": "wall tap", "set": 1}], drills=("RDL", "wall tap"))
    diary.write(home / "journal.jsonl")
    history(drill="wall tap")
    assert "1 session, 1 set, " in capsys.readouterr().out
    history(drill="RDL")
    assert "3 sessions, 6 sets" in capsys.readouterr().out
    history()
    assert "3 sessions, 7 sets" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_progress_shows_a_drill_with_its_estimate(capsys):
    progress("rdl")
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("2026-11-16  12,12           35 lb  1RM 49")
    assert " pain " in out[1]
    progress("rdl", json_out=True)
    assert json.loads(capsys.readouterr().out)["days"][0]["one_rep_max"] == 49.0


@pytest.mark.usefixtures("home")
def test_days_without_a_session_say_when_the_last_one_was(capsys):
    history(since="2026-12-01")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Nothing since Tuesday 1 December 2026. The last session was on Monday 23 November 2026.\n"
    history(drill="rdl", since="2026-12-01")
    assert "The last session with RDL was on Monday 23 November 2026." in capsys.readouterr().err
    progress("rdl", since="2026-12-01")
    assert "The last session with RDL was on Monday 23 November 2026." in capsys.readouterr().err


def test_without_a_journal_history_says_how_to_begin(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    history(since="8w")
    assert "Nothing yet. `voicecoach run` begins." in capsys.readouterr().err
