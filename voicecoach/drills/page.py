"""One script on the desk: its path, its text and its data, as far as each could be read; made by ``desk``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.drills.source import Source
from voicecoach.words.english import ENGLISH

if TYPE_CHECKING:
    from voicecoach.drills.kinds import File


@dataclass(frozen=True, slots=True)
class Page:
    """One file that was read."""

    path: Path
    """The file."""
    source: Source | None
    """Its text; None where it is no YAML."""
    file: File | None
    """Its data; None where it does not follow its schema."""

    @property
    def kind(self) -> str | None:
        """The kind of script that it is, where it follows its schema."""
        return self.file.kind if self.file is not None else None


def code_of(file: File | None) -> str:
    """The code of a script's language."""
    return getattr(file, "language", None) or ENGLISH.code
