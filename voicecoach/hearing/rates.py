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


class Decimator:
    """Keeps every ``factor``-th sample behind a short low-pass filter: 1.5 ms of delay.

    For a live microphone soxr holds back too much: 15 ms at 48 kHz, and up to 30 ms until a block is out, of the time
    between a word and its answer. Flat to 7.3 kHz, 60 dB down from 8.7 kHz; the recogniser listens up to 7.6 kHz.
    """

    def __init__(self, factor: int) -> None:
        half = _REACH * factor
        at = np.arange(-half, half + 1) / factor
        taps = np.sinc(at) * np.kaiser(2 * half + 1, _KAISER)
        self._taps = (taps / taps.sum()).astype(np.float32)
        self._factor = factor
        self._held = np.zeros(half, np.float32)
        self._half = half

    def resample_chunk(self, samples: npt.NDArray[np.float32], last: bool = False) -> npt.NDArray[np.float32]:
        """The samples that this block completes; with ``last`` those still held too."""
        parts = [self._held, samples] + ([np.zeros(self._half, np.float32)] if last else [])
        held = np.concatenate(parts)
        count = max(0, (len(held) - 2 * self._half + self._factor - 1) // self._factor)
        self._held = held[count * self._factor :]
        if not count:
            return np.zeros(0, np.float32)
        whole: npt.NDArray[np.float32] = np.convolve(held, self._taps, "valid")
        return whole[:: self._factor]


_REACH = 24
"""Samples of the filter to either side of one it makes, at the rate it makes them."""
_KAISER = 5.65
"""Shape of its window: 60 dB."""


class Resampler:
    """Streams blocks of shape (frames,) or (frames, channels) at a fixed rate into mono 16 kHz.

    The band-limited stream filter adds 1.5 ms of delay at 32, 48 and 96 kHz and some 15 ms at other rates, which
    ``flush`` gives back at the end.
    """

    def __init__(self, rate: int) -> None:
        if rate < SLOWEST:
            raise ValueError(f"{rate} Hz is too slow for speech")
        self.rate = rate
        self._stream: Any = None
        if rate % RATE == 0 and rate > RATE:
            self._stream = Decimator(rate // RATE)
        elif rate != RATE:
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
        numbers = mono if whole else np.nan_to_num(mono)
        return np.clip(np.rint(numbers), -32768, 32767).astype(np.int16)

    def flush(self) -> Samples:
        """What is still inside the filter."""
        if self._stream is None:
            return np.zeros(0, np.int16)
        return self.feed(np.zeros(0, np.float32), last=True)
