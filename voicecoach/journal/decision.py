"""Whether one drill's load or dial goes up, stays or steps back, and why; ``progress`` asks once for each drill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from voicecoach.drills.model import Dial, Drill
from voicecoach.drills.scales import Scale, Steps, converted
from voicecoach.journal.limits import WEIGHT, Limits
from voicecoach.journal.outings import Outing
from voicecoach.journal.reasons import Reasons
from voicecoach.words.meaning import Quantity
from voicecoach.words.units import convert

AFTER_PAIN = 2
"""Clean sessions after pain, however few are asked for otherwise."""
_MOST_STEPS_BACK = 4
"""However long somebody was away: more would bore them, and they can say "too hard"."""
_WEEK = timedelta(days=7)
_BIG_JUMP = 0.2
"""From this fraction on a step that the equipment makes larger than the script's takes twice the clean sessions."""
_TOO_FAR = 0.5
"""Above this fraction such a step is not taken unless the trainee asks for it,"""
_FAR_STEPS = 2.5
"""where it is more than so many of the script's steps: from 4 to 8 kilos is far, but not much."""
_NEARLY = 1.1
"""A load that is at most so many times the one a first session should have will do for it."""
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
    limits: Limits
    reasons: Reasons
    weeks: int
    """Weeks missed since the last of the sessions that are ``done``."""
    since: date
    """When the trainee last came back after missed weeks, or first came: only from then on clean sessions count."""

    def make(self) -> tuple[Quantity, str]:
        """The value and its reason."""
        last = self.done[-1]
        if last.pained:
            return self.current, ""  # what follows is eased by the script's own rule
        if self.weeks:
            return self._away(last)
        did = self._did(last)
        if did is not None and did != self.current:
            return self._chosen(did, last)
        if last.missed:
            return self._after_miss(last)
        if not last.clean:
            return self.current, self.reasons.incomplete(self.current, self.axis, last)
        return self._forward(last)

    def _away(self, last: Outing) -> tuple[Quantity, str]:
        """After missed weeks: steps back; where none is left what was done last time, and never more than that."""
        new, did = self._back(min(self.weeks, _MOST_STEPS_BACK), to_start=True), self._did(last)
        before = self.current if did is None else Quantity(self._steps().within(did.value), did.unit)
        if (new.value - before.value) * self.direction > 0:
            new = before
        return new, self.reasons.away(new, self.axis, self.weeks, again=new == before)

    def _chosen(self, did: Quantity, last: Outing) -> tuple[Quantity, str]:
        """What the trainee chose after the last set; not more than was done, too soon after pain."""
        if after_pain(self.done) and (self.current.value - did.value) * self.direction > 0:
            return did, self.reasons.not_after_pain(did, self.axis)
        return self.current, self.reasons.asked_for(self.current, self.axis, did, last)

    def _did(self, out: Outing) -> Quantity | None:
        """What was used in a session, as it can be used again: in today's unit, in loads that exist."""
        did = out.did(self.axis)
        if did is None:
            return None
        if self.axis != WEIGHT:
            return in_units_of(self.drill.dials[self.axis], did)
        steps = self._steps()
        if did.unit == steps.unit:
            return Quantity(steps.within(did.value), did.unit)
        return Quantity(steps.at_most(converted(did, steps.unit).value), steps.unit)

    def _after_miss(self, last: Outing) -> tuple[Quantity, str]:
        """The same again; a step back where so many sessions in a row were short that the programme says so."""
        latest = self.done[-self.limits.misses :]
        if len(latest) == self.limits.misses and all(o.missed and self._did(o) == self.current for o in latest):
            back = self._back(1, to_start=False)
            if back != self.current:
                return back, self.reasons.missed_often(back, self.axis, self.current, len(latest), last)
        return self.current, self.reasons.missed(self.current, self.axis, last)

    def _forward(self, last: Outing) -> tuple[Quantity, str]:
        streak = 0
        for out in reversed(self.done):
            if out.day < self.since or not out.clean or self._did(out) != self.current:
                break
            streak += 1
        needed = self.limits.clean_sessions
        if len(self.done) > streak and self.done[-streak - 1].pained:
            needed = max(AFTER_PAIN, needed)
        if self.axis == WEIGHT and self.limits.stays:
            return self.current, self.reasons.stays(self.current, self.limits.phase)
        new = self._next()
        jump = self._jump(new)
        if jump > _BIG_JUMP:
            needed *= 2
        if streak < needed:
            far = new if jump > _BIG_JUMP else None
            return self.current, self.reasons.once_more(self.current, self.axis, needed - streak, last, far)
        return self._raised(new, jump, last)

    def _raised(self, new: float, jump: float, last: Outing) -> tuple[Quantity, str]:
        """A step up, unless something stands against it."""
        now, limits = self.current, self.limits
        if new == now.value:
            if self.axis == WEIGHT and limits.phase:
                return now, self.reasons.end_of_phase(now, limits.phase)
            return now, (self.reasons.heaviest(now) if limits.implement and self.axis == WEIGHT else
                         self.reasons.at_the_end(now, self.axis))  # fmt: skip
        if jump > _TOO_FAR and new - now.value > _FAR_STEPS * limits.step:
            return now, self.reasons.too_far(now, new)
        if self.axis == WEIGHT and limits.a_week is not None and new > self._most(new, limits.a_week) + 1e-6:
            new = self._steps().at_most(self._most(now.value, limits.a_week))
            if new <= now.value:
                return now, self.reasons.enough_for_a_week(now, Quantity(limits.a_week, now.unit))
        raised = Quantity(new, now.unit)
        return raised, self.reasons.up(raised, self.axis, last)

    def _next(self) -> float:
        """The next value that is harder; a load by the step of script or phase where there is such a load."""
        steps, now = self._steps(), self.current.value
        if self.direction == -1:
            return steps.down(now)
        if self.axis != WEIGHT:
            return steps.up(now)
        wanted = steps.at_most(now + self.limits.step)
        return wanted if wanted > now + 1e-6 else steps.up(now)

    def _jump(self, new: float) -> float:
        """Fraction by which equipment makes the next load heavier than the script's step would; else 0."""
        more = new - self.current.value
        if self.axis != WEIGHT or more <= self.limits.step + 1e-6 or self.current.value <= 0:
            return 0.0
        return more / self.current.value

    def _most(self, new: float, a_week: float) -> float:
        """The heaviest that so much a week allows; a step that is worth several weeks waits as many."""
        weeks = max(1, ceil((new - self.current.value) / a_week - 1e-6))
        known = [(out.day, did.value) for out in self.done if (did := self._did(out)) is not None]
        if (self.reasons.today - known[0][0]).days < 7 * (weeks - 1):
            return self.current.value
        before = [value for day, value in known if day <= self.reasons.today - weeks * _WEEK]
        return (before[-1] if before else known[0][1]) + weeks * a_week

    def _back(self, steps: int, *, to_start: bool) -> Quantity:
        """Easier by steps; a load by a tenth where that is more.

        With ``to_start`` never easier than where the script begins, unless it is already: because of pain, or at the
        trainee's own wish.
        """
        scale, value = self._steps(), self.current.value
        start = self._start(scale) if to_start else None
        if self.direction == 1:
            new = scale.down(value, steps)
            if self.axis == WEIGHT:
                new = min(new, scale.less(value, _BACK_FRACTION))
            return Quantity(new if start is None else max(new, min(value, start)), self.current.unit)
        new = scale.up(value, steps)
        return Quantity(new if start is None else min(new, max(value, start)), self.current.unit)

    def _start(self, steps: Steps) -> float | None:
        if self.axis != WEIGHT:
            return self.drill.dials[self.axis].start.value
        return start_of(self.drill, steps)

    def _steps(self) -> Steps:
        return self.limits.of_axis(self.drill, self.axis)


def start_of(drill: Drill, steps: Steps) -> float | None:
    """The load of a first session, of those that exist; None where the trainee says."""
    load = drill.load.in_unit(steps.unit) if drill.load is not None else None
    if load is None or load.start is None:
        return None
    wanted = converted(load.start, steps.unit).value
    if load.start.unit == steps.unit and steps.within(wanted) == wanted:
        return wanted
    below, above = steps.at_most(wanted), steps.up(steps.at_most(wanted))
    return above if below < wanted < above <= wanted * _NEARLY else below


def in_units_of(dial: Dial, value: Quantity) -> Quantity | None:
    """A value of a dial in the unit it has today, on its own grid where it was converted; None where that cannot be."""
    unit = dial.start.unit
    if value.unit == unit:
        return value
    if value.unit is None or unit is None or {value.unit, unit} != {"in", "cm"}:
        return None
    scale = Scale.of_dial(dial)
    wanted = scale.within(convert(value, unit).value)
    below = scale.at_most(wanted)
    above = scale.up(below)
    return Quantity(above if above - wanted < wanted - below else below, unit)


def after_pain(done: Sequence[Outing]) -> bool:
    """True where fewer than two clean sessions followed the last pain."""
    hurt = max((n for n, out in enumerate(done) if out.pained), default=None)
    return hurt is not None and sum(out.clean for out in done[hurt + 1 :]) < AFTER_PAIN
