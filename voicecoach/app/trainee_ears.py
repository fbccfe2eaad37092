"""Simulated ears: a rehearsed trainee's words reach the coach as text, or by a voice and the recogniser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Event, Heard, NotUnderstood
from voicecoach.ports import Deliver
from voicecoach.words.phrases import PhraseTable
from voicecoach.words.quantities import understand

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

REACTION = 0.2
"""Seconds from a word of the story to the decision, about what the live path takes."""
HEARING_RATE = 16000
"""Samples a second of what the recogniser hears."""
TRAINEE_GAIN = 0.5
"""The trainee is mixed into the recording of a rehearsal at half the coach's level."""


class StoryEars:
    """Text in, meaning out: no sound, no recogniser."""

    def __init__(self, table: PhraseTable, unit: str | None, now: Callable[[], float]) -> None:
        self._table = table
        self._unit = unit
        self._now = now
        self._listen = Listen("", frozenset())
        self._deliver: Deliver = lambda _: None

    def start(self, deliver: Deliver) -> None:
        """Remember where events go."""
        self._deliver = deliver

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""
        self._listen = listen

    def close(self) -> None:
        """Nothing to free."""

    def speak(self, text: str) -> None:
        """The trainee says something now."""
        self._deliver(hear_text(text, self._table, self._listen, self._unit, self._now() + REACTION))


def hear_text(text: str, table: PhraseTable, listen: Listen, unit: str | None, t: float) -> Heard | NotUnderstood:
    """What a typed or told sentence means in a state."""
    phrase = " ".join(text.lower().split())
    meaning = understand(phrase, table=table, expects=listen.expects, unit=unit, commands=listen.commands)
    if meaning.empty:
        return NotUnderstood(t, phrase, "no phrase of the table")
    return Heard(t, phrase, meaning, by="keyboard")


class HearingLike(Protocol):
    """The listening path as ``hearing`` offers it for whole utterances."""

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""

    def hear(self, samples: npt.NDArray[np.int16], t0: float) -> list[Heard | NotUnderstood]:
        """Decisions over an utterance of 16 kHz samples that begins at ``t0``."""


class SpokenEars:
    """The trainee's words, spoken by a voice into the real recogniser and its decision rules."""

    def __init__(
        self,
        path: HearingLike,
        render: Callable[[str], npt.NDArray[np.int16]],
        now: Callable[[], float],
        at: Callable[[float, Callable[[], None]], None],
        record: Callable[[npt.NDArray[np.int16], float], None],
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._close = close
        self._path = path
        self._render = render
        self._now = now
        self._at = at
        self._record = record
        self._deliver: Deliver = lambda _: None

    def start(self, deliver: Deliver) -> None:
        """Remember where events go."""
        self._deliver = deliver

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""
        self._path.listen(listen)

    def close(self) -> None:
        """Let go of the trainee's voice."""
        self._close()

    def speak(self, text: str) -> None:
        """The trainee says something now; it is decided once they have said it."""
        samples = self._render(text)
        began = self._now()
        self._record(samples, began)
        self._at(began + len(samples) / HEARING_RATE, lambda: self._decide(samples, began))

    def _decide(self, samples: npt.NDArray[np.int16], began: float) -> None:
        events: list[Event] = list(self._path.hear(samples, began))
        for event in events:
            self._deliver(event)
