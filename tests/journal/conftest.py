from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicecoach.journal.disk import RealDisk
from voicecoach.journal.memory import counted_ids

MONDAY = datetime.fromisoformat("2026-11-16T18:00:00+01:00")


class TickingClock:
    """A second later at each look."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class FaultyDisk(RealDisk):
    """A real disk with faults: ``broken(call, path)`` gives the error to raise, or how many bytes to write."""

    def __init__(self, broken: Callable[[str, Path], OSError | int | None]) -> None:
        self.broken = broken
        self.paths: dict[int, Path] = {}

    def open(self, path: Path, *, fresh: bool = False) -> int:
        self._fail("open", path)
        fd = super().open(path, fresh=fresh)
        self.paths[fd] = path
        return fd

    def write(self, fd: int, data: bytes) -> int:
        most = self._fail("write", self.paths[fd])
        return super().write(fd, data if most is None else data[:most])

    def sync(self, fd: int) -> None:
        self._fail("sync", self.paths[fd])
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        self._fail("truncate", self.paths[fd])
        super().truncate(fd, size)

    def _fail(self, call: str, path: Path) -> int | None:
        fault = self.broken(call, path)
        if isinstance(fault, OSError):
            raise fault
        return fault


class Diary:
    """Writes journal records as the coach does, for tests of what is read from them."""

    def __init__(self) -> None:
        self.records: list[dict[str, object]] = []
        self._ids = counted_ids("e")
        self._sessions = 0
        self._numbers: Counter[str] = Counter()

    def event(self, when: datetime, session: str, event: str, **fields: object) -> dict[str, object]:
        self._numbers[session] += 1
        record = {
            "v": 1, "id": self._ids(), "t": when.isoformat(timespec="milliseconds"), "session": session,
            "n": self._numbers[session], "event": event, **fields,
        }  # fmt: skip
        self.records.append(record)
        return record

    def session(
        self,
        when: datetime,
        sets: Iterable[Mapping[str, object]],
        *,
        drills: Iterable[str] = ("RDL",),
        how: str | None = "finished",
        programme: str = "hip hinge",
    ) -> str:
        """One session; each set names what differs from 12 of 12 RDLs at 35 lb, and may carry ``then`` events."""
        self._sessions += 1
        name = f"s{self._sessions}"
        self.event(when, name, "session_started", programme=programme, drills=list(drills), sessions_before=0)
        for index, given in enumerate(sets):
            fields: dict[str, object] = {
                "drill": "RDL", "set": index + 1, "sets": 3, "reps": 12, "target": 12, "weight": 35, "unit": "lb",
                "side": None, "seconds": 60.0, "dials": {}, "tempo": "3-1-1-0", "rpe": None, "pain": False,
            }  # fmt: skip
            then = given.get("then", ())
            fields.update({key: value for key, value in given.items() if key != "then"})
            at = when + timedelta(minutes=2 * index + 2)
            self.event(at, name, "set_done", **fields)
            for event, more in then:
                self.event(at + timedelta(seconds=5), name, event, **more)
        if how:
            self.event(when + timedelta(minutes=30), name, "session_ended", how=how)
        return name

    def write(self, path: Path) -> Path:
        path.write_text("".join(json.dumps(record) + "\n" for record in self.records))
        return path


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def faulty() -> type[FaultyDisk]:
    return FaultyDisk


@pytest.fixture
def monday() -> datetime:
    return MONDAY
