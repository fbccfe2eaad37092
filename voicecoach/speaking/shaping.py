"""What the mixer does to samples: the fade, the ducking, the noise that wakes the earbuds, the limit."""

from __future__ import annotations

import numpy as np

from voicecoach.speaking.clip import Samples

FADE_S = 0.020
"""Length of every fade-out: silence is that far from any "stop"."""
DUCK = 10 ** (-12 / 20)
"""Gain of the voice while somebody speaks over it."""

_DUCK_RAMP_S = 0.030
_NOISE = 10 ** (-75 / 20)
_KNEE = 0.8


class Shaper:
    """Tables made once, and the present gain of the voice; used only by the thread that mixes."""

    def __init__(self, rate: int) -> None:
        """``rate`` is in Hz."""
        self.fade_length = round(FADE_S * rate)
        """Samples."""
        self._rate = rate
        self._gain = self._target = 1.0
        self._step = (1.0 - DUCK) / (_DUCK_RAMP_S * rate)
        steps = np.arange(self.fade_length, dtype=np.float32) / self.fade_length
        self._curve = (0.5 + 0.5 * np.cos(np.pi * steps)).astype(np.float32)
        noise = np.random.default_rng(1).standard_normal(rate).astype(np.float32)
        self._noise: Samples = np.concatenate([noise, noise]) * np.float32(_NOISE)

    def duck(self, on: bool) -> None:
        """Begin to lower the voice by 12 dB, or to bring it back, over 30 ms."""
        self._target = DUCK if on else 1.0

    def pass_time(self, samples: int) -> None:
        """Move the ducking on."""
        if self._gain != self._target:
            low, high = sorted((self._gain, self._target))
            self._gain = min(max(self._gain + self._slope() * samples, low), high)

    def voice(self, part: Samples, since_fade: int | None) -> Samples:
        """A piece of the voice, ducked, and faded where its fade began ``since_fade`` samples ago."""
        if self._gain != self._target:
            gains = self._gain + self._slope() * np.arange(len(part), dtype=np.float32)
            part = part * np.clip(gains, DUCK, 1.0)
        elif self._gain != 1.0:
            part = part * np.float32(self._gain)
        return part if since_fade is None else self.faded(part, since_fade)

    def faded(self, part: Samples, since_fade: int) -> Samples:
        """A piece of something whose raised-cosine fade began ``since_fade`` samples ago."""
        return part * self._curve[since_fade : since_fade + len(part)]

    def add_noise(self, out: Samples, position: int) -> None:
        """Add noise at -75 dB, which nobody hears and which keeps amplifiers and Bluetooth links awake."""
        offset = position % self._rate
        for begin in range(0, len(out), self._rate):
            part = out[begin : begin + self._rate]
            part += self._noise[offset : offset + len(part)]

    def _slope(self) -> float:
        """Change of the voice's gain per sample."""
        return self._step if self._target > self._gain else -self._step


def limit(out: Samples) -> None:
    """Bend what is louder than 0.8 towards 1.0, so that a tone on top of a loud word does not crackle."""
    if max(out.max(initial=0), -out.min(initial=0)) <= _KNEE:
        return
    over = np.abs(out) > _KNEE
    bent = _KNEE + (1 - _KNEE) * np.tanh((np.abs(out[over]) - _KNEE) / (1 - _KNEE))
    out[over] = np.sign(out[over]) * bent
