"""A voice that says texts as a script wants them said: words respelled, pauses of exact length between its pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from voicecoach.speaking.clip import CLIP_RATE, Clip
from voicecoach.speaking.speaker import Speaker
from voicecoach.words.marks import parts_of
from voicecoach.words.respelling import Respelling

Parts = tuple[str | float, ...]
"""Pieces as the voice below is given them, and seconds of silence between them."""


class Diction:
    """A ``Speaker`` around another one, which renders and remembers each piece by what is really spoken."""

    def __init__(
        self,
        speaker: Speaker,
        say_as: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        note: str = "",
    ) -> None:
        """``say_as`` has by written word what is spoken; ``clock`` gives seconds, for ``patience``.

        ``note`` is a sentence about a voice that was asked for and is not this one.
        """
        self._speaker = speaker
        self._respell = Respelling(say_as or {})
        self._clock = clock
        self._note = note

    @property
    def trouble(self) -> str:
        """Why something else stands in for the voice, one sentence; empty when all is well."""
        return self._speaker.trouble

    @property
    def stands_in(self) -> str:
        """Why another voice than the one asked for speaks, one sentence; empty when it is that one."""
        return self._speaker.stands_in or self._note

    def parts(self, text: str) -> Parts:
        """What the engine is given of a text, piece by piece, and the silence between them in seconds."""
        return tuple(self._respell(part) if isinstance(part, str) else part for part in parts_of(text))

    def seconds_of(self, text: str, patience: float | None = None) -> float:
        """Length in seconds, pauses included; an estimate where rendering takes more than ``patience`` seconds."""
        parts = self.parts(text)
        if len(parts) > 1:
            self._speaker.prepare(_pieces(parts))
        until = None if patience is None else self._clock() + patience
        seconds = 0.0
        for part in parts:
            if isinstance(part, float):
                seconds += part
            else:
                left = None if until is None else max(0.0, until - self._clock())
                seconds += self._speaker.seconds_of(part, left)
        return seconds

    def clip(self, text: str) -> Clip:
        """The sound of a text, rendered now if need be."""
        parts = self.parts(text)
        if len(parts) == 1 and isinstance(parts[0], str):
            return self._speaker.clip(parts[0])
        self._speaker.prepare(_pieces(parts))
        sounds = [_silence(part) if isinstance(part, float) else self._speaker.clip(part).samples for part in parts]
        return Clip(np.concatenate(sounds) if sounds else _silence(0.0))

    def ready(self, text: str) -> bool:
        """Whether ``clip`` answers at once."""
        asked_for = [self._speaker.ready(piece) for piece in _pieces(self.parts(text))]
        return all(asked_for)

    def prepare(self, texts: Iterable[str]) -> None:
        """Render ahead, in the background."""
        self._speaker.prepare(piece for text in texts for piece in _pieces(self.parts(text)))

    def close(self) -> None:
        """Let go of the engine."""
        self._speaker.close()


def _pieces(parts: Parts) -> list[str]:
    return [part for part in parts if isinstance(part, str)]


def _silence(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.zeros(round(seconds * CLIP_RATE), dtype=np.float32)
