"""Every phrase of a flow, with the place it was written at, and which commands are heard where.

Made once for each flow by ``desk``; the rules on phrases and on texts ask it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voicecoach.drills.diagnostics import Diagnostic
from voicecoach.drills.schema import FlowPart, OutcomePart, StatePart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.values import Step
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.phrases import IGNORED, expand, normalise
from voicecoach.words.templates import TemplateError

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One phrase and where its template stands."""

    command: str
    """Name of the command."""
    text: str
    """The phrase, lower case."""
    source: Source
    """File of the template, where one flow extends another that of the flow it stands in."""
    loc: Loc
    """Place of the template."""
    safety: bool = False
    """Of a safety command."""
    optional: bool = False
    """A decoy, or from `also:`; the recogniser may lack its words."""

    @property
    def tokens(self) -> Tokens:
        """Its words."""
        return tokens(self.text)


@functools.lru_cache(maxsize=8192)  # the rules ask for those of each phrase several times
def tokens(text: str) -> Tokens:
    """The words of a text as they are spoken: lower case, hyphens part words, apostrophes do not."""
    return tuple(WORD.findall(normalise(text)))


def spellings(words: Tokens) -> set[Tokens]:
    """The words, and the words with apostrophes parting them, for "stop's" sounds like "stop"."""
    return {words, tuple(part for word in words for part in word.split("'"))}


@dataclass(slots=True)
class Phrasebook:
    """The phrases of one flow and, once added, of the drills done with it."""

    flow: FlowPart
    """The flow."""
    source: Source
    """Its file."""
    phrases: list[Written] = field(default_factory=list)
    """All phrases, decoys among them."""
    found: list[Diagnostic] = field(default_factory=list)
    """Templates that cannot be used."""
    language: Language = ENGLISH
    """What is spoken."""
    _runs: dict[Tokens, list[Written]] = field(default_factory=dict)
    _longest: int = 0
    _doing: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, flow: FlowPart, source: Source, language: Language = ENGLISH) -> Phrasebook:
        """The phrases of a flow."""
        book = cls(flow, source, language=language)
        for name, command in flow.commands.items():
            book.add(name, command.phrases, source, ("commands", name, "phrases"))
            book.add(name, command.also, source, ("commands", name, "also"), optional=True)
        book.add(IGNORED, flow.ignored, source, ("ignored",), optional=True)
        return book

    def with_drill(self, phrases: Mapping[str, list[str]], also: Mapping[str, list[str]], source: Source) -> Phrasebook:
        """The same book with the phrases that a drill adds; those of ``also`` the recogniser may lack."""
        book = Phrasebook(self.flow, self.source, language=self.language)
        for phrase in self.phrases:
            book.enter(phrase)
        for name, templates in phrases.items():
            book.add(name, templates, source, ("phrases", name))
        for name, templates in also.items():
            book.add(name, templates, source, ("also", name), optional=True)
        return book

    def add(self, command: str, templates: Iterable[str], source: Source, loc: Loc, *, optional: bool = False) -> None:
        """Enter all phrases of some templates; a template that cannot be used becomes a diagnostic."""
        part = self.flow.commands.get(command)
        safety = part is not None and part.safety
        for number, template in enumerate(templates):
            home, place = source.home((*loc, number))
            if not template:
                hint = "write some words, or take the line away"
                self.found.append(home.diagnose(place, "the text is empty", hint))
                continue
            if "," in template:
                message = "this is one phrase; nobody says its comma"
                hint = "two phrases are written [one, other] without quotes, or each on a line of its own"
                self.found.append(home.diagnose(place, message, hint, severity="warning"))
            try:
                for text in expand(template):
                    self.enter(Written(command, text, home, place, safety, optional))
            except TemplateError as error:
                message = str(error).rstrip(".")
                hint = "[x] may be left out, (a|b) is one of them; at most 500 ways in all"
                self.found.append(home.diagnose(place, message[:1].lower() + message[1:], hint))

    def enter(self, phrase: Written) -> None:
        """Enter one phrase."""
        self.phrases.append(phrase)
        for words in spellings(phrase.tokens):
            self._runs.setdefault(words, []).append(phrase)
            self._longest = max(self._longest, len(words))

    def inside(self, words: Tokens) -> Iterator[Written]:
        """The phrases that some words contain, whole words only, longest first."""
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                yield from self._runs.get(words[start : start + length], ())

    def heard_in(self, state: str) -> frozenset[str]:
        """The commands that a state acts on: its own, those heard anywhere unless it is final, and safety always."""
        part = self.flow.states.get(state)
        own = part.hears.keys() if part is not None else ()
        everywhere = () if part is not None and part.final else self.flow.anywhere
        return frozenset((*own, *everywhere, *(n for n, c in self.flow.commands.items() if c.safety)))

    def states_that(self, action: str, argument: str | None = None) -> frozenset[str]:
        """The states that do an action, or are entered with it."""
        if not self._doing:
            for steps, states in _deeds(self.flow):
                for step in steps:
                    self._doing.setdefault((step.action, None), set()).update(states)
                    self._doing.setdefault((step.action, step.argument), set()).update(states)
        return frozenset(self._doing.get((action, argument), ()))

    def live_while(self, action: str, argument: str | None = None) -> frozenset[str]:
        """The commands heard while what an action says is being said."""
        return frozenset().union(*(self.heard_in(state) for state in self.states_that(action, argument)))


def _deeds(flow: FlowPart) -> Iterator[tuple[Sequence[Step], Collection[str]]]:
    """Everything that is done in a flow, with the states in which its words are then said."""
    for name, state in flow.states.items():
        yield state.enter, (name,)
    for owner, outcome in all_outcomes(flow):
        yield outcome.do, (outcome.to,) if outcome.to else flow.states if owner is None else (owner,)


def outcomes_of(state: StatePart) -> Iterator[OutcomePart]:
    """Every outcome of one state."""
    for outcomes in (*state.hears.values(), *state.when.values()):
        yield from outcomes


def all_outcomes(flow: FlowPart) -> Iterator[tuple[str | None, OutcomePart]]:
    """Every outcome with the state it belongs to, None for those heard anywhere."""
    for name, state in flow.states.items():
        for outcome in outcomes_of(state):
            yield name, outcome
    for outcomes in flow.anywhere.values():
        for outcome in outcomes:
            yield None, outcome
