"""What a voice is given in place of a written word (``say as:``), because it would say it wrong as it is written.

Only ``speaking`` respells: transcripts, the screen, the log and the echo mask keep the written words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Respelling:
    """A table of written words, each with what is spoken; whole words, capitals do not matter, the longest first."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._spoken = {_key(word): spoken for word, spoken in table.items()}
        words = sorted(self._spoken, key=len, reverse=True)
        either = "|".join(r"[\s-]+".join(map(re.escape, word.split())) for word in words)
        self._written = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if words else None

    def __call__(self, text: str) -> str:
        """The text as it is spoken; what was put in is not looked at again."""
        if self._written is None:
            return text
        return self._written.sub(lambda found: self._spoken.get(_key(found[0]), found[0]), text)


def _key(word: str) -> str:
    return " ".join(word.replace("-", " ").casefold().split())
