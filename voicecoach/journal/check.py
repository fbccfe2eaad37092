"""What is wrong with a journal file, line by line, and how odd lines are set aside without losing any."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from voicecoach.journal.disk import Disk, RealDisk, replace
from voicecoach.journal.fold import older_session
from voicecoach.journal.records import OddLine, Record, numbered, scan
from voicecoach.journal.schema import faults
from voicecoach.journal.telling import text_of


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth knowing about a journal file."""

    line: int
    """Line number, from 1; 0 for the file as a whole."""
    severity: Literal["error", "note"]
    """``error`` for what carries no information any more, or wrong information; ``note`` for what does no harm."""
    message: str
    """One sentence."""


def check_journal(path: Path) -> list[Finding]:
    """Everything that is wrong with a journal, in the order of its lines."""
    found: list[Finding] = []
    ids: set[str] = set()
    sessions: set[str] = set()
    order = _Order()
    points: list[tuple[int, str, str]] = []
    for line, item in numbered(path):
        if isinstance(item, OddLine):
            found.append(Finding(line, "note" if item.harmless else "error", f"{item.why}."))
            continue
        ids.add(str(item["id"]))
        sessions.add(str(item["session"]))
        found += [Finding(line, "error", f"{item['event']}: {fault}.") for fault in (*_time_fault(item), *faults(item))]
        found += order.findings(line, item)
        if item["event"] == "correction":
            points.append((line, "event", text_of(item, "of")))
        elif older := older_session(item):
            points.append((line, "session", older))
    for line, kind, target in points:
        if target not in (ids if kind == "event" else sessions):
            found.append(Finding(line, "error", f"there is no {kind} '{target}' in this file."))
    for session, missing in order.missing.items():
        if missing > 0:
            gone = "1 of its events is" if missing == 1 else f"{missing} of its events are"
            found.append(Finding(0, "error", f"session {session}: {gone} missing."))
    return sorted(found, key=lambda finding: (finding.line == 0, finding.line))


class _Order:
    """The numbers ``n`` of each session: which come late or twice, and how many are left out."""

    def __init__(self) -> None:
        self._highest: dict[str, int] = {}
        self._lines: dict[tuple[str, int], int] = {}
        self.missing: dict[str, int] = {}

    def findings(self, line: int, record: Record) -> Iterator[Finding]:
        """Take in a line, and say where its number is late, which fills a gap counted before, or used already."""
        n, session = record.get("n"), str(record["session"])
        if not isinstance(n, int):
            return
        first = self._lines.setdefault((session, n), line)
        if first != line:
            message = f"has the number {n} of line {first} within its session: is one a copy? Both are read."
            yield Finding(line, "error", message)
            return
        last = self._highest.get(session, 0)
        late = n <= last
        self.missing[session] = self.missing.get(session, 0) + (-1 if late else n - last - 1)
        self._highest[session] = max(n, last)
        if late:
            yield Finding(line, "note", "stands after a later event of its session; it is read in its place.")


def _time_fault(record: Record) -> Iterator[str]:
    try:
        when = datetime.fromisoformat(text_of(record, "t"))
    except ValueError:
        yield f"'{record['t']}' is no time"
    else:
        if when.tzinfo is None:
            yield f"the time '{record['t']}' has no offset"


def set_aside(path: Path, disk: Disk | None = None) -> tuple[int, Path]:
    """Move every odd line to ``<path>.aside`` and keep the rest as it is, byte for byte.

    Returns how many were moved, and where to. The caller holds the journal's lock. Raises OSError, and then both files
    are as they were; the journal is replaced in one step, after the lines are safe in the other file.
    """
    disk = disk or RealDisk()
    odd = [item for item in scan(path) if isinstance(item, OddLine)]
    aside = path.with_name(path.name + ".aside")
    if not odd:
        return 0, aside
    numbers = {item.number for item in odd}
    whole = path.read_bytes()
    lines = enumerate(whole.split(b"\n"), start=1)
    kept = [line for number, line in lines if number not in numbers and line.strip()]
    before = aside.read_bytes() if aside.exists() else None
    try:
        _append(aside, before or b"", odd, disk)
        replace(path, b"".join(line + b"\n" for line in kept), disk)
    except BaseException:  # Ctrl-C, too, would leave lines that the next try adds once more
        with contextlib.suppress(OSError):
            if path.read_bytes() == whole:  # only then are they still there
                _take_back(aside, before, disk)
        raise
    return len(odd), aside


def _append(aside: Path, before: bytes, odd: Sequence[OddLine], disk: Disk) -> None:
    fd = disk.open(aside)
    try:
        torn = before and not before.endswith(b"\n")  # by a power cut, and no part of the first line that follows
        data = (b"\n" if torn else b"") + b"".join(item.raw + b"\n" for item in odd)
        while data:
            data = data[disk.write(fd, data) :]
        disk.sync(fd)
    finally:
        disk.close(fd)


def _take_back(aside: Path, before: bytes | None, disk: Disk) -> None:
    """Make the other file what it was; None where there was none."""
    if before is None:
        aside.unlink(missing_ok=True)
        return
    fd = disk.open(aside)
    try:
        disk.truncate(fd, len(before))
    finally:
        disk.close(fd)
