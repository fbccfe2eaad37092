"""A flow as frozen values: the finite-state machine that ``coach.flow`` runs, with its commands and lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voicecoach.drills.manner import Manner
from voicecoach.drills.values import Step
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language


@dataclass(frozen=True, slots=True)
class SpokenCommand:
    """Something the trainee can say, in every way it can be said."""

    name: str
    """Name as used in states, ``too easy``."""
    templates: tuple[str, ...]
    """Phrase templates in hassil's syntax, ``[my] [lower] back hurts``."""
    safety: bool = False
    """Works in every state, while the coach talks, on the first stable partial result."""
    key: str | None = None
    """The key that does the same in ``run``."""
    ignored: bool = False
    """A decoy: recognised so that it is not taken for something else, and then ignored."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where something leads: conditions, steps, next state."""

    to: str | None = None
    """Next state; None stays in this one without entering it again."""
    do: tuple[Step, ...] = ()
    """Steps on the way."""
    only_if: tuple[str, ...] = ()
    """Conditions of the closed table that must all hold; ``not X`` negates."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of the flow."""

    name: str
    """Name, ``briefing``."""
    enter: tuple[Step, ...] = ()
    """Done on entering."""
    hears: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    """By command: the outcomes, of which the first whose conditions hold is taken."""
    when: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    """By inner trigger (``spoken``, ``set complete``, ``time over``, ``silent``): the outcomes."""
    expects: tuple[str, ...] = ()
    """Quantities that make sense here: ``weight``, ``reps``, ``rpe``, ``seconds``."""
    after: float | None = None
    """Seconds after which ``time over`` fires; None never."""
    silence: float | None = None
    """Seconds without a word from the trainee after which ``silent`` fires; None never."""
    final: bool = False
    """The session ends here."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The finite-state machine as data: commands, states, lines."""

    name: str
    """Name of the file."""
    start: str
    """First state."""
    commands: Mapping[str, SpokenCommand]
    """By name."""
    states: Mapping[str, State]
    """By name."""
    anywhere: Mapping[str, tuple[Outcome, ...]]
    """Heard in every state that does not say otherwise (safety commands cannot be taken away)."""
    lines: Mapping[str, tuple[str, ...]]
    """Everything the coach says that no drill owns, by name; several wordings are taken in turn."""
    language: Language = ENGLISH
    """What is spoken and understood."""
    path: Path | None = None
    """File it was read from."""
    manner: Manner = field(default_factory=Manner)
    """How it wants to be spoken."""
