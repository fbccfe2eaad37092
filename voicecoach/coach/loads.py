"""Loads and dials: asking for a weight, reading it back, and what "too easy" and "too hard" turn."""

from __future__ import annotations

from voicecoach.coach.counting import weight_fields
from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.stage import Stage
from voicecoach.coach.workout import WEIGHT
from voicecoach.drills.model import Dial, Load
from voicecoach.drills.scales import converted
from voicecoach.drills.values import Turn
from voicecoach.words.doubts import confusable, doubt
from voicecoach.words.meaning import Quantity
from voicecoach.words.units import convert

BIG_STEP = 0.2
"""A rise by more than this fraction is read back and waits for "yes" (DESIGN section 4)."""

ROUNDED = 0.5
"""By how much a load may be past a limit in another unit: 45 pounds are sold as 20 kilos, and are 20.4."""


class Loads:
    """Steps and conditions about loads and dials."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._doubted: frozenset[float | None] = frozenset()

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "ask weight": lambda _: self.ask(),
            "take weight": lambda _: self.take(self.heard_weight(), "said"),
            "take last weight": lambda _: self.take(self._before(), "same as last time"),
            "note weight": lambda _: self.note(),
            "confirm weight": lambda _: self.confirm(),
            "take noted weight": lambda _: self.take(self._stage.work.noted, "confirmed"),
            "drop noted weight": lambda _: self.drop(),
            "take planned weight": lambda _: self.take_planned(),
            "ask which weight": lambda _: self.ask_which(),
            "answer": lambda _: self.answer(),
        }

    def conditions(self) -> dict[str, Condition]:
        """The conditions a flow may name."""
        return {
            "weight unknown": self.unknown,
            "big step up": self.big_step_up,
            "weight past limit": self.past_limit,
            "weight planned": lambda: self._stage.work.planned.weight is not None,
            "doubtful weight": lambda: self._doubt() is not None,
        }

    def unknown(self) -> bool:
        """True where the drill is done with a load and the trainee has not said one today."""
        work = self._stage.work
        return work.drill.load is not None and work.drill.name not in work.weights

    def big_step_up(self) -> bool:
        """True where what was heard is over a fifth heavier than today so far, or than last time.

        False for what was just asked back: saying it again is a yes.
        """
        heard, known = self.heard_weight(), self._used()
        if heard is None or known is None or known.unit is None or known.value <= 0:
            return False
        return (
            heard != self._stage.work.noted and convert(heard, known.unit).value > known.value * (1 + BIG_STEP) + 1e-9
        )

    def past_limit(self) -> bool:
        """True where what was heard is lighter or heavier than the script allows; said again it is a yes as well."""
        heard = self.heard_weight()
        return heard != self._stage.work.noted and self._limit(heard) is not None

    def ask(self) -> None:
        """Put the drill's question, and name the weight of the plan."""
        stage, work = self._stage, self._stage.work
        if work.drill.load is None:
            return
        stage.say(stage.filled(work.drill.load.ask))
        if work.planned.weight is not None:
            stage.say_line("planned weight")

    def heard_weight(self) -> Quantity | None:
        """What was said as a load: the number itself, or a change ("plus five") applied to the one in use.

        A number without a unit is taken in the drill's unit.
        """
        meaning, base = self._stage.meaning, self._stage.work.weight or self._last()
        if meaning.weight is not None:
            return Quantity(meaning.weight.value, meaning.weight.unit or self._unit())
        if meaning.relative is not None and base is not None:
            unit = base.unit or self._unit()
            change = convert(Quantity(meaning.relative.value, meaning.relative.unit or unit), unit)
            return Quantity(max(0.0, base.value + change.value), unit)
        return None

    def take(self, weight: Quantity | None, why: str) -> None:
        """Use a load from now on, write it down and read it back."""
        stage, work = self._stage, self._stage.work
        if work.drill.load is None:
            stage.say_line("no load here")
            return
        if weight is None:
            stage.say_line("which weight")
            return
        work.weights[work.drill.name] = weight
        work.noted = None
        fields = weight_fields(weight)
        stage.log("weight", drill=work.drill.name, value=fields["weight"], unit=fields["unit"], why=why)
        stage.say_line("weight read back")

    def take_planned(self) -> None:
        """Use the weight of the plan; where there is none, go without and do not ask again today."""
        stage, work = self._stage, self._stage.work
        if work.planned.weight is not None:
            self.take(work.planned.weight, "planned")
            return
        work.weights[work.drill.name] = None
        stage.say_line("weight unknown")

    def ask_which(self) -> None:
        """Ask back which of two numbers that sound alike was meant; either of them is then believed."""
        self._stage.say(self._doubt())
        heard = self.heard_weight()
        self._doubted = frozenset() if heard is None else frozenset({heard.value, confusable(heard.value)})

    def note(self) -> None:
        """Keep what was heard until the trainee has said "yes" to it."""
        self._stage.work.noted = self.heard_weight()

    def confirm(self) -> None:
        """Ask whether what was noted is right, and say what is odd about it."""
        stage, noted = self._stage, self._stage.work.noted
        limit = self._limit(noted)
        if noted is None or limit is None:
            stage.say_line("weight confirm")
            return
        below = noted.value < convert(limit, noted.unit or self._unit()).value
        known = {"weight limit": stage.language.quantity(limit)}
        stage.say_line("weight too low" if below else "weight too high", extra=known)

    def drop(self) -> None:
        """Forget what was noted."""
        self._stage.work.noted = None

    def answer(self) -> None:
        """Do what the drill does for the command just heard: turn its dial, say its line."""
        stage, drill = self._stage, self._stage.work.drill
        command = stage.meaning.command or ""
        response = drill.hears.get(command)
        if response is None:
            stage.say_line("noted")
            return
        if response.turn is not None and not self.turn(response.turn, command):
            stage.say_line("at limit")
            return
        stage.say(stage.filled(stage.wording(f"{drill.name} {command}", response.say)))

    def turn(self, turn: Turn, why: str) -> bool:
        """Turn a dial, or the load, by one step; False where its limit is reached. The change is written down."""
        work = self._stage.work
        new = self.turned(turn)
        if new is None:
            return False
        if turn.dial == WEIGHT and work.drill.load is not None:
            self._set_load(new, why)
            return True
        dial = work.drill.dials[turn.dial]
        old = work.dial(dial).value
        work.dials[work.drill.name, dial.name] = new.value
        self._log_dial(dial, old, new.value, why)
        return True

    def turned(self, turn: Turn) -> Quantity | None:
        """What a dial, or the load, would be one step on; None where its limit is reached."""
        work = self._stage.work
        if turn.dial == WEIGHT and work.drill.load is not None:
            return self._turned_load(turn)
        dial = work.drill.dials.get(turn.dial)
        if dial is None:
            return None
        old = work.dial(dial).value
        new = min(dial.high, max(dial.low, old + turn.direction * dial.step))
        return None if (new - old) * turn.direction <= 0 else Quantity(new, dial.start.unit)

    def lighten(self, fraction: float) -> bool:
        """Take a fraction off the load, down to a step that exists and at least one step; False where it cannot be."""
        lighter = self.lighter(fraction)
        if lighter is None:
            return False
        self._set_load(lighter, "pain")
        return True

    def lighter(self, fraction: float) -> Quantity | None:
        """The load less a fraction, as ``lighten`` takes it off; None where no load or none below it is known.

        Where more was chosen since the last set began, it is what was lifted in it that is lessened.
        """
        work = self._stage.work
        weight, lifting = work.weight, work.lifting
        steps = work.planned.steps_in(weight.unit) if weight is not None else None
        if steps is None or weight is None:
            return None
        known = weight.value if lifting is None else min(weight.value, converted(lifting, weight.unit).value)
        value = steps.less(known, fraction)
        return None if value >= known else Quantity(value, weight.unit or steps.unit)

    def _turned_load(self, turn: Turn) -> Quantity | None:
        """The next load that there is, in the unit the trainee uses; None where there is none."""
        weight = self._stage.work.weight
        steps = self._stage.work.planned.steps_in(weight.unit) if weight is not None else None
        if steps is None or weight is None:
            return None
        value = steps.up(weight.value) if turn.direction == 1 else steps.down(weight.value)
        return None if (value - weight.value) * turn.direction <= 0 else Quantity(value, weight.unit or steps.unit)

    def _set_load(self, weight: Quantity, why: str) -> None:
        work = self._stage.work
        work.weights[work.drill.name] = weight
        self._stage.log("weight", drill=work.drill.name, value=weight.value, unit=weight.unit, why=why)

    def _log_dial(self, dial: Dial, old: float, new: float, why: str) -> None:
        self._stage.log(
            "dial",
            drill=self._stage.work.drill.name,
            dial=dial.name,
            **{"from": old, "to": new},
            unit=dial.start.unit,
            why=why,
        )

    def _limit(self, weight: Quantity | None) -> Quantity | None:
        """The lightest or heaviest load of the script that a load is past; None where it is between them."""
        load = self._stage.work.drill.load
        if load is None or weight is None:
            return None
        load = load.in_unit(weight.unit)
        value = convert(weight, unit_of(load)).value
        if value < load.low - ROUNDED or value > load.high + ROUNDED:
            return Quantity(load.low if value < load.low else load.high, unit_of(load))
        return None

    def _doubt(self) -> str | None:
        """The question to ask back where "fifteen" could as well have been "fifty"."""
        heard, planned = self.heard_weight(), self._stage.work.planned
        if heard is None or heard.value in self._doubted:
            return None
        plan, last = (
            None if q is None else convert(q, heard.unit or self._unit()).value for q in (planned.weight, self._used())
        )
        return doubt(heard.value, plan, last, self._stage.language)

    def _last(self) -> Quantity | None:
        return self._stage.work.planned.last_weight

    def _before(self) -> Quantity | None:
        """What "same again" means: the load of the set before, of last time, or else the one already said today."""
        work = self._stage.work
        today = [done.weight for done in work.done if done.drill == work.drill.name and done.weight is not None]
        return today[-1] if today else self._last() or self._used()

    def _used(self) -> Quantity | None:
        """The load in use today, or last time's."""
        work = self._stage.work
        return work.weights.get(work.drill.name) or work.planned.last_weight

    def _unit(self) -> str:
        known, load = self._used() or self._stage.work.planned.weight, self._stage.work.drill.load
        if known is not None and known.unit:
            return known.unit
        return unit_of(load) if load else "lb"


def unit_of(load: Load) -> str:
    """The unit a drill's load is written in."""
    return load.step.unit or "lb"
