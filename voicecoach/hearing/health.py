"""Whether the microphone can be trusted: dead, muted, clipping, too noisy, running at the wrong rate. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from voicecoach.hearing.voice import level_db

Fault = Literal["gone", "muted", "faint", "clipping", "noisy", "rate", "listener"]

SENTENCES: dict[Fault, str] = {
    "gone": "I have lost the microphone. Plug it in again, or use the keyboard.",
    "muted": "The microphone is muted, or this program is not allowed to use it. Unmute it, or use the keyboard.",
    "faint": "I hear next to nothing. Turn the microphone up, or use the keyboard.",
    "clipping": "The microphone is overloaded. Turn it down or move it away.",
    "noisy": "It is too noisy for me to hear you. Move the microphone closer, or use the keyboard.",
    "rate": "The microphone runs at the wrong speed. Unplug it and plug it in again, or use the keyboard.",
    "listener": "I stopped listening and am starting again. Until I say so, use the keyboard.",
}
"""What the trainee is told; each fault has its own sentence."""
WELL = "I can hear you again."
"""Said when a fault is over."""
WELL_THROUGH = "I can hear you now, through {microphone}."
"""Said when another microphone than before is heard."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fault began or is over."""

    fault: Fault
    """Which."""
    ok: bool
    """False when it began."""

    @property
    def sentence(self) -> str:
        """One sentence for the ears."""
        return WELL if self.ok else SENTENCES[self.fault]


@dataclass(frozen=True, slots=True)
class Limits:
    """When a fault begins; levels in dB below full scale, times in seconds."""

    window: float = 1.0
    """Seconds of sound judged at a time."""
    muted: float = -90.0
    """A window at or under this level holds digital silence."""
    faint: float = -78.0
    """A quiet room through a working microphone is louder than this."""
    noisy: float = -26.0
    """A room whose quietest tenth of a second is louder than this drowns a voice."""
    clipped: float = 0.005
    """Share of samples at full scale that spoils words."""
    windows_muted: int = 3
    """Windows in a row before it is said; doubled each time that sound came back by itself, because a microphone with a
    noise gate is digitally silent between words."""
    windows_muted_most: int = 60
    """Where that doubling ends."""
    windows_faint: int = 15
    """Windows in a row before it is said: a gated microphone is silent between words."""
    windows_clipping: int = 3
    """Windows in a row before it is said: one clap is no fault."""
    windows_noisy: int = 10
    """Windows in a row before it is said: a dropped plate is no fault."""
    windows_well: int = 2
    """Good windows in a row before a fault counts as over."""
    rate_off: float = 0.08
    """Relative difference between samples expected and samples delivered that is a wrong rate."""
    rate_after: float = 6.0
    """Seconds over which the rate is measured."""
    windows_rate: int = 2
    """Measurements in a row before it is said: a sound server begins with what it has held back."""


class SoundHealth:
    """Judges what the microphone delivers, a window at a time."""

    def __init__(self, rate: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._size = int(rate * self._limits.window)
        self._window: list[npt.NDArray[np.int16]] = []
        self._length = 0
        self._runs: dict[Fault, int] = {}
        self._well = 0
        self._muted_after = self._limits.windows_muted
        self.fault: Fault | None = None

    def feed(self, samples: npt.NDArray[np.int16]) -> Iterator[Change]:
        """Take mono samples at the device's rate; yields what changed."""
        self._window.append(samples)
        self._length += len(samples)
        if self._length >= self._size:
            window = np.concatenate(self._window)
            self._window, self._length = [], 0
            yield from self._judge(window)

    def _judge(self, window: npt.NDArray[np.int16]) -> Iterator[Change]:
        seen = self._fault_in(window)
        if self._runs.get("muted", 0) and seen != "muted":
            self._muted_after = min(2 * self._muted_after, self._limits.windows_muted_most)
        self._runs = {seen: self._runs.get(seen, 0) + 1} if seen else {}
        self._well = 0 if seen else self._well + 1
        if self.fault is not None and self._well >= self._limits.windows_well:
            yield Change(self.fault, ok=True)
            self.fault = None
        if seen is not None and seen != self.fault and self._runs[seen] >= self._patience(seen):
            self.fault = seen
            yield Change(seen, ok=False)

    def _fault_in(self, window: npt.NDArray[np.int16]) -> Fault | None:
        limits = self._limits
        tenths = [level_db(part) for part in np.array_split(window, 10)]
        loudest = max(tenths)
        if loudest <= limits.muted:
            return "muted"
        if loudest <= limits.faint:
            return "faint"
        if float(np.mean(np.abs(window.astype(np.int32)) >= 32_700)) >= limits.clipped:  # noqa: PLR2004 - full scale
            return "clipping"
        return "noisy" if min(tenths) >= limits.noisy else None

    def _patience(self, fault: Fault) -> int:
        limits = self._limits
        return {
            "muted": self._muted_after,
            "faint": limits.windows_faint,
            "clipping": limits.windows_clipping,
            "noisy": limits.windows_noisy,
        }.get(fault, 1)


class RateHealth:
    """Compares the samples that arrived with the time that passed.

    A Bluetooth headset that changes its profile under an open stream goes on delivering, at another speed.
    """

    def __init__(self, rate: int, limits: Limits | None = None) -> None:
        self._rate, self._limits = rate, limits or Limits()
        self._began: float | None = None
        self._samples = self._off = 0
        self.wrong = False
        """The rate was wrong when it was last measured."""

    def restart(self) -> None:
        """The device was opened again: what was missing meanwhile does not count."""
        self._began = None
        self._samples = self._off = 0

    def feed(self, count: int, now: float) -> Change | None:
        """``count`` samples came, the last of them at ``now`` seconds; a Change when the rate goes wrong or right."""
        if self._began is None:
            self._began = now
            return None
        self._samples += count
        passed = now - self._began
        if passed < self._limits.rate_after:
            return None
        measured = self._samples / passed
        self._began, self._samples = now, 0
        off = abs(measured / self._rate - 1) > self._limits.rate_off
        self._off = self._off + 1 if off else 0
        before, self.wrong = self.wrong, off and (self.wrong or self._off >= self._limits.windows_rate)
        return None if self.wrong == before else Change("rate", ok=not self.wrong)


class Restarts:
    """How often a listener that dies is started again, and what is said of it: each trouble once, each end once."""

    def __init__(self, first: float = 1.0, longest: float = 60.0, steady: float = 5.0) -> None:
        """Wait ``first`` seconds, then twice as long each time, up to ``longest``.

        ``steady`` seconds of sound without dying count as well, and ten times as many bring back the first pause.
        """
        self._first, self._longest, self._steady = first, longest, steady
        self._heard = 0.0
        self.pause = first
        """Seconds before it is started again."""
        self.down = False
        """It died, and has not been well since."""

    def fell(self) -> tuple[float, Change | None]:
        """It died: seconds to wait, and what there is to say."""
        pause = self.pause
        self.pause = min(2 * pause, self._longest)
        self._heard = 0.0
        news = None if self.down else Change("listener", ok=False)
        self.down = True
        return pause, news

    def heard(self, seconds: float) -> Change | None:
        """So much sound was heard through; a Change where it counts as well again."""
        self._heard += seconds
        if self._heard >= 10 * self._steady:
            self.pause = self._first
        if not self.down or self._heard < self._steady:
            return None
        self.down = False
        return Change("listener", ok=True)
