"""Keeps the last seconds of what went to the device, by sample, for whoever has to know what the speaker played."""

from __future__ import annotations

import numpy as np

from voicecoach.speaking.clip import Samples

KEPT_S = 4.0
"""Seconds kept."""


class Tap:
    """A ring of samples at their position on the mixer's clock.

    One thread writes, without a lock and without making anything; others read. What a reader could get torn, the
    oldest samples, is four seconds behind what anybody asks for.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        """Samples per second."""
        self._ring: Samples = np.zeros(round(KEPT_S * rate), dtype=np.float32)
        self._end = 0

    def write(self, block: Samples, start: int) -> None:
        """Take the samples from position ``start`` on; after a jump of the clock what was kept is gone."""
        if start != self._end:
            self._ring.fill(0)
        size = len(self._ring)
        at = start % size
        first = min(len(block), size - at)
        self._ring[at : at + first] = block[:first]
        self._ring[: len(block) - first] = block[first:]
        self._end = start + len(block)

    def read(self, start: int, count: int) -> Samples:
        """``count`` samples from a position on; zeros where they are no longer or not yet there."""
        positions = np.arange(start, start + count)
        there = (positions < self._end) & (positions >= self._end - len(self._ring))
        return np.where(there, self._ring[positions % len(self._ring)], np.float32(0))
