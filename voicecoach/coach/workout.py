"""Where the trainee is: drill, set, rep, dials and loads; the coach's only memory within a session."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field

from voicecoach.coach.liking import TEMPO
from voicecoach.coach.plan import DoneSet, PlannedDrill
from voicecoach.coach.tempo import Beat, RepShape, SetClock, scaled, shape_of
from voicecoach.drills.model import Dial, Drill
from voicecoach.drills.values import Tempo
from voicecoach.words.meaning import Quantity

WEIGHT = "weight"
"""Name under which a drill's load can be turned like a dial."""

HOLD, AMRAP = "hold", "amrap"
"""Names of the dials that turn the length of a set which the clock ends."""
SHORTEST_REST = 20.0
"""Seconds of rest below which there is no time for more than the number of the round."""
MOMENT = 0.5
"""Seconds of such a set in which nothing more is done."""


@dataclass(slots=True)
class Workout:
    """The session so far."""

    drills: list[PlannedDrill]
    """Today's drills in order; pain may change what is still to come."""
    index: int = 0
    """Which of them is on."""
    set: int = 1
    """Number of the set that is on or comes next, from 1."""
    rep: int = 0
    """Reps counted in this set."""
    side: int = 0
    """Which of the drill's sides is on or comes next, from 0."""
    set_open: bool = False
    """A set was started and is not logged yet."""
    timing: float | None = None
    """Seconds that the clock gives the set that is on: what its dial is turned to meanwhile is for the next one."""
    lifting: Quantity | None = None
    """Load with which the set that is on, or was the last of this drill, began: one chosen since is for the next."""
    set_ref: int | str = 0
    """Number of the log event of the last set; 0 before the first."""
    worked: float = 0.0
    """Seconds of this set before its last pause."""
    clock: SetClock | None = None
    """Where the reps lie while they are being counted."""
    dials: dict[tuple[str, str], float] = field(default_factory=dict)
    """Value by (drill, dial), in the dial's own unit."""
    weights: dict[str, Quantity | None] = field(default_factory=dict)
    """Load by drill."""
    reached: dict[int, int] = field(default_factory=dict)
    """Number of the next set of a drill that waits for its turn in a superset, by its place in ``drills``."""
    own_pace: dict[str, bool] = field(default_factory=dict)
    """By drill: whether the trainee sets the beat, where that was said."""
    rest_from: float | None = None
    """Session seconds at which the last set ended; None before the first, and while a set is on."""
    set_began: float = 0.0
    """Session seconds at which the set that is on, or was the last, began."""
    rest_until: float | None = None
    """Session seconds at which the rest should be over; None where no rest was begun."""
    talk: int = 2
    """How much is said: 2 everything, 1 reminders, 0 counts and warnings."""
    volume: float = 0.0
    """dB above how loud the voice is of its own."""
    noted: Quantity | None = None
    """A load waiting for "yes"."""
    done: list[DoneSet] = field(default_factory=list)
    """Sets logged so far."""
    hurt: tuple[str, ...] = ()
    """Drills that hurt today."""

    @property
    def planned(self) -> PlannedDrill:
        """The drill that is on, with its targets."""
        return self.drills[self.index]

    @property
    def drill(self) -> Drill:
        """The drill that is on."""
        return self.planned.drill

    @property
    def weight(self) -> Quantity | None:
        """Load of the drill that is on; None where it has none or nobody said."""
        return self.weights.get(self.drill.name, self.planned.weight)

    @property
    def lifted(self) -> Quantity | None:
        """Load of the set that is on; where none was known as it began, what was said since."""
        return (self.lifting if self.set_open else None) or self.weight

    @property
    def time(self) -> float | None:
        """Seconds that the clock gives a set of the drill that is on, as its dial has it; None where reps end it."""
        if self.set_open and self.timing is not None:
            return self.timing
        drill = self.drill
        name, seconds = (HOLD, drill.hold) if drill.hold is not None else (AMRAP, drill.amrap)
        dial = drill.dials.get(name)
        return seconds if seconds is None or dial is None else self.dial(dial).value

    @property
    def hold(self) -> float | None:
        """Seconds to hold in the drill that is on; None where it is no hold."""
        return None if self.drill.hold is None else self.time

    @property
    def amrap(self) -> float | None:
        """Seconds for as many reps as possible in the drill that is on; None where it is another kind of set."""
        return None if self.drill.amrap is None else self.time

    @property
    def timed(self) -> float | None:
        """Seconds done, up to the last pause, of a set that the clock ends; None where reps end it."""
        return None if self.time is None else min(self.worked, self.time)

    @property
    def in_rounds(self) -> bool:
        """True where sets follow each other so quickly that they are rounds: every minute, or a Tabata."""
        return self.drill.every is not None or self.rest < SHORTEST_REST

    @property
    def all_done(self) -> bool:
        """True where nothing is left of the set that is on."""
        if self.amrap is not None:
            return self.set_open and self.worked >= self.amrap - MOMENT
        return self.rep >= self.planned.reps

    @property
    def whole(self) -> bool:
        """True where the set that is on was done as it was meant; of as many as possible any number is."""
        return self.rep > 0 or self.all_done if self.amrap is not None else self.all_done

    @property
    def side_name(self) -> str | None:
        """``left`` or ``right``; None for both at once."""
        return self.drill.sides[self.side] if self.side < len(self.drill.sides) else None

    @property
    def more_sides(self) -> bool:
        """True where the set that is on has another side to do."""
        return self.side + 1 < len(self.drill.sides)

    @property
    def partners(self) -> range:
        """Places of the drills that take turns with the one that is on, its own among them."""
        group, first, last = self.planned.superset, self.index, self.index + 1
        while group and first and self.drills[first - 1].superset == group:
            first -= 1
        while group and last < len(self.drills) and self.drills[last].superset == group:
            last += 1
        return range(first, last)

    @property
    def superset(self) -> int | None:
        """Number of the superset that is on; None where a drill is done alone."""
        return self.planned.superset if len(self.partners) > 1 else None

    @property
    def rest(self) -> float:
        """Seconds of rest after a set, in a superset after a set of each drill: the longest of theirs."""
        return max(self.drills[place].drill.rest for place in self.partners)

    @property
    def coming(self) -> tuple[int, int] | None:
        """Number and place of the set after the one that is on, in the same drill or superset; None after the last."""
        return min(
            [*self._waiting(), *([(self.set + 1, self.index)] if self.set < self.planned.sets else [])], default=None
        )

    @property
    def partner_next(self) -> bool:
        """True where another drill of the superset has its set of this round to do, or has just got its turn for it."""
        if not self.set_open and self.done and self.done[-1].drill != self.drill.name:
            last = self.place_of_last
            return last is not None and self.done[-1].at[0] >= self.set
        coming = self.coming
        return coming is not None and coming[1] != self.index and coming[0] <= self.set

    @property
    def place_of_last(self) -> int | None:
        """Place of the last set in the log among the drills that take turns; None where it was none of them."""
        names = {self.drills[place].drill.name: place for place in self.partners}
        return names.get(self.done[-1].drill) if self.done else None

    @property
    def next_place(self) -> int | None:
        """Place of the drill to go to when the one that is on is over: a partner, or what follows; None for none."""
        waiting, follows = self._waiting(), self.partners.stop
        return min(waiting)[1] if waiting else follows if follows < len(self.drills) else None

    def _waiting(self) -> list[tuple[int, int]]:
        """Number and place of the next set of each partner that has one left."""
        others = [(self.reached.get(place, 1), place) for place in self.partners if place != self.index]
        return [(number, place) for number, place in others if number <= self.drills[place].sets]

    def go_to(self, place: int) -> None:
        """Go to the next set of a drill; a partner that is left keeps the number of its own."""
        self.reached[self.index] = self.set
        self.index, self.set = place, self.reached.get(place, 1)
        self.side, self.rep, self.set_open, self.lifting = 0, 0, False, None

    def next_drill(self) -> None:
        """Go to the drill that follows, or to the partner that goes on; the one that was on is over."""
        place = self.next_place
        self.set = self.planned.sets + 1
        self.go_to(self.index + 1 if place is None else place)

    @property
    def trainee_counts(self) -> bool:
        """True where the trainee sets the beat of the drill that is on."""
        planned = self.planned.own_pace
        usual = self.drill.pace == "me" if planned is None else planned
        return self.amrap is not None or (self.hold is None and self.own_pace.get(self.drill.name, usual))

    @property
    def percent(self) -> float:
        """How long the reps of the drill that is on take, in percent of the script's tempo."""
        return self.dials.get((self.drill.name, TEMPO), self.planned.percent)

    @property
    def tempo(self) -> Tempo:
        """Tempo of the drill that is on, as "slower" and "faster" have turned it."""
        return scaled(self.drill.tempo, self.percent)

    @property
    def shape(self) -> RepShape:
        """One rep of the drill that is on; of a set that the clock ends what is left of it."""
        if self.time is not None:
            left = max(0.0, self.time - (self.worked if self.set_open else 0.0))
            return RepShape((Beat("hold", 0.0, left),), left, left)
        return shape_of(self.tempo, self.drill.count_on)

    def dial(self, dial: Dial) -> Quantity:
        """Present value of a dial of the drill that is on."""
        planned = self.planned.dials.get(dial.name, dial.start)
        return Quantity(self.dials.get((self.drill.name, dial.name), planned.value), dial.start.unit)

    def all_dials(self) -> Mapping[str, Quantity]:
        """Present value of every dial of the drill that is on."""
        return {name: self.dial(dial) for name, dial in self.drill.dials.items()}

    def snapshot(self) -> Workout:
        """A copy that later changes do not touch, for "undo"."""
        twin = copy(self)
        twin.drills = list(self.drills)
        twin.dials = dict(self.dials)
        twin.own_pace = dict(self.own_pace)
        twin.weights = dict(self.weights)
        twin.reached = dict(self.reached)
        twin.done = list(self.done)
        return twin
