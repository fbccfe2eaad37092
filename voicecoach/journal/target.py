"""One drill of today from the journal: its dials, its load and the reason; ``progress`` puts the drills together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicecoach.coach.plan import PlannedDrill
from voicecoach.drills.equipment import Trainee
from voicecoach.drills.model import Drill
from voicecoach.drills.scales import Scale, converted
from voicecoach.drills.values import Turn
from voicecoach.journal.decision import Decision, after_pain, in_units_of, start_of
from voicecoach.journal.limits import WEIGHT, Limits
from voicecoach.journal.outings import Outing
from voicecoach.journal.reasons import Reasons
from voicecoach.journal.weeks import last_return, weeks_away
from voicecoach.words.meaning import Quantity

Values = dict[str, Quantity | None]


@dataclass(frozen=True, slots=True)
class Target:
    """Everything that one drill's target depends on."""

    drill: Drill
    """The drill."""
    done: Sequence[Outing]
    """The sessions with it, in order."""
    limits: Limits
    """How far it goes today."""
    trainee: Trainee
    """What there is to lift."""
    reasons: Reasons
    """What is said about it."""
    hurt: Outing | None = None
    """The session with pain from which the way back is not done: until it is, nothing gets harder."""

    def planned(self) -> PlannedDrill:
        """The drill with its dials, load and reason."""
        drill, done = self.drill, self.done
        counted = [out for out in done if out.pained or not out.eased]
        values: Values = {name: self._value(name, counted) for name in drill.dials}
        if drill.load is not None:
            values[WEIGHT] = self._value(WEIGHT, counted)
        why, tells = self._decide(values, counted)
        pained = counted[-1] if counted and counted[-1].pained else None
        eased = self._ease(values, pained) if pained is not None else ""
        weight = values.pop(WEIGHT, None)
        dials = {name: value for name, value in values.items() if value is not None}
        sets = int(dials["sets"].value) if "sets" in dials else drill.sets
        if pained is not None:
            why, tells = eased or self.reasons.pain_only(replace(drill, sets=sets), pained), False
            sets = sets if eased else max(1, sets - 1)
        last = done[-1] if done else None
        return PlannedDrill(
            drill=drill,
            sets=sets,
            reps=int(dials["reps"].value) if "reps" in dials else drill.reps,
            dials=dials,
            weight=weight,
            last_weight=last.did(WEIGHT) if last is not None else None,
            last_time=self.reasons.last_time(last) if last is not None else "",
            why=why,
            from_script=self._from_script({**dials, WEIGHT: weight}),
            tells_last_time=tells,
            loading=" ".join(text for text in (self._loading(weight), *self._stays_down(dials)) if text),
            steps=self.limits.steps,
            times=len(done),
            after_pain=after_pain(done),
        )

    def at_easiest(self) -> bool:
        """Whether nothing of the drill can be made easier."""
        axis, direction = axis_of(self.drill)
        if not axis:
            return True
        counted = [out for out in self.done if out.pained or not out.eased]
        value, steps = self._value(axis, counted), self.limits.of_axis(self.drill, axis)
        if value is None:
            return False
        return (steps.down(value.value) if direction == 1 else steps.up(value.value)) == value.value

    def _decide(self, values: Values, counted: Sequence[Outing]) -> tuple[str, bool]:
        """Turn what gets harder; returns the reason, and whether it tells what was done last time."""
        axis, direction = axis_of(self.drill)
        current = values.get(axis)
        if not counted or current is None:
            return "", False
        days = [*(out.day for out in self.done), self.reasons.today]
        weeks, since = weeks_away(counted[-1].day, days), last_return(days)
        decision = Decision(self.drill, axis, direction, current, counted, self.limits, self.reasons, weeks, since)
        new, why = decision.make()
        last = self.done[-1]
        if new != current and (new.value - current.value) * direction > 0:
            if self.hurt is not None:
                return self.reasons.held_back(current, axis, self.hurt.drill, self.hurt), False
            if back := self._dial_back(values, counted):
                return back, False
            values[axis] = new
            return why, counted[-1] is last
        values[axis] = new
        if last.eased and not last.pained and new == current and not weeks:
            return self.reasons.easy_day(new, axis, last), False
        return why, False

    def _from_script(self, values: Values) -> str:
        """Why a target that nothing was decided about is as it is."""
        axis, _ = axis_of(self.drill)
        if (value := values.get(axis)) is not None:
            return self.reasons.begins(value, axis, self.drill)
        return self.reasons.open_load(self.drill) if self.drill.load is not None else self.reasons.always(self.drill)

    def _dial_back(self, values: Values, counted: Sequence[Outing]) -> str:
        """One step back to where it began for a dial that was turned away from it, before anything gets heavier."""
        axis, _ = axis_of(self.drill)
        for name, dial in self.drill.dials.items():
            value = values[name]
            if name == axis or value is None or not self._turned_down(name, value.value - dial.start.value):
                continue
            steps = Scale.of_dial(dial)
            nearer = steps.up(value.value) if value.value < dial.start.value else steps.down(value.value)
            values[name] = Quantity(nearer, value.unit)
            return self.reasons.back_again(Quantity(nearer, value.unit), name, counted[-1])
        return ""

    def _stays_down(self, dials: Mapping[str, Quantity]) -> list[str]:
        """What is said of dials that were turned down on the way, ``tight hamstrings``, and stay there today."""
        axis, _ = axis_of(self.drill)
        return [
            self.reasons.as_last_time(value, name)
            for name, value in dials.items()
            if name != axis and self._turned_down(name, value.value - self.drill.dials[name].start.value)
        ]

    def _turned_down(self, name: str, by: float) -> bool:
        """Whether a dial stands where an answer of the script other than to "too easy", or pain, has turned it."""
        turns = [answer.turn for command, answer in self.drill.hears.items() if command != "too easy"]
        return any(t is not None and t.dial == name and t.direction * by > 0 for t in (*turns, self.drill.pain.turn))

    def _value(self, axis: str, done: Sequence[Outing]) -> Quantity | None:
        """Where the drill was left, or where the script begins; among the values there are."""
        left = next((value for out in reversed(done) if (value := out.left_at(axis)) is not None), None)
        if axis != WEIGHT:
            dial = self.drill.dials[axis]
            value = dial.start if left is None else in_units_of(dial, left) or dial.start
            return Quantity(Scale.of_dial(dial).within(value.value), value.unit)
        steps = self.limits.steps
        if steps is None:
            return None
        if left is None:
            start = start_of(self.drill, steps)
            return None if start is None else Quantity(start, steps.unit)
        if left.unit in {None, steps.unit}:
            return Quantity(steps.within(left.value), steps.unit)
        return Quantity(steps.at_most(converted(left, steps.unit).value), steps.unit)

    def _ease(self, values: Values, last: Outing) -> str:
        """After pain: take off what the script says, from the value that was painful; returns the reason.

        Empty where that leaves no less than what was painful: a set is left out then.
        """
        plan, weight, steps = self.drill.pain, values.get(WEIGHT), self.limits.steps
        if plan.lighter is not None and steps is not None and weight is not None:
            hurt = last.hurt_at(WEIGHT) or weight
            was = converted(hurt, weight.unit).value if hurt.unit else hurt.value
            values[WEIGHT] = eased = Quantity(min(weight.value, steps.less(was, plan.lighter)), weight.unit)
            return self.reasons.pain(eased, WEIGHT, hurt, last) if eased.value < was else ""
        turn = plan.turn
        if turn is not None and turn.dial in self.drill.dials and (value := values.get(turn.dial)) is not None:
            then = last.hurt_at(turn.dial)
            hurt = (in_units_of(self.drill.dials[turn.dial], then) if then is not None else None) or value
            values[turn.dial] = eased = Quantity(self._gentler(turn, value.value, hurt.value), value.unit)
            gentler = (eased.value - hurt.value) * turn.direction > 0
            return self.reasons.pain(eased, turn.dial, hurt, last) if gentler else ""
        return ""

    def _gentler(self, turn: Turn, value: float, hurt: float) -> float:
        scale = Scale.of_dial(self.drill.dials[turn.dial])
        return max(value, scale.up(hurt)) if turn.direction == 1 else min(value, scale.down(hurt))

    def _loading(self, weight: Quantity | None) -> str:
        if weight is None:
            return ""
        if self.limits.implement == "dumbbell" and not self.done:
            return self.reasons.dumbbells()
        side = self.trainee.equipment.each_side(weight) if self.limits.implement == "barbell" else None
        return self.reasons.plates(side) if side is not None else ""


def axis_of(drill: Drill) -> tuple[str, int]:
    """What gets harder, and which way: what "too easy" turns in the script, else the load; "" for nothing."""
    response = drill.hears.get("too easy")
    if response is not None and response.turn is not None:
        return response.turn.dial, response.turn.direction
    return (WEIGHT, 1) if drill.load else ("", 1)
