"""How a script wants to be spoken, as a frozen value: words that need respelling, a voice, its pace and volume."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicecoach.words.english import ENGLISH


@dataclass(frozen=True, slots=True)
class Manner:
    """What one script, or the scripts of a session together, say about the voice; None leaves it to the user."""

    say_as: Mapping[str, str] = field(default_factory=dict)
    """By written word, what the voice is given in its place."""
    voice: str | None = None
    """Name of a voice of the engine."""
    rate: int | None = None
    """Words a minute."""
    volume: float | None = None
    """dB above the voice's own level, as long as the trainee has turned nothing."""
    engine: str | None = None
    """Name of an engine in the user's settings; never a command."""
    language: str = ENGLISH.code
    """Code of the language that is spoken: the voice a user chose for English does not speak another."""
    spare: str | None = None
    """Voice of the system's engine that stands in for another engine, where the language needs one."""

    def over(self, below: Manner) -> Manner:
        """Both together: where both say something about the same, what this one says."""
        return Manner(
            {**below.say_as, **self.say_as},
            below.voice if self.voice is None else self.voice,
            below.rate if self.rate is None else self.rate,
            below.volume if self.volume is None else self.volume,
            below.engine if self.engine is None else self.engine,
            below.language,
            below.spare,
        )

    def words_only(self) -> Manner:
        """Its table without the rest: what a drill adds to the programme it is done in."""
        return Manner(self.say_as)
