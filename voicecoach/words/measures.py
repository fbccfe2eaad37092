"""One quantity in words: a number with its unit, a duration, an effort, a loaded bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voicecoach.words.language import Language
from voicecoach.words.numbers import without_slips
from voicecoach.words.plates import bar_loads
from voicecoach.words.ways import Words

Kind = Literal["weight", "reps", "rpe", "seconds", "bare", "percent", "length"]

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
_UNITS: dict[str, _Unit] = {
    "lb": ("weight", "lb", 1.0),
    "kg": ("weight", "kg", 1.0),
    "stone": ("weight", "lb", 14.0),
    "reps": ("reps", None, 1.0),
    "s": ("seconds", None, 1.0),
    "min": ("seconds", None, 60.0),
    "%": ("percent", "%", 1.0),
    "in": ("length", "in", 1.0),
    "cm": ("length", "cm", 1.0),
}
_SMALLER = {"min": "s", "stone": "lb"}
"""What may follow with a number of its own: "one minute thirty", "ten stone four"."""


def measures(words: Words, unit: str | None, language: Language, *, slips: bool) -> frozenset[Measure]:
    """Read words that are one quantity and nothing else; none if they are not, several where they are ambiguous.

    ``unit`` is the user's, ``lb`` or ``kg``: it says which bar and plates are meant; None reads both.
    ``slips`` reads "too and half" as two and a half.
    """
    if slips and language.english:
        words = without_slips(words)
    return _Reader(language, unit, slips=slips).read(words) if words else frozenset()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads quantities of one language."""

    language: Language
    unit: str | None
    slips: bool

    def read(self, words: Words) -> frozenset[Measure]:
        """Every reading of the words as one quantity."""
        found = [Measure("bare", value) for value in self._numbers(words)]
        found += self._with_unit(words)
        found += self._unit_and_a_half(words)
        found += self._two_units(words)
        found += self._effort(words)
        if words in self.language.ways.dozen:
            found.append(Measure("reps", 12.0))
        if self.language.english:
            found += [Measure("weight", value, of) for value, of in bar_loads(words, self.unit)]
        return frozenset(measure for measure in found if measure.sensible)

    def _numbers(self, words: Words) -> frozenset[float]:
        return self.language.numbers.read(words, slips=self.slips)

    def _unit(self, word: str) -> str:
        """The unit that a word names; empty where it names none."""
        return next((unit for unit, said in self.language.units.items() if word in said.heard), "")

    def _several(self, word: str) -> bool:
        """Tell whether a word names more than one of a unit: "pounds"."""
        return word.endswith("s") and bool(self._unit(word[:-1]))

    def _counts(self, words: Words, unit: str) -> frozenset[float]:
        """Read the number in front of a unit: "a" is one, "half a" is a half; "a pounds" is some number misheard."""
        if words in self.language.ways.one:
            return frozenset() if self._several(unit) else frozenset({1.0})
        if words in self.language.ways.half:
            return frozenset({0.5})
        return self._numbers(words)

    def _with_unit(self, words: Words) -> Iterator[Measure]:
        """Read "thirty five pounds", "half a kilo", "a minute"."""
        name = self._unit(words[-1])
        if not name:
            return
        kind, unit, factor = _UNITS[name]
        for value in self._counts(words[:-1], words[-1]):
            yield Measure(kind, value * factor, unit)
        if self.language.english and kind == "weight" and len(words) == len(("one", "three", "five", "pounds")):
            # "one three five" alone may be somebody counting
            digits = [self._numbers(words[at : at + 1]) for at in range(3)]
            if all(len(digit) == 1 and max(digit) < _ONE_DIGIT for digit in digits) and min(digits[0]) > 0:
                hundreds, tens, ones = (max(digit) for digit in digits)
                yield Measure(kind, (100 * hundreds + 10 * tens + ones) * factor, unit)

    def _unit_and_a_half(self, words: Words) -> Iterator[Measure]:
        """Read "a minute and a half", "two kilos and a half"."""
        for ending in self.language.ways.and_half:
            head = words[: -len(ending)]
            if words[-len(ending) :] == ending and head and (name := self._unit(head[-1])):
                kind, unit, factor = _UNITS[name]
                for value in self._counts(head[:-1], head[-1]) if head[:-1] else (1.0,):
                    if value.is_integer():
                        yield Measure(kind, (value + 0.5) * factor, unit)

    def _two_units(self, words: Words) -> Iterator[Measure]:
        """Read "one minute thirty", "two minutes and ten seconds", "ten stone four"."""
        for at, word in enumerate(words):
            name = self._unit(word)
            if name not in _SMALLER or at == 0:
                continue
            rest = words[at + 1 :]
            rest = rest[1:] if rest and rest[0] in self.language.ways.also else rest
            kind, unit, factor = _UNITS[name]
            smaller = _SMALLER[name]
            last = self._unit(rest[-1]) if rest else ""
            if last and last != smaller:
                continue
            parts = self._counts(rest[:-1], rest[-1]) if last else self._numbers(rest)
            limit = factor / _UNITS[smaller][2]
            for large in self._counts(words[:at], word):
                for small in parts:
                    if large.is_integer() and 1 <= small < limit:
                        yield Measure(kind, large * factor + small, unit)

    def _effort(self, words: Words) -> Iterator[Measure]:
        """Read "rpe eight", "effort of seven and a half", "eight out of ten"."""
        ways = self.language.ways
        for name in ways.effort:
            if words[: len(name)] == name:
                rest = words[len(name) :]
                rest = rest[1:] if rest and rest[0] in ways.effort_is else rest
                yield from (Measure("rpe", value) for value in self._numbers(rest))
        for name in (*ways.out_of_ten, *ways.effort):
            if words[-len(name) :] == name:
                head = words[: -len(name)]
                head = head[1:] if head[:1] in ways.one else head
                yield from (Measure("rpe", value) for value in self._numbers(head))
