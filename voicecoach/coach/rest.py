"""The rest between two sets: how long it is, what is said in it, and how the trainee changes it by voice."""

from __future__ import annotations

from voicecoach.coach.commands import Kind
from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.sets import COUNTDOWN_SECONDS, Sets
from voicecoach.coach.stage import Stage
from voicecoach.words.meaning import Quantity

WARNING_SECONDS = 10.0
"""How long before the end of a rest the trainee is warned."""
LONGEST = 900.0
"""Seconds a rest can be made to last from now on."""
MINUTE = 60.0
QUARTER = 15.0
"""Rests are changed by quarters of a minute: "plus thirty" is seconds, "plus five" a load, where no unit is said."""


class Rest:
    """Steps and conditions about the rest."""

    def __init__(self, stage: Stage, sets: Sets) -> None:
        self._stage = stage
        self._sets = sets

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "rest": lambda _: self.begin(),
            "change rest": lambda _: self.change(self._heard()),
            "rest a minute more": lambda _: self.change(MINUTE),
        }

    def conditions(self) -> dict[str, Condition]:
        """The conditions a flow may name."""
        return {"rest left": self.is_left, "rest over": self.is_over, "after a rest": lambda: self._stage.work.set > 1}

    def begin(self) -> None:
        """Rest until the next set, name its load, and warn ten seconds before it begins."""
        stage, work = self._stage, self._stage.work
        began = stage.now if work.rest_from is None else work.rest_from
        every = work.drill.every
        ends = began + work.rest if every is None else work.set_began + every
        work.rest_until = max(stage.now, ends)
        if work.superset and work.done and work.done[-1].drill != work.drill.name:
            stage.say_line("partner next", Kind.BRIEF)
        if work.in_rounds:
            stage.say_line("next round", Kind.BRIEF)
        elif work.drill.load is not None and work.weight is not None:
            stage.say_line("next load", Kind.BRIEF)
        self._plan(work.rest_until - stage.now)

    def change(self, seconds: float) -> None:
        """Make the running rest longer, or shorter where negative, and say what is left of it."""
        stage, work = self._stage, self._stage.work
        if work.rest_until is None:
            return
        work.rest_until = min(max(work.rest_until + seconds, stage.now), stage.now + LONGEST)
        left = work.rest_until - stage.now
        stage.say_line("rest left" if left > COUNTDOWN_SECONDS else "rest cut")
        self._plan(left)

    def is_about_time(self, change: Quantity) -> bool:
        """True where "plus thirty" changes the rest and not the load: said in seconds, or in quarters of a minute."""
        if change.unit is not None:
            return change.unit == "s"
        return self._stage.work.drill.load is None or change.value % QUARTER == 0

    def is_over(self) -> bool:
        """True where the rest should have ended and the trainee has not gone on."""
        until = self._stage.work.rest_until
        return until is not None and self._stage.now > until

    def is_left(self) -> bool:
        """True where the drill goes on with a set that nobody counts in yet, and the rest should last till then."""
        work = self._stage.work
        return work.set > 1 and work.clock is None and work.rest_until is not None and not self.is_over()

    def warn(self) -> None:
        """Ten seconds of rest are left."""
        stage, work = self._stage, self._stage.work
        last = work.set == work.planned.sets
        stage.say_line("last set next" if last else "rest warning", Kind.BRIEF)
        if work.drill.cues.reminder:
            self._sets.remind()
        if work.drill.sides:
            stage.say_line("first side", Kind.BRIEF)

    def _heard(self) -> float:
        change = self._stage.meaning.relative
        return change.value if change is not None else 0.0

    def _plan(self, left: float) -> None:
        """Ask to be woken for the warning and for the countdown."""
        stage = self._stage
        end = stage.now + left
        stage.wake("time over", max(end - COUNTDOWN_SECONDS, stage.speech.last_word(stage.now)))
        if left >= 2 * WARNING_SECONDS:
            stage.wake("warning", end - WARNING_SECONDS)
        else:
            stage.forget("warning")
