"""What was logged is not written over: not by an option that names it, and not through a link of a name we chose."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from voicecoach.app.homes import Homes
from voicecoach.errors import CoachError
from voicecoach.journal.rescue import PREFIX

USAGE = 2
"""Exit code of an option that makes no sense."""


def refuse_journal(path: Path, homes: Homes, option: str = "--out") -> None:
    """Raise CoachError where what is about to be written over was logged: the journal, a file beside it, kept sound.

    Through links as well, both kinds, and whatever the capitals where the file system takes them for the same.
    """
    hint = f"Name another file with {option}."
    if _lies_by(path, homes.journal):
        raise CoachError(f"{path} is a file of the journal, and would be lost.", hint, USAGE)
    if _real(homes.kept) in _real(path).parents:
        raise CoachError(f"{path} is among the sound that was kept, and would be lost.", hint, USAGE)
    if _real(path).name.startswith(PREFIX):
        raise CoachError(f"{path} holds events that are not in the journal yet.", hint, USAGE)


def refuse_rehearsal(
    journal: Path, homes: Homes, hint: str = "Copy it to another folder, and name the copy with --journal."
) -> None:
    """Raise CoachError where a rehearsal is to be logged in the trainee's own journal, and planned from ever after."""
    if _lies_by(journal, homes.journal):
        what = f"{journal} is your own journal, and a rehearsal would log a session in it that never was."
        raise CoachError(what, hint, USAGE)


def refuse_same(path: Path, journal: Path, option: str) -> None:
    """Raise CoachError where what is about to be written over is the journal that a rehearsal goes on from."""
    if _real(path) == _real(journal) or _same(path, journal):
        what = f"{path} is the journal of the rehearsal, and would be lost."
        raise CoachError(what, f"Name another file with {option}.", USAGE)


def write_afresh(path: Path, data: bytes) -> None:
    """Write a whole file whose name no option gave: a link of that name goes, and what it leads to stays.

    Raises OSError.
    """
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def _lies_by(path: Path, journal: Path) -> bool:
    """Whether a path is the journal or one of the files whose names begin with its own; each may be a link."""
    for ours in {_unlinked(journal), _real(journal)}:
        name = ours.name.casefold()
        for target in (_unlinked(path), _real(path)):
            if _same(target.parent, ours.parent) and target.name.casefold().startswith(name):
                return True
        with suppress(OSError):  # no such folder, so nothing to lose
            if any(_same(path, file) for file in ours.parent.iterdir() if file.name.casefold().startswith(name)):
                return True
    return False


def _real(path: Path) -> Path:
    """Where a path leads; of links that lead to one another it is one of them, which ``Path.resolve`` refuses."""
    return Path(os.path.realpath(path))


def _unlinked(path: Path) -> Path:
    """Where a path lies, without asking where it leads."""
    return _real(path.parent) / path.name


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
