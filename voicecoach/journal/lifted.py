"""The load somebody lifted behind a number that a tracker converted: 44.092 lb in a file was 20 kg on the bar."""

from __future__ import annotations

from voicecoach.words.meaning import Quantity
from voicecoach.words.units import convert

_STEP = 0.25
"""Loads are multiples of this in the unit they were lifted in: plates come in halves and quarters."""
_ROUNDED = 0.0006
"""What rounding to three decimals can take away."""


def as_lifted(value: float, unit: str) -> Quantity:
    """A number from a table with one unit for all its rows, in the unit in which it is a load that exists.

    What is a multiple of a quarter stays as it is; so does what is none in either unit.
    """
    here = Quantity(value, unit)
    if _near(value, _ROUNDED):
        return here
    other = "kg" if unit == "lb" else "lb"
    there = convert(here, other).value
    scale = abs(there / value) if value else 1.0
    return Quantity(round(there / _STEP) * _STEP, other) if _near(there, _ROUNDED * scale) else here


def _near(value: float, within: float) -> bool:
    return abs(value - round(value / _STEP) * _STEP) <= within
