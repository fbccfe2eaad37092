"""A mouth without a device: keeps time as a speaking one would, while the screen shows the words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from voicecoach.coach.commands import Hush, Say, Tone, Unsay, Volume
from voicecoach.speaking.silent import estimate_seconds


class PrintedMouth:
    """Implements ``ports.Mouth`` in real time where no sound device can be opened."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._start = monotonic()

    def now(self) -> float:
        """Seconds since it was made."""
        return self._monotonic() - self._start

    def seconds_of(self, text: str) -> float:
        """About as long as a voice would take: time to read it."""
        return estimate_seconds(text)

    def prepare(self, texts: Iterable[str]) -> None:
        """Nothing to render."""

    def say(self, say: Say) -> None:
        """The screen shows it."""

    def unsay(self, unsay: Unsay) -> None:
        """Nothing was scheduled."""

    def hush(self, hush: Hush) -> None:
        """Silent already."""

    def tone(self, tone: Tone) -> None:
        """Nothing to hear it with."""

    def duck(self, on: bool) -> None:
        """Nothing to lower."""

    def set_volume(self, volume: Volume) -> None:
        """Nothing to turn."""

    def playing(self) -> tuple[str, ...]:
        """Nothing sounds, so nothing can be mistaken for the trainee."""
        return ()

    def close(self) -> None:
        """Nothing to free."""
