from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import CoachError
from voicecoach.speaking.clip import (
    CLIP_RATE,
    LOUDNESS_DB,
    PEAK,
    Clip,
    level,
    make_clip,
    read_sound,
    resample,
    to_int16,
    write_wav,
)


def hum(seconds: float, rate: int = CLIP_RATE, gain: float = 0.3) -> np.ndarray:
    return (gain * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


@given(before=st.floats(0, 0.5), after=st.floats(0, 0.5), rate=st.sampled_from([16_000, 22_050, 44_100, 48_000]))
def test_silence_is_cut_at_both_ends_so_that_the_first_sample_is_the_onset(before, after, rate):
    quiet = [np.zeros(round(s * rate), np.float32) for s in (before, after)]
    clip = make_clip(np.concatenate([quiet[0], hum(0.4, rate), quiet[1]]), rate)
    assert clip.seconds == pytest.approx(0.4, abs=0.011)
    first_10_ms = clip.samples[: CLIP_RATE // 100]
    assert np.abs(first_10_ms).max() > 0.05


@given(gain=st.floats(0.001, 0.9))
def test_loud_and_soft_engines_end_up_equally_loud(gain):
    clip = make_clip(hum(0.5, gain=gain), CLIP_RATE)
    middle = clip.samples[4800:-4800]
    assert 20 * np.log10(np.sqrt((middle**2).mean())) == pytest.approx(LOUDNESS_DB, abs=0.5)


def test_levelling_never_clips_a_word_with_one_sharp_peak():
    word = hum(0.3, gain=0.01)
    word[5000] = 0.5
    assert np.abs(level(word, CLIP_RATE)).max() == pytest.approx(PEAK, abs=1e-6)


@pytest.mark.parametrize("gain", [0.008, 0.0012])  # 28 and 45 dB under the vowel: espeak-ng's "h", and Piper's
def test_a_soft_first_consonant_is_not_cut_off(gain):
    hiss = np.random.default_rng(0).standard_normal(4800).astype(np.float32) * gain
    clip = make_clip(np.concatenate([np.zeros(4800, np.float32), hiss, hum(0.3)]), CLIP_RATE)
    assert clip.seconds == pytest.approx(0.4, abs=0.011)


def test_nothing_to_hear_is_said_rather_than_played():
    with pytest.raises(CoachError, match="nothing to hear"):
        make_clip(np.zeros(1000, np.float32), 22_050)


def test_an_empty_file_is_nothing_to_hear():
    with pytest.raises(CoachError, match="nothing to hear"):
        make_clip(np.zeros(0, np.float32), 22_050)


def test_stereo_becomes_mono():
    both = np.stack([hum(0.2), hum(0.2)], axis=1)
    assert make_clip(both, CLIP_RATE).samples.ndim == 1


def test_bytes_that_are_no_sound_are_named_as_such():
    with pytest.raises(CoachError, match="no sound file"):
        read_sound(b"this is not a wav file at all")


def test_a_clip_survives_the_way_through_a_wav_file():
    clip = make_clip(hum(0.2), CLIP_RATE)
    samples, rate = read_sound(write_wav(clip))
    assert rate == CLIP_RATE
    assert np.abs(samples - clip.samples).max() < 1e-4


def test_a_clip_at_another_rate_takes_as_long():
    clip = make_clip(hum(0.5), CLIP_RATE)
    assert clip.at_rate(44_100).seconds == pytest.approx(clip.seconds, abs=0.001)
    assert clip.at_rate(CLIP_RATE) == Clip(clip.samples, CLIP_RATE)
    assert len(resample(hum(0.1), 48_000, 48_000)) == 4800


def test_samples_beyond_full_scale_are_clipped_not_wrapped():
    assert to_int16(np.array([2.0, -2.0], np.float32)).tolist() == [32767, -32768]
