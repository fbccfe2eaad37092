"""Real streams on two headless sound cards: earbuds on one, on the other a microphone that comes and goes."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import wave
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from voicecoach.hearing.replay import read_blocks

ROOT = Path(__file__).parents[2]
STOP = ROOT / "tests" / "hearing" / "recordings" / "stop.flac"

SESSION = """
import json, sys, threading
from pathlib import Path
from voicecoach.coach.commands import Kind, Listen, Say
from voicecoach.drills.flow import SpokenCommand
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.device_list import DeviceList
from voicecoach.hearing.listener import Listener
from voicecoach.hearing.microphone import SoundDeviceMicrophone
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth
from voicecoach.speaking.opening import open_voice
from voicecoach.words.phrases import PhraseTable

lock = threading.Lock()

def tell(**about):
    with lock:
        print(json.dumps(about), flush=True)

def event(event):
    tell(heard=getattr(event, "phrase", None), ok=getattr(event, "ok", None), sentence=getattr(event, "sentence", ""))

voice = open_voice(Path(sys.argv[1]))
voice.clip("one")
devices = DeviceList()
mouth = SounddeviceMouth(voice, "default", look_again=devices.look_again)
mouth.watch(event)
microphone = SoundDeviceMicrophone(sys.argv[2])
devices.join(mouth)
devices.join(microphone)
model = VoskModel(choose_model(None, Path(sys.argv[1])))
table = PhraseTable.build((SpokenCommand("stop", ("stop",), safety=True), SpokenCommand("yes", ("yes",))))
listener = Listener(lambda: build_path(model, table), microphone, mouth.now, look_again=devices.look_again)
listener.listen(Listen("any", frozenset({"stop", "yes"})))
listener.start(event)
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
number, at = 0, mouth.now() + 1.0
while not stop.is_set():
    number, at = number + 1, at + 1.0
    mouth.say(Say(number, "one", Kind.COUNT, at, 0))
    while mouth.now() < at and not stop.is_set():
        threading.Event().wait(0.05)
listener.close()
mouth.close()
voice.close()
said = [p.start for p in mouth.played]
tell(said=len(said), beats=number, late=max(p.start - p.at for p in mouth.played), rising=said == sorted(said))
"""


class Session:
    """A mouth that counts every second and ears, in a process of their own."""

    def __init__(self, card, folder, microphone):
        self._trouble = folder / "stderr.txt"
        with self._trouble.open("wb") as trouble:
            self.child = subprocess.Popen(
                [sys.executable, "-c", SESSION, str(folder), microphone],
                env=card.env | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=trouble,
                text=True,
            )

    def until(self, **wanted):
        """The events up to the one that is wanted."""
        seen = []
        for line in self.child.stdout:
            seen.append(json.loads(line))
            if all(str(seen[-1].get(key)).startswith(str(value)) for key, value in wanted.items()):
                return seen
        raise AssertionError(f"{wanted} never came: {seen}\n{self._trouble.read_text(encoding='utf-8')}")

    def end(self):
        """How many counts were said."""
        self.child.stdin.write("end\n")
        self.child.stdin.flush()
        return self.until(rising=True)[-1]


@pytest.fixture
def session(tmp_path):
    running = []

    def start(card, microphone):
        running.append(Session(card, tmp_path, microphone))
        return running[-1]

    yield start
    for one in running:
        one.child.kill()
        one.child.wait(10)
        one.child.stdin.close()
        one.child.stdout.close()


@pytest.fixture
def word(tmp_path):
    """Somebody says stop in a quiet room; a microphone that hears exactly nothing would count as muted."""
    word = np.concatenate(list(read_blocks(STOP)))
    room = np.random.default_rng(1).normal(0, 12, len(word) + 24_000)
    room[8_000 : 8_000 + len(word)] += word
    path = tmp_path / "stop.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(room.astype("<i2").tobytes())
    return path


@contextmanager
def saying(card, word):
    """Somebody says a word again and again, as to a coach that does not answer."""
    over = threading.Event()

    command = ["paplay", "--device=mouth", str(word)]

    def speak():
        while not over.is_set():
            subprocess.run(command, env=card.env, check=False, stderr=subprocess.DEVNULL)

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        yield
    finally:
        over.set()
        speaker.join(20)


def test_a_microphone_that_was_not_there_is_heard_once_it_is_plugged_in_and_again_after_it_was_gone(
    new_pulse, session, word
):
    earbuds, clip = new_pulse(), new_pulse()
    clip.stop()
    socket = clip.env["PULSE_SERVER"]
    with Path(earbuds.env["ALSA_CONFIG_PATH"]).open("a", encoding="utf-8") as file:
        file.write(f'pcm.clip {{ type pulse server "{socket}" device mic hint {{ show on description "Clip" }} }}\n')
    running = session(earbuds, "clip")
    running.until(sentence="There is no microphone named 'clip'. Plug it in, or use the keyboard.")
    clip.start()
    with saying(clip, word):
        running.until(sentence="I can hear you now, through clip.")
        running.until(heard="stop")
        clip.stop()
    running.until(sentence="I have lost the microphone.")
    clip.start()
    with saying(clip, word):
        running.until(sentence="I can hear you again.")
        running.until(heard="stop")
    told = running.end()
    assert told["said"] >= 0.5 * told["beats"], "the counts went on, but for a moment while the devices were looked up"
    assert told["late"] <= 0.0801


def test_what_a_sound_server_offers_without_a_microphone_is_the_coachs_own_voice_and_is_not_listened_to(
    new_pulse, session, word
):
    card = new_pulse()
    (mic,) = [line.split()[0] for line in card.ask("list", "short", "modules") if "remap" in line]
    running = session(card, "default")
    with saying(card, word):
        running.until(heard="stop")
        card.ask("unload-module", mic)
        running.until(sentence="I have lost the microphone.")
        card.ask("load-module", "module-remap-source", "source_name=mic", "master=mouth.monitor")
        running.until(sentence="I can hear you again.")
        running.until(heard="stop")
    running.end()
