"""The real mouth on a headless sound card: what it does is looked for in what the card's monitor recorded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from kit.pulse import onsets, read_wav

ROOT = Path(__file__).parent.parent.parent

PRELUDE = """
import json, sys, threading
from pathlib import Path
from voicecoach.coach.commands import Hush, Kind, Say, Tone, Unsay
from voicecoach.errors import CoachError
from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth
from voicecoach.speaking.opening import open_voice

voice = open_voice(Path(sys.argv[1]))

def until(t):
    while mouth.now() < t:
        threading.Event().wait(0.01)

def tell(**about):
    print(json.dumps(about), flush=True)
"""


def start(code: str, env: dict[str, str], cache: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PRELUDE + code, str(cache)]
    env = env | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(code: str, env: dict[str, str], cache: Path) -> list[dict]:
    child = start(code, env, cache)
    out, err = child.communicate(timeout=120)
    assert child.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def no_sound(tmp_path):
    """An environment without a sound server, on a machine without a sound card."""
    cards = Path("/proc/asound/cards")
    if sys.platform != "linux" or (cards.exists() and "no soundcards" not in cards.read_text(encoding="utf-8")):
        pytest.skip("this machine has a sound card")
    return {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}


COUNT = """
mouth = SounddeviceMouth(voice)
for n in range(1, 7):
    voice.clip(str(n))
voice.clip("go")
until(2)
t = mouth.now() + 0.5
for n in range(1, 7):
    mouth.say(Say(n, str(n), Kind.COUNT, t + 0.8 * n, 0))
until(t + 0.8 * 6 + 0.1)
mouth.close()
tell(played=[[p.text, p.start - p.at] for p in mouth.played], dropped=len(mouth.dropped))
voice.close()
"""


def test_six_counts_come_out_as_six_sounds_on_their_samples(pulse, tmp_path):
    with pulse.recording(tmp_path / "count.wav") as wav:
        [told] = run(COUNT, pulse.env, tmp_path)
    heard = onsets(*read_wav(wav), quiet_s=0.25)
    played = [text for text, _ in told["played"]]
    assert len(heard) == len(played) == 6 - told["dropped"]
    assert all(0 <= late <= 0.0801 for _, late in told["played"])
    assert len(played) >= 4


HUSH = """
mouth = SounddeviceMouth(voice)
text = "Push your hips straight back until they tap the wall, then squeeze your glutes to stand up."
voice.clip(text)
until(2)
mouth.say(Say(1, text, Kind.BRIEF, mouth.now() + 0.2, 0))
mouth.say(Say(2, "one", Kind.COUNT, mouth.now() + 3, 0))
while not mouth.playing():
    threading.Event().wait(0.01)
until(mouth.now() + 0.5)
before = mouth.playing()
mouth.hush(Hush((text,)))
until(mouth.now() + 3)
[played] = mouth.played
seconds = played.end - played.start
tell(before=before, after=mouth.playing(), cut=played.cut, seconds=seconds, whole=voice.seconds_of(text))
mouth.close()
voice.close()
"""


def test_after_a_hush_there_is_silence(pulse, tmp_path):
    with pulse.recording(tmp_path / "hush.wav") as wav:
        [told] = run(HUSH, pulse.env, tmp_path)
    samples, rate = read_wav(wav)
    loud = np.flatnonzero(np.abs(samples) > 10 ** (-50 / 20))
    assert told["cut"]
    assert told["seconds"] < 0.8 * told["whole"]
    assert (loud[-1] - loud[0]) / rate == pytest.approx(told["seconds"], abs=0.3)
    assert len(samples) - loud[-1] > 1.5 * rate
    assert told["before"]
    assert told["after"] == []


LATE = """
mouth = SounddeviceMouth(voice)
until(1)
now = mouth.now()
mouth.say(Say(1, "These words are rendered only now.", Kind.REPLY, now, 0))
mouth.say(Say(2, "These are taken back before they are.", Kind.REPLY, now, 0))
mouth.unsay(Unsay(2))
while not mouth.played:
    threading.Event().wait(0.01)
mouth.tone(Tone("heard", mouth.now()))
mouth.close()
tell(played=[p.text for p in mouth.played])
voice.close()
"""


def test_a_text_that_is_not_rendered_yet_is_said_as_soon_as_it_is(pulse, tmp_path):
    [told] = run(LATE, pulse.env, tmp_path)
    assert told["played"] == ["These words are rendered only now."]


LOST = """
mouth = SounddeviceMouth(voice)
voice.clip("Hips back")
lost, back = threading.Event(), threading.Event()
times = []

def deliver(event):
    times.append(mouth.now())
    tell(ok=event.ok, part=event.part, sentence=event.sentence)
    (back if event.ok else lost).set()

mouth.watch(deliver)
until(2)
tell(up=mouth.device)
assert lost.wait(60)
before = mouth.now()
until(before + 0.3)
tell(lost=True)
assert back.wait(60)
mouth.say(Say(1, "Hips back", Kind.REPLY, mouth.now(), 0))
while not mouth.played:
    threading.Event().wait(0.01)
mouth.close()
tell(played=len(mouth.played), forward=times == sorted(times))
voice.close()
"""


def test_a_device_that_goes_is_told_and_found_again_while_the_clock_goes_on(new_pulse, tmp_path):
    card = new_pulse()
    child = start(LOST, card.env, tmp_path)
    told = [json.loads(child.stdout.readline())]
    while not told[-1].get("up"):
        told.append(json.loads(child.stdout.readline()))
    card.stop()
    while not told[-1].get("lost"):
        told.append(json.loads(child.stdout.readline()))
    card.start()
    out, err = child.communicate(timeout=120)
    assert child.returncode == 0, err
    told += [json.loads(line) for line in out.splitlines()]
    changes = [line for line in told if "ok" in line]
    assert [change["ok"] for change in changes[:2]] == [False, True]
    assert changes[0]["part"] == "earbuds"
    assert "gone" in changes[0]["sentence"]
    assert "back" in changes[1]["sentence"]
    assert told[-1]["played"] == 1
    assert told[-1]["forward"]


def test_a_device_name_that_does_not_exist_is_answered_with_those_that_do(pulse, tmp_path):
    code = """
try:
    SounddeviceMouth(voice, "no such earbuds")
except CoachError as error:
    tell(message=error.message, hint=error.hint)
"""
    [told] = run(code, pulse.env, tmp_path)
    assert "no such earbuds" in told["message"]
    assert "pulse" in told["hint"]


@pytest.mark.parametrize("wanted", ["'PUL'", "'pulse'", "0"])
def test_a_device_is_found_by_name_part_or_number(pulse, tmp_path, wanted):
    code = f"mouth = SounddeviceMouth(voice, {wanted}); tell(device=mouth.device); mouth.close()"
    [told] = run(code, pulse.env, tmp_path)
    assert told["device"] == "pulse"


def test_a_computer_without_sound_says_so(no_sound, tmp_path):
    code = """
try:
    SounddeviceMouth(voice)
except CoachError as error:
    tell(message=error.message, hint=error.hint, code=error.exit_code)
"""
    [told] = run(code, no_sound, tmp_path)
    assert "sound output" in told["message"] or "PortAudio" in told["message"]
    assert told["hint"]
    assert told["code"] == 1


def test_the_sound_libraries_chatter_is_kept_off_the_terminal(no_sound, tmp_path):
    code = """
from voicecoach.speaking.outlet import silence_libraries
import os
with silence_libraries():
    os.write(2, b"ALSA lib: chatter")
    print("a sentence of ours", file=sys.stderr)
print("another", file=sys.stderr)
"""
    child = start(code, no_sound, tmp_path)
    _, err = child.communicate(timeout=60)
    assert err.splitlines() == ["a sentence of ours", "another"]
