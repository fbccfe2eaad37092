"""What a mouth needs of a voice; ``Voice``, ``SilentVoice`` and ``Diction`` around either are the ones there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from voicecoach.speaking.clip import Clip


class Speaker(Protocol):
    """Texts in, sounds and their lengths out."""

    @property
    def trouble(self) -> str:
        """Why tones stand in for the voice, one sentence; empty when all is well."""

    @property
    def stands_in(self) -> str:
        """Why another voice than the one asked for speaks, one sentence; empty when it is that one."""

    def seconds_of(self, text: str, patience: float | None = None) -> float:
        """Length in seconds; an estimate where rendering takes more than ``patience`` seconds."""

    def clip(self, text: str) -> Clip:
        """The sound of a text, rendered now if need be."""

    def ready(self, text: str) -> bool:
        """Whether ``clip`` answers at once."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render ahead, in the background."""

    def close(self) -> None:
        """Let go of the engine."""
