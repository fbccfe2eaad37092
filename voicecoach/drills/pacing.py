"""How long a text takes to say, and how much room a rep leaves for it, before any voice has rendered a word.

Estimates for ``check``; the session measures the real length of every rendered text.
"""

from __future__ import annotations

from voicecoach.drills.measures import FASTEST, rep_seconds
from voicecoach.drills.model import Phase, Tempo

WORDS_PER_SECOND = 2.7
"""About 160 words a minute: between careful speech (130) and the default of most engines (175 to 200)."""
ONSET = 0.1
"""Seconds around a text in which it is not yet, or no longer, heard."""
COUNT = 0.5
"""Seconds of a count, "twenty one" being the longest usual one."""
TOLERANCE = 0.25
"""Seconds by which an estimate may be wrong before it is worth a warning."""
PHASES: tuple[Phase, ...] = ("lower", "hold", "lift", "top")


def spoken_seconds(words: int) -> float:
    """Estimated length in seconds of a text of so many words."""
    return ONSET + words / WORDS_PER_SECOND


def phase_seconds(tempo: Tempo, phase: Phase) -> float:
    """Seconds of one phase; ``X`` is reckoned as one second."""
    seconds: float | None = getattr(tempo, phase)
    return FASTEST if seconds is None else seconds


def between_counts(tempo: Tempo) -> float:
    """Seconds of silence between one count and the next: the most a form cue can have."""
    return rep_seconds(tempo) - COUNT
