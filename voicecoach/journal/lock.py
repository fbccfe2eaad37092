"""One writer at a time: a lock beside the journal that names its holder and ends with the holder's process."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal.disk import reason, remedy

_LOCK_AT = 1 << 20
"""Windows locks a range of bytes; one far behind the text, so that the text can still be read."""


class Lock:
    """Held from construction until ``release``; raises CoachError naming the holder when somebody else has it."""

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._fd)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK}:
                os.close(self._fd)
                self._fd = None
                raise CoachError(
                    f"The journal is in use by {holder(path)}.",
                    "One session at a time: end that one first, then try again.",
                ) from error
            # A file system without locks: the journal still works, only this check is missing.
        note = {"pid": os.getpid(), "host": platform.node(), "since": now.isoformat(timespec="seconds")}
        with contextlib.suppress(OSError):  # a full disk is no reason not to train
            os.ftruncate(self._fd, 0)
            os.lseek(self._fd, 0, os.SEEK_SET)
            os.write(self._fd, json.dumps(note).encode())

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._fd is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = None


@contextlib.contextmanager
def held(journal: Path, now: datetime) -> Iterator[None]:
    """Hold the lock of a journal that is about to be rewritten.

    Raises CoachError where somebody else has it, or it cannot be made: then nothing can be written beside it either.
    """
    try:
        lock = Lock(journal.with_name(journal.name + ".lock"), now)
    except OSError as error:
        message = f"Nothing was changed: {error.filename or journal} cannot be written, {reason(error)}."
        raise CoachError(message, remedy(error, journal.parent)) from error
    try:
        yield
    finally:
        lock.release()


def holder(path: Path) -> str:
    """Who holds a lock, in words: process, computer and since when."""
    try:
        note = json.loads(path.read_bytes())
        return f"process {note['pid']} on {note['host']} since {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another voicecoach"


if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> None:
        os.lseek(fd, _LOCK_AT, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
