"""What history, log, export, import and forget say: in numbers, and where something cannot be done."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from voicecoach.cli import log
from voicecoach.cli.export import Format, export
from voicecoach.cli.forget import forget
from voicecoach.cli.history import history
from voicecoach.cli.import_ import import_
from voicecoach.cli.plan import plan
from voicecoach.cli.report import report
from voicecoach.drills.diagnostics import counted
from voicecoach.errors import CoachError
from voicecoach.journal.imports import read_export


@pytest.fixture
def home(tmp_path, monkeypatch, diary, monday):
    """One session of one set."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    diary.session(monday, [{"set": 1}])
    diary.write(tmp_path / "journal.jsonl")
    return tmp_path


@pytest.mark.usefixtures("home")
def test_one_session_of_one_set_is_told_in_the_singular(tmp_path, capsys):
    history()
    assert "1 session, 1 set, " in capsys.readouterr().out
    export(out=tmp_path / "sets.csv")
    assert f"1 session, 1 set to {tmp_path / 'sets.csv'}." in capsys.readouterr().err
    forget(before="2027-01-01", yes=True)
    assert "1 session of 2026-11-16, " in capsys.readouterr().err
    import_(tmp_path / "sets.csv", dry_run=True)
    assert capsys.readouterr().err == "1 session would be added, 0 there already.\n"
    import_(tmp_path / "sets.csv")
    assert capsys.readouterr().err == "1 session added, 0 there already.\n"


def test_one_earlier_session_and_one_odd_line_are_told_in_the_singular(home, diary, monday, capsys):
    diary.session(monday + timedelta(days=1), [{"set": 1}, {"set": 2}])
    diary.write(home / "journal.jsonl")
    history(last=1)
    out, err = capsys.readouterr()
    assert "2 sessions, 3 sets, " in out
    assert err == "1 earlier session: --all shows every one.\n"
    with (home / "journal.jsonl").open("a", encoding="utf-8") as file:
        file.write("odd\n")
    assert "1 line is in " in CliRunner().invoke(log.app, ["check", "--set-aside"]).output


def test_a_union_that_adds_one_event_says_so_in_the_singular(home, diary, monday):
    diary.event(monday + timedelta(days=1), "s9", "session_started", programme="x")
    (home / "other.jsonl").write_text(json.dumps(diary.records[-1]) + "\n", encoding="utf-8")
    assert "1 event added, 0 there already." in CliRunner().invoke(log.app, ["merge", str(home / "other.jsonl")]).output


def test_a_noun_is_in_the_plural_for_every_number_but_one():
    assert [counted(number, "lines") for number in (0, 1, 2)] == ["0 lines", "1 line", "2 lines"]


def test_where_no_line_can_be_moved_setting_aside_says_so(home):
    lines = (home / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (home / "journal.jsonl").write_bytes(b"".join(lines[:1] + lines[2:]))
    output = CliRunner().invoke(log.app, ["check", "--set-aside"]).output
    assert "1 of its events is missing." in output
    assert "No line was moved" in output
    assert not (home / "journal.jsonl.aside").exists()


def test_a_journal_that_there_is_not_is_not_called_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    result = CliRunner().invoke(log.app, ["check"])
    assert result.exit_code == 0
    assert result.output == f"There is no journal at {tmp_path / 'journal.jsonl'} yet.\n"


@pytest.mark.parametrize("ending", ["", ".before-forgetting"])
@pytest.mark.parametrize("write", [export, report, lambda out: export(out=out, form=Format.SQLITE)])
def test_no_export_and_no_report_is_written_over_the_journal(home, ending, write):
    target = home / f"journal.jsonl{ending}"
    target.write_bytes((home / "journal.jsonl").read_bytes())
    before = target.read_bytes()
    link = home / "table.csv"
    link.symlink_to(target)
    for path in (target, link):
        with pytest.raises(CoachError, match="is a file of the journal"):
            write(out=path)
    assert target.read_bytes() == before


def test_a_database_that_cannot_be_put_in_place_leaves_no_copy_behind(home):
    (home / "there").mkdir()
    with pytest.raises(CoachError) as caught:
        export(form=Format.SQLITE, out=home / "there")
    assert caught.value.message == f"{home / 'there'} cannot be written: Is a directory."
    assert not (home / "there.new").exists()


@pytest.mark.usefixtures("home")
def test_a_table_without_a_session_is_told_as_such(tmp_path, capsys):
    export(since="2099-01-01", out=tmp_path / "sets.csv")
    capsys.readouterr()
    import_(tmp_path / "sets.csv")
    assert capsys.readouterr().err == f"There is no session in {tmp_path / 'sets.csv'}.\n"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (",2026-11-16T18:00:00+01:00,", ",last Monday,", "'last Monday' in the column 'started' is no time"),
        (",{},", ",{7 in},", "the dials are no JSON object"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_row_of_our_own_that_makes_no_sense_is_told_in_our_own_words(tmp_path, before, after, why):
    table = tmp_path / "sets.csv"
    export(out=table)
    text = table.read_text(encoding="utf-8")
    assert before in text
    table.write_text(text + text.splitlines()[1].replace(before, after) + "\n", encoding="utf-8")
    assert read_export(table, {}).left_out == ((3, why),)


@pytest.mark.usefixtures("home")
def test_an_export_of_days_without_a_session_says_when_the_last_one_was(capsys):
    export(since="2099-01-01")
    assert "The last session was on Monday 16 November 2026." in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_a_day_at_the_end_of_the_calendar_is_too_far_away_to_plan_for():
    with pytest.raises(CoachError, match="9999-12-30 is too far away") as caught:
        plan(today="9999-12-30")
    assert caught.value.exit_code == 2
