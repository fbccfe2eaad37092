"""A checked file of a language becomes a ``Language``; where it says nothing, English is heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from voicecoach.drills.language_schema import FormsPart, LanguagePart, NumbersPart, UnitPart, UnitsPart
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language, Sentence, Unit
from voicecoach.words.number_table import Joins, NumberTable
from voicecoach.words.ways import Ways, in_order

IN_LETTERS = frozenset({"past", "one", "half", "dozen"})
"""Fields of ``Ways`` that are sets of phrases."""


def build_language(file: LanguagePart) -> Language:
    """The language of a checked file."""
    stone = {"stone": ENGLISH.units["stone"]} if file.code == ENGLISH.code else {}  # nobody else weighs in stones
    base = replace(
        ENGLISH,
        code=file.code,
        name=file.name,
        voice=file.voice or ENGLISH.voice,
        units=ENGLISH.units if file.units is None else {**stone, **_units(file.units)},
        sentences={**ENGLISH.sentences, **{name: _sentence(part) for name, part in file.sentences.items()}},
        weekdays=tuple(file.weekdays or ENGLISH.weekdays),
        months=tuple(file.months or ENGLISH.months),
        sides={"left": file.sides.left[0], "right": file.sides.right[0]} if file.sides else ENGLISH.sides,
        body={part: tuple(names) for part, names in file.body.items()} or ENGLISH.body,
        equipment={str(thing): name for thing, name in file.equipment.items()},
        tells=frozenset(word.lower() for word in file.tells) or ENGLISH.tells,
        troubles=dict(file.troubles),
        spellings=dict(file.spellings),
        decimal=file.decimal,
    )
    if base.english or file.numbers is None:
        return base
    return replace(base, numbers=NumberTable(_joins(file.numbers), base.fold), ways=_ways(file))


def _sentence(part: str | FormsPart) -> Sentence:
    return part if isinstance(part, str) else {"one": part.one, "other": part.other}


def _units(part: UnitsPart) -> Mapping[str, Unit]:
    named = {"in": part.inch, "%": part.percent}
    own = {name: getattr(part, name) for name in ("lb", "kg", "cm", "s", "min", "reps")}
    return {name: _unit(unit) for name, unit in (named | own).items()}


def _unit(part: UnitPart) -> Unit:
    return Unit(part.one, part.other, part.half or "", tuple(word.lower() for word in part.heard))


def _joins(part: NumbersPart) -> Joins:
    return Joins(
        words=_numbered(part.words),
        inside=_numbered(part.inside),
        tens=tuple(part.tens),
        hundreds=tuple(part.hundreds),
        hundreds_and_rest=tuple(part.hundreds_and_rest),
        thousands=tuple(part.thousands),
        thousands_and_rest=tuple(part.thousands_and_rest),
        fractions=_numbered(part.fractions),
        point=tuple(part.point),
        minus=part.minus,
    )


def _numbered(words: Mapping[str, Sequence[str]]) -> dict[float, tuple[str, ...]]:
    return {float(number): tuple(ways) for number, ways in words.items()}


def _ways(file: LanguagePart) -> Ways:
    """The table of ways, each field in the shape in which ``Ways`` has it."""
    values: dict[str, object] = {}
    for field in fields(Ways):
        texts = getattr(file.ways, field.name, None)
        if isinstance(texts, list):
            values[field.name] = _shaped(field.name, field.type, texts)
    sides = {} if file.sides is None else {"left": file.sides.left, "right": file.sides.right}
    values["sides"] = {side: in_order(_lower(names)) for side, names in sides.items()}
    values["typed"] = dict(file.ways.typed)
    return Ways(**values)  # type: ignore[arg-type]  # each in the shape its field asks for


def _shaped(name: str, kind: object, texts: Iterable[str]) -> object:
    lower = list(_lower(texts))
    if name in IN_LETTERS:
        return frozenset(tuple(text.split()) for text in lower)
    return frozenset(lower) if str(kind) == "frozenset[str]" else in_order(lower)


def _lower(texts: Iterable[str]) -> Iterable[str]:
    return (text.lower() for text in texts)


def wanting(file: LanguagePart) -> tuple[str, ...]:
    """The tables that a language other than English must have, and this one has not."""
    needed = {
        "numbers": file.numbers,
        "units": file.units,
        "weekdays": file.weekdays,
        "months": file.months,
        "sides": file.sides,
    }
    return () if file.code == ENGLISH.code else tuple(name for name, value in needed.items() if value is None)
