"""What other threads want of the mixer, and what it keeps of what sounds: the text whose turn it is, and tones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voicecoach.speaking.clip import Samples
from voicecoach.speaking.utterance import Utterance


@dataclass(slots=True)
class Turn:
    """What is being said; places are samples on the mixer's clock."""

    utterance: Utterance
    """The text."""
    start: int
    """Its first sample."""
    end: int
    """After its last."""
    fade: int | None = None
    """Where its fade-out began; None while it is whole."""


@dataclass(slots=True)
class Ring:
    """A tone, or a sound from outside; places are samples on the mixer's clock."""

    samples: Samples
    """Mono at the mixer's rate."""
    at: int
    """Its first sample."""
    hushes: bool
    """The coach's own: silenced by a hush, and turned with the volume."""
    latest: int | None
    """Last sample at which it may be asked for; None for any."""
    end: int = 0
    """After its last sample."""
    fade: int | None = None
    """Where its fade-out began."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing another thread wants."""

    what: Literal["speak", "withdraw", "hush", "duck", "volume", "ring", "jump", "wake"]
    """Which of the mixer's ways."""
    utterance: Utterance | None = None
    """To speak."""
    ring: Ring | None = None
    """To mix in."""
    number: int = 0
    """Of the text to withdraw, the sample to jump to, or 1 to duck."""
    db: float = 0.0
    """Volume to turn to."""
