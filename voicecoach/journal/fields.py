"""What a line of the journal begins with, and the kinds of value that its fields have; ``schema`` names the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

VERSION = 1
"""Version of the line format, ``v`` in every line."""

Kind = Literal["text", "texts", "whole", "number", "wholes", "flag", "unit", "dials", "id"]

ENVELOPE = ("v", "id", "t", "session", "n", "event")
"""Keys every line begins with; ``n`` may be missing in lines that another program wrote."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event."""

    name: str
    """Key in the JSON object."""
    kind: Kind
    """What the value is; ``dials`` is an object of ``{"value", "unit"}`` by the name of the dial."""
    about: str
    """What it means, one sentence fragment."""
    always: bool = True
    """False where the field may be missing."""
    null: bool = False
    """True where the value may be null."""


def fault(field: Field, record: Mapping[str, object]) -> str:
    """What is wrong with one field of a record; empty when it is as documented."""
    if field.name not in record:
        return f"'{field.name}' is missing" if field.always else ""
    value = record[field.name]
    if value is None:
        return "" if field.null else f"'{field.name}' is null"
    return "" if _fits(field.kind, value) else f"'{field.name}' should be {_CALLED[field.kind]}"


_CALLED: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "a text",
        "texts": "a list of texts",
        "wholes": "a list of whole numbers",
        "whole": "a whole number from 0",
        "number": "a number",
        "flag": "true or false",
        "unit": "a unit such as lb",
        "dials": 'an object such as {"depth": {"value": 50, "unit": "%"}}',
        "id": "an id",
    }
)


def _fits(kind: Kind, value: object) -> bool:
    match kind:
        case "text" | "unit" | "id":
            return isinstance(value, str)
        case "texts" | "wholes":
            each: Kind = "text" if kind == "texts" else "whole"
            return isinstance(value, list) and all(_fits(each, item) for item in value)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "number":
            return is_number(value)
        case "flag":
            return isinstance(value, bool)
        case "dials":
            return isinstance(value, dict) and all(
                isinstance(dial, dict) and is_number(dial.get("value")) for dial in value.values()
            )


def is_number(value: object) -> bool:
    """True for a finite int or float that is no bool."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value - value == 0
