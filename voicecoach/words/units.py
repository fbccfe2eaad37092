"""Units: converting loads and lengths, and saying a quantity the way a person would."""

from __future__ import annotations

from voicecoach.words.meaning import Quantity
from voicecoach.words.numbers import spoken

POUND = 0.45359237
"""Kilograms in a pound, exact (international yard and pound agreement, 1959)."""
INCH = 2.54
"""Centimetres in an inch, exact (same)."""

_FACTORS = {("lb", "kg"): POUND, ("kg", "lb"): 1 / POUND, ("in", "cm"): INCH, ("cm", "in"): 1 / INCH}
_NAMES = {
    "lb": ("pound", "pounds"),
    "kg": ("kilo", "kilos"),
    "in": ("inch", "inches"),
    "cm": ("centimeter", "centimeters"),
    "reps": ("rep", "reps"),
    "%": ("percent", "percent"),
}
UNIT_WORDS = frozenset({"second", "seconds", "minute", "minutes"}.union(*_NAMES.values()))
"""Every word by which a unit is said."""
_MINUTE = 60
_SPOKEN_AS_NUMBER = 10
"""From ten seconds on "one minute ten" is clear without the word "seconds"."""


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Convert lb to kg, in to cm and back, unrounded; ValueError for units that do not go together."""
    if quantity.unit == unit:
        return quantity
    factor = _FACTORS.get((quantity.unit or "", unit))
    if factor is None:
        raise ValueError(f"{quantity.unit} cannot be converted to {unit}")
    return Quantity(quantity.value * factor, unit)


def say_quantity(quantity: Quantity) -> str:
    """Say a quantity: "seven inches", "half a pound", "two and a half kilos", "one minute thirty", "fifty percent"."""
    value, unit = quantity.value, quantity.unit
    if unit == "s":
        return say_duration(value)
    if unit not in _NAMES:
        return spoken(value)
    singular, plural = _NAMES[unit]
    if abs(value) == 0.5 and unit != "%":  # noqa: PLR2004 - "half a pound"
        return f"{'minus ' if value < 0 else ''}half {'an' if singular[0] in 'aeiou' else 'a'} {singular}"
    return f"{spoken(value)} {singular if abs(value) == 1 else plural}"


def say_duration(seconds: float) -> str:
    """Say a duration, to whole seconds from ten on: "forty five seconds", "one minute thirty", "two minutes"."""
    if abs(seconds) < _SPOKEN_AS_NUMBER:
        return f"{spoken(seconds)} second{'' if abs(seconds) == 1 else 's'}"
    minutes, rest = divmod(round(abs(seconds)), _MINUTE)
    sign = "minus " if seconds < 0 else ""
    if minutes == 0:
        return f"{sign}{spoken(rest)} seconds"
    head = f"{sign}{spoken(minutes)} minute{'' if minutes == 1 else 's'}"
    if rest == 0:
        return head
    if rest >= _SPOKEN_AS_NUMBER:
        return f"{head} {spoken(rest)}"
    return f"{head} and {spoken(rest)} second{'' if rest == 1 else 's'}"
