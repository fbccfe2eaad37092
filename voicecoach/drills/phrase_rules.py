"""Rules on what is heard: phrases that clash, begin one another, sound alike, or hold words the recogniser lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from voicecoach.drills.diagnostics import Diagnostic, quoted, shown_path
from voicecoach.drills.phrasebook import Phrasebook, Written
from voicecoach.drills.source import Loc, Source
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.phrases import IGNORED
from voicecoach.words.sounds import sounds as english_sounds
from voicecoach.words.sounds import within_one

UNKNOWN = "the recogniser does not know the word"
"""How what is told of a word begins that the recogniser lacks."""
FEW_SOUNDS = 8
"""Phrases of more sounds than this are told apart even when one sound differs."""


@dataclass(frozen=True, slots=True)
class Ear:
    """What the recogniser knows."""

    knows: Callable[[str], bool] | None = None
    """Whether a word is in its vocabulary; None where no recogniser was asked."""
    vocabulary: Collection[str] = frozenset()
    """Its words, for suggestions."""
    language: str = ENGLISH.code
    """Code of the language it hears; of phrases in another one no word is asked about."""


def check_phrases(book: Phrasebook, ear: Ear, only: Source | None = None) -> Iterator[Diagnostic]:
    """Everything wrong with the phrases of a book; with ``only``, as far as a phrase of that file takes part."""
    together = _heard_together(book)
    phrases = [p for p in book.phrases if only is None or p.source is only]
    if ear.language == book.language.code:
        yield from _check_words(phrases, ear)
    mine = only or book.source
    yield from _check_clashes(phrases, book.phrases, together, mine)
    yield from _check_beginnings(phrases, book.phrases, together, mine)
    yield from _check_sounds(phrases, book.phrases, together, book.language, mine)


def _in_mine(phrase: Written, other: Written, mine: Source) -> tuple[Written, Written]:
    """Two phrases, first the one to point at: what its author inherited from another flow is not theirs to change."""
    return (other, phrase) if phrase.source is not mine and other.source is mine else (phrase, other)


def _elsewhere(phrase: Written, other: Written) -> str:
    """Where the other phrase stands, behind a hint; nothing where it is in the same file."""
    if other.source is phrase.source:
        return ""
    return f"; {quoted(other.text)} stands in {shown_path(other.source.path)}, line {_line(other)}"


def _line(phrase: Written) -> int:
    return phrase.source.node(phrase.loc).start_mark.line + 1


def _heard_together(book: Phrasebook) -> Callable[[Written, Written], bool]:
    """Whether two phrases of different commands can mean something at the same time; decoys always can."""
    heard = [book.heard_in(state) | {IGNORED} for state in book.flow.states]

    def together(first: Written, second: Written) -> bool:
        return first.command != second.command and any({first.command, second.command} <= here for here in heard)

    return together


def _check_words(phrases: Iterable[Written], ear: Ear) -> Iterator[Diagnostic]:
    if ear.knows is None:
        return
    told: set[tuple[Loc, str]] = set()
    for phrase in phrases:
        for word in phrase.tokens:
            if phrase.optional or (phrase.loc, word) in told or ear.knows(word):
                continue
            told.add((phrase.loc, word))
            near = get_close_matches(word, ear.vocabulary, n=3, cutoff=0.7)
            hint = f"words near it that it knows: {', '.join(near)}" if near else "use a more common word"
            hint = "write the number in words" if word.isdigit() else hint
            hint += "; under 'also:' the phrase is understood when typed, and heard by an ear that knows the word"
            message = f"{UNKNOWN} {quoted(word)}"
            yield phrase.source.diagnose(phrase.loc, message, hint, piece=word)


Together = Callable[[Written, Written], bool]


def _check_clashes(
    phrases: Iterable[Written], everything: Collection[Written], together: Together, mine: Source
) -> Iterator[Diagnostic]:
    first: dict[str, list[Written]] = {}
    for phrase in everything:
        first.setdefault(phrase.text, []).append(phrase)
    told: set[tuple[Loc, str]] = set()
    for phrase in phrases:
        for other in first[phrase.text]:
            if other is phrase:
                break
            if not together(other, phrase) or (phrase.loc, other.command) in told:
                continue
            told.add((phrase.loc, other.command))
            here, there = _in_mine(phrase, other, mine)
            means = f"already means {quoted(there.command)}, which is heard at the same time"
            if there.command == IGNORED:
                means = "is ignored, as talk that is no command"
            hint = f"change it here or on line {_line(there)}"
            if there.source is not here.source:
                hint = f"say it in other words{_elsewhere(here, there)}"
            yield here.source.diagnose(here.loc, f"{quoted(here.text)} {means}", hint, piece=here.text)


def _check_beginnings(
    phrases: Iterable[Written], everything: Collection[Written], together: Together, mine: Source
) -> Iterator[Diagnostic]:
    longer: dict[tuple[str, ...], list[Written]] = {}
    for phrase in everything:
        for length in range(1, len(phrase.tokens)):
            longer.setdefault(phrase.tokens[:length], []).append(phrase)
    told: set[tuple[Loc, str]] = set()
    for phrase in phrases:
        if phrase.command == IGNORED:
            continue
        for other in longer.get(phrase.tokens, ()):
            if other.command == IGNORED or not together(phrase, other) or (phrase.loc, other.command) in told:
                continue
            told.add((phrase.loc, other.command))
            here, there = _in_mine(phrase, other, mine)
            message = f"{quoted(phrase.text)} is how {quoted(other.text)} begins, which means {quoted(other.command)}"
            hint = f"the coach must wait for the rest before it can act; use another word{_elsewhere(here, there)}"
            yield here.source.diagnose(here.loc, message, hint, piece=here.text, severity="warning")


def _check_sounds(
    phrases: Iterable[Written],
    everything: Collection[Written],
    together: Together,
    language: Language,
    mine: Source,
) -> Iterator[Diagnostic]:
    """Phrases that sound the same, and phrases one sound away from a safety phrase.

    Decoys are meant to be near a command, so only those that sound exactly like one are told.
    """
    told: set[tuple[Loc, str]] = set()
    sounds = english_sounds if language.english else language.letters
    commands = [(other, sounds(other.text)) for other in everything if other.command != IGNORED]
    safety: dict[int, list[tuple[Written, str]]] = {}  # by number of sounds, of which one can be missing or added
    for pair in commands:
        for length in (len(pair[1]) - 1, len(pair[1]), len(pair[1]) + 1) if pair[0].safety else ():
            safety.setdefault(length, []).append(pair)
    alike: dict[str, list[tuple[Written, str]]] = {}
    for pair in commands:
        alike.setdefault(pair[1], []).append(pair)
    for phrase in phrases:
        sound = sounds(phrase.text)
        short = phrase.command != IGNORED and len(sound) <= FEW_SOUNDS
        for other, heard in alike.get(sound, []) + (safety.get(len(sound), []) if short else []):
            if other.text == phrase.text or (phrase.loc, other.command) in told:
                continue
            same = sound == heard
            if not (same or within_one(sound, heard)) or not together(phrase, other):
                continue
            told.add((phrase.loc, other.command))
            how = "sounds like" if same else "is one sound away from"
            here, there = _in_mine(phrase, other, mine)
            means = "which is ignored" if there.command == IGNORED else f"which means {quoted(there.command)}"
            message = f"{quoted(here.text)} {how} {quoted(there.text)}, {means}"
            hint = f"use a word that sounds different{_elsewhere(here, there)}"
            yield here.source.diagnose(here.loc, message, hint, piece=here.text, severity="warning")
