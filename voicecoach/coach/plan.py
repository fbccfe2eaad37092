"""What a session is to be: today's drills, targets and reasons; made from the journal, followed by the coach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.coach.tempo import FULL
from voicecoach.drills.model import Drill
from voicecoach.drills.scales import Scale, Steps
from voicecoach.words.meaning import Quantity


@dataclass(frozen=True, slots=True)
class PlannedDrill:
    """One drill of today."""

    drill: Drill
    """The script."""
    sets: int
    """Sets to do."""
    reps: int
    """Reps per set."""
    dials: Mapping[str, Quantity] = field(default_factory=dict)
    """Today's value of each dial of the drill."""
    weight: Quantity | None = None
    """Today's load; None where the drill has none or nobody knows it yet."""
    last_weight: Quantity | None = None
    """Load of the last session with this drill."""
    last_time: str = ""
    """What was done last time, one sentence: "Last Tuesday you did 3 sets of 12 at 35 pounds."."""
    why: str = ""
    """Why today's target is what it is, one sentence; empty where it is simply the script's."""
    from_script: str = ""
    """Why it is that where ``why`` is empty: it begins so; for a plan on a screen, since the set-up says the value."""
    tells_last_time: bool = False
    """``why`` says what was done last time as well, so that ``last_time`` need not be said."""
    loading: str = ""
    """How the load is made, "On each side 10 and 2.5.", and dials that stay turned down; empty for nothing to say."""
    steps: Steps | None = None
    """Loads there are for this drill today; None for a drill without load, or one that the plan did not foresee."""
    times: int = 0
    """Sessions with this drill so far, counted up to fifty; 0 is the first time."""
    after_pain: bool = False
    """It was painful, and has not been clean twice since."""
    percent: float = FULL
    """Length of its reps in percent of the script's tempo, as "slower" and "faster" left it."""
    own_pace: bool | None = None
    """Whether the trainee sets the beat, as they last asked for; None where nobody did."""

    superset: int = 0
    """Number of the superset it belongs to, from 1; 0 where it is done alone."""

    @property
    def reason(self) -> str:
        """Why today's target is what it is; of a drill of the plan never empty."""
        return self.why or self.from_script

    @property
    def hold(self) -> float | None:
        """Seconds of a hold today; None where reps are done."""
        return self._time("hold", self.drill.hold)

    @property
    def amrap(self) -> float | None:
        """Seconds in which as many reps as possible are done today; None where it is another kind of set."""
        return self._time("amrap", self.drill.amrap)

    def _time(self, dial: str, of_script: float | None) -> float | None:
        return self.dials[dial].value if of_script is not None and dial in self.dials else of_script

    def steps_in(self, unit: str | None) -> Steps | None:
        """The loads there are; those of the script, in a unit, where the plan did not foresee the drill."""
        if self.steps is not None and unit in {None, self.steps.unit}:
            return self.steps
        return None if self.drill.load is None else Scale.of_load(self.drill.load, unit)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A drill of the programme that is not done today."""

    drill: str
    """Name of the drill."""
    why: str
    """One sentence."""
    for_good: bool = False
    """For want of equipment: until there is some, no session brings it."""


@dataclass(frozen=True, slots=True)
class DoneSet:
    """A set that was done, for the summary."""

    drill: str
    """Name of the drill."""
    reps: int
    """Reps counted."""
    weight: Quantity | None
    """Load, or None."""
    hold: float | None = None
    """Seconds held; None where reps were done."""
    each_side: bool = False
    """One of the sides of a set."""
    amrap: float | None = None
    """Seconds in which as many reps as possible were done; None where it was another kind of set."""
    at: tuple[int, int] = field(default=(1, 0), compare=False)
    """Number of the set, and which of the drill's sides it was."""
    ref: int | str = field(default=0, compare=False)
    """Number of its log event; its id where it was logged before the session broke off."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Where a session that never ended was: offered again at the next start."""

    session: str
    """Its id."""
    drill: str
    """Name of the drill."""
    set: int
    """Number of the set, from 1."""
    rep: int
    """Reps already counted in that set and logged."""
    weight: Quantity | None = None
    """Load in use."""
    side: str | None = None
    """Side that was on or comes next; None for the first, or for both at once."""
    reached: Mapping[str, int] = field(default_factory=dict)
    """Number of the next set of the drills of its superset, by name; 0 for one that is over."""
    done: tuple[DoneSet, ...] = ()
    """Its sets so far: they can be put right, and the summary tells them."""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """Everything that is known before the first word."""

    programme: str
    """Name of the programme, or of the drill if it is a single one."""
    drills: tuple[PlannedDrill, ...]
    """In order."""
    spare: Mapping[str, Drill] = field(default_factory=dict)
    """Drills that pain may lead to, by name."""
    sessions_before: int = 0
    """Sessions already in the journal; 0 is the very first time."""
    left_out: tuple[LeftOut, ...] = ()
    """Drills of the programme that are not done today, with the reason."""
    phase: str = ""
    """Name of the programme's phase; empty where it has none."""
    opening: tuple[str, ...] = ()
    """Said after the greeting: what a new phase is about, reminders of this week, what is left out."""
    week: int = 1
    """Week of training, from 1: weeks since the first session with these drills, without the weeks that were missed."""
    red_flagged: bool = False
    """A sign that needs a doctor was told last time, and nothing was trained since."""
    unfinished: Unfinished | None = None
    """Offered before anything else."""
    volume: float = 0.0
    """dB above how loud the voice is of its own, as "louder" and "quieter" left it."""
    talk: int | None = None
    """How much is said, as "more words" and "fewer words" left it; None where the sessions behind decide."""
    sound_check: bool = False
    """There is a microphone, and the trainee wants to know at the start that the coach hears them."""

    def groups(self) -> dict[str, object]:
        """The journal's ``supersets``: by drill the number of its superset, 0 for none; empty where there are none."""
        numbers = [planned.superset for planned in self.drills]
        return {"supersets": numbers} if any(numbers) else {}


def grouped(planned: Sequence[PlannedDrill], supersets: Sequence[Sequence[str]]) -> tuple[PlannedDrill, ...]:
    """Today's drills with the number of their superset; one whose partners are all left out is done alone."""
    numbers = {name: number for number, group in enumerate(supersets, 1) for name in group}
    today = [numbers.get(one.drill.name, 0) for one in planned]
    return tuple(
        replace(one, superset=number) if number and today.count(number) > 1 else one
        for one, number in zip(planned, today, strict=True)
    )
