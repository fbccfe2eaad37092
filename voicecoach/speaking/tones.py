"""The short signals beside the voice: each name of ``coach.commands.Tone`` has a figure of its own."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from voicecoach.errors import CoachError
from voicecoach.speaking.clip import Samples

_LEVEL = 0.16  # about the loudness of the voice, which is levelled to -20 dB
_EDGE_S = 0.006

FIGURES = MappingProxyType(
    {
        "heard": ((880, 0.05), (1320, 0.07)),
        "undone": ((1320, 0.05), (880, 0.07)),
        "refused": ((330, 0.09), (0, 0.03), (330, 0.09)),
        "tick": ((1760, 0.02),),
        "rest over": ((660, 0.10), (0, 0.04), (660, 0.10), (0, 0.04), (990, 0.18)),
        "microphone lost": ((740, 0.10), (554, 0.10), (370, 0.18)),
        "microphone back": ((370, 0.10), (554, 0.10), (740, 0.18)),
        "trouble": ((220, 0.14), (0, 0.05), (220, 0.14), (0, 0.05), (220, 0.14)),
    }
)
"""Per tone its notes: Hz (0 is a gap) and seconds. Rising is good news, falling a loss, low and repeated a fault."""


def make_tone(name: str, rate: int) -> Samples:
    """Samples of a tone at ``rate`` Hz, full scale 1.0. Raises CoachError for a name that has no figure."""
    if name not in FIGURES:
        raise CoachError(f"There is no tone {name!r}.", "Known tones: " + ", ".join(FIGURES) + ".")
    return np.concatenate([_note(frequency, seconds, rate) for frequency, seconds in FIGURES[name]])


def _note(frequency: float, seconds: float, rate: int) -> Samples:
    """One note with a second partial, soft at both ends so that it does not click."""
    time = np.arange(round(seconds * rate)) / rate
    wave = np.sin(2 * np.pi * frequency * time) + 0.25 * np.sin(4 * np.pi * frequency * time)
    edge = min(round(_EDGE_S * rate), len(time) // 2)
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(edge) / edge)
    wave[:edge] *= ramp
    wave[len(wave) - edge :] *= ramp[::-1]
    return np.asarray(_LEVEL * wave, dtype=np.float32)
