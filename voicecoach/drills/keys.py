"""Every key a script can have, with its meaning and its default, read off the models that read the files.

For the comments of ``voicecoach new`` and the tables of ``voicecoach schema --tables``; so neither can go stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from voicecoach.drills.key_meanings import meanings_of
from voicecoach.drills.kinds import model_of

FORM_CUES = "every N reps"
"""How the keys of form cues are shown."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of one mapping."""

    name: str
    """As written in a script."""
    meaning: str
    """One or two sentences."""
    default: str
    """What holds where the key is left out; ``needed`` where it cannot be."""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one mapping."""

    path: str
    """Where the mapping stands, ``cues`` or ``states.NAME``; empty at the top of the file."""
    keys: tuple[Key, ...]
    """In the order of the model."""


def keys_of(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys of a mapping."""
    meanings = meanings_of(model)
    keys = [
        Key(key_name(name, field), " ".join((meanings.get(name) or field.description or "").split()), _default(field))
        for name, field in model.model_fields.items()
    ]
    if model.model_config.get("extra") == "allow":
        keys.append(Key(FORM_CUES, "Form cues: after every so many reps one of these, in turn.", "none"))
    return tuple(keys)


def tables_of(kind: str) -> tuple[Table, ...]:
    """The mappings of a kind of script, from the top of the file downwards, each model once."""
    return tuple(_tables(model_of(kind), "", set()))


def part_of(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model of the mapping under a key; None where there is none, or where names of the writer's choice follow."""
    field = next((f for n, f in model.model_fields.items() if key_name(n, f) == key), None)
    found = list(_parts(field.annotation, "")) if field is not None else []
    return found[0][1] if found and not found[0][0] else None


def key_name(name: str, field: FieldInfo) -> str:
    """A field's name as written in a script."""
    return field.alias or name


def _tables(model: type[BaseModel], path: str, seen: set[type[BaseModel]]) -> Iterator[Table]:
    seen.add(model)
    yield Table(path, keys_of(model))
    for name, field in model.model_fields.items():
        for below, inner in _parts(field.annotation, ""):
            if inner not in seen:
                here = ".".join(part for part in (path, key_name(name, field), below) if part)
                yield from _tables(inner, here, seen)


def _parts(annotation: Any, path: str) -> Iterator[tuple[str, type[BaseModel]]]:  # noqa: ANN401 - any annotation
    """The models in an annotation, each with ``NAME`` where it stands under a name of the writer's choice."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield path, annotation
    elif origin is dict:
        yield from _parts(arguments[1], "NAME")
    elif origin is Annotated:
        yield from _parts(arguments[0], path)
    elif origin in (list, Union, UnionType):
        for argument in arguments:
            yield from _parts(argument, path)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ([], {}) or isinstance(value, BaseModel):
        return "none"
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
