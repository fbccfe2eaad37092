"""Phases of a programme as frozen values; ``model`` has the programme, ``journal.stage`` says which one it is today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicecoach.words.meaning import Quantity


@dataclass(frozen=True, slots=True)
class PhaseLoad:
    """What a phase says about the load of one drill; each weight in one unit, or in both."""

    at_most: tuple[Quantity, ...] = ()
    """Heaviest of the phase; empty for the drill's own limit."""
    men_at_most: tuple[Quantity, ...] = ()
    """The same for somebody whose settings say that he is a man; empty where it makes no difference."""
    step: tuple[Quantity, ...] = ()
    """How much heavier at a time; empty for the drill's own step."""
    a_week: tuple[Quantity, ...] = ()
    """How much heavier within seven days at most; empty for no limit."""
    stays: bool = False
    """The load does not rise in this phase."""


@dataclass(frozen=True, slots=True)
class ProgrammePhase:
    """A stretch of a programme: what it is about, and how far its loads go."""

    name: str
    """Name as spoken, ``connection``."""
    from_week: int = 1
    """Week of training from which on it can begin, from 1."""
    after: Mapping[str, int] = field(default_factory=dict)
    """Clean sessions, by drill, that the journal must show before it begins."""
    drills: tuple[str, ...] = ()
    """Names of the drills that belong to it; empty for all of the programme."""
    about: tuple[str, ...] = ()
    """What the coach says it is about, in its first session."""
    clean_sessions: int | None = None
    """Clean sessions before something gets harder; None for the programme's number."""
    loads: Mapping[str, PhaseLoad] = field(default_factory=dict)
    """By name of the drill."""
