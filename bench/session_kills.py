"""The whole coach killed at random moments of a session: what it announced is in the journal, and it goes on there.

    python bench/session_kills.py [--kills 500] [--script wall-tap] [--seed 1] [--json]

Each run is a process of its own that holds a session on the rehearsal's clock: the real coach, loop and journal file.
It tells over a pipe each event that the journal has taken and is killed with SIGKILL; the next run finds what it left.
``kills`` returns the counts for other programs. POSIX only.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from kit.killed import Announce, announced

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import FIRST_DAY, Order, rehearse
from voicecoach.coach.commands import Command
from voicecoach.coach.events import Event
from voicecoach.journal import records
from voicecoach.journal.check import check_journal
from voicecoach.journal.file import JournalFile
from voicecoach.journal.fold import read_sessions, unfinished

FRESH_EVERY = 25
"""Kills after which a new journal is begun, so that reading it does not become the measurement."""


class Announcer:
    """Watches a session and tells the id of each event once the journal has it."""

    def __init__(self, announce: Announce) -> None:
        self._announce = announce

    def logged(self, _t: float, record: Mapping[str, object]) -> None:
        """The journal has taken an event."""
        self._announce(f"{record['event']} {record['id']}")

    def event(self, event: Event) -> None:
        """Of no interest."""

    def command(self, t: float, command: Command) -> None:
        """Of no interest."""


def kills(moments: int = 500, seed: int = 1, script: str = "wall-tap") -> dict[str, object]:
    """Kill that many runs; returns counts: announced events, lost ones, runs that did not go on, unsound journals."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    row = dict.fromkeys(("kills", "events", "lost", "resumed", "not_resumed", "torn", "findings", "wrong_sets"), 0)
    while row["kills"] < moments:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            homes = Homes(place / "journal.jsonl", *(place / name for name in ("cache", "models", "config", "scripts")))
            rehearse(Order(script), homes)  # loads what every run needs
            begin = time.perf_counter()
            _run(Order(script, today=FIRST_DAY, journal=place / "whole.jsonl"), homes, None)
            whole = time.perf_counter() - begin
            _kill_in_turn(homes, script, chance, whole, min(FRESH_EVERY, moments - row["kills"]), row)
    return {"script": script, **row}


def _kill_in_turn(
    homes: Homes, script: str, chance: random.Random, whole: float, count: int, row: dict[str, int]
) -> None:
    """Sessions in one journal, each killed until one gets through, the next on the following day."""
    announced: set[str] = set()
    day, killed = FIRST_DAY, 0
    while killed < count or _broken_off(homes.journal):
        expected = _broken_off(homes.journal)
        mortal = killed < count
        told = _run(
            Order(script, today=day, journal=homes.journal), homes, chance.uniform(0, whole * 1.2) if mortal else None
        )
        left = homes.journal.read_bytes() if homes.journal.exists() else b""
        row["torn"] += bool(left) and not left.endswith(b"\n")
        JournalFile(homes.journal).close()
        announced |= {key for _, key in told}
        known = {str(record["id"]) for record in records.read(homes.journal).records}
        row["lost"] += sum(key not in known for _, key in told)
        row["events"] += len(told)
        events = [event for event, _ in told]
        if expected and {"session_resumed", "set_started", "session_ended"} & set(events):
            row["resumed" if "session_resumed" in events else "not_resumed"] += 1
        if "session_ended" in events:
            day += timedelta(days=2)
        elif mortal:
            killed += 1
    row["kills"] += killed
    row["lost"] += len(announced - {str(record["id"]) for record in records.read(homes.journal).records})
    row["findings"] += sum(finding.severity == "error" for finding in check_journal(homes.journal))
    row["wrong_sets"] += _wrong_sets(homes.journal)


def _broken_off(journal: Path) -> bool:
    """Whether the next run has something to go on with."""
    sessions = read_sessions(journal) if journal.exists() else ()
    return bool(sessions) and unfinished(sessions, sessions[-1].last) is not None


def _wrong_sets(journal: Path) -> int:
    """Sets of finished sessions that are missing, there twice, or have other reps than were asked for."""
    wrong = 0
    for session in read_sessions(journal):
        if session.how != "finished":
            continue
        done = Counter((one.drill, one.set, one.side) for one in session.sets)
        sides = {name: len({side for drill, _, side in done if drill == name}) for name, _, _ in done}
        planned = sum(sets * sides[name] for name, sets in {one.drill: one.sets for one in session.sets}.items())
        wrong += sum(done.values()) - len(done) + abs(planned - len(done))
        wrong += sum(one.reps != one.target for one in session.sets if one.amrap is None)
    return wrong


def _run(order: Order, homes: Homes, seconds: float | None) -> list[tuple[str, str]]:
    """Hold a session in a process of its own, killed after so many seconds; the events and ids it announced."""

    def session(announce: Announce) -> None:
        """Hold it, watched by somebody who tells."""
        rehearse(order, homes, [Announcer(announce)])

    lines = announced(session, seconds)
    return [(event, key) for event, key in (line.split(" ") for line in lines)]


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--script", default="wall-tap", help="a drill of sets and reps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    row = kills(args.kills, args.seed, args.script)
    print(json.dumps(row) if args.json else "  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
