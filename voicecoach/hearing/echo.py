"""Takes the coach's own voice out of the microphone before anything else hears it: for open speakers.

The only module that knows pywebrtc-audio, WebRTC's echo canceller, which is an extra. What was played is known exactly,
sample by sample, from the mouth; the canceller finds the rest of the way, speaker, room and microphone, by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from voicecoach.errors import CoachError
from voicecoach.hearing.rates import Resampler, Samples
from voicecoach.hearing.recogniser import RATE

PACKAGE = "pywebrtc_audio"
FRAME = RATE // 100
"""Samples the canceller takes at a time; anything else it would pad with zeros in the middle of speech."""
AHEAD = 0.03
"""Seconds by which what was played is handed over late: what the device has only just asked for is in the room after
its latency, which is longer, and so no sample is asked for before it is there."""
SLACK = 0.08
"""Seconds by which the clocks of speaker and microphone may have drifted apart before they are laid together anew."""
INSTALL = "pip install 'voicecoach[aec]'"


class Played(Protocol):
    """What went to the speaker, by sample; position 0 is time 0 of the session clock."""

    @property
    def rate(self) -> int:
        """Samples per second."""

    def read(self, start: int, count: int) -> npt.NDArray[np.float32]:
        """Samples from a position on, full scale 1; zeros where none are kept."""


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec(PACKAGE) is not None


class EchoCanceller:
    """Cleans the microphone's samples, block by block, on the session clock.

    ``played`` gives what plays now; it may be another object after the device was opened again.
    """

    def __init__(self, played: Callable[[], Played]) -> None:
        """Raises CoachError where the extra is not installed."""
        try:
            import pywebrtc_audio  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise CoachError("The echo canceller is not installed.", f"{INSTALL}") from error
        self._played = played
        self._native: Any = pywebrtc_audio.EchoCanceller(sample_rate=RATE)
        self._near: Samples = np.zeros(0, np.int16)
        self._far: Samples = np.zeros(0, np.int16)
        self._source: Played | None = None
        self._at = 0.0
        self._resampler = Resampler(RATE)

    def clean(self, samples: Samples, t0: float) -> tuple[Samples, float]:
        """Samples without the coach, and the session time of the first of them; up to 10 ms are kept for the next call.

        ``samples`` are mono at 16 kHz, the first heard at session time ``t0``.
        """
        start = t0 - len(self._near) / RATE
        self._far = np.concatenate([self._far, self._fetch(len(samples), t0)])
        self._near = np.concatenate([self._near, samples])
        whole = len(self._near) - len(self._near) % FRAME
        if not whole:
            return self._near[:0], start
        if len(self._far) < whole:  # the resampler's own delay, once
            self._far = np.concatenate([np.zeros(whole - len(self._far), np.int16), self._far])
        near, self._near = self._near[:whole], self._near[whole:]
        far, self._far = self._far[:whole], self._far[whole:]
        return np.asarray(self._native.process(near, far), dtype=np.int16), start

    def _fetch(self, count: int, t0: float) -> Samples:
        """What was played while ``count`` samples were heard, without a gap to what was fetched before."""
        played = self._played()
        rate = played.rate
        due = (t0 - AHEAD) * rate
        if played is not self._source or abs(due - self._at) > SLACK * rate:
            self._source, self._at, self._resampler = played, due, Resampler(rate)
            self._far = np.zeros(len(self._near), np.int16)
        until = self._at + count * rate / RATE
        block = played.read(round(self._at), round(until) - round(self._at))
        self._at = until
        return self._resampler.feed(block)
