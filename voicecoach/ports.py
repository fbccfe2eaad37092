"""The Protocols between the rooms: what ``app`` needs of hearing, speaking, the journal, the screen and the clock.

Each port has a real implementation and a simulated one in the package; ``rehearse`` and the tests use the latter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from voicecoach.coach.commands import Hush, Listen, Say, Show, Tone, Unsay, Volume
from voicecoach.coach.events import Event, Heard, NotUnderstood

Deliver = Callable[[Event], None]
"""Hands an event to the session; may be called from any thread."""


class Mouth(Protocol):
    """Where speech and tones come out; owns the session clock."""

    def now(self) -> float:
        """Seconds on the session clock: samples played on the output stream, going on when no device is left."""

    def seconds_of(self, text: str) -> float:
        """Spoken length of a text in seconds, rendering it now if need be; an estimate where there is no voice."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead, in the background."""

    def say(self, say: Say) -> None:
        """Schedule a text on the sample clock."""

    def unsay(self, unsay: Unsay) -> None:
        """Take back a text that has not started."""

    def hush(self, hush: Hush) -> None:
        """Fade out within 20 ms what is playing and drop what is scheduled."""

    def tone(self, tone: Tone) -> None:
        """Schedule a tone."""

    def duck(self, on: bool) -> None:
        """Lower what is being said by 12 dB while somebody speaks over it."""

    def set_volume(self, volume: Volume) -> None:
        """Say everything from now on at another volume; safety sentences never below 0 dB."""

    def playing(self) -> tuple[str, ...]:
        """Texts being heard now or within the last 300 ms plus the device's latency: the echo mask."""

    def close(self) -> None:
        """Let what is playing end, then free the device."""


class Ears(Protocol):
    """Where the trainee's words come in: a microphone, a keyboard, a story."""

    def start(self, deliver: Deliver) -> None:
        """Begin to listen in the background; each Heard, NotUnderstood or HealthChanged is delivered."""

    def listen(self, listen: Listen) -> None:
        """Say what the present state hears."""

    def close(self) -> None:
        """Stop listening and free the device."""


class Inbox(Protocol):
    """Where events wait for the session; carries time, real or virtual."""

    def put(self, event: Event) -> None:
        """Add an event; may be called from any thread."""

    def next(self, until: float | None) -> Event | None:
        """The next event, or None once the session clock has reached ``until`` (None waits for ever)."""


class Journal(Protocol):
    """The log of one session."""

    @property
    def waiting(self) -> int:
        """Events that could not be written yet; 0 while all is well."""

    def append(self, event: str, fields: Mapping[str, object]) -> Mapping[str, object]:
        """Write one event durably and return the whole record, with ``id``, ``t`` and ``session``.

        Raises CoachError with the record as ``record`` at the first event that cannot be written; it and those after
        it are kept, and written as soon as that works again.
        """

    def close(self) -> None:
        """Write what is still waiting and let go of the file."""


class Screen(Protocol):
    """What the trainee can look at, if they want to."""

    def show(self, show: Show) -> None:
        """The state changed."""

    def said(self, say: Say) -> None:
        """Something will be said."""

    def heard(self, heard: Heard | NotUnderstood) -> None:
        """Something was heard."""

    def note(self, text: str) -> None:
        """A sentence that is not speech: a device that broke, a path, a hint."""

    def close(self) -> None:
        """Leave the terminal as it was."""
