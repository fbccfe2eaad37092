"""What the coach wants done; ``app`` carries each to the room that can do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Kind(IntEnum):
    """Why something is said; a higher one wins where two want the same moment (DESIGN section 3)."""

    PRAISE = 1
    CUE = 2
    BRIEF = 3
    REPLY = 4
    COUNT = 5
    COUNTDOWN = 6
    SAFETY = 7


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text at a time."""

    id: int
    """Unique within the session, rising."""
    text: str
    """The words, variables filled in."""
    kind: Kind
    """Why; counts and countdowns are dropped when they cannot start within 80 ms of ``at``."""
    at: float
    """Seconds on the session clock at which the first sample is due."""
    seconds: float
    """Length the coach reckoned with."""
    marked: str = ""
    """The text with its marks for pauses and emphasis (``words.marks``); empty where it has none."""

    @property
    def aloud(self) -> str:
        """What the voice is given."""
        return self.marked or self.text


@dataclass(frozen=True, slots=True)
class Unsay:
    """Take back a text that has not started yet; harmless when it has."""

    id: int
    """Of the ``Say``."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Fade out what is being said within 20 ms and forget everything still to be said."""

    cut: tuple[str, ...] = ()
    """Texts that are cut off or never start, for the transcript."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Play a short signal."""

    name: str
    """``heard``, ``undone``, ``refused``, ``tick``, ``rest over``, ``microphone lost``,
    ``microphone back``, ``trouble``."""
    at: float
    """Seconds on the session clock."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Say everything from now on, tones too, at another volume; safety sentences never below 0 dB."""

    db: float
    """dB above how loud the voice is of its own; below 0 is quieter."""


@dataclass(frozen=True, slots=True)
class Wake:
    """Send ``Woke(timer)`` at a time; a second ``Wake`` of the same name replaces the first."""

    timer: str
    """Name."""
    at: float
    """Seconds on the session clock."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Cancel a ``Wake``."""

    timer: str
    """Name."""


@dataclass(frozen=True, slots=True)
class Log:
    """Append an event to the journal; done before anything that follows in the same list is said."""

    event: str
    """``session_started``, ``set_started``, ``rep``, ``set_done``, ``pain``, ``dial``, ``correction``,
    ``session_ended``, …"""
    fields: Mapping[str, object] = field(default_factory=dict)
    """JSON values, as docs/journal.md documents them."""
    ref: int = 0
    """Number of this event within the session, rising from 1."""
    corrects: int | str | None = None
    """For a correction: the ``ref`` it corrects, which ``app`` turns into that event's id in the field ``of``.

    An event of before the session broke off is named by its id.
    """


@dataclass(frozen=True, slots=True)
class Listen:
    """What the present state hears; goes to the ears and the keyboard."""

    state: str
    """Name of the state."""
    commands: frozenset[str]
    """Names of the commands acted on; safety commands are always among them."""
    expects: frozenset[str] = frozenset()
    """Quantities acted on, as ``words.meaning`` names them: ``weight`` or ``named weight``, ``reps``, ``rpe`` …"""


@dataclass(frozen=True, slots=True)
class Show:
    """What the screen shows."""

    state: str
    """Name of the state."""
    drill: str = ""
    """Name of the drill."""
    set: int = 0
    """Number of the set, from 1."""
    sets: int = 0
    """Sets of the drill."""
    rep: int = 0
    """Reps counted in this set."""
    reps: int = 0
    """Reps of the set."""
    weight: str = ""
    """Load as text, ``35 lb``."""
    until: float | None = None
    """Seconds on the session clock at which a rest or countdown ends."""


@dataclass(frozen=True, slots=True)
class End:
    """The session is over once everything said so far has been heard."""

    how: str
    """``finished``, ``stopped``, ``interrupted``, ``red flag``."""


Command = Say | Unsay | Hush | Tone | Volume | Wake | Forget | Log | Listen | Show | End
