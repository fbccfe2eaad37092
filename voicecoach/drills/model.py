"""Drills and programmes as frozen values: what ``drills`` reads from YAML and ``coach`` works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from voicecoach.drills.manner import Manner
from voicecoach.drills.phases import ProgrammePhase
from voicecoach.drills.values import Tempo, Turn
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.meaning import Quantity


@dataclass(frozen=True, slots=True)
class Dial:
    """Something "too easy" and "too hard" can turn: a distance, a load, the reps, the depth."""

    name: str
    """Name as written in the script, also a ``{variable}`` in cues."""
    start: Quantity
    """Value in the first session."""
    step: float
    """How far one turn goes, in the unit of ``start``."""
    low: float
    """Smallest value, in the unit of ``start``."""
    high: float
    """Largest value, in the unit of ``start``."""
    other: Dial | None = None
    """The same in numbers of the other unit, where the script gives them."""

    def in_unit(self, unit: str) -> Dial:
        """The dial in a unit's own numbers; as it is where the script has none in that unit."""
        return self.other if self.other is not None and self.other.start.unit == unit else self


@dataclass(frozen=True, slots=True)
class Response:
    """What a drill does when it hears a command of its own, such as ``too easy``."""

    say: tuple[str, ...] = ()
    """Lines to answer with; several are wordings taken in turn."""
    turn: Turn | None = None
    """Dial to turn."""


@dataclass(frozen=True, slots=True)
class Load:
    """The weight a drill is done with, asked for before its first set."""

    ask: str
    """The question."""
    start: Quantity | None
    """Suggested for the first session; None lets the trainee say."""
    step: Quantity
    """Smallest change that the equipment allows."""
    low: float
    """Lightest, in the unit of ``step``."""
    high: float
    """Heaviest, in the unit of ``step``."""
    other: Load | None = None
    """The same in numbers of the other unit, where the script gives them."""

    def in_unit(self, unit: str | None) -> Load:
        """The load in a unit's own numbers; as it is where the script has none in that unit."""
        return self.other if self.other is not None and self.other.step.unit == unit else self


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything a drill says on its own account; texts may hold ``{variables}``."""

    setup: tuple[str, ...] = ()
    """Said one after the other before the first set."""
    reminder: tuple[str, ...] = ()
    """Said instead of ``setup`` before the later sets."""
    lower: tuple[str, ...] = ()
    """Cue word on the way down; several are taken in turn."""
    hold: tuple[str, ...] = ()
    """Cue word at the bottom."""
    lift: tuple[str, ...] = ()
    """Cue word on the way up."""
    top: tuple[str, ...] = ()
    """Cue word at the top."""
    every: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Form cues: after every N reps one of these, in turn."""
    last_rep: tuple[str, ...] = ()
    """Said before the last rep."""
    after_set: tuple[str, ...] = ()
    """Said when a set is done; several are taken in turn."""
    finish: tuple[str, ...] = ()
    """Said when the drill is done."""


@dataclass(frozen=True, slots=True)
class PainPlan:
    """What to offer when it hurts (``when pain:``)."""

    lighter: float | None = None
    """Fraction of the load to take off, such as 0.2; None where the drill has no load."""
    turn: Turn | None = None
    """Dial to turn down instead of a load."""
    go_to: str | None = None
    """Name of the easier drill; silence chooses it."""


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise, checked: what to set up, how many, how fast, what to say and what to hear."""

    name: str
    """Name as spoken, ``wall tap``."""
    goal: str
    """One sentence: what the drill is for."""
    needs: tuple[str, ...]
    """Equipment."""
    sets: int
    """Number of sets."""
    reps: int
    """Reps per set; 1 for a hold, 0 where as many as possible are done."""
    tempo: Tempo
    """Seconds per phase."""
    rest: float
    """Seconds between sets."""
    cues: Cues
    """What is said."""
    dials: Mapping[str, Dial] = field(default_factory=dict)
    """By name."""
    load: Load | None = None
    """None for a drill without weight."""
    hears: Mapping[str, Response] = field(default_factory=dict)
    """By command name."""
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further phrase templates this drill adds, by command name."""
    pain: PainPlan = PainPlan()
    """What to offer when it hurts."""
    count_on: Literal["bottom", "top"] = "top"
    """Where in a rep its number is said."""
    ticks: bool = False
    """A tick on every whole second of a rep."""
    pace: Literal["coach", "me"] = "coach"
    """Who sets the beat; with ``me`` the trainee counts, and the coach waits."""
    every: float | None = None
    """Seconds from the begin of one set to that of the next: what is left of them is the rest; None for a rest."""
    hold: float | None = None
    """Seconds to hold still: a set is one hold, ``reps`` is 1, ``tempo`` its length. None where reps are done."""
    amrap: float | None = None
    """Seconds in which as many reps as possible are done: ``reps`` is 0, for nobody knows them before."""
    sides: tuple[Literal["left", "right"], ...] = ()
    """Sides that are done one after the other in every set; empty for both at once."""
    change_over: float = 5.0
    """Seconds between the sides."""
    export_name: str | None = None
    """Name in other trackers' catalogues."""
    manner: Manner = field(default_factory=Manner)
    """How it wants to be spoken."""
    path: Path | None = None
    """File it was read from."""


@dataclass(frozen=True, slots=True)
class CueList:
    """Cues that several scripts say."""

    name: str
    """Name by which they call it."""
    cues: tuple[str, ...]
    """The texts, those of lists that it names itself among them."""
    path: Path | None = None
    """File it was read from."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Drills in order, with what is said around them."""

    name: str
    """Name as spoken."""
    drills: tuple[Drill, ...]
    """In the order of a session."""
    greeting: tuple[str, ...] = ()
    """Replaces the flow's greeting."""
    flow: str = "standard"
    """Name of the flow file."""
    path: Path | None = None
    """File it was read from."""
    ladder: tuple[str, ...] = ()
    """Names of drills, the easiest first, that are climbed one by one; empty where all are done at once."""
    start_at: str = ""
    """Rung of the first session; the ladder's first where it is empty."""
    clean_sessions: int = 2
    """Clean sessions before something gets harder."""
    misses: int = 2
    """Sessions in a row short of reps before something gets easier."""
    phases: tuple[ProgrammePhase, ...] = ()
    """In order; none where a programme is the same from the first day on."""
    reminders: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """By week of training: said at the beginning of each of its sessions."""
    supersets: tuple[tuple[str, ...], ...] = ()
    """Names of drills that take turns set by set, with the rest after the last of them; in the order of ``drills``."""
    language: Language = ENGLISH
    """What its reasons are given in."""
    equipment: Mapping[str, str] = field(default_factory=dict)
    """What there is to train with, as ``equipment.read_equipment`` takes it; empty where the script does not say."""
    manner: Manner = field(default_factory=Manner)
    """How it wants to be spoken."""
