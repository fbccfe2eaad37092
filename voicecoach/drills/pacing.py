"""How long a text takes to say, and how much room a rep leaves for it, before any voice has rendered a word.

Estimates for ``check``; the session measures the real length of every rendered text.
"""

from __future__ import annotations

from typing import Literal

from voicecoach.drills.measures import FASTEST
from voicecoach.drills.time_marks import LONGEST_COUNTING, LONGEST_GAP, marks_of
from voicecoach.drills.values import Phase, Tempo

WORDS_PER_SECOND = 2.7
"""About 160 words a minute: between careful speech (130) and the default of most engines (175 to 200)."""
USUAL_RATE = 170
"""Words a minute where neither script nor user says otherwise."""
ONSET = 0.1
"""Seconds around a text in which it is not yet, or no longer, heard."""
COUNT = 0.5
"""Seconds of a count, "twenty one" being the longest usual one."""
TOLERANCE = 0.25
"""Seconds by which an estimate may be wrong before it is worth a warning."""
BREATH = 0.12
"""Seconds of silence between two lines on the beat."""
SENTENCE = 0.35
"""Seconds of silence between two sentences off the beat."""
COUNTDOWN = 3.4
"""Seconds before the end of a rest in which the next set is counted in."""
REST_WARNING = 10.0
"""Seconds before the end of a rest at which that is said, and the drill's reminder after it."""
SHORTEST_WARNED_REST = 20.0
"""Seconds from which on a rest has that warning; shorter ones are rounds."""
HOLD_CUE = LONGEST_GAP / 2
"""Seconds in which a cue of a hold must be over."""
PHASES: tuple[Phase, ...] = ("lower", "hold", "lift", "top")


def spoken_seconds(words: int, rate: int | None = None) -> float:
    """Estimated length in seconds of a text of so many words, at so many words a minute where a script asks for it."""
    return ONSET + words / WORDS_PER_SECOND * (USUAL_RATE / (rate or USUAL_RATE))


def phase_seconds(tempo: Tempo, phase: Phase) -> float:
    """Seconds of one phase; ``X`` is reckoned as one second."""
    seconds: float | None = getattr(tempo, phase)
    return FASTEST if seconds is None else seconds


def phase_room(tempo: Tempo, phase: Phase, count_on: Literal["bottom", "top"]) -> float:
    """Seconds that a phase leaves for words; one that begins with a count has them after it."""
    seconds = phase_seconds(tempo, phase)
    return seconds - COUNT - BREATH if phase == _counted_phase(tempo, count_on) else seconds


def cue_room(tempo: Tempo, count_on: Literal["bottom", "top"]) -> float:
    """Seconds that a rep leaves for a form cue, which stands within one phase."""
    return max(phase_room(tempo, phase, count_on) for phase in PHASES) - BREATH


def _counted_phase(tempo: Tempo, count_on: Literal["bottom", "top"]) -> Phase:
    """The phase in which a count is said: the one after the lift, or the way down; of the next rep, if need be."""
    after: list[Phase] = ["top", "lower", "hold", "lift"] if count_on == "top" else ["hold", "lift", "top", "lower"]
    return next(phase for phase in after if phase_seconds(tempo, phase) > 0)


def has_cue_marks(seconds: float, *, counting: bool) -> bool:
    """Whether a set that the clock ends has a moment for a cue; ``counting`` where the trainee counts meanwhile."""
    return any(mark.what == "cue" for mark in marks_of(seconds, LONGEST_COUNTING if counting else LONGEST_GAP))
