"""When each phone is spoken: at first by an even division of the speech, later by the network's own best path."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from training.clips import RATE, STEP, Aligned, Clip, Segment, Sound, read_sound
from training.config import Config
from training.export import AcousticModel
from training.features import mfcc
from training.network import log_outputs
from training.phones import ENGLISH, SILENCE, PhoneSet

Pronunciations = Sequence[Sequence[Sequence[str]]]
"""For each word its pronunciations, each a sequence of phones."""
_IMPOSSIBLE = -1e30
_TINY = 1e-12
_PEAK = 6000
"""Of a clip, as 16-bit samples, when its phones are looked for."""
_QUIET = 30.0
"""Decibels under a clip's loudest step at which nothing is said any more."""


def aligned_clip(config: Config, model: AcousticModel | None, clip: Clip, said: Pronunciations) -> Aligned | None:
    """A clip with the times of its phones, by the model or, without one, evenly divided.

    None for one too short for its words, and for a person's in training that does not say them (``people.fits``).
    """
    sound = read_sound(config.folder / clip.path)
    if model is None:
        return Aligned(clip, divided_evenly(sound, said))
    loud = sound * (_PEAK / (np.abs(sound).max() + 1))
    outputs = np.exp(log_outputs(model.layers, mfcc(loud)).astype(np.float64))
    said_alone, priors = (model.phones.summed(each) for each in (outputs, model.priors.astype(np.float64)))
    scores = np.log(said_alone + _TINY) - np.log(priors)
    segments = best_path(scores, Chain(said, ENGLISH))
    if segments is None:
        return None
    wrong = clip.kind == "person" and not clip.dev and fit(scores, segments, ENGLISH) < config.people.fits
    return None if wrong else Aligned(clip, segments)


def divided_evenly(sound: Sound, pronunciations: Pronunciations) -> tuple[Segment, ...]:
    """The first pronunciations, spread over what is not quiet. The start of training from nothing."""
    size = int(RATE * STEP)
    steps = max(1, len(sound) // size)
    power = np.array([float(np.mean(np.square(sound[i * size : (i + 1) * size]))) + 1 for i in range(steps)])
    loud = np.flatnonzero(10 * np.log10(power / power.max()) > -_QUIET)
    first, last = int(loud[0]), int(loud[-1]) + 1
    phones = [phone for word in pronunciations for phone in word[0]]
    bounds = np.linspace(first, max(last, first + len(phones)), len(phones) + 1).astype(int)
    segments = [Segment(SILENCE, 0, first)] if first else []
    segments += [Segment(p, int(a), int(b - a)) for p, a, b in zip(phones, bounds[:-1], bounds[1:], strict=True)]
    if steps > bounds[-1]:
        segments.append(Segment(SILENCE, int(bounds[-1]), int(steps - bounds[-1])))
    return tuple(segments)


class Chain:
    """The ways through an utterance: words in order, any of their pronunciations, silence wherever wanted."""

    def __init__(self, pronunciations: Pronunciations, phones: PhoneSet) -> None:
        self.names: list[str] = []
        self.before: list[list[int]] = []
        """For each state those it can be entered from; -1 is the start."""
        ends = [-1]
        for word in pronunciations:
            entries = [*ends, self._add(SILENCE, ends)]
            ends = []
            for pronunciation in word:
                last = entries
                for phone in pronunciation:
                    last = [self._add(phone, last)]
                ends += last
        self.final = [*ends, self._add(SILENCE, ends)]
        pdfs = [phones.pdfs(name) for name in self.names]
        self.entering = np.array([first for first, _ in pdfs])
        self.staying = np.array([rest for _, rest in pdfs])

    def _add(self, name: str, before: Sequence[int]) -> int:
        self.names.append(name)
        self.before.append(list(before))
        return len(self.names) - 1


def best_path(scores: npt.NDArray[np.float32], chain: Chain) -> tuple[Segment, ...] | None:
    """Viterbi over log scores of shape (steps, pdfs); None where the clip is too short for its words."""
    count = len(chain.names)
    table = np.array([[q >= 0 and q in before for q in range(count)] for before in chain.before])
    total = np.full(count, _IMPOSSIBLE)
    starts = [state for state, before in enumerate(chain.before) if -1 in before]
    total[starts] = scores[0, chain.entering[starts]]
    back = np.zeros((len(scores), count), np.int32)
    for step in range(1, len(scores)):
        entered = np.where(table, total[None, :], _IMPOSSIBLE)
        come_from = entered.argmax(axis=1)
        moved = entered[np.arange(count), come_from] + scores[step, chain.entering]
        stayed = total + scores[step, chain.staying]
        total = np.maximum(moved, stayed)
        back[step] = np.where(moved > stayed, come_from, np.arange(count))
    end = max(chain.final, key=lambda state: float(total[state]))
    if total[end] <= _IMPOSSIBLE / 2:
        return None
    path = [end]
    for step in range(len(scores) - 1, 0, -1):
        path.append(int(back[step, path[-1]]))
    segments, at = [], 0
    for state, run in groupby(reversed(path)):
        length = len(list(run))
        segments.append(Segment(chain.names[state], at, length))
        at += length
    return tuple(segments)


def fit(scores: npt.NDArray[np.float32], segments: Sequence[Segment], phones: PhoneSet) -> float:
    """How far the speech of an alignment lies under the likeliest pdf of each step, as a mean: 0 at the best.

    ``scores`` are those that ``best_path`` was given. A recording that says something else than was aligned with it
    lies far below.
    """
    under, steps = 0.0, 0
    for segment in segments:
        if segment.phone == SILENCE:
            continue
        own = np.full(segment.frames, phones.pdfs(segment.phone)[1])
        own[0] = phones.pdfs(segment.phone)[0]
        held = scores[segment.start : segment.start + segment.frames]
        under += float((held[np.arange(len(held)), own[: len(held)]] - held.max(axis=1)).sum())
        steps += len(held)
    return under / max(1, steps)
