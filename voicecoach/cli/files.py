"""Writing the files a command was asked for; what goes wrong is the user's to read, not a traceback."""

from __future__ import annotations

from pathlib import Path

from voicecoach.errors import CoachError


def write_text(path: Path, text: str) -> None:
    """Write a text file, whole. Raises CoachError where the folder is missing, full or read-only."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CoachError(f"{path} cannot be written: {error.strerror}.", "Name another place.") from error
