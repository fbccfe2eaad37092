"""One language of the coach as a value: its numbers, units and built-in sentences, and how people say a quantity in it.

``english`` has the one that needs no file; ``drills.language_file`` makes the others from a table that a translator
writes. A flow names its language; ``coach`` speaks by it, ``quantities`` reads by it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from voicecoach.words.agreement import phase_once
from voicecoach.words.meaning import Quantity
from voicecoach.words.ways import Ways, Words

Sentence = str | Mapping[str, str]
"""A text with ``{values}``, or two of them, ``one`` and ``other``, of which a number chooses."""
ONE, OTHER = "one", "other"
_MINUTE = 60
_SPOKEN_AS_NUMBER = 10
"""From ten seconds on "one minute ten" is clear without the word "seconds"."""
_WEEK, _LAST_NAMED, _WEEKS_UNTIL = 7, 6, 60
_DAYS_IN_MONTH, _MONTHS_UNTIL, _DAYS_IN_YEAR = 30.44, 345, 365.25


class NumberWords(Protocol):
    """The number words of a language."""

    @property
    def tokens(self) -> frozenset[str]:
        """Words that are part of numbers and nothing else."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """What a recogniser is to listen for where people say numbers."""

    def say(self, value: float) -> str:
        """A value in words."""

    def read(self, words: Words, *, slips: bool = False) -> frozenset[float]:
        """What words can mean that are a number and nothing else; ``slips`` forgives what recognisers confuse."""


@dataclass(frozen=True, slots=True)
class Unit:
    """How a unit is said and heard."""

    one: str
    """With the number one: ``{number} pound``, ``ein Kilo``."""
    other: str
    """With any other number: ``{number} pounds``."""
    half: str = ""
    """A half of it: ``half a pound``; empty where it is said like any other number."""
    heard: tuple[str, ...] = ()
    """Words for it in what people say and type."""


@dataclass(frozen=True, slots=True)
class Language:
    """Everything about a language that is not in a script."""

    code: str
    """As scripts name it: ``en``."""
    name: str
    """In English, for messages: ``English``."""
    voice: str
    """Voice of the system's engine that speaks it, such as espeak-ng's ``de``; empty for the engine's own choice."""
    numbers: NumberWords
    """Number words."""
    units: Mapping[str, Unit]
    """By unit: lb, kg, in, cm, s, min, reps, %."""
    sentences: Mapping[str, Sentence]
    """What the coach says that stands in no script, by name."""
    ways: Ways
    """What people say around and between quantities."""
    weekdays: tuple[str, ...]
    """Monday first."""
    months: tuple[str, ...]
    """January first."""
    sides: Mapping[str, str]
    """``left`` and ``right`` as the coach says them."""
    body: Mapping[str, tuple[str, ...]]
    """By part of the body as the journal names it: how people name it; the longer names first."""
    equipment: Mapping[str, str] = field(default_factory=dict)
    """By implement as scripts name it (kettlebell, dumbbells, barbell): how the coach calls it, where that differs."""
    tells: frozenset[str] = frozenset()
    """Words with which the coach tells the trainee what to say: ``say``."""
    troubles: Mapping[str, str] = field(default_factory=dict)
    """By the English sentence about a device, how it is said; ``{name}`` stands for what changes in it."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Other ways to type a letter: ``ü`` is also ``ue``."""
    decimal: str = "."
    """Sign between the whole and the tenths in figures."""

    @property
    def english(self) -> bool:
        """True for the language the program itself is written in, which has rules of its own beside the tables."""
        return self.code == "en"

    @property
    def number_phrases(self) -> tuple[str, ...]:
        """What a recogniser is to listen for where people say quantities."""
        if self.english:
            return self.numbers.phrases
        frames = (*self.ways.plus, *self.ways.minus, *self.ways.correction, *self.ways.effort, *self.ways.out_of_ten)
        words = (*self.unit_words, *self.ways.more, *self.ways.less, *self.ways.separators)
        return tuple(dict.fromkeys((*self.numbers.phrases, *(" ".join(one) for one in frames), *sorted(words))))

    @property
    def unit_words(self) -> frozenset[str]:
        """Words that name a unit."""
        return frozenset(word for unit in self.units.values() for word in unit.heard)

    def say(self, name: str, /, count: float | None = None, **values: object) -> str:
        """A built-in sentence with its values filled in; ``count`` chooses between ``one`` and ``other``."""
        sentence = self.sentences[name]
        if not isinstance(sentence, str):
            sentence = sentence[ONE if count == 1 else OTHER]
        return phase_once(sentence, str(values.get("phase", ""))).format(**values)

    def number(self, value: float) -> str:
        """A value in words: "two and a half"."""
        return self.numbers.say(value)

    def quantity(self, quantity: Quantity) -> str:
        """Say a quantity: "seven inches", "half a pound", "two and a half kilos", "one minute thirty"."""
        value = quantity.value
        if quantity.unit == "s":
            return self.duration(value)
        unit = self.units.get(quantity.unit or "")
        if unit is None:
            return self.number(value)
        if value < 0:
            return self.say("minus", amount=self.quantity(Quantity(-value, quantity.unit)))
        return unit.half if unit.half and value == 0.5 else self._with(unit, value, self.number(value))  # noqa: PLR2004

    def figures(self, quantity: Quantity) -> str:
        """``35 pounds``, ``1 inch``, ``2.5 kilos``: what is printed, and what most voices read well."""
        unit = self.units.get(quantity.unit or "")
        figure = self.figure(quantity.value)
        return figure if unit is None else self._with(unit, quantity.value, figure)

    def figure(self, value: float) -> str:
        """A value in figures, as people of this language write them."""
        return f"{value:g}".replace(".", self.decimal)

    def duration(self, seconds: float) -> str:
        """Say a duration, to whole seconds from ten on: "forty five seconds", "one minute thirty", "two minutes"."""
        if seconds < 0:
            return self.say("minus", amount=self.duration(-seconds))
        if seconds < _SPOKEN_AS_NUMBER:
            return self._with(self.units["s"], seconds, self.number(seconds))
        minutes, rest = divmod(round(seconds), _MINUTE)
        short = self._with(self.units["s"], rest, self.number(rest))
        if minutes == 0:
            return short
        head = self._with(self.units["min"], minutes, self.number(minutes))
        if rest == 0:
            return head
        if rest >= _SPOKEN_AS_NUMBER:
            return self.say("minutes and number", minutes=head, number=self.number(rest))
        return self.say("minutes and seconds", minutes=head, seconds=short)

    def day(self, then: date, today: date) -> str:
        """Say a day of the past: "yesterday", "last Tuesday", "three weeks ago"; days of the future as dates."""
        days = (today - then).days
        if days < 0:
            return self.say("on a day", day=then.day, month=self.months[then.month - 1])
        if days <= 1:
            return self.say("yesterday" if days else "today")
        if days <= _LAST_NAMED:
            return self.say("last weekday", weekday=self.weekdays[then.weekday()])
        if days < _WEEKS_UNTIL:
            return self._ago(round(days / _WEEK), "weeks ago")
        if days < _MONTHS_UNTIL:
            return self._ago(round(days / _DAYS_IN_MONTH), "months ago")
        return self._ago(round(days / _DAYS_IN_YEAR), "years ago")

    def listed(self, parts: Sequence[str], last: str = "and") -> str:
        """``12``, ``12 and 9``, ``12, 12 and 9``; ``last`` names the word before the last of several."""
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {self.say(last)} {parts[-1]}"

    def either_or(self, options: Sequence[str]) -> str:
        """Word a question: "Fifteen or fifty?", "Two and a half, or twenty five?"."""
        short = all(" " not in option for option in options)
        asked = self.say("or" if short else "or, of several words", options=", ".join(options[:-1]), last=options[-1])
        return capital(asked)

    def in_words(self, sentence: str) -> str:
        """The same sentence with its figures spelled out, for a voice: "2.5 kilos" is "two and a half kilos"."""
        figures = re.compile(rf"\d+(?:{re.escape(self.decimal)}\d+)?")
        return figures.sub(lambda found: self.number(float(found[0].replace(self.decimal, "."))), sentence)

    def fold(self, text: str) -> str:
        """A text without what differs between ways of typing it: ``Rücken`` and ``ruecken`` are the same."""
        for letter, other in self.spellings.items():
            text = text.replace(letter, other)
        return text

    def letters(self, phrase: str) -> str:
        """A phrase as a row of letters without gaps: about how it sounds, where people write as they speak."""
        return self.fold(phrase.lower()).replace(" ", "")

    def trouble(self, sentence: str, part: str) -> str:
        """A sentence about a device in this language; where the table lacks it, one about the part as a whole."""
        if self.english:
            return sentence
        for known, translated in self.troubles.items():
            found = _pattern(known).fullmatch(sentence)
            if found is not None:
                return translated.format(**found.groupdict())
        return self.say(f"trouble with {part}")

    def place_in(self, phrase: str) -> str:
        """The part of the body that a sentence names, as the journal has it; empty where it names none."""
        words = f" {self.fold(phrase.lower())} "
        for part, names in self.body.items():
            if any(f" {self.fold(name.lower())} " in words for name in names):
                return part
        return ""

    def _with(self, unit: Unit, value: float, number: str) -> str:
        return (unit.one if value == 1 else unit.other).format(number=number)

    def _ago(self, count: int, name: str) -> str:
        return self.say(name, count, number=self.number(count))


def _pattern(sentence: str) -> re.Pattern[str]:
    """Finds a sentence in which ``{name}`` stands for any words."""
    parts = [
        re.escape(text) + (f"(?P<{name}>.+)" if name else "") for text, name, _, _ in string.Formatter().parse(sentence)
    ]
    return re.compile("".join(parts), re.DOTALL)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
