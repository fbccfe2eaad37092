"""What the journal loses when it is killed, or its disk fails: nothing that was announced.

    python bench/journal_faults.py [--kills 500] [--disks 500] [--json]

``kills`` forks a session that announces each event once it is logged, and kills it with SIGKILL at a random moment.
``disks`` runs sessions on a disk whose calls fail at random: full, read-only, I/O error, half a line written.
Both are functions that return a row for other programs. POSIX only.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path

from kit.killed import Announce, announced

from voicecoach.errors import CoachError
from voicecoach.journal import records
from voicecoach.journal.check import check_journal
from voicecoach.journal.disk import RealDisk
from voicecoach.journal.file import JournalFile, NotWritten
from voicecoach.journal.fold import read_sessions, unfinished

PLAN = (("wall tap", 3, 15), ("dowel hinge", 3, 10), ("RDL", 3, 12))
FAULTS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)


def events() -> list[tuple[str, dict[str, object]]]:
    """A session of nine sets and 111 reps, as the coach logs it."""
    told: list[tuple[str, dict[str, object]]] = []
    told.append(("session_started", {"programme": "hip hinge", "drills": [name for name, *_ in PLAN]}))
    for drill, sets, reps in PLAN:
        for number in range(1, sets + 1):
            load = {"weight": None, "unit": None, "dials": {}}
            told.append(("set_started", {"drill": drill, "set": number, "sets": sets, "reps": reps, **load}))
            told += [("rep", {"drill": drill, "set": number, "rep": rep}) for rep in range(1, reps + 1)]
            told.append(
                ("set_done", {"drill": drill, "set": number, "sets": sets, "reps": reps, "target": reps, **load})
            )
        told.append(("drill_done", {"drill": drill}))
    told.append(("session_ended", {"how": "finished"}))
    return told


def kills(moments: int = 500, seed: int = 1) -> dict[str, object]:
    """Kill that many sessions, each going on in the same journal; returns counts, the losses among them."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    row: dict[str, object] = {"kills": moments, "events": 0, "lost": 0, "torn": 0, "not_resumed": 0, "findings": 0}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        begin = time.perf_counter()
        _run(path, None)
        whole = time.perf_counter() - begin
        for _ in range(moments):
            announced = _run(path, chance.uniform(0, whole))
            _count(row, "torn", int(path.exists() and not path.read_bytes().endswith(b"\n")))
            JournalFile(path).close()
            known = {str(record["id"]): record for record in records.read(path).records}
            _count(row, "events", len(announced))
            _count(row, "lost", sum(key not in known for key in announced))
            _count(row, "findings", sum(finding.severity == "error" for finding in check_journal(path)))
            _count(row, "not_resumed", int(not _resumes(path, [known[key] for key in announced if key in known])))
    return row


def _run(path: Path, seconds: float | None) -> list[str]:
    """Fork a session and kill it after so many seconds; the ids it announced before it died."""

    def session(announce: Announce) -> None:
        """Log all of it, and tell each event once it is logged."""
        with JournalFile(path) as journal:
            for event, fields in events():
                announce(str(journal.append(event, fields)["id"]))

    return announced(session, seconds)


def _resumes(path: Path, announced: list[records.Record]) -> bool:
    """Whether the next start offers at least the rep announced last, where there is something to go on with."""
    if not announced or announced[-1]["event"] in {"session_started", "session_ended"}:
        return True
    sessions = read_sessions(path)
    if sessions[-1].place is None or sessions[-1].how or not sessions[-1].trained:
        return True
    found = unfinished(sessions, datetime.now().astimezone())
    last = announced[-1]
    if found is None:
        return False
    if last["event"] == "rep" and found.set == last["set"]:
        return found.rep >= int(str(last["rep"]))
    return True


class BadDisk(RealDisk):
    """Fails in spells: during one, most calls raise, or write half a line."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.spell = 0
        self.faults = 0
        self.mended = False

    def write(self, fd: int, data: bytes) -> int:
        """As ``os.write``, or not."""
        if self._ill():
            if self.chance.random() < 0.3:
                return super().write(fd, data[: self.chance.randrange(len(data))])
            raise self._fault()
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        """As ``os.fsync``, or not."""
        if self._ill():
            raise self._fault()
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        """As ``os.ftruncate``, or not."""
        if self._ill():
            raise self._fault()
        super().truncate(fd, size)

    def open(self, path: Path, *, fresh: bool = False) -> int:
        """As ``os.open``, or not."""
        if self._ill():
            raise self._fault()
        return super().open(path, fresh=fresh)

    def _ill(self) -> bool:
        if self.mended:
            return False
        if self.spell:
            self.spell -= 1
            self.faults += 1
            return self.chance.random() < 0.8
        if self.chance.random() < 0.02:
            self.spell = self.chance.randrange(1, 30)
        return False

    def _fault(self) -> OSError:
        code = self.chance.choice(FAULTS)
        return OSError(code, os.strerror(code))


def disks(runs: int = 500, seed: int = 1) -> dict[str, object]:
    """Sessions on failing disks; half of them end before the disk is mended, and the next start takes in the rescue."""
    row: dict[str, object] = {
        "disks": runs,
        "events": 0,
        "faults": 0,
        "warnings": 0,
        "rescued": 0,
        "lost": 0,
        "findings": 0,
    }
    for run in range(runs):
        chance = random.Random(seed * 1_000_003 + run)  # noqa: S311 - as above
        with tempfile.TemporaryDirectory() as folder:
            path, rescue = Path(folder) / "journal.jsonl", Path(folder) / "elsewhere"
            rescue.mkdir()
            JournalFile(path).close()
            bad = BadDisk(chance)
            bad.mended = True
            journal = JournalFile(path, rescue_dir=rescue, disk=_Split(bad, path))
            bad.mended = False
            written = []
            for event, fields in events():
                try:
                    written.append(journal.append(event, fields)["id"])
                except NotWritten as trouble:
                    _count(row, "warnings", 1)
                    written.append(trouble.record["id"])
            bad.mended = chance.random() < 0.5
            try:
                journal.close()
            except CoachError:
                _count(row, "rescued", 1)
            JournalFile(path, rescue_dir=rescue).close()
            known = {record["id"] for record in records.read(path).records}
            _count(row, "events", len(written))
            _count(row, "faults", bad.faults)
            _count(row, "lost", sum(key not in known for key in written))
            _count(row, "findings", sum("missing" in finding.message for finding in check_journal(path)))
    return row


class _Split(RealDisk):
    """Sends the journal's calls to the failing disk, and the rescue file's to the real one: it lies elsewhere."""

    def __init__(self, bad: BadDisk, path: Path) -> None:
        self.bad, self.path = bad, path
        self.owned: set[int] = set()

    def open(self, path: Path, *, fresh: bool = False) -> int:
        fd = self.bad.open(path, fresh=fresh) if path.parent == self.path.parent else super().open(path, fresh=fresh)
        (self.owned.add if path.parent == self.path.parent else self.owned.discard)(fd)
        return fd

    def write(self, fd: int, data: bytes) -> int:
        return self.bad.write(fd, data) if fd in self.owned else super().write(fd, data)

    def sync(self, fd: int) -> None:
        (self.bad.sync if fd in self.owned else super().sync)(fd)

    def truncate(self, fd: int, size: int) -> None:
        (self.bad.truncate if fd in self.owned else super().truncate)(fd, size)


def _count(row: dict[str, object], name: str, more: int) -> None:
    row[name] = int(str(row[name])) + more


def main() -> None:
    """Print both rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--disks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = [kills(args.kills, args.seed), disks(args.disks, args.seed)]
    if args.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
