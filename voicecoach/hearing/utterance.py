"""What the listening path remembers of the speech going on, and of all it has heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from voicecoach.hearing.voice import SILENCE_DB

_PAUSE = (2, 3)
"""Steps of a pause that are kept, at its beginning and at its end: a recogniser takes a long one for the end."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an utterance between two pauses."""

    chunks: tuple[bytes, ...]
    """Its sound, and what is kept of the pause after it."""
    voiced: int
    """Steps with voice in it."""


@dataclass(slots=True)
class Utterance:
    """What is known about the speech going on."""

    began: float
    """Session time of its onset, or of the last call that rose out of it."""
    chunks: list[bytes] = field(default_factory=list)
    """Everything given to the recogniser since its last fresh start."""
    repeated: int = 0
    """How many of ``chunks`` came before that start, so that the first sound survives."""
    aside: tuple[Piece, ...] = ()
    """What was put aside at the last fresh starts, oldest first."""
    voiced: int = 0
    """Steps with voice since the last fresh start."""
    loudest: float = SILENCE_DB
    """Level of its loudest step."""
    quiet: int = 0
    """Quiet steps since the last voice."""
    steps: int = 0
    """Steps since its onset."""
    text: str = ""
    """The last partial result."""
    held: int = 0
    """Looks in a row that showed ``text``."""
    flushed: str | None = None
    """What the recogniser made of ``chunks``, when it has been flushed since the last voice."""
    asked: bool = False
    """A second opinion on its refusal was asked for since the last voice."""
    doubted: str = ""
    """The partial result that a second opinion refused; it is not asked about the same words again."""
    spent: bool = False
    """It has led to a command."""
    ducked: bool = True
    """The coach's voice is lowered for it."""

    MOST_ASIDE = 2
    """Pieces that are kept: a phrase of more than three is no phrase any more."""

    def put_aside(self) -> None:
        """Keep what has been heard since the last fresh start, before the next one."""
        heard = self.chunks[self.repeated :]
        cut = slice(len(heard) - max(self.quiet - _PAUSE[0], _PAUSE[1]), len(heard) - _PAUSE[1])
        del heard[cut]
        self.aside = (*self.aside, Piece(tuple(heard), self.voiced))[-self.MOST_ASIDE :]

    def together(self, longest: int) -> Iterator[Piece]:
        """What was put aside with what has been heard since, as one: most pieces first, up to so many steps."""
        for first in range(len(self.aside)):
            pieces = self.aside[first:]
            chunks = (*chain.from_iterable(piece.chunks for piece in pieces), *self.chunks[self.repeated :])
            if len(chunks) <= longest:
                yield Piece(chunks, sum(piece.voiced for piece in pieces) + self.voiced)


@dataclass(slots=True)
class Tally:
    """What the path has done, for the bench and for ``hear``."""

    seconds: float = 0.0
    """Seconds of sound heard."""
    utterances: int = 0
    """Stretches of voice."""
    decoded: float = 0.0
    """Seconds of sound given to the recogniser, those given again after a look included."""
