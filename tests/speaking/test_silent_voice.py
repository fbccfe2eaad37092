from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import CoachError
from voicecoach.speaking.silent import SilentVoice, estimate_seconds
from voicecoach.speaking.tones import FIGURES, make_tone

LENGTHS = {  # what espeak-ng takes, en-us, 170 words a minute
    "five": 0.45,
    "Last one.": 0.61,
    "Shins vertical.": 0.965,
    "Hips back": 0.73,
}


@pytest.mark.parametrize(("text", "seconds"), LENGTHS.items())
def test_the_estimate_is_near_what_a_voice_takes(text, seconds):
    assert estimate_seconds(text) == pytest.approx(seconds, rel=0.25)


@given(st.integers(1, 400), st.text("abc de, .", max_size=60))
def test_the_estimate_is_finite_never_negative_and_scales_with_the_rate(rate, text):
    seconds = estimate_seconds(text, rate)
    assert seconds >= 0
    assert seconds == pytest.approx(estimate_seconds(text, 2 * rate) * 2, abs=0.003)


def test_a_number_takes_as_long_as_its_words():
    assert estimate_seconds("22.5 pounds") == estimate_seconds("twenty two point five pounds")
    assert estimate_seconds("135") == estimate_seconds("one hundred thirty five")
    assert estimate_seconds("1000") == estimate_seconds("one thousand")


def test_nothing_to_say_takes_no_time():
    assert estimate_seconds("...") == 0
    assert len(SilentVoice(blip=True).clip("…").samples) == 0


def test_a_blip_stands_at_the_onset_so_that_counts_keep_the_beat():
    clip = SilentVoice(blip=True).clip("seven")
    loud = np.flatnonzero(np.abs(clip.samples) > 0.01)
    assert loud[0] < 480
    assert loud[-1] < 0.03 * clip.rate
    assert clip.seconds == pytest.approx(SilentVoice().seconds_of("seven"), abs=0.001)
    assert not SilentVoice().clip("seven").samples.any()


def test_every_tone_is_short_and_unlike_every_other():
    tones = {name: make_tone(name, 48_000) for name in FIGURES}
    assert all(len(tone) / 48_000 <= 0.6 for tone in tones.values())
    assert all(0.05 < np.abs(tone).max() < 0.5 for tone in tones.values())
    assert len({tone.tobytes() for tone in tones.values()}) == len(tones)


def test_an_unknown_tone_is_named_with_those_there_are():
    with pytest.raises(CoachError, match="rest over"):
        make_tone("gong", 48_000)
