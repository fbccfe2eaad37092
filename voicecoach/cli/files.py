"""Writing the files a command was asked for; what goes wrong is the user's to read, not a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.errors import CoachError


@contextmanager
def writing(path: Path, option: str = "--out") -> Iterator[None]:
    """While the file that an option named is written: CoachError where its folder is missing, full or read-only."""
    try:
        yield
    except OSError as error:
        hint = f"Choose another place with {option}."
        raise CoachError(f"{path} cannot be written: {error.strerror}.", hint) from error
