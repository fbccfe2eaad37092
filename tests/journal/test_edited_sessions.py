"""``log edit`` with values left out, with another session than the last, and where the journal cannot be written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from voicecoach.cli import log
from voicecoach.errors import CoachError
from voicecoach.journal.edit import as_yaml, read_edited
from voicecoach.journal.fold import read_sessions


@pytest.fixture
def journal(tmp_path, monkeypatch, diary, monday):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    diary.session(monday, [{"set": 1}])
    diary.session(monday + timedelta(days=7), [{"set": 1}, {"set": 2}])
    return diary.write(tmp_path / "home" / "journal.jsonl")


def edit(*arguments):
    return CliRunner().invoke(log.app, ["edit", *map(str, arguments)])


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("sets:\n", "there are no sets under 'sets'", "`sets: []` deletes every one"),
        ("sets: null\n", "there are no sets under 'sets'", "`sets: []` deletes every one"),
        ("sets: []\npains:\n", "there are no pains under 'pains'", "`pains: []` deletes every one"),
        ("sets:\n  -\n", "an empty item", "take the line away"),
        ("sets:\n  - id:\n", "this block has no id of the session", "sets cannot be added here"),
        ("null\n", "the file should hold 'sets:'", "start again"),
        ("sits: []\n", "unknown key 'sits'", "only 'sets:' and 'pains:' stand here"),
    ],
)
def test_a_list_without_anything_in_it_is_pointed_at_once_with_what_to_write(journal, tmp_path, text, message, hint):
    before = journal.read_bytes()
    file = tmp_path / "session.yaml"
    file.write_text(text, encoding="utf-8")
    error = edit("--from", file).exception
    assert isinstance(error, CoachError)
    assert error.message.count("error:") == 1
    assert f"error: {message}\n" in error.message
    assert hint in error.message
    assert journal.read_bytes() == before


@pytest.mark.parametrize(
    ("key", "hint"),
    [("reps", "a whole number"), ("drill", "a name"), ("weight", "such as 35 lb"), ("side", "left, right or none")],
)
def test_a_value_left_out_is_pointed_at_once_with_what_it_may_be(journal, tmp_path, key, hint):
    session = read_sessions(journal)[-1]
    lines = as_yaml(session).split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(f"    {key}:"))
    lines[at] = f"    {key}:"
    file = tmp_path / "session.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CoachError) as caught:
        read_edited(file, session)
    assert caught.value.message.count("error:") == 1
    assert f"session.yaml:{at + 1}:5: error: '{key}' has no value" in caught.value.message
    assert hint in caught.value.message


def test_what_to_run_after_a_mistake_names_the_session_that_was_edited(journal, tmp_path):
    first = read_sessions(journal)[0]
    file = tmp_path / "session.yaml"
    file.write_text(as_yaml(first).replace("reps: 12", "reps: ten"), encoding="utf-8")
    hint = edit("--session", first.id, "--from", file).exception.hint
    assert f"`voicecoach log edit --session {first.id} --from {file}`" in hint
    file.write_text(as_yaml(first).replace("reps: 12", "reps: 10"), encoding="utf-8")
    assert edit("--session", first.id, "--from", file).output == "RDL, set 1: reps 12 → 10\n"


def test_an_edit_that_cannot_be_logged_stays_in_a_file_that_is_named(journal, tmp_path, monkeypatch):
    before = journal.read_bytes()
    journal.with_name(f"{journal.name}.lock").mkdir()  # root, too, cannot open it for writing
    file = tmp_path / "session.yaml"
    file.write_text(as_yaml(read_sessions(journal)[-1]).replace("reps: 12", "reps: 10", 1), encoding="utf-8")
    monkeypatch.setattr(log, "_open_editor", lambda _: file)
    error = edit().exception
    assert "cannot be opened for writing" in error.message
    assert f"voicecoach log edit --session s2 --from {file}" in error.hint
    assert file.exists()
    assert journal.read_bytes() == before


def test_a_session_that_there_is_not_is_told_from_a_journal_without_any(journal):
    assert edit("--session", "s9").exception.message == "No session 's9' has a set in it."
    journal.unlink()
    error = edit().exception
    assert (error.message, error.hint) == ("There is no session with a set in it yet.", "`voicecoach run` begins.")
