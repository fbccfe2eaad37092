"""Whether one drill's load or dial goes up, stays or steps back, and why; ``progress`` asks once for each drill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voicecoach.drills.model import Drill
from voicecoach.drills.scales import Scale, converted
from voicecoach.journal import reasons
from voicecoach.journal.outings import Outing
from voicecoach.words.meaning import Quantity

CLEAN_SESSIONS = 2
"""Clean sessions before something gets harder."""
AFTER_PAIN = 2
"""Clean sessions after pain, however few are asked for otherwise."""
_DAYS_AWAY = 14
"""From so many days on a week was missed."""
_MOST_STEPS_BACK = 4
"""However long somebody was away: more would bore them, and they can say "too hard"."""
_BACK_FRACTION = 0.1
"""Taken off a load at least when it steps back, as openGym does after missed sessions."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The next value of the one thing of a drill that gets harder."""

    drill: Drill
    axis: str
    direction: int
    current: Quantity
    done: Sequence[Outing]
    today: date
    clean_sessions: int

    def make(self) -> tuple[Quantity, str]:
        """The value and its reason."""
        last, today = self.done[-1], self.today
        did = last.did(self.axis)
        if last.pained:
            return self.current, ""  # what follows is eased by the script's own rule
        days = (today - last.day).days
        if days >= _DAYS_AWAY:
            weeks = days // 7
            back = self._back(min(weeks - 1, _MOST_STEPS_BACK), to_start=True)
            if back != self.current:
                return back, reasons.away(back, self.axis, weeks)
        if did is not None and did != self.current:
            return self.current, reasons.asked_for(self.current, self.axis, did, last, today)
        if last.missed:
            return self._after_miss(last)
        if not last.clean:
            return self.current, reasons.incomplete(self.current, self.axis, last, today)
        return self._forward(last)

    def _after_miss(self, last: Outing) -> tuple[Quantity, str]:
        before = self.done[-2] if len(self.done) > 1 else None
        if before is not None and before.missed and before.did(self.axis) == self.current:
            back = self._back(1, to_start=False)
            if back != self.current:
                return back, reasons.missed_twice(back, self.axis, self.current)
        return self.current, reasons.missed(self.current, self.axis, last, self.today)

    def _forward(self, last: Outing) -> tuple[Quantity, str]:
        streak = 0
        for out in reversed(self.done):
            if not out.clean or out.did(self.axis) != self.current:
                break
            streak += 1
        hurt_before = len(self.done) > streak and self.done[-streak - 1].pained
        needed = max(AFTER_PAIN, self.clean_sessions) if hurt_before else self.clean_sessions
        if streak < needed:
            return self.current, reasons.once_more(self.current, self.axis, needed - streak, last, self.today)
        scale = self._scale()
        new = scale.up(self.current.value) if self.direction == 1 else scale.down(self.current.value)
        if new == self.current.value:
            return self.current, reasons.at_the_end(self.current, self.axis)
        raised = Quantity(new, self.current.unit)
        return raised, reasons.up(raised, self.axis, last, self.today)

    def _back(self, steps: int, *, to_start: bool) -> Quantity:
        """Easier by steps; a load by a tenth where that is more.

        With ``to_start`` never easier than where the script begins, unless it is already: because of pain, or at the
        trainee's own wish.
        """
        scale, value = self._scale(), self.current.value
        start = self._start(scale) if to_start else None
        if self.direction == 1:
            new = scale.down(value, steps)
            if self.axis == "weight":
                new = min(new, scale.less(value, _BACK_FRACTION))
            return Quantity(new if start is None else max(new, min(value, start)), self.current.unit)
        new = scale.up(value, steps)
        return Quantity(new if start is None else min(new, max(value, start)), self.current.unit)

    def _start(self, scale: Scale) -> float | None:
        if self.axis != "weight":
            return self.drill.dials[self.axis].start.value
        load = self.drill.load
        return scale.at_most(converted(load.start, scale.unit).value) if load and load.start else None

    def _scale(self) -> Scale:
        if self.axis == "weight" and self.drill.load:
            return Scale.of_load(self.drill.load, self.current.unit)
        return Scale.of_dial(self.drill.dials[self.axis])
