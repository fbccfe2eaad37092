"""Changes the features of every chunk while the network learns from it: another throat, hidden bands, hidden stretches.

Copies of recordings (``training.augment``) are made once and seen in every pass; what is changed here is new each time,
so that training by the same few speakers goes on teaching something other than these speakers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from training.config import Perturbation
from training.nnet3 import FEATURES

Floats = npt.NDArray[np.float32]
BINS = FEATURES
"""Mel bins, and cepstra: as many, so nothing of the bins is lost."""
_LIFTER = 22.0
_LOWEST, _HIGHEST = 20.0, 7600.0
"""Hz; this and the lifter are Kaldi's defaults and the model's ``mfcc.conf``."""
_TRACTS = (0.84, 1.19)
"""Shortest and longest throat, as a share of the speaker's own."""
_WIDEST = 7
"""Mel bins of a hidden band at most."""
_LONGEST = 20
"""Frames of 10 ms of a hidden stretch at most."""


def perturbed(chunks: Floats, dice: np.random.Generator, settings: Perturbation) -> Floats:
    """Changed cepstra of the same shape, (chunks, frames, 40); what is hidden is the chunk's mean instead."""
    changed = np.empty_like(chunks)
    for number, chunk in enumerate(chunks):
        mean = chunk.mean(axis=0)
        if dice.random() < settings.tracts:
            throat = of_tract(dice.uniform(*_TRACTS))
            chunk, mean = chunk @ throat.T, throat @ mean  # noqa: PLW2901 - the same chunk, of another speaker
        if dice.random() < settings.bands:
            width = int(dice.integers(1, _WIDEST + 1))
            hidden = of_band(int(dice.integers(BINS - width + 1)), width)
            chunk = chunk - (chunk - mean) @ hidden.T  # noqa: PLW2901 - as above
        changed[number] = chunk
        if dice.random() < settings.masked:
            start, length = int(dice.integers(len(chunk))), int(dice.integers(3, _LONGEST + 1))
            changed[number, start : start + length] = mean
    return changed


def of_tract(length: float) -> Floats:
    """The matrix, (40, 40), that cepstra are multiplied by to be of a vocal tract so much as long as it was.

    Its resonances lie ``1 / length`` as high. Between the mel bins their spectrum is what the cosines of the cepstra
    say, and above the highest frequency it stays what it is there.
    """
    centres = np.linspace(_mel(_LOWEST), _mel(_HIGHEST), BINS + 2)[1:-1]
    heard = _mel(np.clip(_hertz(centres) * length, _LOWEST, _HIGHEST))
    spacing = centres[1] - centres[0]
    at = np.clip((heard - centres[0]) / spacing, 0, BINS - 1)
    return _between(_cosines(at))


def of_band(first: int, width: int) -> Floats:
    """The matrix, (40, 40), that keeps only what ``width`` mel bins from ``first`` on add to cepstra."""
    cosines = _cosines(np.arange(BINS, dtype=np.float64))
    cosines[:first] = cosines[first + width :] = 0
    return _between(cosines)


def _between(cosines: npt.NDArray[np.float64]) -> Floats:
    """From cepstra to mel bins by ``cosines`` and back."""
    lifter = 1 + _LIFTER / 2 * np.sin(np.pi * np.arange(BINS) / _LIFTER)
    back = _cosines(np.arange(BINS, dtype=np.float64)).T
    return np.asarray(lifter[:, None] * (back @ cosines) / lifter, np.float32)


def _cosines(at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Kaldi's orthonormal cosine transform, read at places that may lie between mel bins: shape (places, 40)."""
    order = np.arange(BINS)
    scale = np.where(order == 0, np.sqrt(1 / BINS), np.sqrt(2 / BINS))
    return np.asarray(scale * np.cos(np.pi * order * (at[:, None] + 0.5) / BINS))


def _mel(hertz: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    return np.asarray(1127 * np.log(1 + np.asarray(hertz) / 700))


def _hertz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(700 * (np.exp(mel / 1127) - 1))
