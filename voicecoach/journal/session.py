"""Sessions, sets, pains and dials as values: what the journal says was done; made by ``fold``, read by the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from voicecoach.words.meaning import Quantity


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set as it was done, or as it was corrected."""

    id: str
    """Of its event."""
    t: datetime
    """When it ended, with offset."""
    drill: str
    """Name of the drill."""
    set: int
    """Number of the set, from 1."""
    sets: int
    """Sets planned; 0 where nobody knows."""
    reps: int
    """Reps done."""
    target: int | None
    """Reps asked for."""
    weight: Quantity | None = None
    """Load."""
    side: str | None = None
    """``left``, ``right`` or None for both."""
    seconds: float | None = None
    """From the first rep to the last."""
    dials: Mapping[str, Quantity] = field(default_factory=dict)
    """Value of each dial."""
    tempo: str | None = None
    """Tempo asked for."""
    rpe: float | None = None
    """1 to 10."""
    pain: bool = False
    """Pain ended it."""
    corrected: bool = False
    """True when a correction changed it."""
    hold: float | None = None
    """Seconds asked for, where the set was one hold; None where reps were done."""
    amrap: float | None = None
    """Seconds given for as many reps as possible; None for another kind of set."""
    superset: int | None = None
    """Number of the superset it belongs to; None where the drill was done alone."""

    @property
    def brief(self) -> str:
        """How much, in a row of sets: ``12``, ``30 s`` for a hold, ``12 in 60 s`` for as many as possible.

        A hold is told as long as it was held, or as asked for where that is not known.
        """
        if self.amrap is not None:
            return f"{self.reps} in {self.amrap:g} s" if self.reps else f"{self.amrap:g} s"
        return str(self.reps) if self.held is None else f"{round(self.held)} s"

    @property
    def held(self) -> float | None:
        """Seconds of a hold: as long as it was held, or as asked for where it was whole or nobody knows; else None."""
        return self.seconds if self.hold is not None and self.seconds is not None and self.reps == 0 else self.hold

    @property
    def clocked(self) -> float | None:
        """Seconds of a set that the clock ended, as measured or as asked for; None for one that ends with a rep."""
        return None if self.hold is None and self.amrap is None else self.seconds or self.hold or self.amrap

    @property
    def missed(self) -> bool:
        """Fewer reps than asked for, and not because of pain."""
        return self.target is not None and self.reps < self.target and not self.pain


@dataclass(frozen=True, slots=True)
class Pain:
    """Something hurt."""

    id: str
    """Of its event."""
    t: datetime
    """When it was said."""
    where: str | None
    """``back``, or None when it was not said."""
    drill: str
    """Name of the drill."""
    set: int
    """Number of the set."""
    rep: int
    """Reps counted until then."""
    said: str = ""
    """The words."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A dial was turned, or (``dial`` is ``weight``) a load chosen."""

    id: str
    """Of its event."""
    t: datetime
    """When."""
    drill: str
    """Name of the drill."""
    dial: str
    """Name of the dial, or ``weight``."""
    value: Quantity | None
    """Value from now on; None for no load at all."""
    before: float | None = None
    """Value before, in the same unit."""
    why: str = ""
    """Reason given."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Pain led to an easier drill."""

    t: datetime
    """When."""
    came_from: str
    """Drill that hurt."""
    to: str
    """Drill that followed."""
    why: str = ""
    """Reason given."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session stands: the set that is next, or being done."""

    drill: str
    """Name of the drill."""
    set: int
    """Number of the set, from 1."""
    rep: int = 0
    """Reps counted and logged."""
    weight: Quantity | None = None
    """Load."""
    side: str | None = None
    """Side that is next, or being done; None for the first, or for both at once."""
    reached: Mapping[str, int] = field(default_factory=dict)
    """Number of the next set of each drill of a superset, by name, where one was begun; 0 for one that is over."""


@dataclass(frozen=True, slots=True)
class Session:
    """One training session, with everything it went on with after breaking off."""

    id: str
    """Of its first part."""
    parts: tuple[str, ...]
    """Ids of all parts, the first included."""
    programme: str
    """Name of the programme."""
    drills: tuple[str, ...]
    """Drills planned, in order."""
    started: datetime
    """First event, with offset."""
    last: datetime
    """Last event, with offset."""
    how: str | None = None
    """How it ended; None when nobody ended it."""
    sets: tuple[SetDone, ...] = ()
    """In the order they were done."""
    pains: tuple[Pain, ...] = ()
    """In order."""
    turned: tuple[Turned, ...] = ()
    """Dials and loads, in order."""
    moves: tuple[Moved, ...] = ()
    """From drills that hurt to easier ones."""
    skipped: tuple[tuple[str, int], ...] = ()
    """Drill and set where the trainee skipped."""
    red_flag: str | None = None
    """Words that ended it, when a red flag did."""
    source: str | None = None
    """Where it was imported from."""
    place: Place | None = None
    """Where it stood; None once nothing is left to do."""
    week: int = 0
    """Week of training as the plan counted it; 0 where the journal does not say."""
    phase: str = ""
    """Phase of the programme as it was planned; empty where there was none."""
    checked_in: str = ""
    """How they were: ``ready``, ``tired``, ``sore``, ``well again``, ``not well``, ``hurts``, ``no answer``; empty
    where nobody asked."""

    volume: float | None = None
    """dB at which it ended; None where nobody turned it."""
    talk: int | None = None
    """How much was said at the end, 0 to 2; None where nobody turned it."""
    own_pace: Mapping[str, bool] = field(default_factory=dict)
    """By drill: whether the trainee set the beat, where that was said."""
    touched: frozenset[str] = field(init=False, repr=False, compare=False)
    """Drills that were done or that hurt: planning looks through years of sessions for one drill, many times."""

    def __post_init__(self) -> None:
        drills = frozenset([*(done.drill for done in self.sets), *(pain.drill for pain in self.pains)])
        object.__setattr__(self, "touched", drills)

    @property
    def day(self) -> date:
        """Date on the trainee's own calendar."""
        return self.started.date()

    @property
    def trained(self) -> bool:
        """True when at least one set was done or begun."""
        return bool(self.sets) or (self.place is not None and self.place.rep > 0)

    def of(self, drill: str) -> tuple[SetDone, ...]:
        """Sets of one drill."""
        return tuple(done for done in self.sets if done.drill == drill) if drill in self.touched else ()
