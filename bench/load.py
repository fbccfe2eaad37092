"""What listening costs: time to load, memory, and CPU while nobody speaks and while somebody does.

    voicecoach bench load [--runs 5] [--model M] [--live] [--seconds 30] [--json]

Each figure comes from processes of their own. Loading runs from before the recogniser is imported to the first sound
heard; "with the coach" is a process that has also loaded a script, the plan and the voice, as ``run`` has. CPU is that
of the listening path over a quiet room and over speech without a pause, in per cent of one core. ``--live`` also holds
a real ``voicecoach run`` over PulseAudio null sinks, and looks at that process from outside: first in a quiet room,
then while a voice talks into its microphone. Memory is what Linux counts as resident. ``measure`` returns the figures.
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
from pathlib import Path

import numpy as np
from kit.pulse import Pulse, missing

SCRIPT = "hip-hinge"
TALK = (
    "I told them last week that the river was high and nobody believed it until the water stood in the kitchen. "
    "Then of course everybody had known it all along, and they went looking for boats that had been sold years ago."
)
"""What is said while somebody speaks: no phrase of the script."""
RATE = 16_000
WARM = 12.0
"""Seconds a live session has before it is looked at."""


def child(model_name: str | None) -> dict[str, float]:
    """One process: load and hear, and what that took."""
    began = time.perf_counter()
    from voicecoach.app.homes import Homes  # noqa: PLC0415 - the imports are what is measured
    from voicecoach.app.training import library_of, prepare  # noqa: PLC0415
    from voicecoach.coach.coach import Coach  # noqa: F401, PLC0415
    from voicecoach.hearing.assembly import build_path  # noqa: PLC0415
    from voicecoach.hearing.model_folder import choose_model  # noqa: PLC0415
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth  # noqa: F401, PLC0415

    homes = Homes.find()
    started = _now()
    training = prepare(SCRIPT, library_of(homes), (), started.date(), started)
    coach = time.perf_counter() - began
    before = resident_mb(os.getpid())
    began = time.perf_counter()
    from voicecoach.hearing.vosk_recogniser import VoskModel, vosk_library  # noqa: PLC0415

    vosk_library()  # as VoskModel does; here so that its own time is seen
    imported = time.perf_counter()
    model = VoskModel(choose_model(model_name, homes.models))
    loaded = time.perf_counter()
    path = build_path(model, training.table)
    path.hear(np.zeros(512, np.int16), 0.0)
    ready = time.perf_counter()
    result = {
        "coach_ms": 1000 * coach,
        "import_ms": 1000 * (imported - began),
        "model_ms": 1000 * (loaded - imported),
        "path_ms": 1000 * (ready - loaded),
        "load_ms": 1000 * (ready - began),
        "memory_before_mb": before,
        "memory_loaded_mb": resident_mb(os.getpid()),
    }
    room = np.random.default_rng(1).normal(0.0, 6.0, 60 * RATE).astype(np.int16)
    result["cpu_quiet_percent"] = _cpu(path, room)
    talk = _talk()
    result["cpu_speech_percent"] = _cpu(path, np.tile(talk, 1 + 60 * RATE // len(talk))[: 60 * RATE])
    result["memory_after_speech_mb"] = resident_mb(os.getpid())
    return result


def _now():  # type: ignore[no-untyped-def]  # noqa: ANN202 - a datetime, imported where its cost is counted
    from datetime import datetime  # noqa: PLC0415

    return datetime.now().astimezone()


def _talk() -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    from voicecoach.speaking.clip import CLIP_RATE, resample, to_int16  # noqa: PLC0415
    from voicecoach.speaking.renderers import Pyttsx3Renderer  # noqa: PLC0415

    renderer = Pyttsx3Renderer(None, 170)
    try:
        return to_int16(resample(renderer.render(TALK).samples, CLIP_RATE, RATE))
    finally:
        renderer.close()


def _cpu(path, sound) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as in ``child``
    """Per cent of a core that hearing a minute takes, in blocks of a microphone."""
    before = time.process_time()
    for at in range(0, len(sound), 160):
        path.hear(sound[at : at + 160], at / RATE)
    return 100 * (time.process_time() - before) / (len(sound) / RATE)


def resident_mb(pid: int) -> float:
    """Resident memory of a process; 0 where the system has no /proc."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def _ticks(pid: int) -> float:
    """Seconds of CPU of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def live(seconds: float) -> dict[str, float]:
    """A real session, looked at from outside. Raises SystemExit where PulseAudio is missing."""
    if missing():
        raise SystemExit(f"This bench needs {missing()}.")
    folder = Path(tempfile.mkdtemp(prefix="vb", dir=tempfile.gettempdir()))
    random = np.random.default_rng(2)
    room = random.normal(0.0, 6.0, round((WARM + seconds) * RATE))
    talk = np.resize(_talk(), round(seconds * RATE)).astype(float)
    with wave.open(str(folder / "room.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.concatenate([room, talk]).astype(np.int16).tobytes())
    card = Pulse(folder)
    card.start()
    try:
        return _look_at_a_session(card.env | {"VOICECOACH_HOME": str(folder / "home")}, folder / "room.wav", seconds)
    finally:
        card.stop()


def _look_at_a_session(env: dict[str, str], room: Path, seconds: float) -> dict[str, float]:
    command = [sys.executable, "-c", "from voicecoach.cli.app import main; main()", "run", SCRIPT]
    player = subprocess.Popen(["paplay", "--device=mouth", str(room)], env=env)
    session = subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    found: dict[str, float] = {}
    try:
        time.sleep(WARM)
        for what in ("quiet", "speech"):
            before, at = _ticks(session.pid), time.monotonic()
            time.sleep(seconds)
            found[f"cpu_{what}_percent"] = 100 * (_ticks(session.pid) - before) / (time.monotonic() - at)
            found[f"memory_{what}_mb"] = resident_mb(session.pid)
    finally:
        session.terminate()
        session.wait(20)
        player.terminate()
        player.wait(5)
    return found


def measure(runs: int, model: str | None, live_seconds: float | None) -> dict[str, object]:
    """Medians over processes, and the live session where it is asked for."""
    command = [sys.executable, __file__, "--child", *(["--model", model] if model else [])]
    results = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(runs)
    ]
    listening = {name: round(statistics.median(one[name] for one in results), 1) for name in results[0]}
    session = live(live_seconds) if live_seconds else None
    return {
        "runs": runs,
        "listening": listening,
        "session": None if session is None else {name: round(value, 1) for name, value in session.items()},
    }


def as_text(document: dict[str, object]) -> str:
    """The figures as a table."""
    listening, session = document["listening"], document["session"]
    assert isinstance(listening, dict)  # noqa: S101 - measure made it
    lines = [
        (
            f"load: {listening['load_ms']} ms (import {listening['import_ms']}, model {listening['model_ms']}, phrases "
            f"{listening['path_ms']}), median of {document['runs']}; the script and the plan before it took "
            f"{listening['coach_ms']} ms"
        ),
        (
            f"memory: {listening['memory_before_mb']} MB with the coach, {listening['memory_loaded_mb']} MB listening, "
            f"{listening['memory_after_speech_mb']} MB after a minute of speech"
        ),
        (
            f"CPU of the listening path: {listening['cpu_quiet_percent']} % of a core in a quiet room, "
            f"{listening['cpu_speech_percent']} % in speech without a pause"
        ),
    ]
    if isinstance(session, dict):
        lines.append(
            f"a session over real streams, everything in it: {session['cpu_quiet_percent']} % of a core in a quiet "
            f"room, {session['cpu_speech_percent']} % in speech; {session['memory_quiet_mb']} and "
            f"{session['memory_speech_mb']} MB"
        )
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--model")
    parser.add_argument("--live", action="store_true", help="also a real session over PulseAudio")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each part of the live session")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(child(given.model)))
        return
    document = measure(max(1, given.runs), given.model, given.seconds if given.live else None)
    print(json.dumps(document, indent=2) if given.json else as_text(document))


if __name__ == "__main__":
    main()
