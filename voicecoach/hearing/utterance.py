"""What the listening path remembers of the speech going on, and of all it has heard."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicecoach.hearing.recogniser import Alternative
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
    """How many of ``chunks`` the piece put aside holds as well: they came before that start."""
    aside: Piece | None = None
    """What was put aside at that start; what was before it is forgotten."""
    voiced: int = 0
    """Steps with voice since the last fresh start."""
    before: int = 0
    """Steps with voice from its onset to that start."""
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
    settled: bool = True
    """False when that was at a dip, and steps that are not in it have come since."""
    likely: tuple[Alternative, ...] | None = None
    """What the second opinion makes of ``chunks``, when it was asked since the last voice."""
    free: str | None = None
    """What the free vocabulary makes of ``chunks``, when it was asked since the last voice."""
    whole: str | None = None
    """What it makes of them with what was put aside, when it was asked since the last voice."""
    asked: bool = False
    """A second opinion on its refusal was asked for since the last voice."""
    doubted: str = ""
    """The partial result that a second opinion refused; it is not asked about the same words again."""
    spent: bool = False
    """It has led to a command."""
    ducked: bool = True
    """The coach's voice is lowered for it."""

    def forget(self) -> None:
        """Forget the words so far; what follows is heard as if nothing had been."""
        self.chunks, self.voiced = [], 0
        self.text, self.held = "", 0
        self.flushed, self.settled = None, True
        self.ask_again()

    def ask_again(self) -> None:
        """There is more voice: what a second opinion said is about less than there is now."""
        self.asked, self.likely, self.free, self.whole = False, None, None, None

    def put_aside(self) -> None:
        """Keep what has been heard since the last fresh start, before the next one."""
        heard = self.chunks[self.repeated :]
        cut = slice(len(heard) - max(self.quiet - _PAUSE[0], _PAUSE[1]), len(heard) - _PAUSE[1])
        del heard[cut]
        self.aside = Piece(tuple(heard), self.voiced)
        self.before += self.voiced

    def together(self, longest: int) -> Piece | None:
        """What was put aside with what has been heard since, as one; None where that is more than so many steps."""
        if self.aside is None:
            return None
        chunks = (*self.aside.chunks, *self.chunks[self.repeated :])
        return Piece(chunks, self.aside.voiced + self.voiced) if len(chunks) <= longest else None


@dataclass(slots=True)
class Tally:
    """What the path has done, for the bench and for ``hear``."""

    seconds: float = 0.0
    """Seconds of sound heard."""
    utterances: int = 0
    """Stretches of voice."""
    decoded: float = 0.0
    """Seconds of sound given to the recogniser, those given again after a look included."""
