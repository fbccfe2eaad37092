"""Short stretches of longer recordings, between two pauses: what people say in so many words, in the flow of speech.

``training.trials`` makes commands of them: few sources have short phrases by themselves.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

import numpy as np

from training.align import Pronunciations
from training.clips import RATE, STEP, Aligned, Segment, Sound
from training.phones import SILENCE

_SAMPLES = round(STEP * RATE)
PAUSE = 5
"""Steps of 30 ms that a pause has at least."""
AROUND = 0.2
"""Seconds of a pause that stay on either side, and of quiet that is put around them."""


def excerpts(one: Aligned, said: Pronunciations, sound: Sound, lengths: Container[int]) -> Iterator[tuple[str, Sound]]:
    """Words and sound of every stretch of so many words between two pauses of at least 150 ms.

    ``said`` are the pronunciations of the words of the clip's text, of which the alignment has one each.
    """
    words = one.clip.text.split()
    ends = _word_ends([s.phone for s in one.segments if s.phone != SILENCE], said)
    if ends is None:
        return
    done = phones = 0
    for first, last, before, after in _stretches(one.segments):
        phones += sum(s.phone != SILENCE for s in one.segments[first:last])
        if phones not in ends:
            return  # a pause within a word: the alignment has failed
        count = ends.index(phones) + 1
        if count - done in lengths:
            begin = one.segments[first].start * _SAMPLES - min(int(AROUND * RATE), before * _SAMPLES // 2)
            end = one.segments[last - 1]
            until = (end.start + end.frames) * _SAMPLES + min(int(AROUND * RATE), after * _SAMPLES // 2)
            quiet = np.zeros(int(AROUND * RATE), sound.dtype)
            yield " ".join(words[done:count]), np.concatenate([quiet, sound[max(0, begin) : until], quiet])
        done = count


def _stretches(segments: Sequence[Segment]) -> Iterator[tuple[int, int, int, int]]:
    """First segment, the one after the last, and the steps of the pauses before and after."""
    pauses = [n for n, s in enumerate(segments) if s.phone == SILENCE and s.frames >= PAUSE]
    for before, after in pairwise(pauses):
        if after > before + 1:
            yield before + 1, after, segments[before].frames, segments[after].frames


def _word_ends(phones: Sequence[str], said: Pronunciations) -> list[int] | None:
    """How many phones are said by the end of each word; None where the phones are not these words."""
    reached: dict[int, list[int]] = {0: []}
    for ways in said:
        reached = {
            at + len(way): [*ends, at + len(way)]
            for at, ends in reached.items()
            for way in ways
            if tuple(phones[at : at + len(way)]) == tuple(way)
        }
    return reached.get(len(phones))
