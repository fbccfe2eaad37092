"""Phrase templates to phrases, and the table that says which whole phrase is which command.

Flow and drill files write ``[my] [lower] back hurts``; the recogniser's grammar, the loader's lint and the decision
after recognition all work on the expanded table made here.
"""

from __future__ import annotations

import itertools
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hassil.expression import Expression

LIMIT = 500
"""Most phrases one template may stand for."""

DEEPEST = 20
"""Deepest brackets in brackets."""

IGNORED = "ignored"
"""Command name of phrases from a flow's ``ignored:`` list."""

_DROPPED = re.compile(r"[.,!?;:\"“”…]")
_SPACES = re.compile(r"[\s\-‐‑‒–—]+")  # noqa: RUF001 - the dashes that word processors write


class TemplateError(ValueError):
    """A phrase template cannot be used; the message is a sentence that says why."""


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
    expression = _parse(template)
    phrases = dict.fromkeys(normalise(text) for text in _expansions(expression, template))
    for phrase in phrases:
        _check(phrase, template)
    return tuple(phrases)


def _shown(template: str) -> str:
    """Return the template as an error message quotes it: on one line, no longer than a line."""
    return textwrap.shorten(template, 80, placeholder=" …") if len(template.split()) > 1 else template[:80]


def _parse(template: str) -> Expression:
    """Read the template as hassil's tree; raises TemplateError."""
    from hassil.parse_expression import parse_sentence  # noqa: PLC0415 - hassil is loaded only where templates are read
    from hassil.parser import ParseError  # noqa: PLC0415

    for opening, closing, name in (("{", "}", "list"), ("<", ">", "rule")):
        if opening in template or closing in template:
            raise TemplateError(f"`{_shown(template)}` uses a {name}, {opening}…{closing}; phrases have none.")
    for opening, closing in (("(", ")"), ("[", "]")):
        if template.count(opening) != template.count(closing):
            raise TemplateError(f"`{_shown(template)}` has a bracket {opening}{closing} that is not closed or opened.")
    if re.search(r"\(\s*\)|\[\s*\]", template):
        raise TemplateError(f"`{_shown(template)}` has brackets with nothing in them.")
    if _depth(template) > DEEPEST:
        raise TemplateError(f"`{_shown(template)}` has brackets in brackets more than {DEEPEST} deep.")
    try:
        return parse_sentence(template).expression
    except (ParseError, AssertionError, IndexError) as error:
        # hassil checks some of its input with assert
        raise TemplateError(f"`{_shown(template)}` is not a phrase template: its brackets do not match.") from error


def _depth(template: str) -> int:
    """Count how deep brackets lie in brackets."""
    return max(itertools.accumulate((sign in "([") - (sign in ")]") for sign in template), default=0)


def _expansions(expression: Expression, template: str) -> tuple[str, ...]:
    """List all texts of a tree, never more than the limit; raises TemplateError."""
    found = tuple(dict.fromkeys(itertools.islice(_walk(expression, template), LIMIT * 20)))
    if len(found) > LIMIT:
        raise TemplateError(f"`{_shown(template)}` stands for more than {LIMIT} phrases; split it or leave some out.")
    return found


def _walk(expression: Expression, template: str) -> Iterator[str]:
    """Yield the texts of a tree, one by one."""
    from hassil.expression import Alternative, Group, Permutation, TextChunk  # noqa: PLC0415

    if isinstance(expression, TextChunk):
        yield expression.original_text
        return
    if not isinstance(expression, Group):
        raise TemplateError(f"`{_shown(template)}` uses something other than words, (a|b) and [x].")
    parts = [_expansions(item, template) for item in expression.items]
    if isinstance(expression, Alternative):
        if not expression.is_optional:
            yield from itertools.chain.from_iterable(parts)
        else:  # hassil puts the empty text last; a template reads better with the shortest phrase first
            yield from dict.fromkeys(("", *itertools.chain.from_iterable(parts)))
        return
    orders = itertools.permutations(parts) if isinstance(expression, Permutation) else [tuple(parts)]
    for order in orders:
        for words in itertools.product(*order):
            yield "".join(words)


def _check(phrase: str, template: str) -> None:
    """Raise TemplateError for a phrase that nobody can say."""
    if not phrase:
        raise TemplateError(f"One way of saying `{_shown(template)}` has no words at all.")
    for sign in phrase:
        if not (sign in " '" or sign.isalnum() or unicodedata.category(sign).startswith("M")):
            raise TemplateError(f"`{_shown(template)}` has a sign that cannot be spoken: {sign!r}. Write it as words.")
    if not any(sign.isalnum() for sign in phrase):
        raise TemplateError(f"`{_shown(template)}` has no word in it.")


class PhraseTable:
    """All phrases of a flow and its drills; whole phrases only are found, never parts of them."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(dict.fromkeys(phrases))
        self._by_text: dict[str, list[Phrase]] = {}
        for phrase in self._phrases:
            self._by_text.setdefault(phrase.text, []).append(phrase)
        for same in self._by_text.values():
            same.sort(key=lambda phrase: (not phrase.safety, phrase.ignored))
        self._prefixes = frozenset(
            " ".join(words[:count]) for words in map(str.split, self._by_text) for count in range(1, len(words))
        )

    @classmethod
    def build(cls, commands: Iterable[CommandLike], ignored: Iterable[str] = ()) -> PhraseTable:
        """Make the table of these commands; ``ignored`` are further decoys, templates too. Raises TemplateError."""
        spoken = [
            Phrase(text, command.name, command.safety, command.ignored)
            for command in commands
            for template in command.templates
            for text in expand(template)
        ]
        decoys = [Phrase(text, IGNORED, ignored=True) for template in ignored for text in expand(template)]
        return cls([*spoken, *decoys])

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every phrase, decoys included, in the order of the commands."""
        return self._phrases

    @property
    def clashes(self) -> tuple[tuple[Phrase, ...], ...]:
        """Phrases that stand for two or more commands, decoys aside."""
        groups = (tuple(p for p in same if not p.ignored) for same in self._by_text.values())
        return tuple(group for group in groups if len(group) > 1)

    def find(self, text: str, among: frozenset[str] | None = None) -> Phrase | None:
        """Find the phrase that is exactly this text, whatever its capitals and punctuation.

        Of several commands with the same phrase a safety command wins, then one of ``among``, then the first written;
        a decoy comes last.
        """
        same = self._by_text.get(normalise(text))
        if not same:
            return None
        if among is not None and not same[0].safety:
            return next((phrase for phrase in same if phrase.command in among), same[0])
        return same[0]

    def is_prefix(self, text: str) -> bool:
        """Tell whether some longer phrase begins with this text and a space."""
        return normalise(text) in self._prefixes

    def words(self) -> frozenset[str]:
        """Collect every word of every phrase."""
        return frozenset(itertools.chain.from_iterable(text.split() for text in self._by_text))

    def grammar(self, *, words_for_numbers: bool = False) -> tuple[str, ...]:
        """List what the recogniser is to listen for: phrases, decoys, and numbers where asked for; without ``[unk]``.

        Words that the model lacks are still in it: the recogniser drops them from a phrase, so ask the model first.
        """
        from voicecoach.words.grammar import NUMBER_PHRASES  # noqa: PLC0415 - only where numbers are wanted

        numbers = NUMBER_PHRASES if words_for_numbers else ()
        return tuple(dict.fromkeys((*self._by_text, *numbers)))
