"""Joins the beginning of one recording and the end of another, so that no network learns whole words by heart.

People's recordings are of few words, each said by hundreds: a network that has heard "go" a thousand times and no other
word that ends like it hears "joke" as "go". Cut between two phones, the same voices say sounds in orders of no word.
The idea is that of aligned data augmentation (Lam et al. 2021, arXiv 2104.01393), with phones in place of words.

Sentences that people read out hold all words and hardly a pause, and a command is a word or two between pauses: a
sentence cut into such pieces is many of them.
"""

from __future__ import annotations

import numpy as np

from training.clips import RATE, STEP, Aligned, Segment, Sound
from training.phones import SILENCE

_FADE = int(0.004 * RATE)
"""Samples over which either side of a cut fades, so that it does not click."""
_PIECE = (8, 50)
"""Steps between two pauses put into a sentence, at least and at most: 0.24 to 1.5 seconds."""
_PAUSE = (5, 17)
"""Steps of such a pause."""


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


def paused(one: Aligned, sound: Sound, dice: np.random.Generator) -> tuple[Sound, tuple[Segment, ...]]:
    """A sentence with a pause in every second or so, put between two of its phones; as it is where it is too short."""
    cuts, at = cuts_of(one.segments), int(dice.integers(*_PIECE))
    sounds: list[Sound] = []
    segments: list[Segment] = []
    begun, pauses = 0, 0
    for cut in cuts:
        here = one.segments[cut].start
        if here < at:
            continue
        pause, moved = int(dice.integers(*_PAUSE)), pauses
        segments += _later(one.segments[begun:cut], moved)
        segments.append(Segment(SILENCE, here + moved, pause))
        sounds += [_faded(sound[_samples(one.segments[begun].start) : _samples(here)]), _quiet(pause, sound, dice)]
        begun, pauses, at = cut, pauses + pause, here + int(dice.integers(*_PIECE))
    segments += _later(one.segments[begun:], pauses)
    sounds.append(_faded(sound[_samples(one.segments[begun].start) :]))
    return np.concatenate(sounds), tuple(segments)


def _later(segments: tuple[Segment, ...], steps: int) -> list[Segment]:
    return [Segment(s.phone, s.start + steps, s.frames) for s in segments]


def _faded(sound: Sound) -> Sound:
    size = min(_FADE, len(sound) // 2)
    faded = sound.copy()
    if size:
        slope = np.linspace(0, 1, size, dtype=np.float32)
        faded[:size] *= slope
        faded[-size:] *= slope[::-1]
    return faded


def _quiet(steps: int, sound: Sound, dice: np.random.Generator) -> Sound:
    """As quiet as the quietest tenth of the recording."""
    level = float(np.quantile(np.abs(sound), 0.1))
    return np.asarray(dice.normal(0, level, _samples(steps)), np.float32)


def _samples(step: int) -> int:
    return round(step * STEP * RATE)


def _loudness(sound: Sound) -> float:
    """Of the loudest tenth, so that quiet around a word does not count."""
    return float(np.quantile(np.abs(sound), 0.9)) + 1e-3
