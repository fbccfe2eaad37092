"""The journal on disk: each event is one line, written in one call and synced before the coach says another word."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from voicecoach.drills.diagnostics import counted
from voicecoach.errors import CoachError
from voicecoach.journal import records
from voicecoach.journal.disk import Disk, RealDisk, in_the_way, reason
from voicecoach.journal.fields import VERSION
from voicecoach.journal.lock import Lock
from voicecoach.journal.records import Record
from voicecoach.journal.rescue import Rescue

_TAIL = 1 << 20
"""Bytes at the end of the file among which the last line's beginning is looked for first."""


class NotWritten(CoachError):  # noqa: N818 - a sentence the trainee hears, as every CoachError is
    """An event could not be written; it is kept, and written with the next one that can be."""

    def __init__(self, message: str, hint: str, record: Record) -> None:
        super().__init__(message, hint)
        self.record = record


def now_here() -> datetime:
    """The time with this place's offset."""
    return datetime.now().astimezone()


def random_id() -> str:
    """Twenty hexadecimal digits, 80 random bits: enough for the union of many machines' journals."""
    return secrets.token_hex(10)


def encode(record: Record) -> bytes:
    """One line with its end; raises ValueError for what JSON cannot hold."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, from a file name or a broken keyboard event
        return json.dumps(record, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def refuse_foreign(path: Path) -> None:
    """Raise CoachError where something lies that is no journal: opening would repair it as if it were a torn one."""
    if path.is_file() and records.is_foreign(path):
        raise CoachError(
            f"{path} is no journal: not one line of it was written by voicecoach. Nothing in it was changed.",
            "Name another file, or move this one away.",
        )


class JournalFile:
    """The log of one session, appended to a file that earlier sessions wrote.

    A single writer at a time holds ``<path>.lock``. A torn last line is moved to ``<path>.torn`` on opening. While
    the disk is full, read-only or failing, ``append`` raises NotWritten once, keeps every event, copies each to a
    rescue file in ``rescue_dir``, and catches up as soon as a write succeeds; the next journal opened on this path
    takes a rescue file in that was left behind.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime] = now_here,
        new_id: Callable[[], str] = random_id,
        *,
        rescue_dir: Path | None = None,
        session: str | None = None,
        disk: Disk | None = None,
    ) -> None:
        """Open, lock and repair; raises CoachError when the file is in use, is no journal or cannot be opened."""
        refuse_foreign(path)
        self.path = path
        self.session = session or new_id()
        self._clock, self._new_id = clock, new_id
        self._disk: Disk = disk or RealDisk()
        self._fd: int | None = None
        self._lead = b""
        self._number = 0
        self._waiting: list[bytes] = []
        self._in_trouble = False
        self._rescue = Rescue(path, rescue_dir, self.session, self._disk)
        try:
            if not path.parent.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = Lock(path.with_name(path.name + ".lock"), clock())
        except OSError as error:
            raise _cannot_open(path, error) from error
        try:
            self._open()
            self._take_in_rescued()
        except OSError as error:
            self._drop()
            self._lock.release()
            raise _cannot_open(path, error) from error

    @property
    def waiting(self) -> int:
        """Events that are not on the disk yet; 0 while all is well."""
        return len(self._waiting)

    def append(self, event: str, fields: Mapping[str, object], *, at: datetime | None = None) -> Record:
        """Write one event durably and return the whole record; ``at`` dates it back, for imports.

        Raises NotWritten at the first event that cannot be written; the following ones are kept in silence until
        ``waiting`` is 0 again.
        """
        self._number += 1
        when = at or self._clock()
        record: Record = {
            "v": VERSION,
            "id": self._new_id(),
            "t": (when if when.tzinfo else when.astimezone()).isoformat(timespec="milliseconds"),
            "session": self.session,
            "n": self._number,
            "event": event,
            **fields,
        }
        self.append_record(record)
        return record

    def append_record(self, record: Record) -> None:
        """Write a whole record, one of another journal for instance; raises NotWritten as ``append`` does."""
        self._waiting.append(encode(record))
        try:
            self._flush()
        except OSError as error:
            self._drop()
            rescued = self._rescue.keep(self._waiting)
            if not self._in_trouble:
                self._in_trouble = True
                raise NotWritten(*_trouble(self.path, error, rescued), record) from error
        else:
            self._in_trouble = False

    def append_all(self, lines: Iterable[bytes]) -> int:
        """Add whole lines of other journals in one go; returns how many. Raises CoachError, and then none was added."""
        data = [line.rstrip(b"\n") + b"\n" for line in lines]
        if not data:
            return 0
        try:
            self._flush()
            if self._fd is None:
                self._open()
            size = self.path.stat().st_size
            try:
                self._write(self._lead + b"".join(data))
            except OSError:
                if self._fd is not None:
                    self._disk.truncate(self._fd, size)
                raise
        except OSError as error:
            self._drop()
            message = f"Nothing was added to {self.path}: {reason(error)}."
            raise CoachError(message, "Make room, then try again.") from error
        self._lead = b""
        return len(data)

    def records(self) -> tuple[Record, ...]:
        """Everything in the file, and what still waits to be written."""
        waiting = (records.parse_line(line.rstrip(b"\n")) for line in self._waiting)
        return (*records.read(self.path).records, *(record for record in waiting if record))

    def close(self) -> None:
        """Write what still waits and let go; raises CoachError when some of it cannot be written even now."""
        try:
            self._flush()
        except OSError as error:
            rescued = self._rescue.keep(self._waiting)
            where = f"Kept in {rescued}; the next session takes that file in." if rescued else "Lost."
            what = f"{counted(len(self._waiting), 'events')} could not be written to {self.path}: {error.strerror}."
            raise CoachError(f"{what} {where}", "Make room on the disk, then start again.") from error
        finally:
            self._drop()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._fd is None or self._gone(self._fd):
            self._drop()
            self._open()
        while self._waiting:
            self._write(self._lead + self._waiting[0])
            self._lead = b""
            del self._waiting[0]
        self._rescue.remove()

    def _write(self, data: bytes) -> None:
        if self._fd is None:
            raise OSError(9, "the journal is closed")
        written = self._disk.write(self._fd, data)
        if written != len(data):
            raise OSError(28, "the disk is full")
        self._disk.sync(self._fd)

    def _gone(self, fd: int) -> bool:
        """True when an editor or a sync program has put another file in the journal's place, or removed it."""
        try:
            return not os.path.samestat(self.path.stat(), os.fstat(fd))
        except OSError:
            return True

    def _open(self) -> None:
        self._fd = self._disk.open(self.path)
        self._lead = b""
        fragment, start = _last_line(self.path)
        if not fragment:
            return
        self._lead = b"\n"
        if records.parse_line(fragment):
            return  # complete but for its end
        try:
            if not any(line.startswith(fragment) for line in self._waiting):
                self._set_aside(fragment, start)
            self._disk.truncate(self._fd, start)
        except OSError:
            return  # no room even for that: the fragment stays a line of its own, and is reported
        self._lead = b""

    def _set_aside(self, fragment: bytes, start: int) -> None:
        note = {
            "found": self._clock().isoformat(timespec="seconds"),
            "at_byte": start,
            "text": fragment.decode(errors="backslashreplace"),
        }
        fd = self._disk.open(self.path.with_name(self.path.name + ".torn"))
        try:
            line, size = encode(note), os.fstat(fd).st_size
            if self._disk.write(fd, line) != len(line):
                self._disk.truncate(fd, size)
                raise OSError(errno.ENOSPC, "the disk is full")  # the fragment has to stay in the journal
            self._disk.sync(fd)
        finally:
            self._disk.close(fd)

    def _drop(self) -> None:
        if self._fd is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._fd)
            self._fd = None

    def _take_in_rescued(self) -> None:
        """Add what an earlier session had to write elsewhere; if there is still no room, leave it there."""
        left = self._rescue.left_behind()
        known = {record["id"] for record in records.read(self.path).records} if left else set()
        for file in left:
            found = records.read(file)
            self._waiting = [encode(record) for record in found.records if record["id"] not in known]
            try:
                self._flush()
            except OSError:
                self._waiting.clear()
                self._drop()
                return
            if all(line.harmless for line in found.odd):
                file.unlink(missing_ok=True)


def _last_line(path: Path) -> tuple[bytes, int]:
    """What follows the last line end, and where it starts; empty when the file ends as it should."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        reach = _TAIL
        while True:
            start = max(0, size - reach)
            file.seek(start)
            tail = file.read()
            cut = tail.rfind(b"\n") + 1
            if cut or start == 0:
                return tail[cut:], start + cut
            reach *= 4


def _cannot_open(path: Path, error: OSError) -> CoachError:
    usual = "Check the folder's permissions, or set VOICECOACH_HOME to a folder that can be written."
    return CoachError(f"The journal {path} cannot be opened for writing: {error.strerror}.", in_the_way(error) or usual)


def _trouble(path: Path, error: OSError, rescued: Path | None) -> tuple[str, str]:
    kept = f"It goes to {rescued} meanwhile." if rescued else "It is kept in memory meanwhile."
    return (
        f"The log cannot be written: {reason(error)}. {kept}",
        f"Make room for {path}; it is tried again with every event.",
    )
