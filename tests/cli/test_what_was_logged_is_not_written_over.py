"""No option that names a file to write can be pointed at the journal, at what lies beside it, or at kept sound."""

from __future__ import annotations

import os

import pytest
from typer.testing import CliRunner

from voicecoach.app.homes import Homes
from voicecoach.cli.app import app
from voicecoach.cli.files import refuse_journal

WRITERS = {
    "--out": ["export", "report", "graph", "graph --format dot", "export --format sqlite"],
    "--png": ["report"],
    "--wav": ["rehearse wall-tap", "voices --say Hips"],
    "--timeline": ["rehearse wall-tap"],
    "--transcript": ["rehearse wall-tap", "rehearse wall-tap --weeks 1"],
    "--fix": ["check"],
}
COMMANDS = [(command, option) for option, commands in WRITERS.items() for command in commands]


@pytest.fixture
def journal(tmp_path, monkeypatch):
    """A journal, as bytes that no command may change, and everything that may lie beside it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("VOICECOACH_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    for ending in ("", ".aside", ".torn", ".before-forgetting"):
        (home / f"journal.jsonl{ending}").write_bytes(b'{"v":1,"id":"e1"}\n')
    return home / "journal.jsonl"


def refused(command, option, path):
    """What a command says that is to write there."""
    result = CliRunner().invoke(app, [*command.split(), option, str(path)])
    assert result.exit_code == 2
    message, hint = result.stderr.splitlines()
    assert message.startswith(f"voicecoach: {path} ")
    assert hint == f"  Name another file with {option}."
    return message


@pytest.mark.parametrize(("command", "option"), COMMANDS)
def test_no_option_writes_over_the_journal_nor_through_a_link_to_it(journal, command, option):
    soft, hard = journal.with_name("soft"), journal.with_name("hard")
    soft.symlink_to(journal)
    os.link(journal, hard)
    before = journal.read_bytes()
    for path in (journal, soft, hard):
        assert "is a file of the journal, and would be lost." in refused(command, option, path)
        assert journal.read_bytes() == before


@pytest.mark.parametrize("ending", [".aside", ".torn", ".before-forgetting", ".lock"])
def test_what_lies_beside_the_journal_is_not_written_over(journal, ending):
    refused("graph", "--out", journal.with_name(journal.name + ending))


def test_what_lies_beside_a_journal_that_is_a_link_is_not_written_over(journal, tmp_path):
    elsewhere = tmp_path / "synced" / "training.jsonl"
    elsewhere.parent.mkdir()
    journal.rename(elsewhere)
    journal.symlink_to(elsewhere)
    for path in (journal, elsewhere, *(one.with_name(f"{one.name}.aside") for one in (journal, elsewhere))):
        refused("graph", "--out", path)


def test_kept_sound_and_rescued_events_are_not_written_over(journal, tmp_path):
    kept = journal.parent / "kept" / "s1" / "1.wav"
    assert "the sound that was kept" in refused("rehearse wall-tap", "--wav", kept)
    rescued = tmp_path / "voicecoach-rescue-0123456789ab-s1.jsonl"
    assert "not in the journal yet" in refused("rehearse wall-tap", "--transcript", rescued)


@pytest.mark.usefixtures("journal")
def test_links_that_lead_to_one_another_are_no_bug(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    refuse_journal(tmp_path / "a", Homes.find())
    result = CliRunner().invoke(app, ["graph", "--out", "a"])
    assert result.exit_code == 1
    assert "a cannot be written: " in result.stderr


@pytest.mark.usefixtures("journal")
def test_a_file_elsewhere_is_written_whatever_its_name(tmp_path):
    path = tmp_path / "journal.jsonl"
    assert CliRunner().invoke(app, ["graph", "--out", str(path)]).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("stateDiagram")


def test_a_rehearsal_is_never_logged_in_ones_own_journal(journal):
    before = journal.read_bytes()
    result = CliRunner().invoke(app, ["rehearse", "wall-tap", "--journal", str(journal)])
    assert result.exit_code == 2
    assert "is your own journal" in result.stderr
    assert "name the copy with --journal" in result.stderr
    assert journal.read_bytes() == before


@pytest.mark.parametrize("option", ["--wav", "--timeline", "--transcript"])
def test_a_rehearsal_does_not_write_over_the_journal_that_it_goes_on_from(journal, tmp_path, option):
    copy = tmp_path / "month"
    copy.write_bytes(before := journal.read_bytes())
    assert "the journal of the rehearsal" in refused(f"rehearse wall-tap --journal {copy}", option, copy)
    assert copy.read_bytes() == before
