"""Where the program keeps things on this computer; the composition root hands each room its own path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Homes:
    """Paths of one user's files; none of them need exist yet."""

    journal: Path
    """The log, a JSON-lines file."""
    cache: Path
    """Folder of rendered speech and of what the journal said; may be deleted at any time."""
    models: Path
    """Folder of installed recogniser models."""
    config: Path
    """Folder of settings and microphone calibrations."""
    scripts: Path
    """Folder of the user's own scripts."""

    @property
    def kept(self) -> Path:
        """Folder of kept utterances, beside the journal; see ``run --keep-audio``."""
        return self.journal.with_name("kept")

    @classmethod
    def find(cls) -> Homes:
        """The folders in force: all under ``VOICECOACH_HOME`` where that is set, else the platform's usual places."""
        home = os.environ.get("VOICECOACH_HOME")
        if home:
            root = Path(home).expanduser()
            return cls(root / "journal.jsonl", root / "cache", root / "models", root / "config", root / "scripts")
        from platformdirs import PlatformDirs  # noqa: PLC0415 - not needed when VOICECOACH_HOME is set

        dirs = PlatformDirs("voicecoach", appauthor=False)
        data = dirs.user_data_path
        return cls(
            data / "journal.jsonl", dirs.user_cache_path, data / "models", dirs.user_config_path, data / "scripts"
        )
