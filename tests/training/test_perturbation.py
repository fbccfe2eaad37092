"""What training changes in the features, anew in every pass."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import signal

from training.config import Perturbation
from training.features import mfcc
from training.perturb import BINS, of_band, of_tract, perturbed

Floats = np.typing.NDArray[np.float32]


def whispered(*resonances: float) -> Floats:
    """A second of a whispered vowel with these resonances, in Hz."""
    sound = np.random.default_rng(3).normal(0, 1000, 16_000)
    for centre in resonances:
        above, below = signal.iirpeak(centre, 6, fs=16_000)
        sound = 0.2 * sound + signal.lfilter(above, below, sound)
    return np.asarray(sound, np.float32)


@pytest.mark.parametrize("length", [0.84, 0.92, 1.08, 1.19])
def test_a_vowel_of_another_throat_is_nearly_one_whose_resonances_lie_elsewhere(length):
    vowel = (600, 1500, 2600)
    own = mfcc(whispered(*vowel)).mean(axis=0)
    others = mfcc(whispered(*(hertz / length for hertz in vowel))).mean(axis=0)
    assert np.linalg.norm(of_tract(length) @ own - others) < 0.25 * np.linalg.norm(own - others)


def test_a_throat_as_long_as_its_own_changes_nothing():
    assert of_tract(1.0) == pytest.approx(np.eye(BINS), abs=1e-5)


def test_a_hidden_band_takes_a_tone_in_it_and_leaves_another():
    noise = np.random.default_rng(1).normal(0, 100, 16_000)
    tones = {hertz: np.sin(2 * np.pi * hertz * np.arange(16_000) / 16_000) * 3000 for hertz in (500, 3000)}
    plain = mfcc(noise).mean(axis=0)
    louder = {}
    for hertz, tone in tones.items():
        added = mfcc(noise + tone).mean(axis=0) - plain
        louder[hertz] = [float(np.linalg.norm(of_band(bin_, 1) @ added)) for bin_ in range(BINS)]
    of_500, of_3000 = (int(np.argmax(louder[hertz])) for hertz in (500, 3000))
    assert of_500 < of_3000
    added = mfcc(noise + tones[500]).mean(axis=0) - plain
    hidden = of_band(of_500 - 2, 5)
    assert np.linalg.norm(added - hidden @ added) < 0.2 * np.linalg.norm(added)
    assert np.linalg.norm(of_band(of_3000 - 2, 5) @ added) < 0.2 * np.linalg.norm(added)


def test_all_bands_together_are_everything():
    assert sum(of_band(first, 4) for first in range(0, BINS, 4)) == pytest.approx(np.eye(BINS), abs=1e-5)


def test_without_shares_nothing_is_changed_and_with_them_each_pass_is_another():
    chunks = np.random.default_rng(2).normal(0, 10, (6, 90, BINS)).astype(np.float32)
    assert np.array_equal(perturbed(chunks, np.random.default_rng(1), Perturbation()), chunks)
    dice, kept = np.random.default_rng(1), chunks.copy()
    first, second = (perturbed(chunks, dice, Perturbation(1.0, 1.0, 1.0)) for _ in range(2))
    assert not np.allclose(first, second)
    assert np.array_equal(chunks, kept)


def test_a_hidden_stretch_is_the_mean_of_its_chunk_and_the_rest_stays():
    chunks = np.random.default_rng(2).normal(0, 10, (8, 90, BINS)).astype(np.float32)
    changed = perturbed(chunks, np.random.default_rng(5), Perturbation(masked=1.0))
    for before, after in zip(chunks, changed, strict=True):
        hidden = np.flatnonzero((before != after).any(axis=1))
        assert 1 <= len(hidden) <= 20
        assert list(hidden) == list(range(hidden[0], hidden[-1] + 1))
        assert after[hidden] == pytest.approx(np.tile(before.mean(axis=0), (len(hidden), 1)))
