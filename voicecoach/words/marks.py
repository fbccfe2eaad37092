"""Marks in a text about how it is said, ``Hips *back*. (pause 1s) Hold.``: pauses and emphasis.

``drills`` checks them, ``coach`` shows the words alone, ``speaking`` makes pauses of silence and stresses words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

PAUSE_S = 0.5
"""Seconds of a ``(pause)`` that does not say how long."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 10.0
"""Seconds; below it nobody hears a pause, above it somebody thinks the coach has gone."""
HOW_A_PAUSE = "a pause is written (pause) or (pause 0.5s), at most 10 seconds"
"""For whoever wrote another one."""

_PAUSE = re.compile(r"\(\s*pause\b([^()]*)\)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]{1,4}(?:[.,][0-9]{1,3})?) ?(s|sec|seconds?|ms)\s*", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*(\s*)([^*]*?)(\s*)\*")
_IN_BRACKETS = re.compile(r"[(\[<]\s*([^\W\d]*)\s*([^()\[\]<>]*)[)\]>]")
_NEAR = 0.75
"""How like "pause" a word in brackets must be, from 0 to 1, to be a misspelt one."""
_BEFORE_STOP = re.compile(r"\s+([.,;:!?])")


def plain(text: str) -> str:
    """The words alone, as they are read on a screen and in a transcript."""
    if "*" not in text and "(" not in text:
        return text
    without = _PAUSE.sub(" ", _EMPHASIS.sub(r"\1\2\3", text)).replace("*", "")
    return _BEFORE_STOP.sub(r"\1", " ".join(without.split()))


def parts_of(text: str) -> tuple[str | float, ...]:
    """The pieces of a text that are spoken in one go, emphasis still marked, and between them seconds of silence."""
    found: list[str | float] = []
    end = 0
    for mark in _PAUSE.finditer(text):
        found += [*_spoken(text[end : mark.start()]), _seconds(mark[1]) or 0.0]
        end = mark.end()
    return (*found, *_spoken(text[end:]))


def pause_seconds(text: str) -> float:
    """All pauses of a text together, in seconds."""
    return sum(_seconds(mark[1]) or 0.0 for mark in _PAUSE.finditer(text))


def emphasised(text: str) -> Iterator[tuple[str, bool]]:
    """A piece cut where emphasis begins and ends, each with whether it is emphasised; no star is left in any."""
    end = 0
    for mark in _EMPHASIS.finditer(text):
        yield from _unless_empty(text[end : mark.start()] + mark[1], strong=False)
        yield from _unless_empty(mark[2], strong=True)
        yield from _unless_empty(mark[3], strong=False)
        end = mark.end()
    yield from _unless_empty(text[end:], strong=False)


def wrong_marks(text: str) -> Iterator[tuple[str, str]]:
    """What no voice could follow: the piece of the text, and one sentence about it."""
    for mark in _PAUSE.finditer(text):
        if _seconds(mark[1]) is None:
            yield mark[0], HOW_A_PAUSE
    without = _EMPHASIS.sub("", text)
    if "*" in without:
        yield "*", "a * without its partner: emphasis is written *word*"
    for mark in _EMPHASIS.finditer(text):
        if not any(letter.isalnum() for letter in mark[2]):
            yield mark[0], "there is no word between these stars"
        elif _PAUSE.search(mark[2]):
            yield mark[0], "a pause cannot stand inside an emphasis: end the one before the other"


def nearly_pauses(text: str) -> Iterator[str]:
    """Pieces that were meant as a pause and are none: ``(pasue 2s)``, ``(2 seconds)``, ``[pause]``."""
    for piece in _IN_BRACKETS.finditer(text) if any(sign in text for sign in "([<") else ():
        word, time = piece[1].casefold(), piece[2].strip()
        near = word == "pause" or SequenceMatcher(None, word, "pause").ratio() > _NEAR
        if _PAUSE.fullmatch(piece[0]) is None and (_LENGTH.fullmatch(time) if time else near):
            yield piece[0]


def _spoken(piece: str) -> list[str]:
    """A piece without space around it; none where it holds nothing to say."""
    clean = " ".join(piece.split())
    return [clean] if any(letter.isalnum() for letter in clean) else []


def _seconds(written: str) -> float | None:
    """Seconds of a pause, from what stands behind the word; None where that is no time."""
    if not written.strip():
        return PAUSE_S
    found = _LENGTH.fullmatch(written)
    if found is None:
        return None
    seconds = float(found[1].replace(",", ".")) / (1000 if found[2].lower() == "ms" else 1)
    return seconds if SHORTEST_PAUSE <= seconds <= LONGEST_PAUSE else None


def _unless_empty(words: str, *, strong: bool) -> Iterator[tuple[str, bool]]:
    if words := words.replace("*", ""):
        yield words, strong
