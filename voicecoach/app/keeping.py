"""Keeping what the trainee says: begun where ``run --keep-audio`` asks for it, told and found again where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.drills.diagnostics import counted
from voicecoach.errors import CoachError
from voicecoach.hearing.kept import KeptFolder, bytes_of, kept_sessions

if TYPE_CHECKING:
    from voicecoach.hearing.keeping import Keeper


def keeper_of(folder: Path, script: str, trouble: Callable[[str], None], note: Callable[[str], None]) -> Keeper:
    """What keeps the utterances of a session in a folder; ``note`` is told so before anything is heard."""
    from voicecoach.hearing.keeping import Keeper  # noqa: PLC0415 - loads the listening path

    note(f"What you say is kept in {folder}, for you alone; it never leaves this computer.")
    return Keeper(KeptFolder(folder.parent, folder.name), script, trouble)


def what_is_kept(root: Path) -> str:
    """How much is kept and where, one sentence; empty where nothing is."""
    folders = kept_sessions(root)
    if not folders:
        return ""
    return f"What you said in {counted(len(folders), 'sessions')} is kept in {root}, {bytes_of(folders) / 1e6:.1f} MB."


def kept_of(root: Path, sessions: Sequence[str]) -> list[Path]:
    """The folders of these sessions, or of the last that kept something. Raises CoachError where there is none."""
    folders = kept_sessions(root)
    if not folders:
        raise CoachError(f"Nothing is kept in {root}.", "`voicecoach run --keep-audio` keeps what you say.")
    names = {folder.name: folder for folder in folders}
    for session in sessions:
        if session not in names:
            raise CoachError(f"Nothing is kept of a session {session!r}.", f"There are: {', '.join(names)}.")
    return [names[session] for session in sessions] or folders[-1:]
