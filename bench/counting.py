"""How well counts keep the beat: the coach's mixer over a whole session, beside the usual loop of sleep() and say().

    python bench/counting.py [--minutes 20] [--reps 10] [--json]

The coach's session is rendered with the real voice into a wav file, and the onsets are found in that file. The loop
runs in real time with pyttsx3, as its documentation shows; its player is a stand-in that notes when it is called and
sleeps for the length of the clip, so the time a real player takes to open the device is not even counted. Onset errors
are in milliseconds from the beat; positive is late. ``measure`` returns the rows for other programs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from voicecoach.coach.commands import Kind, Say
from voicecoach.speaking.mouth_virtual import VirtualMouth
from voicecoach.speaking.opening import open_voice

BEAT = 4.0
"""Seconds of one rep at the tempo 2-1-1-0."""
LEAD = 1.0
"""Seconds before the first beat."""
CUES = ("Hips back", "Tap", "Squeeze", "Shins vertical.")
"""Said between the counts, as the coach does."""
_THRESHOLD = 10 ** (-50 / 20)

_PLAYER = """#!/bin/sh
now=$(date +%s.%N)
cp "$1" "$VC_PLAYED/$now.wav"
sleep "$(stat -c %s "$1" | awk '{ print ($1 - 44) / 44100 }')"
"""

_LOOP = """
import sys, time
from voicecoach.speaking.pyttsx3_child import load_espeak
load_espeak()
import pyttsx3
beat, reps, keep = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "until the next beat"
engine = pyttsx3.init()
start = time.time()
print(start, flush=True)
for rep in range(reps):
    engine.say(str(rep + 1))
    engine.runAndWait()
    time.sleep(max(0, start + (rep + 1) * beat - time.time()) if keep else beat)
time.sleep(2)
"""


def measure(minutes: float = 20, reps: int = 10, cache: Path | None = None) -> list[dict[str, object]]:
    """One row per way of counting: its errors in ms, its drift, and how many times the coach's worst error that is.

    ``reps`` is the length of the loops, which take real time. ``cache`` keeps rendered speech between runs.
    """
    with tempfile.TemporaryDirectory() as folder:
        rows = [_mixer(minutes, Path(folder), cache or Path(folder))]
        if sys.platform == "linux":
            rows += [_loop(sleep, reps, Path(folder)) for sleep in ("for one beat", "until the next beat")]
    for row in rows[1:]:
        row["times_the_coach"] = round(float(str(row["worst_ms"])) / max(0.5, float(str(rows[0]["worst_ms"]))))
    return rows


def _mixer(minutes: float, folder: Path, cache: Path) -> dict[str, object]:
    """A whole session through the coach's own mouth, counted in the file it leaves."""
    voice = open_voice(cache)
    voice.prepare([*CUES, *map(str, range(1, 16))])
    beats = [LEAD + rep * BEAT for rep in range(round(minutes * 60 / BEAT))]
    file = folder / "session.wav"
    for text in (*CUES, *map(str, range(1, 16))):
        voice.clip(text)
    began = time.perf_counter()
    mouth = VirtualMouth(voice, recording=file)
    for rep, beat in enumerate(beats):
        mouth.say(Say(2 * rep, str(rep % 15 + 1), Kind.COUNT, beat, 0))
        mouth.say(Say(2 * rep + 1, CUES[rep % len(CUES)], Kind.CUE, beat + 1.5, 0))
        mouth.advance(beat + 3)
    mouth.close()
    took = time.perf_counter() - began
    voice.close()
    row = _row("coach", beats, _onsets(file, beats))
    return row | {"dropped": len(mouth.dropped), "seconds_to_render": round(took, 2)}


def _onsets(file: Path, beats: Sequence[float]) -> list[float | None]:
    """For each beat the first sound within half a second around it, to the millisecond."""
    with wave.open(str(file), "rb") as recording:
        rate = recording.getframerate()
        found: list[float | None] = []
        for beat in beats:
            start = round((beat - 0.25) * rate)
            recording.setpos(start)
            data = np.frombuffer(recording.readframes(rate // 2), dtype="<i2") / 32768
            size = rate // 1000
            frames = data[: len(data) // size * size].reshape(-1, size)
            loud = np.flatnonzero(np.sqrt((frames**2).mean(axis=1)) > _THRESHOLD)
            found.append(start / rate + loud[0] / 1000 if len(loud) else None)
    return found


def _loop(sleep: str, reps: int, folder: Path) -> dict[str, object]:
    """The loop of the tutorials: say the number, wait until it is said, sleep."""
    player = folder / "aplay"
    player.write_text(_PLAYER, encoding="utf-8")
    player.chmod(0o755)
    played_here = folder / sleep
    played_here.mkdir()
    env = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", "VC_PLAYED": str(played_here)}
    env["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-c", _LOOP, str(BEAT), str(reps), sleep]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    start = float(done.stdout.split()[0])
    played = sorted(float(file.stem) - start + _silence(file) for file in played_here.iterdir())
    beats = [rep * BEAT for rep in range(reps)]
    heard = [played[rep] if rep < len(played) else None for rep in range(reps)]
    return _row(f"say() and sleep {sleep}", beats, heard)


def _silence(file: Path) -> float:
    """Seconds before the first sound in a file."""
    with wave.open(str(file), "rb") as clip:
        data = np.frombuffer(clip.readframes(clip.getnframes()), dtype="<i2") / 32768
        return float(np.flatnonzero(np.abs(data) > _THRESHOLD)[0]) / clip.getframerate()


def _row(way: str, beats: Sequence[float], heard: Sequence[float | None]) -> dict[str, object]:
    pairs = [(beat, (onset - beat) * 1000) for beat, onset in zip(beats, heard, strict=True) if onset is not None]
    errors = [error for _, error in pairs]
    drift = np.polyfit([beat / 60 for beat, _ in pairs], errors, 1)[0] if len(pairs) > 1 else 0.0
    return {
        "way": way,
        "counts": len(beats),
        "heard": len(errors),
        "median_ms": round(statistics.median(errors), 1),
        "worst_ms": round(max(errors, key=abs), 1),
        "drift_ms_per_minute": round(float(drift), 2),
    }


def table(rows: Sequence[dict[str, object]]) -> str:
    """The rows as text."""
    lines = [f"{'way':36} {'counts':>6} {'heard':>6} {'median ms':>10} {'worst ms':>10} {'drift ms/min':>13} {'x':>6}"]
    lines += [
        f"{row['way']:36} {row['counts']:>6} {row['heard']:>6} {row['median_ms']:>10} {row['worst_ms']:>10} "
        f"{row['drift_ms_per_minute']:>13} {row.get('times_the_coach', 1):>6}"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--reps", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    rows = measure(wanted.minutes, wanted.reps)
    print(json.dumps(rows, indent=2) if wanted.json else table(rows))


if __name__ == "__main__":
    main()
