"""Every threshold of the hearing path in one value, so that a calibration or a bench can change it."""

from __future__ import annotations

from dataclasses import dataclass

CHUNK = 512
"""Samples per step of the path: what the voice activity model takes, 32 ms at 16 kHz."""
CHUNK_SECONDS = CHUNK / 16_000
"""Seconds per step."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """Thresholds; times are in seconds, counts in steps of 32 ms, levels in dB below full scale (0 is the loudest)."""

    speech_on: float = 0.5
    """Voice activity at which an utterance begins."""
    speech_off: float = 0.35
    """Voice activity under which a step counts as quiet."""
    preroll: int = 10
    """Steps before the onset that the recogniser is given, so that the first sound survives."""
    dip: int = 1
    """Quiet steps after which a safety phrase may act."""
    end: int = 2
    """Quiet steps after which an ordinary phrase may act; three hear no better, and answer 32 ms later."""
    open_end: int = 9
    """Quiet steps for a phrase that could go on into another one."""
    number_end: int = 14
    """Quiet steps for a number, after which "forty" is not "forty five"."""
    unit_end: int = 6
    """Quiet steps for a number whose unit was said."""
    close: int = 16
    """Quiet steps that end an utterance, understood or not."""
    fresh: int = 5
    """Quiet steps after which words that were no phrase are put aside, so that a breath spoils no word after it."""
    poll: int = 2
    """Steps between two looks at the partial result."""
    held: int = 2
    """Further looks an ordinary phrase must stay the same to act before the end of speech."""
    held_safety: int = 1
    """Further looks for a safety phrase."""
    fallen: float = 6.0
    """dB by which the sound must have fallen for an ordinary phrase to act while the detector still hears a voice."""
    shortest: float = 0.1
    """Seconds of voice a command needs."""
    longest: float = 4.0
    """Seconds of voice a command may have."""
    longest_number: float = 8.0
    """Seconds of voice a quantity may have."""
    longest_safety: float = 6.0
    """Seconds of voice a safety phrase may have."""
    talk: float = 2.0
    """Seconds of voice before it, without a pause that ends the utterance, that make a phrase the end of a sentence."""
    above_floor: float = 6.0
    """dB that a command must stand out of the noise floor."""
    above_floor_safety: float = 3.0
    """dB that a safety phrase must."""
    quietest: float = -62.0
    """Level under which speech is taken to be somebody else's."""
    refractory: float = 0.7
    """Seconds after a command in which no other ordinary one is taken."""
    speakers: bool = False
    """The microphone hears the coach: while it speaks, only safety phrases are taken."""
    give_up: float = 20.0
    """Seconds after which an utterance is cut, so that memory stays bounded under music that sounds like a voice."""
    unduck: float = 1.0
    """Seconds after the onset at which the coach's voice comes back when nothing was recognised."""
