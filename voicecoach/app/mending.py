"""``check --fix``: what can be put right is written, and the file as it was kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from voicecoach.app.safekeeping import write_afresh
from voicecoach.drills.diagnostics import shown_path
from voicecoach.drills.library import Library, script_files
from voicecoach.drills.mend import is_text, mend
from voicecoach.errors import CoachError

KEPT = ".bak"
"""What is added to the name of the file as it was."""


def mend_files(paths: Iterable[Path], library: Library) -> Iterator[str]:
    """Put right what can be in some files, and those of some folders; a sentence for each change.

    Raises CoachError where a file cannot be written.
    """
    for path in (file for given in paths for file in (script_files(given) if given.is_dir() else [given])):
        if not is_text(path):
            continue
        text, changes = mend(path, library)
        if not changes:
            continue
        kept, part = (path.with_name(path.name + ending) for ending in (KEPT, ".part"))
        try:
            write_afresh(kept, path.read_bytes())
            write_afresh(part, text.encode())
            part.replace(path)
        except OSError as error:
            message = f"{shown_path(path)} cannot be written: {error.strerror}."
            raise CoachError(message, "Put it right in an editor, or copy it to a folder of yours.") from error
        yield from (f"{shown_path(path)}:{change.line}: put right: {change.what}" for change in changes)
