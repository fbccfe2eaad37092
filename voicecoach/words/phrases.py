"""Phrase templates to phrases, and the table that says which whole phrase is which command.

Flow and drill files write ``[my] [lower] back hurts``; the recogniser's grammar, the loader's lint and the decision
after recognition all work on the expanded table made here.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.templates import TemplateError, shown, texts_of

IGNORED = "ignored"
"""Command name of phrases from a flow's ``ignored:`` list."""

_DROPPED = re.compile(r"[.,!?;:\"“”…]")
_SPACES = re.compile(r"[\s\-‐‑‒–—]+")  # noqa: RUF001 - the dashes that word processors write


ARTICLES = frozenset({"the", "a", "an"})
"""Unstressed in English: a recogniser often swallows them before a phrase."""


class CommandLike(Protocol):
    """What the table needs to know of a command; ``drills.model.SpokenCommand`` is one."""

    @property
    def name(self) -> str:
        """Name as used in states."""

    @property
    def templates(self) -> tuple[str, ...]:
        """Phrase templates in hassil's syntax."""

    @property
    def safety(self) -> bool:
        """Works in every state."""

    @property
    def ignored(self) -> bool:
        """A decoy."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that can be said, word for word."""

    text: str
    """Lower case, single spaces, no punctuation."""
    command: str
    """Name of the command it stands for; ``ignored`` for the flow's decoys."""
    safety: bool = False
    """Works in every state."""
    ignored: bool = False
    """Recognised so that it is not taken for something else, and then ignored."""


def normalise(text: str) -> str:
    """Write a text as phrases are: lower case, straight apostrophes, no punctuation, hyphens as single spaces."""
    plain = unicodedata.normalize("NFC", text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _SPACES.sub(" ", _DROPPED.sub(" ", plain)).strip()


def expand(template: str) -> tuple[str, ...]:
    """List all phrases of a template, lower case, single spaces, each once, in the order in which they are written.

    ``[x]`` may be left out, ``(a|b)`` is one of them, ``(a;b)`` is both in any order (hassil's syntax).
    Raises TemplateError for bad syntax, for more than 500 phrases, and where a phrase is empty or cannot be spoken.
    """
    if not template.strip():
        raise TemplateError("A phrase is empty.")
    phrases = dict.fromkeys(normalise(text) for text in texts_of(template))
    for phrase in phrases:
        _check(phrase, template)
    return tuple(phrases)


def without_article(text: str) -> str:
    """A phrase as it is left when its first article is swallowed; itself where fewer than two words would be left."""
    first, _, rest = text.partition(" ")
    return rest if first in ARTICLES and " " in rest else text


def _check(phrase: str, template: str) -> None:
    """Raise TemplateError for a phrase that nobody can say."""
    if not phrase:
        raise TemplateError(f"One way of saying `{shown(template)}` has no words at all.")
    for sign in phrase:
        if not (sign in " '" or sign.isalnum() or unicodedata.category(sign).startswith("M")):
            raise TemplateError(f"`{shown(template)}` has a sign that cannot be spoken: {sign!r}. Write it as words.")
    if not any(sign.isalnum() for sign in phrase):
        raise TemplateError(f"`{shown(template)}` has no word in it.")


class PhraseTable:
    """All phrases of a flow and its drills; whole phrases only are found, never parts of them."""

    def __init__(self, phrases: Iterable[Phrase], language: Language = ENGLISH) -> None:
        self.language = language
        self._phrases = tuple(dict.fromkeys(phrases))
        self._by_text: dict[str, list[Phrase]] = {}
        for phrase in self._phrases:
            self._by_text.setdefault(phrase.text, []).append(phrase)
        for same in self._by_text.values():
            same.sort(key=lambda phrase: (not phrase.safety, phrase.ignored))
        self._typed = {language.fold(text): text for text in self._by_text} if language.spellings else {}
        bare = {without_article(text): text for text in reversed(self._by_text)} if language.english else {}
        self._bare = {short: text for short, text in bare.items() if short not in self._by_text}

    @classmethod
    def build(
        cls, commands: Iterable[CommandLike], ignored: Iterable[str] = (), language: Language = ENGLISH
    ) -> PhraseTable:
        """Make the table of these commands; ``ignored`` are further decoys, templates too. Raises TemplateError."""
        spoken = [
            Phrase(text, command.name, command.safety, command.ignored)
            for command in commands
            for template in command.templates
            for text in expand(template)
        ]
        decoys = [Phrase(text, IGNORED, ignored=True) for template in ignored for text in expand(template)]
        return cls([*spoken, *decoys], language)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase, decoys included, in the order of the commands."""
        return self._phrases

    def find(self, text: str, among: frozenset[str] | None = None) -> Phrase | None:
        """Find the phrase that is exactly this text, whatever its capitals, punctuation and way of typing a letter.

        An English phrase is found without its first article too, unless what is left is a phrase of its own.

        Of several commands with the same phrase a safety command wins, then one of ``among``, then the first written;
        a decoy comes last.
        """
        said = normalise(text)
        written = said if said in self._by_text else self._bare.get(said) or self._typed.get(self.language.fold(said))
        same = self._by_text.get(written or "")
        if not same:
            return None
        if among is not None and not same[0].safety:
            return next((phrase for phrase in same if phrase.command in among), same[0])
        return same[0]

    def words(self) -> frozenset[str]:
        """Collect every word of every phrase."""
        return frozenset(itertools.chain.from_iterable(text.split() for text in self._by_text))

    def grammar(self, *, words_for_numbers: bool = False) -> tuple[str, ...]:
        """List what the recogniser is to listen for: phrases, decoys, and numbers where asked for; without ``[unk]``.

        Words that the model lacks are still in it: the recogniser drops them from a phrase, so ask the model first.
        """
        numbers = self.language.number_phrases if words_for_numbers else ()
        return tuple(dict.fromkeys((*self._by_text, *numbers)))
