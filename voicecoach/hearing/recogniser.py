"""Samples in, words out: the port that the hearing path needs, so that decisions can be tested without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

RATE = 16_000
"""Samples per second that every recogniser here takes."""


class Recogniser(Protocol):
    """One utterance at a time: reset, accept…, finish."""

    def limit_to(self, phrases: Sequence[str]) -> None:
        """Hear only these phrases from the next utterance on; ends the present one."""

    def accept(self, samples: bytes) -> None:
        """Take mono 16-bit little-endian samples at 16 kHz."""

    def partial(self) -> str:
        """The words so far, lower case; may change."""

    def finish(self) -> str:
        """The words of the utterance, lower case; whatever was buffered is flushed, so no silence need follow."""

    def reset(self) -> None:
        """Forget the utterance."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the things that an utterance may be."""

    text: str
    """Its words."""
    under: float = 0.0
    """How much less likely than the first, as a natural logarithm."""


class SecondOpinion(Protocol):
    """Hears an utterance again in another way, for the decisions that a closed grammar alone gets wrong."""

    @property
    def knows_talk(self) -> bool:
        """Whether what it hears freely tells everyday talk from a phrase, even before the voice has ended."""

    def freely(self, chunks: Sequence[bytes]) -> str:
        """The words, from the whole vocabulary of the model."""

    def prepare(self, chunks: Sequence[bytes]) -> None:
        """``alternatives`` will be asked about an utterance that begins with these chunks, perhaps: begin now."""

    def alternatives(self, chunks: Sequence[bytes]) -> tuple[Alternative, ...]:
        """What it may be, of the phrases listened for; the likeliest first."""
