"""Where events go while the journal's own disk cannot take them; ``file`` writes here and takes them in again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path

from voicecoach.journal.disk import Disk

PREFIX = "voicecoach-rescue-"
"""How the names of such files begin."""


class Rescue:
    """The file elsewhere that takes the events while the journal's own disk does not."""

    def __init__(self, journal: Path, folder: Path | None, session: str, disk: Disk) -> None:
        self._disk, self._folder = disk, folder
        mark = hashlib.sha256(os.fsencode(journal.absolute())).hexdigest()[:12]
        self._prefix = f"{PREFIX}{mark}-"
        self._path = folder / f"{self._prefix}{session}.jsonl" if folder else None
        self._kept: set[bytes] = set()
        self._fd: int | None = None

    def keep(self, lines: list[bytes]) -> Path | None:
        """Add the lines that are not in it yet; its path, or None when that failed too."""
        if self._path is None:
            return None
        try:
            if self._fd is None:
                self._fd = self._disk.open(self._path, fresh=True)
            for line in lines:
                if line not in self._kept:
                    written = self._disk.write(self._fd, line)
                    if written != len(line):  # half a line would spoil the one that follows when there is room again
                        self._disk.truncate(self._fd, os.fstat(self._fd).st_size - written)
                        return None
                    self._kept.add(line)
            self._disk.sync(self._fd)
        except OSError:
            return None
        return self._path

    def remove(self) -> None:
        """All of it is in the journal now."""
        if self._fd is None or self._path is None:
            return
        with contextlib.suppress(OSError):
            self._disk.close(self._fd)
            self._path.unlink(missing_ok=True)
        self._fd = None
        self._kept.clear()

    def left_behind(self) -> list[Path]:
        """Rescue files of this journal that belong to this user; in a shared folder somebody else's are no concern."""
        if self._folder is None or not self._folder.is_dir():
            return []
        found = sorted(self._folder.glob(f"{self._prefix}*.jsonl"))
        return [file for file in found if file.is_file() and not file.is_symlink() and _own(file)]


def _own(file: Path) -> bool:
    return sys.platform == "win32" or file.stat().st_uid == os.getuid()
