"""Joins the beginning of one recording and the end of another, so that no network learns whole words by heart.

People's recordings are of few words, each said by hundreds: a network that has heard "go" a thousand times and no other
word that ends like it hears "joke" as "go". Cut between two phones, the same voices say sounds in orders of no word.
The idea is that of aligned data augmentation (Lam et al. 2021, arXiv 2104.01393), with phones in place of words.
"""

from __future__ import annotations

import numpy as np

from training.clips import RATE, STEP, Aligned, Segment, Sound
from training.phones import SILENCE

_FADE = int(0.004 * RATE)
"""Samples over which either side of a cut fades, so that it does not click."""


def cuts_of(segments: tuple[Segment, ...]) -> list[int]:
    """Indices of the segments in front of which a recording can be cut: between two phones."""
    phones = [segment.phone != SILENCE for segment in segments]
    return [at for at in range(1, len(segments)) if phones[at - 1] and phones[at]]


def spliced(
    one: tuple[Aligned, Sound], other: tuple[Aligned, Sound], dice: np.random.Generator
) -> tuple[Sound, tuple[Segment, ...]]:
    """The one up to a place between two of its phones, then the other from such a place on, as loud as the one.

    The one as it is where either has no such place. Gives samples, and segments with the times of the whole.
    """
    (first, sound), (second, more) = one, other
    ends, starts = cuts_of(first.segments), cuts_of(second.segments)
    if not ends or not starts:
        return sound, first.segments
    end, start = int(dice.choice(ends)), int(dice.choice(starts))
    here, there = first.segments[end].start, second.segments[start].start
    head, tail = sound[: _samples(here)].copy(), more[_samples(there) :].copy()
    if min(len(head), len(tail)) < _FADE:
        return sound, first.segments
    tail *= _loudness(sound) / _loudness(more)
    head[-_FADE:] *= np.linspace(1, 0, _FADE, dtype=np.float32)
    tail[:_FADE] *= np.linspace(0, 1, _FADE, dtype=np.float32)
    moved = [Segment(s.phone, s.start - there + here, s.frames) for s in second.segments[start:]]
    return np.concatenate([head, tail]), (*first.segments[:end], *moved)


def _samples(step: int) -> int:
    return round(step * STEP * RATE)


def _loudness(sound: Sound) -> float:
    """Of the loudest tenth, so that quiet around a word does not count."""
    return float(np.quantile(np.abs(sound), 0.9)) + 1e-3
