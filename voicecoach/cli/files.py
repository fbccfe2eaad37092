"""Writing the files a command was asked for; what goes wrong is the user's to read, not a traceback."""

from __future__ import annotations

from pathlib import Path

from voicecoach.errors import CoachError


def refuse_journal(path: Path, journal: Path) -> None:
    """Raise CoachError where what is about to be written over is the journal, or lies beside it as a part of it."""
    target, ours = path.resolve(), journal.resolve()
    if target.parent == ours.parent and target.name.startswith(ours.name):
        raise CoachError(f"{path} is a file of the journal, and would be lost.", "Name another file with --out.", 2)


def write_text(path: Path, text: str) -> None:
    """Write a text file, whole. Raises CoachError where the folder is missing, full or read-only."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CoachError(f"{path} cannot be written: {error.strerror}.", "Name another place.") from error
