"""What the mixer is given and what it tells: a text with its place on the sample clock, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voicecoach.coach.commands import Kind
from voicecoach.speaking.clip import Samples

LATE_S = 0.080
"""A count that cannot start within this time of its beat is dropped, never queued."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text with its place on the sample clock."""

    id: int
    """Of the ``Say``."""
    text: str
    """The words."""
    kind: Kind
    """Decides who wins."""
    at: int
    """Sample at which it is due."""
    latest: int
    """Last sample at which a count may still start; others wait as long as they must."""
    length: int
    """Samples."""
    samples: Samples | None
    """Mono at the mixer's rate; None where nobody listens and only time matters."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something that happened to an utterance."""

    what: Literal["started", "ended", "cut", "dropped", "hushed"]
    """``cut``: faded out early; ``dropped``: too late or did not fit; ``hushed``: never began because of a hush."""
    utterance: Utterance
    """Which one."""
    at: int
    """Sample."""
