"""How far a trainee can turn tempo, words and volume; ``pace`` and ``talk`` do it, plans carry it over."""

from __future__ import annotations

TEMPO = "tempo"
"""Name under which the length of a drill's reps is turned like a dial, in percent of the script's tempo."""
LEAST, MOST = 70.0, 160.0
"""Percent between which the tempo stays: past these it is another exercise."""
EVERYTHING, REMINDERS, NUMBERS = 2, 1, 0
"""Every word of the script; set-up as a reminder and words on the beat to begin with; counts and warnings."""
QUIETEST, LOUDEST = -12.0, 6.0
"""dB: still heard in a quiet room; as far as the limit of the mixer bends no more than the peaks of a word."""
