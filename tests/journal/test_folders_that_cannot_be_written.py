"""Where the journal's folder cannot be written: one message says what, where and what to do, and nothing is lost.

Whoever runs the tests may be root, whom no permission stops: a folder lies where the file would be written.
"""

from __future__ import annotations

import errno
import io
import shutil
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from voicecoach.app.homes import Homes
from voicecoach.cli import log
from voicecoach.cli.forget import forget
from voicecoach.cli.history import history
from voicecoach.errors import CoachError
from voicecoach.journal import forget as forgetting
from voicecoach.journal.file import JournalFile
from voicecoach.journal.fold import read_sessions

FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def journal(tmp_path, monkeypatch, diary, monday):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    diary.session(monday, [{"set": 1}])
    diary.session(monday + timedelta(days=7), [{"set": 1}])
    path = diary.write(tmp_path / "journal.jsonl")
    with path.open("ab") as file:
        file.write(b"odd\n")
    return path


def beside(journal, ending):
    return journal.with_name(journal.name + ending)


def refused(command):
    """The message and the hint of a refusal."""
    with pytest.raises(CoachError) as caught:
        command()
    assert "\n" not in caught.value.message
    return caught.value.message, caught.value.hint


def set_aside():
    result = CliRunner().invoke(log.app, ["check", "--set-aside"])
    if result.exception is not None:
        raise result.exception


def open_for_writing():
    JournalFile(Homes.find().journal)


@pytest.mark.parametrize("command", [lambda: forget(before="2027-01-01", yes=True), set_aside])
def test_where_no_lock_can_be_made_nothing_is_changed_and_the_place_is_named(journal, command):
    before = journal.read_bytes()
    beside(journal, ".lock").mkdir()
    message, hint = refused(command)
    assert message == f"Nothing was changed: {beside(journal, '.lock')} cannot be written, is a directory."
    assert str(journal.parent) in hint
    assert journal.read_bytes() == before


def test_odd_lines_that_cannot_be_moved_stay_in_the_journal(journal):
    before = journal.read_bytes()
    beside(journal, ".aside").mkdir()
    message, hint = refused(set_aside)
    assert message.startswith(f"{journal} stays as it is")
    assert str(journal.parent) in hint
    assert journal.read_bytes() == before


def test_what_cannot_be_brought_back_stays_in_the_backup(journal):
    forget(before="2026-11-20", yes=True)
    left, backup = journal.read_bytes(), beside(journal, ".before-forgetting").read_bytes()
    beside(journal, ".new").mkdir()
    message, hint = refused(lambda: forget(undo=True))
    assert message.startswith(f"Nothing was brought back: {journal} cannot be rewritten")
    assert str(journal.parent) in hint
    assert (journal.read_bytes(), beside(journal, ".before-forgetting").read_bytes()) == (left, backup)


def test_a_backup_that_cannot_be_deleted_is_named(journal):
    beside(journal, ".before-forgetting").mkdir()
    message, hint = refused(lambda: forget(confirm=True))
    assert str(beside(journal, ".before-forgetting")) in message
    assert "forget --confirm" in hint


def test_a_full_disk_leaves_neither_half_a_copy_nor_a_backup_in_the_way(journal, faulty):
    before = journal.read_bytes()
    last = beside(journal, ".new")
    disk = faulty(lambda call, path: FULL if call == "sync" and path == last else None)
    what = forgetting.look(journal, read_sessions(journal)[1].day)
    message, hint = refused(lambda: forgetting.forget(journal, what, disk))
    assert message == f"Nothing was forgotten: {journal} cannot be rewritten, no space left on device."
    assert hint == "Make room on the disk, then try again."
    assert journal.read_bytes() == before
    assert [path.name for path in journal.parent.iterdir()] == [journal.name]
    assert forgetting.forget(journal, what).exists()


def test_kept_sound_that_cannot_be_deleted_does_not_hide_what_was_forgotten(journal, monkeypatch, capsys):
    kept = journal.with_name("kept") / read_sessions(journal)[0].id
    kept.mkdir(parents=True)

    def fail(_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(shutil, "rmtree", fail)
    message, hint = refused(lambda: forget(before="2026-11-20", yes=True))
    assert str(kept) in message
    assert hint == "Delete it by hand."
    assert f"The backup is {beside(journal, '.before-forgetting')}." in capsys.readouterr().err


@pytest.mark.parametrize("command", [history, lambda: forget(before="2027-01-01", yes=True), open_for_writing])
def test_a_folder_in_the_place_of_the_journal_is_to_be_moved_away(journal, command):
    journal.unlink()
    journal.mkdir()
    message, hint = refused(command)
    assert "Is a directory" in message
    assert hint == f"{journal} has to be a file: move the folder away, then try again."


@pytest.mark.parametrize("command", [history, open_for_writing])
def test_a_file_in_the_place_of_the_journals_folder_is_to_be_moved_away(tmp_path, monkeypatch, command):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    message, hint = refused(command)
    assert "Not a directory" in message
    assert hint.startswith(f"A file lies where a folder of {tmp_path / 'home' / 'journal.jsonl'}")


@pytest.mark.parametrize("command", [history, open_for_writing])
def test_a_link_that_leads_back_to_itself_is_to_be_removed(journal, command):
    journal.unlink()
    journal.symlink_to(journal)
    assert refused(command)[1] == f"{journal} is a link that leads back to itself: remove it, then try again."


def test_a_disk_that_fails_in_the_middle_of_the_journal_is_no_bug(journal, monkeypatch):
    class Failing(io.BytesIO):
        def read(self, _size=-1):
            raise OSError(errno.EIO, "Input/output error", str(journal))

    monkeypatch.setattr(type(journal), "open", lambda *_, **__: Failing())
    message, hint = refused(lambda: read_sessions(journal))
    assert message == f"The journal {journal} cannot be read: Input/output error."
    assert hint == "Look at the disk, then try again."
