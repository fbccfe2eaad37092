"""What people say around and between quantities, as a table of one language: "I did …", "make it …", "… for …"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Words = tuple[str, ...]
Phrases = tuple[Words, ...]
"""Phrases in words, the longest first."""


def phrases_of(text: str) -> Phrases:
    """Split phrases separated by slashes into words, longest phrase first."""
    return in_order(text.split("/"))


def in_order(phrases: Iterable[str]) -> Phrases:
    """Phrases in words, the longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of one language; what it does without is empty."""

    before_reps: Phrases = ()
    """Before a number of reps: "I did"."""
    before_weight: Phrases = ()
    """Before a load: "I used"."""
    before_effort: Phrases = ()
    """Before an effort: "that felt like"."""
    before_time: Phrases = ()
    """Before a duration: "I held"."""
    correction: Phrases = ()
    """Before what puts something right: "no", "I mean"."""
    filler: Phrases = ()
    """Before a quantity, and without meaning: "okay"."""
    after: Phrases = ()
    """After a quantity, and without meaning: "please"."""
    past: frozenset[Words] = frozenset()
    """Of what stands before a quantity those that speak of what is over: "that was"."""
    sides: Mapping[str, Phrases] = field(default_factory=dict)
    """By ``left`` and ``right``, how a side is said: "on the left"."""
    denied: frozenset[str] = frozenset()
    """"not" in "fifteen not fifty"."""
    rather: frozenset[str] = frozenset()
    """"but" in "not fifty but fifteen"."""
    plus: Phrases = ()
    """Before what is added: "plus", "go up by"."""
    minus: Phrases = ()
    """Before what is taken off: "minus", "drop by"."""
    more: frozenset[str] = frozenset()
    """After what is added: "five more"."""
    less: frozenset[str] = frozenset()
    """After what is taken off: "five less"."""
    take: frozenset[str] = frozenset()
    """In front of what is taken off where a word follows it: "take five off"."""
    either: frozenset[str] = frozenset()
    """Between two readings: "seven or eight"."""
    load_first: frozenset[str] = frozenset()
    """Between a load and its reps: "thirty five for twelve"."""
    reps_first: frozenset[str] = frozenset()
    """Between reps and their load: "twelve at thirty five"."""
    reps_of: frozenset[str] = frozenset()
    """The same, only behind the word for reps: "twelve reps of thirty five"."""
    times: frozenset[str] = frozenset()
    """Between a load and its reps, or sets and reps: "x"."""
    also: frozenset[str] = frozenset()
    """Between two quantities, telling nothing: "and"."""
    one: frozenset[Words] = frozenset()
    """One of a unit: "a" minute."""
    half: frozenset[Words] = frozenset()
    """Half of a unit: "half a" pound."""
    and_half: Phrases = ()
    """After a unit: a minute "and a half"."""
    effort: Phrases = ()
    """Names of the effort: "rpe"."""
    effort_is: frozenset[str] = frozenset()
    """Between the name and the number: "of"."""
    out_of_ten: Phrases = ()
    """After an effort: "out of ten"."""
    dozen: frozenset[Words] = frozenset()
    """Twelve reps: "a dozen"."""
    each_side: Phrases = ()
    """On both ends of a bar, or with each arm: "each side"."""
    idioms: frozenset[str] = frozenset()
    """What only looks like a quantity: "just a minute"."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Signs and what they are in words: ``+`` is "plus"."""

    @property
    def separators(self) -> frozenset[str]:
        """Everything that can stand between two quantities."""
        return self.load_first | self.reps_first | self.reps_of | self.times | self.also
