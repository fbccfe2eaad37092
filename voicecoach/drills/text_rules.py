"""Rules on what is said: variables, words that would trigger a command, sentences too long for a set."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise

from voicecoach.drills.cue import list_of, place_of
from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, quoted
from voicecoach.drills.pacing import spoken_seconds
from voicecoach.drills.phrasebook import Phrasebook, Written, spellings, tokens
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.voice_rules import check_marks
from voicecoach.words.marks import pause_seconds, plain

MOST_WORDS = 12
"""Words of a sentence that can be followed in the middle of a set."""
MOST_SECONDS = 6.0
"""Seconds of a text that can be followed in the middle of a set."""
BRACES = re.compile(r"\{([^{}]*)\}")
OTHER_BRACKETS = r"[\[<]([a-z][a-z ]*)[\]>]"
"""Something in brackets that are not those of a variable; compiled where a text has any."""
MEANT = {
    "load": "weight", "kilos": "weight", "kg": "weight", "previous weight": "last weight", "reps left": "left",
    "time left": "left", "exercise": "drill", "name": "drill", "next exercise": "next drill", "day": "programme",
    "set count": "sets", "rep count": "reps",
}  # fmt: skip
"""Words that people write for a variable."""
ALIKE = 0.8
"""How near a name must be to a variable to be taken for it before a variable that is one of its words."""
OPENING, CLOSING = "\u201c\u201e\u201d\u00ab", "\u201c\u201d\u00bb"
"""Quotes of a word processor, which are letters to YAML."""
NUMBER_SIGN = re.compile(r"[ \t]+(#\d\S*)")
"""What may stand behind a text that was cut at its number sign."""
STRAY = re.compile(r"[{}][^{}\0]*")
SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Texts:
    """Some texts of one key, and where they are said."""

    source: Source
    """Their file."""
    loc: Loc
    """Their key."""
    texts: tuple[str, ...]
    """The texts."""
    live: frozenset[str] = frozenset()
    """Commands heard while they are said."""
    in_set: bool = False
    """Said in the middle of a set."""
    respell: Callable[[str], str] = str
    """Puts what is spoken in place of what is written."""
    rate: int | None = None
    """Words a minute that a script asks for."""
    why: str = ""
    """Behind a hint about length: which script asks for that pace, where it is not the one with the texts."""

    def diagnose(self, number: int, message: str, hint: str, piece: str = "") -> Diagnostic:
        """A warning about one of them, by its number."""
        loc = (*self.loc, *place_of(self.texts[number], number))
        return self.source.diagnose(loc, message, hint, piece=piece, severity="warning")


def check_texts(said: Texts, variables: Collection[str], book: Phrasebook | None) -> Iterator[Diagnostic]:
    """Everything wrong with some texts."""
    for number, text in enumerate(said.texts):
        yield from naming(text, _check_text(said, (*said.loc, *place_of(text, number)), text, variables, book))
    yield from _check_commas(said)


def naming(text: str, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is wrong with a text, with the text itself where it stands in another file, in a shared list."""
    for one in found:
        where = f"{quoted(text)} of the list {quoted(list_of(text))}: " if list_of(text) else ""
        yield replace(one, message=where + one.message)


def _check_text(
    said: Texts, loc: Loc, text: str, variables: Collection[str], book: Phrasebook | None
) -> Iterator[Diagnostic]:
    yield from check_variables(said.source, loc, text, variables)
    if book is not None:
        yield from check_echo(said.source, loc, text, book, said.live)
    yield from check_marks(said.source, loc, text)
    yield from _check_cut(said.source, loc, text)
    if said.in_set:
        yield from _check_length(said, loc, text)


def check_variables(source: Source, loc: Loc, text: str, variables: Collection[str]) -> Iterator[Diagnostic]:
    """Variables that nothing fills in, and braces without a partner."""
    for name in BRACES.findall(text):
        if " ".join(name.split()) not in variables:
            hint = did_you_mean(_meant(name, variables), variables)
            hint = hint or "a variable is the name of a dial, or one of those that docs/scripts.md lists"
            yield source.diagnose(loc, f"unknown variable {{{name}}}", hint, piece=f"{{{name}}}")
    for other in re.finditer(OTHER_BRACKETS, text) if "[" in text or "<" in text else ():
        if other[1] in variables:
            message, hint = f"{other[0]} would be read out as it stands", f"a variable is written {{{other[1]}}}"
            yield source.diagnose(loc, message, hint, piece=other[0], severity="warning")
    for stray in STRAY.findall(BRACES.sub("\0", text)):
        message = f"a {stray[0]} without its partner"
        yield source.diagnose(loc, message, "a variable is written {name}", piece=stray.strip())


def _meant(name: str, variables: Collection[str]) -> str:
    """The variable that a name stands for, or has among its words, ``number of sets``; else the name."""
    words = name.casefold().split()
    known = MEANT.get(" ".join(words))
    if known is not None or get_close_matches(" ".join(words), variables, n=1, cutoff=ALIKE):
        return known or name
    return next((word for word in words if word in variables), name)


def check_echo(source: Source, loc: Loc, text: str, book: Phrasebook, live: frozenset[str]) -> Iterator[Diagnostic]:
    """Words of the coach that its own ear would take for a command.

    A safety phrase is an error wherever it stands, because safety phrases are never masked while the coach talks; any
    other phrase that is live meanwhile is a warning, unless the sentence tells the trainee to say it, on purpose.
    """
    told: set[str] = set()
    for part in BRACES.split(plain(text))[::2]:
        for phrase in _inside(book, part):
            if phrase.safety and phrase.command not in told:
                told.add(phrase.command)
                message = f"the coach would hear itself say {quoted(phrase.text)}, which means {quoted(phrase.command)}"
                yield source.diagnose(loc, message, "say it in other words", piece=phrase.text)
        for sentence in SENTENCE.split(part):
            if book.language.tells & set(tokens(sentence)):
                continue
            for phrase in _inside(book, sentence):
                if phrase.safety or phrase.command in told or phrase.command not in live:
                    continue
                told.add(phrase.command)
                message = f"{quoted(phrase.text)} means {quoted(phrase.command)} to whoever says it"
                hint = "use other words, because the coach does not listen for a phrase while it says it"
                yield source.diagnose(loc, message, hint, piece=phrase.text, severity="warning")


def _inside(book: Phrasebook, text: str) -> Iterator[Written]:
    for words in sorted(spellings(tokens(text))):
        yield from book.inside(words)


def said_in(text: str, respell: Callable[[str], str], rate: int | None = None) -> float:
    """Estimated length of a text in seconds: of the words that are spoken at a rate, and of its pauses."""
    return spoken_seconds(len(tokens(respell(plain(text)))), rate) + pause_seconds(text)


def _check_length(said: Texts, loc: Loc, text: str) -> Iterator[Diagnostic]:
    source, words = said.source, plain(text)
    longest = max((len(tokens(sentence)) for sentence in SENTENCE.split(words)), default=0)
    if longest > MOST_WORDS:
        message = f"a sentence of {longest} words is hard to follow during a set"
        yield source.diagnose(loc, message, f"at most {MOST_WORDS} words a sentence", severity="warning")
    elif (seconds := said_in(text, said.respell, said.rate)) > MOST_SECONDS:
        message = f"this takes about {seconds:.0f} seconds to say, too long for a set"
        yield source.diagnose(loc, message, f"at most {MOST_SECONDS:g} seconds{said.why}", severity="warning")


def _check_cut(source: Source, loc: Loc, text: str) -> Iterator[Diagnostic]:
    """A text that ends at its number sign, ``Exercise #2``, because a comment begins there."""
    node = source.node(loc)
    if list_of(text) or "#" not in source.text or not isinstance(node.value, str):
        return
    end = node.end_mark
    if (sign := NUMBER_SIGN.match(source.lines[end.line], end.column)) is not None:
        message = f"nothing from {quoted(sign[1])} on is said: it is a comment"
        hint = "put quotes around the whole text"
        yield source.at(end.line, sign.start(1), message, hint, width=len(sign[1]), severity="warning")


def _check_commas(said: Texts) -> Iterator[Diagnostic]:
    """A list in brackets that was meant to be one text: ``[Feet apart, toes forward.]``."""
    node = said.source.node(said.loc)
    if not getattr(node, "flow_style", False):
        return
    for number, (before, after) in enumerate(pairwise(said.texts), start=1):
        if list_of(before) or list_of(after):
            continue
        if before[:1] in OPENING and not set(CLOSING) & set(before[1:]):
            hint = 'put straight quotes around it: "…"'
        elif before[:1].isupper() and before[-1:].isalpha() and after[:1].islower():
            hint = "put quotes around the whole text, or begin the second one with a capital"
        else:
            continue
        yield said.diagnose(number, "the comma before this makes two texts of it", hint)
