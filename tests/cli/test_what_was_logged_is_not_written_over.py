"""No option that names a file to write can be pointed at the journal, at what lies beside it, or at kept sound."""

from __future__ import annotations

import os

import pytest
from typer.testing import CliRunner

from voicecoach.app import showing
from voicecoach.app.homes import Homes
from voicecoach.app.safekeeping import refuse_journal
from voicecoach.cli.app import app
from voicecoach.errors import CoachError

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


def test_what_new_install_and_check_leave_beside_scripts_is_not_written_through_links(journal, tmp_path):
    before = journal.read_bytes()
    own, here = journal.parent / "scripts", tmp_path / "scripts"
    for link in (here / "schema/drill.json", here / "mine.yaml.bak", here / "mine.yaml.part", own / "mine.part"):
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(journal)
    mine = here / "mine.yaml"
    for command in ("new mine", "install scripts/mine.yaml --yes", f"check --fix {mine}"):
        if "check" in command:
            mine.write_text(mine.read_text(encoding="utf-8").replace("\nsets: 3", "\nstes: 3"), encoding="utf-8")
        result = CliRunner().invoke(app, command.split())
        assert (result.exit_code, journal.read_bytes()) == (0, before), (command, result.output)
    assert "stes: 3" in (here / "mine.yaml.bak").read_text(encoding="utf-8")


def test_the_rehearsal_of_a_computer_without_sound_leaves_what_its_names_lead_to_alone(journal, tmp_path, monkeypatch):
    before = journal.read_bytes()
    (tmp_path / "rehearsal").mkdir()
    for ending in ("wav", "txt", "svg"):
        (tmp_path / "rehearsal" / f"wall-tap.{ending}").symlink_to(journal)

    def hold(order, _):
        assert not order.wav.exists()
        raise CoachError("Enough.")

    monkeypatch.setattr(showing, "rehearse", hold)
    with pytest.raises(CoachError, match="Enough"):
        showing.rehearse_here("wall-tap", Homes.find())
    (tmp_path / "rehearsal" / "wall-tap.jsonl").symlink_to(journal)
    with pytest.raises(CoachError, match="is your own journal"):
        showing.rehearse_here("wall-tap", Homes.find())
    assert journal.read_bytes() == before
