"""Who sets the beat, and how fast: "slower", "faster", and sets that the trainee counts aloud."""

from __future__ import annotations

from voicecoach.coach.commands import Kind
from voicecoach.coach.counting import AFTER_LAST, Counting
from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.liking import LEAST, MOST, TEMPO
from voicecoach.coach.stage import Stage
from voicecoach.coach.tempo import FULL, SetClock, scaled, shape_of
from voicecoach.drills.measures import SHORTEST_REP

STEP = 15.0
"""Percent of the script's tempo by which one word makes a rep longer or shorter."""
UNHEARD = 2
"""Numbers in a row that may go unheard while the trainee counts aloud."""
MOST_REPS = 200
"""Reps that a set can have."""


class Pace:
    """Steps and conditions about the beat."""

    def __init__(self, stage: Stage, counting: Counting) -> None:
        self._stage = stage
        self._counting = counting

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "slower": lambda _: self.turn(STEP),
            "faster": lambda _: self.turn(-STEP),
            "my pace": lambda _: self.hand_over(to_trainee=True),
            "your pace": lambda _: self.hand_over(to_trainee=False),
            "follow reps": lambda _: self.follow(),
            "ask reps": lambda _: self.ask(),
            "take reps": lambda _: self.take(),
        }

    def conditions(self) -> dict[str, Condition]:
        """The conditions a flow may name."""
        work = self._stage.work
        return {
            "own pace": lambda: work.trainee_counts,
            "by the clock": lambda: work.time is not None,
            "reps unknown": self.reps_unknown,
            "reps untold": self.reps_untold,
        }

    def hand_over(self, *, to_trainee: bool) -> None:
        """Let the trainee, or the coach, set the beat of the drill that is on from now on."""
        work = self._stage.work
        if work.time is None and to_trainee != work.trainee_counts:
            self._stage.log("pace", drill=work.drill.name, to="me" if to_trainee else "coach")
        work.own_pace[work.drill.name] = to_trainee

    def follow(self) -> None:
        """A set that the trainee counts: say how, and wait."""
        work = self._stage.work
        if work.clock is None:
            work.clock = SetClock(self._stage.now, work.rep + 1, work.shape)
        self._counting.open_set()
        if work.time is None:
            self._stage.say_line("own pace", Kind.BRIEF)
        else:
            self._counting.call_time()

    def ask(self) -> None:
        """The time is over, or the set done without a number: ask how many reps it were."""
        self._counting.halt()
        self._stage.say_line("how many done" if self._stage.work.time is None else "how many")

    def reps_unknown(self) -> bool:
        """True where as many reps as possible were done, nobody counted them, and the rest leaves time to ask."""
        work = self._stage.work
        return work.amrap is not None and work.rep == 0 and not work.in_rounds

    def reps_untold(self) -> bool:
        """True where a set without a time is done that the trainee counts, in silence, and no number was said."""
        work = self._stage.work
        counts = work.trainee_counts and work.time is None and not work.in_rounds
        return counts and work.rep == 0 and self._stage.meaning.reps is None

    def take(self) -> None:
        """Count up to the number that was said.

        A number alone counts aloud: the next one, or one of those after it where some went unheard. Together with
        "done" it is the number of the whole set, and the trainee knows.
        """
        stage, work = self._stage, self._stage.work
        said, counted_aloud = stage.meaning.reps, stage.meaning.command is None and work.clock is not None
        if said is None:
            return
        if said <= work.rep or (counted_aloud and said > work.rep + UNHEARD + 1) or said > MOST_REPS:
            if counted_aloud:
                stage.say_line("reps so far")
            return
        while work.rep < said:
            self._counting.add_rep()
        if not counted_aloud:
            return
        if work.all_done:
            stage.wake("set over", stage.now + AFTER_LAST)
        else:
            stage.say(self._counting.form_cue(work.rep + 1), Kind.CUE)

    def turn(self, by: float) -> None:
        """Make each rep longer or shorter from the next one on; the change is written down like that of a dial."""
        stage, work = self._stage, self._stage.work
        old = work.percent
        new = min(MOST, max(LEAST, old + by))
        if new == old or work.time is not None or shape_of(scaled(work.drill.tempo, new)).seconds < SHORTEST_REP:
            stage.say_line("at limit")
            return
        work.dials[work.drill.name, TEMPO] = new
        self._counting.reshape()
        change = {"from": old, "to": new}
        stage.log("dial", drill=work.drill.name, dial=TEMPO, **change, unit="%", why=stage.meaning.command)
        stage.say_line("slower now" if by > 0 else "faster now")


def recall(stage: Stage) -> None:
    """Say, before the first set of a drill, what of its beat is as the trainee left it last time."""
    work, planned = stage.work, stage.work.planned
    name, mine = planned.drill.name, planned.drill.pace == "me"
    if work.time is not None:
        return
    if planned.own_pace is not None and planned.own_pace != mine and name not in work.own_pace:
        stage.say_line("you count as before" if planned.own_pace else "i count as before", Kind.BRIEF)
    if not work.trainee_counts and planned.percent != FULL and (name, TEMPO) not in work.dials:
        stage.say_line("slower as before" if planned.percent > FULL else "faster as before", Kind.BRIEF)
