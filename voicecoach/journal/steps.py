"""The values a load or a dial can take, and the next one up or down; ``progress`` never leaves them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from voicecoach.drills.model import Dial, Load
from voicecoach.words.meaning import Quantity

KILOS_PER_POUND = 0.45359237
"""Exact, by the international agreement of 1959."""

_USUAL_STEPS = {"kg": (0.5, 1.0, 2.0, 2.5, 5.0, 10.0, 20.0), "lb": (1.0, 2.5, 5.0, 10.0, 20.0, 50.0)}
"""Steps in which equipment is sold, by unit: a script in pounds used with kilos takes the nearest of these."""

_CLOSE = 1e-6


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
        """The loads there are, in the trainee's unit: the script's own, or in usual steps where it was converted."""
        own = load.step.unit
        if unit is None or own is None or unit == own:
            return cls(load.low, load.high, load.step.value, load.low, own)
        step = converted(load.step, unit)
        usual = min(_USUAL_STEPS.get(unit, (step.value,)), key=lambda size: abs(size - step.value))
        low, high = (converted(Quantity(limit, own), unit).value for limit in (load.low, load.high))
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


def converted(quantity: Quantity, unit: str | None) -> Quantity:
    """A load in another unit; unchanged where there is nothing to convert."""
    match quantity.unit, unit:
        case "lb", "kg":
            return Quantity(quantity.value * KILOS_PER_POUND, "kg")
        case "kg", "lb":
            return Quantity(quantity.value / KILOS_PER_POUND, "lb")
    return quantity
