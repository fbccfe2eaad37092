"""Number words from a table: said by joining words as the language does, read back by the same joins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isclose

from voicecoach.words.ways import Words

LARGEST_READ = 999
"""Largest whole number that is read."""
MOST_WAYS = 24
"""Ways of saying one number that are understood; a table from a stranger could make millions."""
LARGEST_SAID = 9999
"""Largest whole number that is said in words; larger ones are said in figures."""
_WAYS_HEARD = 4
"""Ways of one number in the recogniser's grammar: the more there are, the more it confuses."""
_HALVES_HEARD = 60
"""Up to here halves are in the recogniser's grammar: what people lift in halves is light."""
_WHOLES_HEARD = 200
"""Up to here every whole number is; larger ones come together from their parts."""
_FIGURES = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000


@dataclass(frozen=True, slots=True)
class Joins:
    """How words become a number; each is a list of ways, of which the first is said and all are read."""

    words: Mapping[float, tuple[str, ...]]
    """Numbers that have words of their own."""
    inside: Mapping[float, tuple[str, ...]] = field(default_factory=dict)
    """Of these, the words they have inside a longer number, where that is another: ``1: ein``."""
    tens: tuple[str, ...] = ("{tens} {ones}",)
    """Tens with ones."""
    hundreds: tuple[str, ...] = ("{ones} {hundred}",)
    """Several hundreds."""
    hundreds_and_rest: tuple[str, ...] = ("{hundreds} {rest}",)
    """Hundreds with what is left."""
    thousands: tuple[str, ...] = ()
    """Several thousands."""
    thousands_and_rest: tuple[str, ...] = ("{thousands} {rest}",)
    """Thousands with what is left."""
    fractions: Mapping[float, tuple[str, ...]] = field(default_factory=dict)
    """By fraction, how it follows a whole number: ``0.5: "{whole}einhalb"``."""
    point: tuple[str, ...] = ("point",)
    """Between the whole number and its digits."""
    minus: str = "minus"
    """Before a number below nothing."""


class NumberTable:
    """The number words of a language that has a table."""

    def __init__(self, joins: Joins, fold: Callable[[str], str] = str) -> None:
        """``fold`` takes out what differs between ways of typing a word."""
        self._joins = joins
        self._fold = fold
        self._wholes: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        for value in range(LARGEST_READ + 1):
            for known, inside in ((self._wholes, False), (self._heads, True)):
                known.update((self._squeezed(way), value) for way in self._some(value, inside=inside))
        self._points = {self._squeezed(point) for point in joins.point}
        self._own: dict[str, set[float]] = {}
        for number, ways in joins.words.items():
            for way in ways:
                self._own.setdefault(self._squeezed(way), set()).add(float(number))
        self.tokens = frozenset(w for n in range(_HUNDRED + 1) for way in self._ways(n) for w in way.split())
        self.phrases = tuple(dict.fromkeys(self._heard()))

    def say(self, value: float) -> str:
        """A value in words: "zweieinhalb", "hundertfünfunddreißig", "minus fünf"; to hundredths."""
        if value < 0:
            return f"{self._joins.minus} {self.say(-value)}"
        own = self._joins.words.get(value)
        if own:
            return own[0]
        hundredths = round(value * _HUNDRED)
        whole, rest = divmod(hundredths, _HUNDRED)
        if rest == 0:
            return self._say_whole(whole)
        templates = self._fraction(rest / _HUNDRED)
        if templates:
            return templates[0].format(whole=self._say_whole(whole, inside=True))
        digits = [self._say_whole(int(digit)) for digit in f"{rest:02d}".rstrip("0")]
        return " ".join((self._say_whole(whole), self._joins.point[0], *digits))

    def read(self, words: Words, *, slips: bool = False) -> frozenset[float]:  # noqa: ARG002 - a table has no slips
        """Read words that are a number and nothing else; words written apart count as written together."""
        if not words:
            return frozenset()
        if len(words) == 1 and _FIGURES.fullmatch(words[0]):
            return frozenset({float(words[0].replace(",", "."))})
        text = self._squeezed(" ".join(words))
        found = {float(self._wholes[text])} if text in self._wholes else set()
        found |= self._own.get(text, set())
        found.update(self._with_fraction(text))
        found.update(self._with_point(words))
        return frozenset(found)

    def _squeezed(self, text: str) -> str:
        return self._fold(text.lower()).replace(" ", "").replace("-", "")

    def _with_fraction(self, text: str) -> Iterator[float]:
        """Read "zweieinhalb": what stands around the whole number is taken off."""
        for fraction, templates in self._joins.fractions.items():
            for template in templates:
                before, after = (self._squeezed(part) for part in template.split("{whole}"))
                if not (text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after)):
                    continue
                whole = text[len(before) : len(text) - len(after)]
                for known in (self._heads, self._wholes):
                    if known.get(whole):
                        yield known[whole] + fraction

    def _with_point(self, words: Words) -> Iterator[float]:
        """Read "zwei Komma fünf", "zwölf Komma sieben fünf"."""
        at = next((n for n, word in enumerate(words) if self._squeezed(word) in self._points), None)
        if at is None or not words[at + 1 :]:
            return
        whole = self._wholes.get(self._squeezed(" ".join(words[:at])))
        digits = [self._wholes.get(self._squeezed(word), _TEN) for word in words[at + 1 :]]
        if whole is not None and max(digits) < _TEN and len(digits) <= 2:  # noqa: PLR2004 - hundredths
            yield round(whole + sum(digit / 10 ** (n + 1) for n, digit in enumerate(digits)), 2)

    def _fraction(self, rest: float) -> tuple[str, ...]:
        return next((ways for part, ways in self._joins.fractions.items() if isclose(part, rest)), ())

    def _say_whole(self, value: int, *, inside: bool = False) -> str:
        return str(value) if value > LARGEST_SAID else next(self._ways(value, inside=inside), str(value))

    def _some(self, value: int, *, inside: bool = False) -> tuple[str, ...]:
        """The first ways of saying a whole number, however many a table makes."""
        return tuple(itertools.islice(self._ways(value, inside=inside), MOST_WAYS))

    def _ways(self, value: int, *, inside: bool = False) -> Iterator[str]:
        """Yield every way of saying a whole number, the one that is said first."""
        joins = self._joins
        if inside and value in joins.inside:
            yield from joins.inside[value]
        elif value in joins.words:
            yield from joins.words[value]
        elif value < _TEN or value % _TEN == 0 < value <= _HUNDRED:
            return  # the table has no word for it
        elif value < _HUNDRED:
            tens, units = self._some(value - value % _TEN, inside=True), self._some(value % _TEN, inside=True)
            yield from (t.format(tens=ten, ones=one) for t, ten, one in itertools.product(joins.tens, tens, units))
        elif value < _THOUSAND:
            heads, rest = list(itertools.islice(self._hundreds(value - value % _HUNDRED), MOST_WAYS)), value % _HUNDRED
            yield from self._joined(joins.hundreds_and_rest, "hundreds", heads, rest, inside=inside)
        elif joins.thousands:
            ones = self._some(value // _THOUSAND, inside=True)
            heads = [t.format(ones=one) for t, one in itertools.product(joins.thousands, ones)]
            yield from self._joined(joins.thousands_and_rest, "thousands", heads, value % _THOUSAND, inside=inside)

    def _hundreds(self, value: int) -> Iterator[str]:
        """Yield the ways of saying whole hundreds in front of what is left."""
        if value in self._joins.inside or value in self._joins.words:
            yield from self._ways(value, inside=True)
            return
        ones, hundred = self._some(value // _HUNDRED, inside=True), next(self._ways(_HUNDRED, inside=True), "")
        yield from (t.format(ones=one, hundred=hundred) for t, one in itertools.product(self._joins.hundreds, ones))

    def _joined(
        self, templates: tuple[str, ...], name: str, heads: list[str], rest: int, *, inside: bool
    ) -> Iterator[str]:
        if rest == 0:
            yield from heads
            return
        tails = self._some(rest, inside=inside)
        for template, head, tail in itertools.product(templates, heads, tails):
            yield template.format(**{name: head, "rest": tail})

    def _heard(self) -> Iterator[str]:
        """Yield what a recogniser is to listen for."""
        for value in range(_WHOLES_HEARD + 1):
            yield from self._some(value)[:_WAYS_HEARD]
        yield from (self.say(hundreds) for hundreds in range(_HUNDRED, _THOUSAND, _HUNDRED))
        yield from (self.say(value + 0.5) for value in range(_HALVES_HEARD))
        yield self._joins.point[0]
