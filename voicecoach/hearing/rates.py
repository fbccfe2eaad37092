"""Whatever a device or file delivers becomes mono 16-bit samples at 16 kHz."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from voicecoach.hearing.recogniser import RATE

Samples = npt.NDArray[np.int16]
"""Mono samples at 16 kHz, shape (n,)."""
SLOWEST = 4_000
"""Lowest rate in Hz that can hold intelligible speech."""


class Resampler:
    """Streams blocks of shape (frames,) or (frames, channels) at a fixed rate into mono 16 kHz.

    The band-limited stream filter adds a few milliseconds of delay, which ``flush`` gives back at the end.
    """

    def __init__(self, rate: int) -> None:
        if rate < SLOWEST:
            raise ValueError(f"{rate} Hz is too slow for speech")
        self.rate = rate
        self._stream: Any = None
        if rate != RATE:
            import soxr  # noqa: PLC0415 - native; not needed where the device runs at 16 kHz

            self._stream = soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="MQ")

    def feed(self, block: npt.NDArray[Any], last: bool = False) -> Samples:
        """The 16 kHz samples that this block completes; int16 input keeps its scale, float input is -1 to 1."""
        whole = np.issubdtype(block.dtype, np.integer)
        if block.dtype == np.int16 and block.ndim == 1 and self._stream is None:
            return block
        mono = block.astype(np.float32)
        if mono.ndim > 1:
            mono = mono.mean(axis=1)
        if not whole:
            mono = mono * np.float32(32767)
        if self._stream is not None:
            mono = self._stream.resample_chunk(mono, last=last)
        return np.clip(np.rint(np.nan_to_num(mono)), -32768, 32767).astype(np.int16)

    def flush(self) -> Samples:
        """What is still inside the filter."""
        if self._stream is None:
            return np.zeros(0, np.int16)
        return self.feed(np.zeros(0, np.float32), last=True)
