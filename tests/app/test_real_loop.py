"""The whole program with real sound: a voice speaks to it, its earbuds are recorded, its journal is read."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import sys
import threading
import wave
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from kit.pulse import onsets, read_wav

from voicecoach.hearing.kept import read_kept
from voicecoach.speaking.clip import CLIP_RATE, to_int16
from voicecoach.speaking.renderers import Pyttsx3Renderer

ROOT = Path(__file__).parents[2]
TAP = """
kind: drill
version: 1
name: quick tap
goal: A short drill.
needs: [wall]
sets: 2
reps: 8
tempo: 1-0-1-0
rest: 5s
dials:
  distance: {start: 7 in, step: 1 in, between: [4 in, 16 in]}
cues:
  setup: ["Heels {distance} from the wall."]
hears:
  too easy: {turn: distance up, say: An inch farther.}
when pain: {turn: distance down}
"""
RDL = """
kind: drill
version: 1
name: quick RDL
goal: A short drill with a weight.
needs: [kettlebell]
sets: 1
reps: 3
tempo: 1-0-1-0
rest: 5s
load: {ask: "What weight is it?", start: 15 lb, step: 5 lb, between: [5 lb, 200 lb]}
cues:
  setup: [Hold the weight.]
when pain: {lighter: 20%}
"""
PROGRAMME = """
kind: programme
version: 1
name: quick
drills: [quick tap, quick RDL]
greeting: [Hello.]
"""


class Trainee:
    """Somebody who trains with the real program: reads its lines, speaks into its microphone."""

    def __init__(self, pulse, folder: Path, home: Path, *options: str, lines: bool = False) -> None:
        self._pulse, self._folder = pulse, folder
        self._renderer = Pyttsx3Renderer(rate=150)
        self.seen: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from voicecoach.cli.app import main; main()", "run", "quick", *options],
            cwd=folder,
            env={**pulse.env, "VOICECOACH_HOME": str(home)},
            stdin=subprocess.PIPE if lines else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def see(self, text: str, patience: float = 60.0) -> bool:
        """Wait until the screen shows a text that it has not shown before."""
        try:
            while True:
                line = self._lines.get(timeout=patience)
                if line is None:
                    return False
                if text in line:
                    return True
        except queue.Empty:
            return False

    def say(self, phrase: str, until: str, patience: float = 4.0) -> None:
        """Say a phrase, and again as a person would, until the screen shows what should follow."""
        for _ in range(4):
            self._pulse.play(self._wav(phrase))
            if self.see(until, patience):
                return
        raise AssertionError(f"{phrase!r} was not understood:\n" + "\n".join(self.seen))

    def leave(self) -> None:
        """Let go of everything."""
        self._renderer.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self.process.stderr.close()
        if self.process.stdin is not None:
            self.process.stdin.close()

    def _read(self) -> None:
        for line in self.process.stderr:
            self.seen.append(line.rstrip())
            self._lines.put(line)
        self._lines.put(None)

    def _wav(self, phrase: str) -> Path:
        path = self._folder / f"{phrase.replace(' ', '-')}.wav"
        if not path.exists():
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(CLIP_RATE)
                file.writeframes(to_int16(self._renderer.render(phrase).samples * 0.7).tobytes())
        return path


@pytest.fixture
def folder(tmp_path):
    scripts = tmp_path / "scripts"
    shutil.copytree(ROOT / "scripts" / "flows", scripts / "flows")
    for name, text in (("quick-tap", TAP), ("quick-rdl", RDL), ("quick", PROGRAMME)):
        (scripts / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def events(home: Path, name: str) -> list[dict]:
    lines = (home / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["event"] == name]


@contextmanager
def room(pulse, folder: Path):
    """The quiet noise of a room at the microphone; one that hears exactly nothing is muted, and the coach says so."""
    path = folder / "room.raw"
    noise = np.random.default_rng(1).normal(0, 12, 48_000 * 20)
    path.write_bytes(noise.astype("<i2").tobytes() * 15)
    command = ["pacat", "--playback", "--device=mouth", "--format=s16le", "--rate=48000", "--channels=1", str(path)]
    player = subprocess.Popen(command, env=pulse.env)
    try:
        yield
    finally:
        player.kill()
        player.wait(10)


def test_a_trainee_is_coached_through_two_drills_by_voice_alone(pulse, folder):
    home, recording = folder / "home", folder / "earbuds.wav"
    with pulse.recording(recording), room(pulse, folder):
        trainee = Trainee(pulse, folder, home, "--keep-audio")
        try:
            assert trainee.see("coach: So that I know"), trainee.seen
            trainee.say("ready", "you: ready", patience=2.0)
            assert trainee.see("[ready]"), trainee.seen
            trainee.say("start", "[working]")
            trainee.say("too easy", "you: too easy")
            assert trainee.see("coach: five"), trainee.seen
            trainee.say("stop", "[paused]")
            trainee.say("my back hurts", "[hurting]")
            trainee.say("skip", "[asking weight]")
            trainee.say("thirty five pounds", "[ready]")
            trainee.say("start", "[working]")
            assert trainee.see("[finished]"), trainee.seen
            assert trainee.process.wait(60) == 0, trainee.seen
        finally:
            trainee.leave()
    assert events(home, "dial")[0]["to"] == 8
    (hurt,) = [record for record in events(home, "set_done") if record["pain"]]
    assert hurt["drill"] == "quick tap"
    assert events(home, "pain")[0]["where"] in ("back", "lower back")
    assert events(home, "weight")[0] | {"value": 35, "unit": "lb"} == events(home, "weight")[0]
    (whole,) = [record for record in events(home, "set_done") if record["drill"] == "quick RDL"]
    assert (whole["reps"], whole["weight"], whole["unit"]) == (3, 35, "lb")
    assert events(home, "session_ended")[0]["how"] == "finished"
    check_what_was_kept(trainee, home)
    samples, rate = read_wav(recording)
    assert len(onsets(samples, rate)) > 20, "greeting, setup, counts, answers and summary were heard"
    assert np.abs(samples).max() < 1.0


def check_what_was_kept(trainee: Trainee, home: Path) -> None:
    """It was said where, before anything else; every command is there with its state; only the owner can read it."""
    (folder,) = (home / "kept").iterdir()
    assert folder.name == events(home, "session_started")[0]["session"]
    assert str(folder) in trainee.seen[0]
    rows = read_kept(folder)
    first = [(row.heard.split(" | ")[0], row.state, row.verdict) for row in rows]  # a trainee may go on in one breath
    taken = [(heard, state) for heard, state, verdict in first if verdict.startswith("accept")]
    assert {("start", "ready"), ("too easy", "working"), ("stop", "working")} <= set(taken), taken
    assert all(row.script == "quick" and row.microphone for row in rows)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder.parent)} == {0o700}


def test_a_session_that_was_killed_is_offered_again_and_nothing_logged_is_lost(pulse, folder):
    home = folder / "home"
    with room(pulse, folder):
        kill_and_go_on(pulse, folder, home)
    assert not (home / "kept").exists(), "nothing is kept unless it is asked for"
    assert len(events(home, "session_started")) == 2
    assert events(home, "session_resumed")[0]["of"] == events(home, "session_started")[0]["session"]
    (done,) = events(home, "set_done")
    assert done["reps"] == 8
    assert [record["rep"] for record in events(home, "rep")] == list(range(1, 9))


def kill_and_go_on(pulse, folder: Path, home: Path) -> None:
    trainee = Trainee(pulse, folder, home)
    try:
        trainee.see("[ready]")
        trainee.say("start", "[working]")
        assert trainee.see("coach: four"), "by then two reps at least are counted"
    finally:
        trainee.process.kill()
        trainee.leave()
    reps = len(events(home, "rep"))
    assert reps >= 1
    trainee = Trainee(pulse, folder, home)
    try:
        assert trainee.see("[offering]"), trainee.seen
        trainee.say("yes", "[ready]")
        trainee.say("start", "[working]")
        assert trainee.see("[resting]"), trainee.seen
    finally:
        trainee.leave()
