"""Units: converting loads and lengths."""

from __future__ import annotations

from voicecoach.words.meaning import Quantity

POUND = 0.45359237
"""Kilograms in a pound, exact (international yard and pound agreement, 1959)."""
INCH = 2.54
"""Centimetres in an inch, exact (same)."""

_FACTORS = {("lb", "kg"): POUND, ("kg", "lb"): 1 / POUND, ("in", "cm"): INCH, ("cm", "in"): 1 / INCH}


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Convert lb to kg, in to cm and back, unrounded; ValueError for units that do not go together."""
    if quantity.unit == unit:
        return quantity
    factor = _FACTORS.get((quantity.unit or "", unit))
    if factor is None:
        raise ValueError(f"{quantity.unit} cannot be converted to {unit}")
    return Quantity(quantity.value * factor, unit)
