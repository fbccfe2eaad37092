"""One quantity in words: a number with its unit, a duration, an effort, a loaded bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voicecoach.words.numbers import readings, without_slips
from voicecoach.words.plates import bar_loads

Kind = Literal["weight", "reps", "rpe", "seconds", "bare", "percent", "length"]
Words = tuple[str, ...]

MOST_REPS = 200
"""More repetitions than that are taken for a mishearing."""
LONGEST = 3600.0
"""Longest duration in seconds that is read."""
_HIGHEST_RPE = 10
_ONE_DIGIT = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that was said; its kind may still be open."""

    kind: Kind
    """``bare`` where no unit was said."""
    value: float
    """In ``unit``."""
    unit: str | None = None
    """``lb``, ``kg``, ``in``, ``cm``, ``%``; None where the kind says it all or nothing was said."""

    def as_kind(self, kind: Kind) -> Measure | None:
        """Read a bare number as a kind, None where it cannot be one; anything else only as what it is."""
        if self.kind not in {kind, "bare"}:
            return None
        other = Measure(kind, self.value, self.unit)
        return other if other.sensible else None

    @property
    def sensible(self) -> bool:
        """True for a value that the kind can have: whole reps, efforts from 1 to 10 in halves, a positive weight."""
        match self.kind:
            case "reps":
                return self.value.is_integer() and 0 <= self.value <= MOST_REPS
            case "rpe":
                return (2 * self.value).is_integer() and 1 <= self.value <= _HIGHEST_RPE
            case "seconds":
                return 1 < self.value <= LONGEST  # "one second" is a way of saying "wait"
            case "weight":
                return self.value > 0
        return True


_Unit = tuple[Kind, str | None, float]
_UNIT_NAMES: tuple[tuple[str, _Unit], ...] = (
    ("pounds pound lb lbs pounce", ("weight", "lb", 1.0)),
    ("kilos kilo kg kgs kilogram kilograms kilogramme kilogrammes", ("weight", "kg", 1.0)),
    ("stone stones", ("weight", "lb", 14.0)),
    ("reps rep repetitions repetition times", ("reps", None, 1.0)),
    ("seconds second secs sec s", ("seconds", None, 1.0)),
    ("minutes minute mins min", ("seconds", None, 60.0)),
    ("percent", ("percent", "%", 1.0)),
    ("inches inch", ("length", "in", 1.0)),
    ("centimeters centimeter centimetres centimetre cm", ("length", "cm", 1.0)),
)
_UNITS = {word: unit for words, unit in _UNIT_NAMES for word in words.split()}
UNIT_TOKENS = frozenset(_UNITS)
"""Words that name a unit."""

_SMALLER = {
    "minute": "second",
    "minutes": "second",
    "min": "second",
    "mins": "second",
    "stone": "pound",
    "stones": "pound",
}
"""What may follow with a number of its own: "one minute thirty", "ten stone four"."""

_HALF_MORE: tuple[Words, ...] = (("and", "a", "half"), ("and", "half"), ("a", "half"))
_EFFORT: tuple[Words, ...] = (("rpe",), ("r", "p", "e"), ("effort",), ("an", "effort"))
_OUT_OF_TEN: tuple[Words, ...] = (("out", "of", "ten"), ("out", "of", "10"), *_EFFORT)


def measures(words: Words, unit: str | None, *, slips: bool) -> frozenset[Measure]:
    """Read words that are one quantity and nothing else; none if they are not, several where they are ambiguous.

    ``unit`` is the user's, ``lb`` or ``kg``: it says which bar and plates are meant; None reads both.
    ``slips`` reads "too and half" as two and a half.
    """
    if slips:
        words = without_slips(words)
    if not words:
        return frozenset()
    found = [Measure("bare", value) for value in readings(words)]
    found += _with_unit(words)
    found += _unit_and_a_half(words)
    found += _two_units(words)
    found += _effort(words)
    if words in {("a", "dozen"), ("dozen",)}:
        found.append(Measure("reps", 12.0))
    found += [Measure("weight", value, of) for value, of in bar_loads(words, unit)]
    return frozenset(measure for measure in found if measure.sensible)


def _counts(words: Words) -> frozenset[float]:
    """Read the number in front of a unit: "a" is one, "half a" is a half."""
    if words in {("a",), ("an",)}:
        return frozenset({1.0})
    if words in {("half", "a"), ("half", "an")}:
        return frozenset({0.5})
    return readings(words)


def _with_unit(words: Words) -> Iterator[Measure]:
    """Read "thirty five pounds", "half a kilo", "a minute"."""
    if words[-1] not in _UNITS:
        return
    kind, unit, factor = _UNITS[words[-1]]
    for value in _counts(words[:-1]):
        yield Measure(kind, value * factor, unit)
    if kind == "weight" and len(words) == len(("one", "three", "five", "pounds")):
        # "one three five" alone may be somebody counting
        digits = [readings(words[at : at + 1]) for at in range(3)]
        if all(len(digit) == 1 and max(digit) < _ONE_DIGIT for digit in digits) and min(digits[0]) > 0:
            hundreds, tens, ones = (max(digit) for digit in digits)
            yield Measure(kind, (100 * hundreds + 10 * tens + ones) * factor, unit)


def _unit_and_a_half(words: Words) -> Iterator[Measure]:
    """Read "a minute and a half", "two kilos and a half"."""
    for ending in _HALF_MORE:
        head = words[: -len(ending)]
        if words[-len(ending) :] == ending and head and head[-1] in _UNITS:
            kind, unit, factor = _UNITS[head[-1]]
            for value in _counts(head[:-1]) if head[:-1] else (1.0,):
                if value.is_integer():
                    yield Measure(kind, (value + 0.5) * factor, unit)


def _two_units(words: Words) -> Iterator[Measure]:
    """Read "one minute thirty", "two minutes and ten seconds", "ten stone four"."""
    for at, word in enumerate(words):
        if word not in _SMALLER or at == 0:
            continue
        rest = words[at + 1 :]
        rest = rest[1:] if rest[:1] == ("and",) else rest
        kind, unit, factor = _UNITS[word]
        smaller = _SMALLER[word]
        if rest and rest[-1] in _UNITS:
            if _UNITS[rest[-1]] != _UNITS[smaller]:
                continue
            rest = rest[:-1]
        limit = factor / _UNITS[smaller][2]
        for large in _counts(words[:at]):
            for small in readings(rest):
                if large.is_integer() and 1 <= small < limit:
                    yield Measure(kind, large * factor + small, unit)


def _effort(words: Words) -> Iterator[Measure]:
    """Read "rpe eight", "effort of seven and a half", "eight out of ten"."""
    for name in _EFFORT:
        if words[: len(name)] == name:
            rest = words[len(name) :]
            rest = rest[1:] if rest[:1] in {("of",), ("is",), ("was",)} else rest
            yield from (Measure("rpe", value) for value in readings(rest))
    for name in _OUT_OF_TEN:
        if words[-len(name) :] == name:
            head = words[: -len(name)]
            head = head[1:] if head[:1] in {("a",), ("an",)} else head
            yield from (Measure("rpe", value) for value in readings(head))
