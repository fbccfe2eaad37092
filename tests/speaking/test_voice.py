from __future__ import annotations

import threading

import numpy as np
import pytest

from voicecoach.errors import CoachError
from voicecoach.speaking.cache import Cache
from voicecoach.speaking.clip import CLIP_RATE, Clip
from voicecoach.speaking.opening import open_voice
from voicecoach.speaking.silent import SilentVoice, estimate_seconds
from voicecoach.speaking.voice import Voice


class Engine:
    """A renderer of the test's own: 10 ms a letter, counting what it is asked for."""

    name, voice, rate = "test", "", 170

    def __init__(self, fails=(), gate=None):
        self.asked = []
        self.fails = fails
        self.gate = gate
        self.closed = False

    def render(self, text):
        self.asked.append(text)
        if self.gate:
            self.gate.wait(10)
        if text in self.fails or "*" in self.fails:
            raise CoachError(f"cannot say {text}")
        return Clip(np.full(len(text) * 480, 0.25, np.float32), CLIP_RATE)

    def close(self):
        self.closed = True
        if self.gate:
            self.gate.set()


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "speech", "test", "", 170)


def test_a_text_is_rendered_once_and_then_read_back_to_the_bit(cache):
    engine = Engine()
    voice = Voice(lambda: engine, cache)
    first = voice.clip("Hips back")
    voice.close()
    again = Voice(lambda: engine, cache)
    assert np.array_equal(again.clip("Hips back").samples, first.samples)
    assert again.seconds_of("Hips back") == first.seconds == pytest.approx(0.09)
    again.close()
    assert engine.asked == ["Hips back"]


def test_what_is_prepared_is_rendered_in_the_background_by_two_engines_at_most(cache):
    engines = []

    def make():
        engines.append(Engine())
        return engines[-1]

    voice = Voice(make, cache)
    texts = [f"text {n}" for n in range(40)]
    voice.prepare(texts)
    assert [voice.seconds_of(text) for text in texts] == [len(text) / 100 for text in texts]
    voice.close()
    assert 1 <= len(engines) <= 2
    assert all(engine.closed for engine in engines)


def test_what_is_wanted_now_comes_before_what_is_prepared(cache):
    gate = threading.Event()
    engine = Engine(gate=gate)
    voice = Voice(lambda: engine, cache, workers=1)
    voice.prepare(["first", "second", "third"])
    while not engine.asked:
        threading.Event().wait(0.001)
    assert not voice.ready("now")
    gate.set()
    voice.clip("third")
    assert engine.asked.index("now") == 1
    voice.close()


def test_a_length_that_is_not_there_in_time_is_estimated(cache):
    gate = threading.Event()
    voice = Voice(lambda: Engine(gate=gate), cache)
    assert voice.seconds_of("Hips back", 0.01) == estimate_seconds("Hips back")
    gate.set()
    assert voice.seconds_of("Hips back") == pytest.approx(0.09)
    voice.close()


def test_an_engine_that_fails_leads_to_tones_and_one_sentence(cache):
    said = []
    voice = Voice(lambda: Engine(fails="*"), cache, on_trouble=said.append)
    clips = [voice.clip(text) for text in ("one", "two", "three")]
    assert all(np.abs(clip.samples).max() > 0.05 for clip in clips)
    assert clips[2].seconds == pytest.approx(estimate_seconds("three"), abs=0.001)
    assert len(said) == 1
    assert "cannot say" in said[0]
    assert voice.trouble == said[0]
    voice.close()


def test_one_text_that_cannot_be_said_does_not_cost_the_voice(cache):
    voice = Voice(lambda: Engine(fails={"bad"}), cache)
    voice.clip("bad")
    assert voice.clip("good").seconds == pytest.approx(0.04)
    assert voice.trouble == ""
    voice.close()


def test_an_engine_that_cannot_even_start_is_told_too(cache):
    def make():
        raise CoachError("no engine here")

    voice = Voice(make, cache)
    voice.clip("one")
    assert "no engine here" in voice.trouble
    voice.close()


def test_punctuation_alone_takes_no_time_and_no_engine(cache):
    engine = Engine()
    voice = Voice(lambda: engine, cache)
    assert voice.seconds_of("…") == 0
    assert engine.asked == []
    voice.close()


def test_closing_ends_an_engine_that_hangs_and_answers_whoever_waits(cache):
    engine = Engine(gate=threading.Event())
    voice = Voice(lambda: engine, cache)
    voice.prepare(["one", "two", "three", "four"])
    voice.close()
    assert engine.closed
    assert voice.seconds_of("five") == pytest.approx(estimate_seconds("five"), abs=0.001)


def test_tones_can_be_asked_for(tmp_path):
    voice = open_voice(tmp_path, engine="tones", rate=170)
    assert isinstance(voice, SilentVoice)
    assert np.abs(voice.clip("one").samples).max() > 0.05


def test_a_command_that_cannot_be_read_is_refused_at_once(tmp_path):
    with pytest.raises(CoachError, match="cannot be read"):
        open_voice(tmp_path, engine="piper 'open quote")


def test_the_systems_voice_speaks_and_is_cached(tmp_path):
    voice = open_voice(tmp_path)
    assert 0.2 < voice.seconds_of("five") < 1
    voice.close()
    assert len(list(tmp_path.glob("speech/*.wav"))) == 1
