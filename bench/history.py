"""How reading the journal grows with the years: 1, 3 and 10 years of training, each command in a process of its own.

    python bench/history.py [--years 1 3 10] [--json]

Ten years are 2,000 sessions and 150,000 events. ``measure`` returns the rows for other programs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from voicecoach.journal.fields import VERSION
from voicecoach.journal.file import encode
from voicecoach.journal.memory import counted_ids

SESSIONS_A_YEAR = 200
DRILLS = (("wall tap", 2, 10, None), ("dowel hinge", 2, 8, None), ("RDL", 2, 12, 35.0))
"""Name, sets, reps and first load: with pains, dials and loads about 75 events a session."""
COMMANDS = {"history": ["history"], "plan": ["plan"], "report": ["report"], "log check": ["log", "check"]}
"""What is typed behind ``voicecoach``."""


def write_years(path: Path, years: int, seed: int = 1) -> int:
    """Write a journal of so many years; returns the number of events."""
    chance, new_id = random.Random(seed), counted_ids("e")  # noqa: S311 - a made-up trainee
    end = datetime.now().astimezone().replace(hour=18, minute=0, second=0, microsecond=0) - timedelta(days=2)
    total, count = SESSIONS_A_YEAR * years, 0
    with path.open("wb") as file:
        for index in range(total):
            when = end - timedelta(days=(total - 1 - index) * 365.25 / SESSIONS_A_YEAR)
            number = 0

            def write(event: str, **fields: object) -> None:
                nonlocal number, when, count
                number += 1
                count += 1
                when += timedelta(seconds=3)
                head = {"v": VERSION, "id": f"{new_id()}-{index:016x}", "t": when.isoformat(timespec="milliseconds")}  # noqa: B023
                file.write(encode({**head, "session": f"{index:020x}", "n": number, "event": event, **fields}))  # noqa: B023

            _session(write, chance, index)
    return count


def _session(write: Callable[..., None], chance: random.Random, index: int) -> None:
    write("session_started", programme="hip hinge", drills=[name for name, *_ in DRILLS], sessions_before=index)
    for drill, sets, reps, first in DRILLS:
        weight = None if first is None else min(200.0, first + 5 * (index // 12))
        load = {"weight": weight, "unit": "lb" if weight else None, "dials": {}}
        for number in range(1, sets + 1):
            write("set_started", drill=drill, set=number, sets=sets, reps=reps, **load)
            hurts = chance.random() < 0.002
            done = reps - chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 2)) - (3 if hurts else 0)
            for rep in range(1, done + 1):
                write("rep", drill=drill, set=number, rep=rep)
            write("set_done", drill=drill, set=number, sets=sets, reps=done, target=reps, side=None, seconds=60.0,
                  tempo="3-1-1-0", rpe=None, pain=hurts, **load)  # fmt: skip
            if hurts:
                write("pain", where="back", drill=drill, set=number, rep=done, said="my back hurts")
        write("drill_done", drill=drill)
    write("session_ended", how="finished")


def measure(years: Sequence[int] = (1, 3, 10), commands: Sequence[str] = tuple(COMMANDS)) -> list[dict[str, object]]:
    """Rows with years, events, command, seconds of wall clock (the whole process) and its largest memory in MB.

    ``first`` is with an empty cache, where the whole journal is read; ``seconds`` the best of three after that.
    """
    rows: list[dict[str, object]] = []
    for span in years:
        with tempfile.TemporaryDirectory() as folder:
            events = write_years(Path(folder) / "journal.jsonl", span)
            size = (Path(folder) / "journal.jsonl").stat().st_size
            for command in commands:
                shutil.rmtree(Path(folder) / "cache", ignore_errors=True)
                first, _ = _run(COMMANDS[command], folder, 1)
                seconds, memory = _run(COMMANDS[command], folder, 3)
                rows.append({"years": span, "sessions": span * SESSIONS_A_YEAR, "events": events, "file_mb": size / 1e6,
                             "command": command, "first": first, "seconds": seconds, "memory_mb": memory})  # fmt: skip
    return rows


def _run(words: Sequence[str], folder: str, times: int) -> tuple[float, float]:
    """Seconds of the best of some processes, and MB of the last."""
    peak = (
        "import atexit, resource, sys; atexit.register(lambda: sys.stderr.write("
        "f'\\npeak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}'));"
        if sys.platform != "win32"
        else ""
    )
    best, memory = float("inf"), 0.0
    for _ in range(times):
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", f"{peak}from voicecoach.cli.app import main; main()", *words], cwd=folder,
            env={**os.environ, "VOICECOACH_HOME": folder}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        best = min(best, time.perf_counter() - begin)
        if peak:
            memory = int(done.stderr.rsplit("peak ", 1)[1]) / (1024**2 if sys.platform == "darwin" else 1024)
    return best, memory


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--commands", nargs="+", default=list(COMMANDS))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = measure(args.years, args.commands)
    if args.json:
        print(json.dumps(rows))
        return
    heads = f"{'years':>5} {'sessions':>8} {'events':>8} {'file':>8} {'command':<10}"
    print(f"{heads} {'first':>8} {'again':>8} {'memory':>8}")
    for row in rows:
        print(
            f"{row['years']:>5} {row['sessions']:>8} {row['events']:>8} {row['file_mb']:>5.1f} MB "
            f"{row['command']:<10} {row['first']:>8.3f} {row['seconds']:>8.3f} {row['memory_mb']:>5.0f} MB"
        )


if __name__ == "__main__":
    main()
