"""Sessions before a day leave the journal; a backup stays until the trainee says that it may go."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal.disk import Disk, RealDisk, reason, remedy, replace
from voicecoach.journal.fold import older_session, read_sessions
from voicecoach.journal.records import OddLine, numbered
from voicecoach.journal.session import Session
from voicecoach.journal.telling import text_of


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What would be forgotten."""

    sessions: tuple[Session, ...]
    """The sessions."""
    lines: frozenset[int]
    """Line numbers of everything that belongs to them, corrections included."""


def look(path: Path, before: date) -> Forgetting:
    """The sessions that began before a day, and their lines; odd lines are never among them."""
    old = tuple(session for session in read_sessions(path) if session.day < before)
    parts = {part for session in old for part in session.parts}
    ids: set[str] = set()
    lines: set[int] = set()
    about: list[tuple[int, str, str]] = []
    for number, record in numbered(path):
        if isinstance(record, OddLine):
            continue
        target = text_of(record, "of") if record["event"] == "correction" else older_session(record)
        if record["session"] in parts or (target in parts and record["event"] == "session_ended"):
            ids.add(str(record["id"]))
            lines.add(number)
        elif record["event"] == "correction":
            about.append((number, str(record["id"]), target))
    while gone := [(number, own, target) for number, own, target in about if target in ids]:
        lines.update(number for number, _, _ in gone)
        ids.update(own for _, own, _ in gone)
        about = [entry for entry in about if entry not in gone]
    return Forgetting(old, frozenset(lines))


def backup_of(path: Path) -> Path:
    """Where the journal as it was before forgetting lies."""
    return path.with_name(path.name + ".before-forgetting")


def forget(path: Path, what: Forgetting, disk: Disk | None = None) -> Path:
    """Take the lines out, keeping a backup; returns the backup. The caller holds the journal's lock.

    Raises CoachError when an earlier backup is still there, or the disk fails; then the journal is as it was.
    """
    disk, backup = disk or RealDisk(), backup_of(path)
    if backup.exists():
        raise CoachError(
            f"An earlier backup is still there: {backup}.",
            "`voicecoach forget --confirm` deletes it, `voicecoach forget --undo` brings it back.",
        )
    try:
        whole = path.read_bytes()
        replace(backup, whole, disk)
        kept = [line for number, line in enumerate(whole.split(b"\n"), start=1) if number not in what.lines]
        replace(path, b"\n".join(kept), disk)
    except OSError as error:
        with contextlib.suppress(OSError):  # a second try would find a backup in its way
            if path.read_bytes() == backup.read_bytes():
                backup.unlink()
        message = f"Nothing was forgotten: {path} cannot be rewritten, {reason(error)}."
        raise CoachError(message, remedy(error, path.parent)) from error
    return backup


def confirm(path: Path) -> None:
    """Delete the backup for good; raises CoachError when there is none, or it cannot be deleted."""
    backup = find_backup(path)
    try:
        backup.unlink()
    except OSError as error:
        raise _stays(backup, error) from error


def find_backup(path: Path) -> Path:
    """The backup of the last forgetting; raises CoachError when there is none."""
    backup = backup_of(path)
    if not backup.exists():
        raise CoachError("There is no backup.", "It was deleted, or nothing was forgotten.")
    return backup


def undo(path: Path, disk: Disk | None = None) -> None:
    """Bring everything back that was forgotten; what was logged since stays. The caller holds the lock.

    Raises CoachError when there is no backup, or the disk fails; then the journal and the backup are as they were, or
    everything is back and only the backup could not be deleted.
    """
    backup = find_backup(path)
    try:
        before = backup.read_bytes()
        known = set(before.split(b"\n"))
        since = [line for line in path.read_bytes().split(b"\n") if line not in known] if path.exists() else []
        lead = b"" if before.endswith(b"\n") or not before else b"\n"
        replace(path, before + lead + b"".join(line + b"\n" for line in since if line), disk or RealDisk())
    except OSError as error:
        message = f"Nothing was brought back: {path} cannot be rewritten, {reason(error)}."
        raise CoachError(f"{message} The backup is still {backup}.", remedy(error, path.parent)) from error
    try:
        backup.unlink()
    except OSError as error:
        raise _stays(backup, error, "Everything is back, but ") from error


def _stays(backup: Path, error: OSError, lead: str = "") -> CoachError:
    message = f"{lead}{'the' if lead else 'The'} backup {backup} cannot be deleted: {reason(error)}."
    return CoachError(message, f"Look at the permissions in {backup.parent}, then `voicecoach forget --confirm`.")
