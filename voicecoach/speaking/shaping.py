"""What the mixer does to samples: the fade, the ducking, the noise that wakes the earbuds, the limit."""

from __future__ import annotations

import numpy as np

from voicecoach.speaking.clip import Samples

FADE_S = 0.012
"""Length of every fade-out: silence is that far from any "stop"."""
DUCK = 10 ** (-12 / 20)
"""Gain of the voice while somebody speaks over it."""

_RAMP_S = 0.030
_NOISE = 10 ** (-75 / 20)
_KNEE = 0.8


class _Fader:
    """A gain that glides to where it is turned, so that no turn can be heard as a click."""

    def __init__(self, rate: int) -> None:
        self.level = self.target = 1.0
        self._step = 0.0
        self._ramp = _RAMP_S * rate

    def turn(self, target: float) -> None:
        """Begin to glide; it is over after 30 ms."""
        if target != self.target:
            self.target, self._step = target, (target - self.level) / self._ramp

    def gains(self, samples: int, offset: int = 0) -> Samples | np.float32:
        """Gain of each of the next samples, from ``offset`` after the present one on; one for all while it rests."""
        if self.level == self.target:
            return np.float32(self.level)
        low, high = sorted((self.level, self.target))
        steps: Samples = np.arange(offset, offset + samples, dtype=np.float32)
        gains: Samples = np.clip(np.float32(self.level) + np.float32(self._step) * steps, low, high, dtype=np.float32)
        return gains

    @property
    def steady(self) -> bool:
        """Whether it rests."""
        return self.level == self.target

    def pass_time(self, samples: int) -> None:
        """Glide on."""
        if self.level != self.target:
            low, high = sorted((self.level, self.target))
            self.level = min(max(self.level + self._step * samples, low), high)


class Shaper:
    """Tables made once, and the present gain of the voice; used only by the thread that mixes."""

    def __init__(self, rate: int) -> None:
        """``rate`` is in Hz."""
        self.fade_length = round(FADE_S * rate)
        """Samples."""
        self._rate = rate
        self._ducking, self._volume = _Fader(rate), _Fader(rate)
        steps = np.arange(self.fade_length, dtype=np.float32) / self.fade_length
        self._curve = (0.5 + 0.5 * np.cos(np.pi * steps)).astype(np.float32)
        noise = np.random.default_rng(1).standard_normal(rate).astype(np.float32)
        self._noise: Samples = np.concatenate([noise, noise]) * np.float32(_NOISE)

    def duck(self, on: bool) -> None:
        """Begin to lower the voice by 12 dB, or to bring it back, over 30 ms."""
        self._ducking.turn(DUCK if on else 1.0)

    def set_volume(self, db: float) -> None:
        """Begin to turn what is the coach's own to ``db`` above its own level, over 30 ms."""
        self._volume.turn(10 ** (db / 20))

    @property
    def steady(self) -> bool:
        """Whether neither the ducking nor the volume moves."""
        return self._ducking.steady and self._volume.steady

    def pass_time(self, samples: int) -> None:
        """Move the ducking and the volume on."""
        self._ducking.pass_time(samples)
        self._volume.pass_time(samples)

    def voice(self, part: Samples, since_fade: int | None, *, safety: bool = False) -> Samples:
        """A piece of the voice at its volume, ducked, and faded where its fade began ``since_fade`` samples ago.

        A safety sentence is never turned below its own level.
        """
        volume = self._volume.gains(len(part))
        part = part * (self._ducking.gains(len(part)) * (np.maximum(volume, np.float32(1.0)) if safety else volume))
        return part if since_fade is None else self.faded(part, since_fade)

    def turned(self, part: Samples, offset: int) -> Samples:
        """A piece of a tone at the present volume; it begins ``offset`` samples after the present one."""
        return part * self._volume.gains(len(part), offset)

    def faded(self, part: Samples, since_fade: int) -> Samples:
        """A piece of something whose raised-cosine fade began ``since_fade`` samples ago."""
        return part * self._curve[since_fade : since_fade + len(part)]

    def add_noise(self, out: Samples, position: int) -> None:
        """Add noise at -75 dB, which nobody hears and which keeps amplifiers and Bluetooth links awake."""
        offset = position % self._rate
        for begin in range(0, len(out), self._rate):
            part = out[begin : begin + self._rate]
            part += self._noise[offset : offset + len(part)]


def limit(out: Samples) -> None:
    """Bend what is louder than 0.8 towards 1.0, so that a tone on top of a loud word does not crackle."""
    if max(out.max(initial=0), -out.min(initial=0)) <= _KNEE:
        return
    over = np.abs(out) > _KNEE
    bent = _KNEE + (1 - _KNEE) * np.tanh((np.abs(out[over]) - _KNEE) / (1 - _KNEE))
    out[over] = np.sign(out[over]) * bent
