"""Between the device and the listening path: blocks become mono 16 kHz samples, and their health is watched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicecoach.hearing.health import Change, RateHealth, SoundHealth
from voicecoach.hearing.rates import Resampler, Samples
from voicecoach.hearing.recogniser import RATE
from voicecoach.hearing.tuning import CHUNK


@dataclass(frozen=True, slots=True)
class Format:
    """How a device delivers."""

    rate: int
    """Samples per second and channel."""
    channels: int
    """Channels, interleaved."""


@dataclass(frozen=True, slots=True)
class Block:
    """What the audio thread hands over."""

    data: bytes
    """Interleaved 16-bit samples."""
    at: float
    """Monotonic time at which they came."""
    format: Format
    """Of the device that delivered it: another one may be open by the time it is looked at."""


class FrontEnd:
    """Takes the blocks of one opened device."""

    def __init__(self, form: Format, *, wrong_rate: bool = False) -> None:
        """``wrong_rate``: the device was last said to run at the wrong rate, and nothing else since."""
        self.format = form
        """The only one it takes."""
        self._resampler = Resampler(form.rate)
        self._sound, self._speed = SoundHealth(form.rate), RateHealth(form.rate)
        self._speed.wrong = wrong_rate
        self._begun = False

    @property
    def wrong_rate(self) -> bool:
        """Whether the rate was wrong when it was last measured."""
        return self._speed.wrong

    def reopened(self) -> None:
        """The same device was opened again."""
        self._speed.restart()

    def feed(self, block: Block) -> tuple[Samples, list[Change]]:
        """The samples of a block, and what changed about the microphone; "well" only once nothing is wrong."""
        frames = np.frombuffer(block.data, np.int16).reshape(-1, self.format.channels)
        mono = frames[:, 0] if self.format.channels == 1 else np.rint(frames.mean(axis=1)).astype(np.int16)
        changes = list(self._sound.feed(mono))
        speed = self._speed.feed(len(mono), block.at)
        if speed is not None:
            changes.append(speed)
        ill = self._sound.fault is not None or self._speed.wrong
        samples = self._resampler.feed(mono)
        if not self._begun:
            self._begun = True
            samples = self._filled_up(samples, len(mono))
        return samples, [change for change in changes if not (change.ok and ill)]

    def _filled_up(self, samples: Samples, count: int) -> Samples:
        """The first samples, of a block of ``count``: where blocks are whole steps, so is what is made of each.

        What the filter holds back is silence before the first sample.
        """
        steps, rest = divmod(count * RATE, self.format.rate * CHUNK)
        held = steps * CHUNK - len(samples)
        return samples if rest or held <= 0 else np.concatenate([np.zeros(held, np.int16), samples])
