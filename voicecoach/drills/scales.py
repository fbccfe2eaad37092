"""The values a load or a dial can take, and the next one up or down; plans and the coach never leave them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Protocol

from voicecoach.drills.model import Dial, Load
from voicecoach.words.meaning import Quantity

KILOS_PER_POUND = 0.45359237
"""Exact, by the international agreement of 1959."""

_USUAL_STEPS = {"kg": (0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0), "lb": (1.0, 2.5, 5.0, 10.0, 20.0, 50.0)}
"""Steps in which equipment is sold, by unit: a script in pounds used with kilos takes the nearest of these."""

_CLOSE = 1e-6


class Steps(Protocol):
    """Values in order, the smallest first: what a dial can be turned to, or what there is to lift."""

    @property
    def low(self) -> float:
        """Smallest value."""

    @property
    def high(self) -> float:
        """Largest value."""

    @property
    def unit(self) -> str | None:
        """Unit of all of them."""

    def up(self, value: float, steps: int = 1) -> float:
        """The next value above, ``steps`` times; at the upper end the value itself."""

    def down(self, value: float, steps: int = 1) -> float:
        """The next value below, ``steps`` times; at the lower end the value itself."""

    def at_most(self, value: float) -> float:
        """The largest that is not above a value; the smallest where all are."""

    def less(self, value: float, fraction: float) -> float:
        """Less by a fraction, and by one step at least where there is one."""

    def within(self, value: float) -> float:
        """A value that was used, as it can be used again."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Every value from ``low`` to ``high`` that is ``anchor`` plus a whole number of steps."""

    low: float
    """Smallest value."""
    high: float
    """Largest value."""
    step: float
    """Distance from one to the next; above 0."""
    anchor: float
    """One value of the grid, which need not be between the limits."""
    unit: str | None
    """Unit of all of these."""

    @classmethod
    def of_dial(cls, dial: Dial) -> Scale:
        """The values of a dial, counted from where it starts."""
        return cls(dial.low, dial.high, dial.step, dial.start.value, dial.start.unit)

    @classmethod
    def of_load(cls, load: Load, unit: str | None) -> Scale:
        """The loads there are, in the trainee's unit: the script's own, or in usual steps where it has none in it."""
        here = load.in_unit(unit)
        own = here.step.unit
        if unit is None or own is None or unit == own:
            return cls(here.low, here.high, here.step.value, here.low, own)
        step = converted(here.step, unit)
        usual = min(_USUAL_STEPS.get(unit, (step.value,)), key=lambda size: abs(size - step.value))
        low, high = (converted(Quantity(limit, own), unit).value for limit in (here.low, here.high))
        return cls(round(low / usual) * usual, high, usual, 0.0, unit)

    def up(self, value: float, steps: int = 1) -> float:
        """The next value above, ``steps`` times; the value itself at the upper limit."""
        notch = math.floor((value - self.anchor) / self.step + _CLOSE) + steps
        return max(min(self.anchor + notch * self.step, self._top()), min(value, self.high))

    def down(self, value: float, steps: int = 1) -> float:
        """The next value below, ``steps`` times; the value itself at the lower limit."""
        notch = math.ceil((value - self.anchor) / self.step - _CLOSE) - steps
        return min(max(self.anchor + notch * self.step, self.low), max(value, self.low))

    def at_most(self, value: float) -> float:
        """The largest value of the grid that is not above."""
        notch = math.floor((value - self.anchor) / self.step + _CLOSE)
        return min(max(self.anchor + notch * self.step, self.low), self.high)

    def less(self, value: float, fraction: float) -> float:
        """Lighter by a fraction, on the grid, and in any case by one step where the limit allows."""
        return min(self.at_most(value * (1 - fraction)), self.down(value))

    def within(self, value: float) -> float:
        """The value itself, moved inside the limits; what somebody really used need not be on the grid."""
        return min(max(value, self.low), self.high)

    def _top(self) -> float:
        return self.anchor + math.floor((self.high - self.anchor) / self.step + _CLOSE) * self.step


@dataclass(frozen=True, slots=True)
class Rack:
    """Loads that somebody has, one by one: no target is ever between two of them."""

    loads: tuple[float, ...]
    """At least one, ascending, each once."""
    unit: str | None
    """Unit of all of them."""

    @property
    def low(self) -> float:
        """The lightest."""
        return self.loads[0]

    @property
    def high(self) -> float:
        """The heaviest."""
        return self.loads[-1]

    def up(self, value: float, steps: int = 1) -> float:
        """The next load above, ``steps`` times; the heaviest where there is none."""
        at = bisect_right(self.loads, value + _CLOSE) + steps - 1
        return self.loads[min(at, len(self.loads) - 1)]

    def down(self, value: float, steps: int = 1) -> float:
        """The next load below, ``steps`` times; the lightest where there is none."""
        at = bisect_left(self.loads, value - _CLOSE) - steps
        return self.loads[max(at, 0)]

    def at_most(self, value: float) -> float:
        """The heaviest that is not above; the lightest where all are."""
        return self.loads[max(bisect_right(self.loads, value + _CLOSE) - 1, 0)]

    def less(self, value: float, fraction: float) -> float:
        """Lighter by a fraction, and in any case by one load where there is a lighter one."""
        return min(self.at_most(value * (1 - fraction)), self.down(value))

    def within(self, value: float) -> float:
        """The same as ``at_most``: what was borrowed once is not there the next time."""
        return self.at_most(value)


def converted(quantity: Quantity, unit: str | None) -> Quantity:
    """A load in another unit; unchanged where there is nothing to convert."""
    match quantity.unit, unit:
        case "lb", "kg":
            return Quantity(quantity.value * KILOS_PER_POUND, "kg")
        case "kg", "lb":
            return Quantity(quantity.value / KILOS_PER_POUND, "lb")
    return quantity
