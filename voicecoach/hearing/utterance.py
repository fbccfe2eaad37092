"""What the listening path remembers of the speech going on, and of all it has heard."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicecoach.hearing.voice import SILENCE_DB


@dataclass(slots=True)
class Utterance:
    """What is known about the speech going on."""

    began: float
    """Session time of its onset, or of the last call that rose out of it."""
    chunks: list[bytes] = field(default_factory=list)
    """Everything given to the recogniser since its last fresh start."""
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


@dataclass(slots=True)
class Tally:
    """What the path has done, for the bench and for ``hear``."""

    seconds: float = 0.0
    """Seconds of sound heard."""
    utterances: int = 0
    """Stretches of voice."""
    decoded: float = 0.0
    """Seconds of sound given to the recogniser, those given again after a look included."""
