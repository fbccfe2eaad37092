"""Finds a voice that rises over other speech: "stop" called over the coach's own voice, a radio, somebody talking.

While speech goes on the recogniser takes it all for one utterance, in which a called word is lost. The trainee is
nearer to the microphone than whatever else speaks, so the call stands out of it; it is cut out here, to be heard by
itself.
"""

from __future__ import annotations

import statistics
from collections import deque
from dataclasses import dataclass

from voicecoach.hearing.tuning import CHUNK_SECONDS

_STEPS_PER_SECOND = round(1 / CHUNK_SECONDS)


@dataclass(frozen=True, slots=True)
class ShoutLimits:
    """When a rise of the level counts; steps are of 32 ms."""

    rise: float = 5.0
    """dB over what went on before."""
    fall: float = 6.0
    """dB under its loudest step at which a word may be over."""
    fallen: int = 3
    """Steps it has to stay there."""
    lead: int = 8
    """Steps before the rise that belong to it."""
    longest: int = 45
    """Steps after which it was no call."""
    before: int = 40
    """Steps that say what went on before."""
    enough: int = 20
    """Steps of that which are needed: inside a single word the level rises too."""


class Shout:
    """Fed with every step of an utterance; gives the steps of a call whenever it may be over."""

    def __init__(self, limits: ShoutLimits | None = None) -> None:
        self._limits = limits or ShoutLimits()
        self._before: deque[float] = deque(maxlen=self._limits.before)
        self._lead: deque[bytes] = deque(maxlen=self._limits.lead)
        self._call: list[bytes] = []
        self._loudest = 0.0
        self._lead_length = 0
        self._low = 0

    @property
    def rising(self) -> bool:
        """Whether a call has just begun."""
        return len(self._call) == self._lead_length + 1

    def feed(self, data: bytes, level: float) -> list[bytes] | None:
        """Take a step with its level in dB; returns the call so far when the level has fallen after a rise."""
        limits = self._limits
        if self._call and level >= self._loudest + limits.rise:
            self._lead.extend(self._call)  # a call over what was itself taken for one
            self._begin(data, level)
            return None
        if not self._call:
            if len(self._before) >= limits.enough and level >= self._usual() + limits.rise:
                self._begin(data, level)
            else:
                self._before.append(level)
                self._lead.append(data)
            return None
        self._call.append(data)
        self._loudest = max(self._loudest, level)
        self._low = self._low + 1 if level <= self._loudest - limits.fall else 0
        call = list(self._call) if self._low == limits.fallen else None
        if len(self._call) >= limits.longest or self._low >= _STEPS_PER_SECOND // 2:
            self.forget()
        return call

    def _begin(self, data: bytes, level: float) -> None:
        self._lead_length = len(self._lead)
        self._call, self._loudest, self._low = [*self._lead, data], level, 0

    def forget(self) -> None:
        """Wait for the next rise."""
        self._call = []
        self._lead.clear()

    def _usual(self) -> float:
        """The level that went on before: the louder half of it, because speech has gaps."""
        return statistics.quantiles(self._before, n=4)[2]
