"""Number phrases for the recogniser's grammar."""

from __future__ import annotations

NUMBER_WORDS: frozenset[str] = frozenset()
NUMBER_PHRASES: tuple[str, ...] = ()
