"""Kinds of values in a script, as pydantic types: texts, names, times, quantities, tempos, steps.

Each accepts exactly what its JSON Schema says and refuses anything else with a sentence about how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from voicecoach.drills import measures
from voicecoach.drills.values import Step, Tempo, Turn
from voicecoach.drills.vocabulary import ACTIONS_ALONE, CHECK_INS, EASED, ENDINGS, HOW_BAD
from voicecoach.words.meaning import Quantity

T = TypeVar("T")
LONGEST_TEXT = 400
"""Characters of one text."""
MOST_TEXTS = 60
"""Texts of one list."""
NAME_PATTERN = r"^[^\W_][\w' -]{0,59}$"
JSON_NAME = {"type": "string", "minLength": 1, "maxLength": 60}
JSON_TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
JSON_TEXTS = {"anyOf": [JSON_TEXT, {"type": "array", "items": JSON_TEXT, "minItems": 1, "maxItems": MOST_TEXTS}]}
NUMBER_UNIT = r"[0-9]{1,4}(\.[0-9]{1,3})?"
JSON_UNITS = "|".join(sorted(measures.SPELLINGS, key=len, reverse=True))


def refuse(sentence: str, hint: str = "") -> PydanticCustomError:
    """An error whose message and hint reach the user as they are."""
    return PydanticCustomError("script", "{sentence}", {"sentence": sentence, "hint": hint})


def _reader(read: Callable[[str], T], what: str, example: str) -> Callable[[Any], T]:
    """A validator around a parser that raises ValueError; numbers count as text without a unit."""

    def validate(value: Any) -> T:  # noqa: ANN401 - pydantic hands in whatever the file holds
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise refuse(f"{what} is needed here", f"such as {example}")
        try:
            return read(str(value))
        except ValueError as error:
            raise refuse(str(error), f"such as {example}") from None

    return validate


def _text(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise refuse("the text is empty", "write some words, or take the line away")
    if text.startswith("-"):  # a speech engine run as a command would take it for an option
        raise refuse("a text cannot begin with a hyphen", "begin with a word; a list item has a space after its hyphen")
    return text


def _phrase(value: str) -> str:
    """As other texts, but an empty one is left to the rules, so that all else that is wrong is told beside it."""
    return _text(value) if value.strip() else ""


def _name(value: str) -> str:
    name = " ".join(value.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if not re.match(NAME_PATTERN, name):
        stem = re.sub(r"^.*[/\\]|\.ya?ml$", "", name)
        plain = " ".join(re.sub(r"[^\w' -]|_", " ", name).split())
        hint = f"such as {plain if re.match(NAME_PATTERN, plain) else 'wall tap'}"
        hint = f"write the script's name, {stem.replace('-', ' ')}" if stem != name else hint
        raise refuse("a name is spoken: letters, digits, spaces and hyphens, at most 60", hint)
    return name


def _listed(value: Any) -> Any:  # noqa: ANN401
    return [value] if isinstance(value, str) else value


def _sides(value: Any) -> Any:  # noqa: ANN401
    return [side.strip() for side in value.split(",")] if isinstance(value, str) else value


def _both_sides(value: list[str]) -> list[str]:
    if len(set(value)) != len(value):
        raise refuse("both sides are needed, each once", "write sides: left, right")
    return value


def _at_most_an_hour(text: str) -> float:
    seconds = measures.read_duration(text)
    if seconds > 60 * measures.MOST_MINUTES:
        raise ValueError("a time is at most one hour")
    return seconds


def _load(text: str) -> Quantity:
    quantity = measures.read_quantity(text)
    if quantity.unit not in measures.LOADS:
        raise ValueError("a weight needs its unit, lb or kg")
    return quantity


def _both(text: str, read: Callable[[str], Quantity]) -> tuple[Quantity, ...]:
    """One quantity, or the same in the other unit as well: ``15 lb or 7.5 kg``, ``7 in or 18 cm``."""
    found = tuple(read(part) for part in re.split(r"\s+or\s+", text.strip()))
    if len(found) > 1 and tuple(sorted(one.unit or "" for one in found)) not in {("kg", "lb"), ("cm", "in")}:
        raise ValueError("after 'or' comes the same in the other unit")
    return found


def _loads(text: str) -> tuple[Quantity, ...]:
    return _both(text, _load)


def _amounts(text: str) -> tuple[Quantity, ...]:
    return _both(text, measures.read_quantity)


def _percent(text: str) -> float:
    quantity = measures.read_quantity(text)
    if quantity.unit != "%":
        raise ValueError("how much lighter is written in percent")
    share = abs(quantity.value)
    if not 1 <= share <= 90:  # noqa: PLR2004
        raise ValueError("between 1 % and 90 % can be taken off")
    return share / 100


def _turn(text: str) -> Turn:
    name, _, direction = text.strip().rpartition(" ")
    if not name.strip() or direction not in {"up", "down"}:
        raise ValueError("a turn is the name of a dial and up or down; how far it turns is the dial's 'step:'")
    return Turn(name.strip(), 1 if direction == "up" else -1)


def _step(value: Any) -> Step:  # noqa: ANN401
    """A step, ``hush`` or ``{say: paused}``; whether the action exists is asked by the rules, which suggest names."""
    if isinstance(value, str) and value.strip():
        if value.strip() in {"say", "end session"}:
            raise refuse(f"'{value.strip()}' needs to know what", f"write {value.strip()}: and then the rest")
        return Step(value.strip())
    if isinstance(value, dict) and len(value) == 1:
        ((action, argument),) = value.items()
        if isinstance(argument, str) and argument.strip():
            return Step(action, " ".join(argument.split()))
        raise refuse(f"'{action}' needs a text", f"write {action}: and then the text, in quotes")
    raise refuse("a step is an action, or one action with its text", "such as hush, or say: paused")


def _outcomes(value: Any) -> Any:  # noqa: ANN401
    """One outcome or several: the name of a state, a mapping, or a list of these."""
    many = value if isinstance(value, list) else [value]
    return [{"to": item} if isinstance(item, str) else item for item in many]


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_text), WithJsonSchema(JSON_TEXT)]
"""One text of at most 400 characters."""
Name = Annotated[str, AfterValidator(_name), WithJsonSchema(JSON_NAME)]
"""A name that is spoken."""
Texts = Annotated[
    list[Text],
    Field(min_length=1, max_length=MOST_TEXTS),
    BeforeValidator(_listed),
    WithJsonSchema(JSON_TEXTS),
]
"""A text or a list of texts."""
Phrases = Annotated[
    list[Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_phrase)]],
    Field(min_length=1, max_length=MOST_TEXTS),
    BeforeValidator(_listed),
    WithJsonSchema(JSON_TEXTS),
]
"""A template of phrases or a list of them."""
Sides = Annotated[
    list[Literal["left", "right"]],
    Field(min_length=2, max_length=2),
    AfterValidator(_both_sides),
    BeforeValidator(_sides),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(left, ?right|right, ?left)$"},
                {"enum": [["left", "right"], ["right", "left"]]},
            ]
        }
    ),
]
"""Left and right, in the order in which they are done."""
Duration = Annotated[
    float,
    PlainValidator(_reader(_at_most_an_hour, "a time", "45s, 1m30s or 1:30")),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([0-9]{1,3} ?m(in)?)?( ?[0-9]{1,4}(\.[0-9]{1,3})? ?s(ec)?)?$|^[0-9]{1,3}:[0-5][0-9]$",
            "minLength": 2,
            "examples": ["45s", "1m30s", "1:30"],
        }
    ),
]
"""Seconds, written as a time."""
AMOUNT = rf"[-+]?{NUMBER_UNIT} *({JSON_UNITS})?"
Amounts = Annotated[
    tuple[Quantity, ...],
    PlainValidator(_reader(_amounts, "a number with its unit", "7 in or 50 %")),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": rf"^{AMOUNT}( +or +{AMOUNT})?$"},
            ],
            "examples": ["7 in or 18 cm", "50 %", "2.5 kg"],
        }
    ),
]
"""A number with its unit, or the same in the other unit as well."""
WEIGHT = rf"{NUMBER_UNIT} *({'|'.join((*measures.UNITS['lb'], *measures.UNITS['kg']))})"
Weights = Annotated[
    tuple[Quantity, ...],
    PlainValidator(_reader(_loads, "a weight", "15 lb or 7.5 kg")),
    WithJsonSchema({"type": "string", "pattern": rf"^{WEIGHT}( +or +{WEIGHT})?$", "examples": ["15 lb or 7.5 kg"]}),
]
"""A load, in one unit or in both: the same for somebody who trains in the other is no conversion with decimals."""
Share = Annotated[
    float,
    PlainValidator(_reader(_percent, "a share in percent", "20%")),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[-+]?[0-9]{1,2}(\.[0-9]{1,3})? *(%|percent)$", "examples": ["20%"]}
    ),
]
"""A fraction, written in percent."""
TempoText = Annotated[
    Tempo,
    PlainValidator(_reader(measures.read_tempo, "a tempo", "2-1-1-0 or 3-1-X-0")),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^({NUMBER_UNIT}|[Xx])( ?- ?({NUMBER_UNIT}|[Xx])){{3}}$",
            "examples": ["2-1-1-0", "3-1-X-0"],
        }
    ),
]
"""Four numbers of seconds: lower, hold, lift, top."""
TurnText = Annotated[
    Turn,
    PlainValidator(_reader(_turn, "a turn", "distance up")),
    WithJsonSchema({"type": "string", "pattern": r"^.+ (up|down)$", "examples": ["distance up", "weight down"]}),
]
"""The name of a dial and ``up`` or ``down``; ``weight`` is the load."""
StepEntry = Annotated[
    Step,
    PlainValidator(_step),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": sorted(ACTIONS_ALONE)},
                {
                    "type": "object",
                    "properties": {
                        "say": JSON_TEXT,
                        "end session": {"enum": sorted(ENDINGS)},
                        "undo": JSON_NAME,
                        "check in": {"enum": sorted(CHECK_INS)},
                        "ease session": {"enum": sorted(EASED)},
                        "note how bad": {"enum": sorted(HOW_BAD)},
                    },
                    "additionalProperties": False,
                    "minProperties": 1,
                    "maxProperties": 1,
                },
            ]
        }
    ),
]
"""One thing to do."""
ONE_OR_MORE = BeforeValidator(_listed)
"""Accepts one text where a list is meant."""
OUTCOMES = BeforeValidator(_outcomes)
"""Accepts one outcome where a list is meant."""
