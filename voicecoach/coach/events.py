"""What can happen to the coach; every room that notices something turns it into one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voicecoach.words.meaning import Meaning

Part = Literal["microphone", "earbuds", "journal", "voice", "kept sound"]
"""What a session depends on, and what it was asked to do beside."""


@dataclass(frozen=True, slots=True)
class Began:
    """The session starts."""

    t: float
    """Seconds on the session clock (the sample clock of the output stream)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The trainee said, or typed, something that was understood."""

    t: float
    """Seconds on the session clock at which the decision fell."""
    phrase: str
    """The words, lower case."""
    meaning: Meaning
    """What they mean."""
    by: Literal["voice", "keyboard"] = "voice"
    """How it came in."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody spoke, and it was no phrase of the table; shown on the screen, never acted on."""

    t: float
    """Seconds on the session clock."""
    phrase: str
    """What the recogniser made of it; may be empty."""
    why: str
    """The rule that refused it, such as ``left-over words``."""


@dataclass(frozen=True, slots=True)
class Woke:
    """A time the coach asked for has come."""

    t: float
    """Seconds on the session clock; equals the time asked for, or later."""
    timer: str
    """Name given in ``Wake``."""


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """A device or file the session depends on broke or came back."""

    t: float
    """Seconds on the session clock."""
    part: Part
    """What it is about."""
    ok: bool
    """False when it broke, True when it works again."""
    sentence: str
    """One sentence for the ears: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C or a closed terminal: end the session, saving it."""

    t: float
    """Seconds on the session clock."""


Event = Began | Heard | NotUnderstood | Woke | HealthChanged | Interrupted
