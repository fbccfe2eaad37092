"""A live microphone's samples brought to 16 kHz: nothing above it folds in, and next to nothing is held back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.hearing.front_end import Block, Format, FrontEnd
from voicecoach.hearing.microphone import BLOCK_SECONDS, block_size
from voicecoach.hearing.rates import Resampler
from voicecoach.hearing.tuning import CHUNK


def tone(hertz, rate, seconds=0.5):
    return np.rint(10_000 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.int16)


def loudness(samples):
    inner = samples[400:-400].astype(float)
    return np.sqrt(2 * np.mean(inner**2))


@pytest.mark.parametrize("rate", [32_000, 48_000, 96_000])
@pytest.mark.parametrize("hertz", [100, 1000, 5000, 7000])
def test_speech_passes_as_loud_as_it_is(rate, hertz):
    assert loudness(Resampler(rate).feed(tone(hertz, rate))) == pytest.approx(10_000, rel=0.02)


@pytest.mark.parametrize(("rate", "hertz"), [(32_000, 9000), (48_000, 9000), (48_000, 15_000), (96_000, 30_000)])
def test_what_16_khz_cannot_hold_is_left_out_and_does_not_fold_in(rate, hertz):
    assert loudness(Resampler(rate).feed(tone(hertz, rate))) < 20


def test_a_moment_keeps_its_place():
    click = np.zeros(48_000, np.int16)
    click[24_000] = 30_000
    assert np.argmax(Resampler(48_000).feed(click)) == 8000


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_however_a_recording_is_cut_into_blocks_it_gives_the_same_samples(sizes):
    whole = np.random.default_rng(1).integers(-9000, 9000, sum(sizes)).astype(np.int16)
    once, bits = Resampler(48_000), Resampler(48_000)
    expected = np.concatenate([once.feed(whole), once.flush()])
    parts = [bits.feed(part) for part in np.split(whole, np.cumsum(sizes)[:-1])]
    assert np.abs(np.concatenate([*parts, bits.flush()]).astype(int) - expected).max() <= 1


def test_no_more_than_two_milliseconds_are_held_back():
    resampler = Resampler(48_000)
    given_out = sum(len(resampler.feed(np.zeros(480, np.int16))) for _ in range(10))
    assert 1600 - given_out <= 32


@pytest.mark.parametrize("rate", [16_000, 32_000, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_each_block_of_a_live_microphone_completes_one_step_of_the_path(rate, channels):
    front = FrontEnd(Format(rate, channels))
    block = np.zeros(block_size(rate) * channels, np.int16).tobytes()
    for number in range(1, 40):
        samples, _changes = front.feed(Block(block, 0.032 * number, front.format))
        assert len(samples) == CHUNK


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100])
def test_where_a_step_is_no_whole_number_of_samples_a_block_is_20_ms_and_nothing_is_lost(rate):
    assert block_size(rate) == int(rate * BLOCK_SECONDS)
    front = FrontEnd(Format(rate, 1))
    block = np.zeros(block_size(rate), np.int16).tobytes()
    got = sum(len(front.feed(Block(block, 0.02 * number, front.format))[0]) for number in range(500))
    assert got == pytest.approx(500 * block_size(rate) * 16_000 / rate, abs=1000)
