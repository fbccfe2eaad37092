"""Phones, their output classes and transition-ids: what training, export and graph have to agree on.

Two output classes ("pdfs") for each phone, one for its first frame of 30 ms and one for the rest, and a topology of one
emitting state, so that a phone lasts at least one frame. Position in the word (begin, end, inside, singleton) makes
other phones but shares the classes; Vosk needs it to find where words begin and end. What stands before a phone colours
it, so that with ``before`` each has two classes for every kind of phone that may (left biphones, tied by kind).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

CMU = tuple(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)
"""The phones of the CMU Pronouncing Dictionary, without stress."""
SILENCE, SPOKEN_NOISE = "SIL", "SPN"
"""Names of the two phones that are no speech sounds: quiet, and voice that is no word."""
KINDS = (
    (SILENCE, SPOKEN_NOISE),
    ("IY", "IH", "EY", "Y", "AY", "OY"),
    ("EH", "AE"),
    ("AA", "AO"),
    ("AH", "UH"),
    ("UW", "OW", "W", "AW"),
    ("ER", "R"),
    ("L",),
    ("M", "N", "NG"),
    ("P", "B"),
    ("T", "D"),
    ("K", "G"),
    ("S", "Z", "SH", "ZH", "CH", "JH"),
    ("F", "V", "TH", "DH", "HH"),
)
"""What may stand before a phone, by where in the mouth it ends; a recording begins after quiet."""
_POSITIONS = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}
_NOISE_POSITIONS = ("", "_B", "_E", "_I", "_S")
_SPEECH_POSITIONS = ("_B", "_E", "_I", "_S")
_NOISES = 2 * len(_NOISE_POSITIONS)
"""Phones that are no speech; they are numbered first, and no neighbour makes another of them."""


@dataclass(frozen=True)
class PhoneSet:
    """Numbers phones, pdfs and transition-ids as Kaldi does; phones and transition-ids count from 1, pdfs from 0."""

    speech: tuple[str, ...] = CMU
    """Phones of words, without position."""

    before: tuple[tuple[str, ...], ...] = ()
    """Kinds of phone that may stand before one; none where that makes no difference."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All phones with their position, ``SIL``, ``SIL_B`` … ``AA_B`` …, in the order of their numbers."""
        noises = [f"{phone}{at}" for phone in (SILENCE, SPOKEN_NOISE) for at in _NOISE_POSITIONS]
        return (*noises, *(f"{phone}{at}" for phone in self.speech for at in _SPEECH_POSITIONS))

    @cached_property
    def ids(self) -> dict[str, int]:
        """The number of each phone."""
        return {name: number for number, name in enumerate(self.names, start=1)}

    @property
    def kinds(self) -> int:
        """How many kinds of phone there may be before one."""
        return max(1, len(self.before))

    @cached_property
    def _kind(self) -> dict[str, int]:
        return {phone: number for number, kind in enumerate(self.before) for phone in kind}

    def kind(self, phone: str) -> int:
        """Which kind a phone is before another, from 0; it may have its position."""
        return self._kind[phone.partition("_")[0]] if self.before else 0

    @property
    def pdf_count(self) -> int:
        """How many outputs the network has."""
        return 2 + 2 * self.kinds * len(self.speech)

    @cached_property
    def alone(self) -> npt.NDArray[np.int64]:
        """For each pdf the one that it would be whatever stood before its phone, shape (pdfs,)."""
        return np.concatenate([np.arange(2), np.repeat(np.arange(2, 2 + 2 * len(self.speech)), self.kinds)])

    def summed(self, of_pdfs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Counts or probabilities of pdfs whatever stands before their phones: shape (…, pdfs) becomes (…, alone)."""
        return np.asarray(np.add.reduceat(of_pdfs, np.unique(self.alone, return_index=True)[1], axis=-1))

    @property
    def tuples(self) -> tuple[tuple[int, int, int], ...]:
        """The number of a phone and its two pdfs, for each phone after each kind, as Kaldi sorts them."""
        return tuple(
            (number, *self._pdfs(name, kind))
            for number, name in enumerate(self.names, start=1)
            for kind in range(1 if number <= _NOISES else self.kinds)
        )

    @property
    def transition_count(self) -> int:
        """How many transition-ids there are."""
        return 2 * len(self.tuples)

    def pdfs(self, name: str, before: str = SILENCE) -> tuple[int, int]:
        """The pdf of a phone's first frame and the pdf of its further ones; equal for the phones that are no speech."""
        return self._pdfs(name, self.kind(before))

    def _pdfs(self, name: str, kind: int) -> tuple[int, int]:
        base = name.partition("_")[0]
        if base in {SILENCE, SPOKEN_NOISE}:
            pdf = (SILENCE, SPOKEN_NOISE).index(base)
            return pdf, pdf
        pdf = 2 + 2 * self.kinds * self.speech.index(base) + kind
        return pdf, pdf + self.kinds

    def transitions(self, name: str, kind: int = 0) -> tuple[int, int]:
        """The transition-ids of a phone after one of a kind: entering it, and staying in it."""
        number = self.ids[name]
        if number > _NOISES:
            number = _NOISES + (number - _NOISES - 1) * self.kinds + kind + 1
        return 2 * number, 2 * number - 1

    def boundary(self, name: str) -> str:
        """Where in a word the phone stands, in the words of Kaldi's ``word_boundary.int``."""
        at = name.partition("_")[2]
        return _POSITIONS[at] if at else "nonword"


ENGLISH = PhoneSet()
"""The phones of English."""
ENGLISH_IN_CONTEXT = PhoneSet(before=KINDS)
"""The same, each told apart by what stands before it."""


def positioned(phones: Sequence[str]) -> tuple[str, ...]:
    """Phones of one word with their position: ``("S_B", "T_I", "AA_I", "P_E")``."""
    if len(phones) == 1:
        return (f"{phones[0]}_S",)
    return (f"{phones[0]}_B", *(f"{phone}_I" for phone in phones[1:-1]), f"{phones[-1]}_E")


def unstressed(phones: Sequence[str]) -> tuple[str, ...]:
    """Phones without the digits by which the dictionary marks stress."""
    return tuple(re.sub(r"\d$", "", phone) for phone in phones)
