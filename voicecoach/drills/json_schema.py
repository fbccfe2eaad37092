"""JSON Schema of the five kinds of script, made from the same models that read them; for editors.

What ``voicecoach schema`` prints and ``scripts/schema`` holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter

from voicecoach.drills.cue_list_schema import CueListPart
from voicecoach.drills.fields import JSON_NAME
from voicecoach.drills.key_meanings import meanings_of
from voicecoach.drills.keys import key_name
from voicecoach.drills.kinds import KIND_NAMES, model_of
from voicecoach.drills.language_schema import LanguagePart
from voicecoach.drills.programme_schema import ProgrammePart
from voicecoach.drills.schema import DrillPart, FlowPart, Part
from voicecoach.drills.vocabulary import TRIGGERS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
JSON_OUTCOME = {"$ref": "#/$defs/OutcomePart"}


def json_schema(kind: str | None = None) -> dict[str, Any]:
    """JSON Schema (2020-12) of one kind of script, or of any where ``kind`` is None."""
    if kind is None:
        body = TypeAdapter(DrillPart | ProgrammePart | FlowPart | CueListPart | LanguagePart).json_schema(by_alias=True)
        title = "A voicecoach script"
    else:
        body = model_of(kind).model_json_schema(by_alias=True)
        title = f"A voicecoach {KIND_NAMES[kind]}"
    schema = {"$schema": DIALECT, **body, "title": title}
    if kind is not None:
        _explain(schema, model_of(kind))
    for model in _models(Part):
        _explain(schema.get("$defs", {}).get(model.__name__, {}), model)
    _tidy(schema)
    return schema


def _models(base: type[Part]) -> Iterator[type[Part]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _explain(mapping: dict[str, Any], model: type[BaseModel]) -> None:
    """Write what each key means into a mapping's schema, for editors to show."""
    meanings = meanings_of(model)
    for name, field in model.model_fields.items():
        key = key_name(name, field)
        if name in meanings and key in mapping.get("properties", {}):
            sub = {**mapping["properties"][key], "description": meanings[name]}
            mapping["properties"][key] = dict(sorted(sub.items()))


def _tidy(node: Any) -> None:  # noqa: ANN401 - any JSON value
    """Drop the machine-made titles and the nulls no script can hold, and close the tables of names."""
    if isinstance(node, list):
        for item in node:
            _tidy(item)
    if not isinstance(node, dict):
        return
    for name, sub in node.get("properties", {}).items():
        _tidy_property(name, sub)
    if node.get("items") == JSON_OUTCOME:
        _open_outcomes(node)
        return
    for value in node.values():
        _tidy(value)


def _open_outcomes(node: dict[str, Any]) -> None:
    """Where outcomes are listed, one outcome alone or the name of a state will do."""
    one = [JSON_NAME, JSON_OUTCOME]
    node["items"] = {"anyOf": one}
    several = dict(node)
    node.clear()
    node["anyOf"] = [*one, several]


def _tidy_property(name: str, sub: dict[str, Any]) -> None:
    sub.pop("title", None)
    options = [o for o in sub.get("anyOf", []) if o != {"type": "null"}]
    if "anyOf" in sub and len(options) < len(sub["anyOf"]):
        sub.pop("default", None)
        if len(options) == 1:
            del sub["anyOf"]
            sub.update({**options[0], **sub})
        else:
            sub["anyOf"] = options
    if name == "when" and "additionalProperties" in sub:
        sub["propertyNames"] = {"enum": sorted(TRIGGERS)}
