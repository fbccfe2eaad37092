"""The session clock: samples handed to the device, made smooth, and going on when there is no device."""

from __future__ import annotations

import threading
import time

_SMOOTH = 64  # blocks of 10 ms: jitter evens out within a second, the drift of the device's crystal is followed
_SETTLED = 100
_PAUSE_S = 0.004  # the first fill comes block on block

STALL_S = 0.8
"""Seconds without a callback after which the device counts as lost: unplugging raises nothing, callbacks just stop."""
FIRST_STALL_S = 3.0
"""The same within the first second of a stream: Bluetooth and sound servers take their time to begin."""


class SampleClock:
    """Seconds since it was made.

    A device asks for samples in bursts, so position over time is a staircase; what is told is a slow average through
    it. ``tick`` is called by the audio callback and takes no lock; the rest may be called by any thread.
    """

    def __init__(self) -> None:
        self._offset = -time.monotonic()
        self._rate = 1
        self._ticks = 0
        self._last_tick = time.monotonic()
        self._told = 0.0
        self._lock = threading.Lock()

    def restart(self, rate: int) -> None:
        """A stream of ``rate`` Hz is about to start; it carries on from the present time."""
        self._rate = rate
        self._ticks = 0
        self._last_tick = time.monotonic()

    def tick(self, position: int) -> None:
        """The device has taken all samples before ``position``."""
        now = time.monotonic()
        self._ticks += 1
        ahead = position / self._rate - now - self._offset
        if self._ticks > _SMOOTH:
            self._offset += ahead / _SMOOTH
        elif ahead > 0:  # at first the device fills its buffer: what counts is how far ahead that ends up
            self._offset += ahead
        self._last_tick = now

    def now(self) -> float:
        """Seconds; never less than told before."""
        with self._lock:
            self._told = max(self._told, time.monotonic() + self._offset)
            return self._told

    @property
    def stalled(self) -> bool:
        """Whether the device has stopped asking for samples."""
        limit = STALL_S if self._ticks > _SETTLED else FIRST_STALL_S
        return time.monotonic() - self._last_tick > limit

    @property
    def filled(self) -> bool:
        """Whether the device has asked for samples since ``restart``, and has had its first fill of them."""
        return self._ticks > 0 and time.monotonic() - self._last_tick > _PAUSE_S
