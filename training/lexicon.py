"""Pronunciations: which phones a word is made of."""

from __future__ import annotations

import re
from pathlib import Path

from training.phones import unstressed

Lexicon = dict[str, tuple[tuple[str, ...], ...]]


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
