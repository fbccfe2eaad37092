"""The lists of cues in a script as a pydantic type: texts, texts under a condition, and the names of shared lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, ValidationInfo, WithJsonSchema

from voicecoach.drills.cue import CUE_CONDITION_MEANINGS, SHARED, WEEK, Cue, condition_of, is_cue_condition, list_of
from voicecoach.drills.diagnostics import did_you_mean, quoted
from voicecoach.drills.fields import (
    JSON_NAME,
    JSON_TEXT,
    JSON_TEXTS,
    MOST_TEXTS,
    ONE_OR_MORE,
    Name,
    Text,
    Texts,
    refuse,
)

SharedLists = Callable[[str], list[str]]
"""Gives the texts of a list by its name, and refuses where there is none; handed in as pydantic's context."""

JSON_CUE = {
    "anyOf": [
        JSON_TEXT,
        {
            "type": "object",
            "description": "Said only under a condition.",
            "properties": {
                name: {**JSON_TEXTS, "description": f"Said only when this holds: {meaning}."}
                for name, meaning in CUE_CONDITION_MEANINGS.items()
            },
            "patternProperties": {WEEK: {**JSON_TEXTS, "description": "Said only in this week of training."}},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
        {
            "type": "object",
            "description": "The texts of a shared list: a file with `kind: cues`.",
            "properties": {SHARED: {**JSON_NAME, "description": "Name of the list."}},
            "additionalProperties": False,
            "required": [SHARED],
        },
    ]
}


def _condition(name: str) -> str:
    if is_cue_condition(name):
        return name
    near = did_you_mean(name, [*CUE_CONDITION_MEANINGS, SHARED])
    hint = near if near.startswith("did") else f"put quotes around a text with a colon; conditions are {_names()}"
    raise refuse(f"there is no condition called {quoted(name)}", hint)


def _names() -> str:
    return ", ".join(sorted(CUE_CONDITION_MEANINGS))


def _one(entry: dict[str, list[str]]) -> dict[str, list[str]]:
    if len(entry) != 1:
        raise refuse("one condition is needed here", "begin each condition with a hyphen, on a line of its own")
    return entry


def _of_list(entry: dict[str, str], info: ValidationInfo) -> list[Cue]:
    """The texts of the list that an entry names."""
    texts = cast("SharedLists", info.context)(entry[SHARED])
    return [Cue(text, condition_of(text), shared=list_of(text) or entry[SHARED]) for text in texts]


def _kind(entry: Any) -> str:  # noqa: ANN401 - pydantic hands in whatever the file holds
    if isinstance(entry, dict):
        return "of a list" if [*entry] == [SHARED] else "under a condition"
    return "a text"


def _flat(entries: list[str | dict[str, list[str]] | list[Cue]]) -> list[str]:
    """The texts of a list one after the other, each knowing its condition and its place."""
    if all(isinstance(entry, str) for entry in entries):
        return [str(entry) for entry in entries]
    found: list[str] = []
    for number, entry in enumerate(entries):
        if isinstance(entry, str):
            found.append(Cue(entry, "", (number,)))
        elif isinstance(entry, list):
            found += [Cue(text, text.only_if, (number, SHARED), text.shared) for text in entry]
        else:
            for name, texts in entry.items():
                one = len(texts) == 1
                places = [(number, name) if one else (number, name, index) for index in range(len(texts))]
                found += [Cue(text, name, place) for text, place in zip(texts, places, strict=True)]
    return found


def _not_too_many(texts: list[str]) -> list[str]:
    if len(texts) > MOST_TEXTS:
        raise refuse("too many items", f"at most {MOST_TEXTS}, those under conditions and of shared lists among them")
    return texts


Entry = Annotated[
    Annotated[Text, Tag("a text")]
    | Annotated[
        dict[Annotated[str, BeforeValidator(_condition)], Texts], AfterValidator(_one), Tag("under a condition")
    ]
    | Annotated[dict[str, Name], AfterValidator(_of_list), Tag("of a list")],
    Discriminator(_kind),
]
"""A text, texts under a condition, or the name of a shared list."""
if TYPE_CHECKING:
    CueTexts = list[str]
else:
    CueTexts = Annotated[
        list[Entry],
        Field(min_length=1, max_length=MOST_TEXTS),
        ONE_OR_MORE,
        AfterValidator(_flat),
        AfterValidator(_not_too_many),
        WithJsonSchema(
            {"anyOf": [JSON_TEXT, {"type": "array", "items": JSON_CUE, "minItems": 1, "maxItems": MOST_TEXTS}]}
        ),
    ]
"""A text or a list of texts, of which some are said under a condition; each becomes a text that knows its own."""
