"""The few calls with which the journal touches the disk, behind a Protocol so that faults can be put between."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What the journal needs of an operating system; every call may raise OSError."""

    def open(self, path: Path, *, fresh: bool = False) -> int:
        """A descriptor for reading and appending; a missing file is made (0600), and ``fresh`` insists on making it."""

    def write(self, fd: int, data: bytes) -> int:
        """Append in one call; returns the bytes written, which may be fewer."""

    def sync(self, fd: int) -> None:
        """Return once everything written would survive a power cut."""

    def truncate(self, fd: int, size: int) -> None:
        """Cut the file to ``size`` bytes."""

    def close(self, fd: int) -> None:
        """Free the descriptor."""


class RealDisk:
    """The operating system's files."""

    def open(self, path: Path, *, fresh: bool = False) -> int:
        """A descriptor for reading and appending; links are not followed when ``fresh``, as in a shared folder."""
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        if fresh:
            flags |= os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        new = not path.exists()
        fd = os.open(path, flags, 0o600)
        if sys.platform != "win32":
            if os.fstat(fd).st_mode & 0o077:
                with contextlib.suppress(OSError):  # somebody else's file system may not know modes
                    os.fchmod(fd, 0o600)
            if new:
                sync_folder(path.parent)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        """One ``write``."""
        return os.write(fd, data)

    def sync(self, fd: int) -> None:
        """``fsync``; on macOS ``F_FULLFSYNC``, because its fsync leaves data in the drive's own cache."""
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415 - not on Windows

            with contextlib.suppress(OSError):
                fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
                return
        os.fsync(fd)

    def truncate(self, fd: int, size: int) -> None:
        """``ftruncate``."""
        os.ftruncate(fd, size)

    def close(self, fd: int) -> None:
        """``close``."""
        os.close(fd)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed entry of a folder survive a power cut, where the platform can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def replace(path: Path, data: bytes, disk: Disk) -> None:
    """Put new content in place of a file at once, or leave it as it was; raises OSError.

    A link stays one, and the file that it leads to is replaced: that is the one that is copied to other machines.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    fd = disk.open(beside, fresh=True)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[disk.write(fd, bytes(view[: 1 << 20])) :]
            disk.sync(fd)
        finally:
            disk.close(fd)
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):  # half a copy would keep a full disk full, and stay there after Ctrl-C
            beside.unlink()
        raise
    sync_folder(path.parent)


def reason(error: OSError) -> str:
    """What an error says, for the middle of a sentence."""
    return (error.strerror or "the disk fails").lower()


def remedy(error: OSError, folder: Path) -> str:
    """What to do about an error before the same is tried in the folder again."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Make room on the disk, then try again."
    if error.filename:
        folder = Path(error.filename).parent
    return in_the_way(error) or f"Look at the permissions in {folder}, then try again."


def in_the_way(error: OSError) -> str:
    """What to do about a folder that lies in a file's place, or a file in a folder's; empty where it is neither."""
    place = error.filename
    if not place:
        return ""
    if error.errno == errno.EISDIR or (sys.platform == "win32" and Path(place).is_dir()):
        return f"{place} has to be a file: move the folder away, then try again."
    if error.errno == errno.ENOTDIR:
        return f"A file lies where a folder of {place} has to be: move it, or set VOICECOACH_HOME to another folder."
    if error.errno == errno.ELOOP:
        return f"{place} is a link that leads back to itself: remove it, then try again."
    return ""
