"""Between a mouth and its mixer: says and tones become samples on the clock, reports become what was really heard."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass

from voicecoach.coach.commands import Kind, Say, Tone
from voicecoach.speaking.clip import Samples
from voicecoach.speaking.mixer import Mixer
from voicecoach.speaking.speaker import Speaker
from voicecoach.speaking.tones import make_tone
from voicecoach.speaking.utterance import LATE_S, Report, Utterance

ECHO_S = 0.300
"""Seconds after its end for which a text still counts as being heard: a room's echo and the microphone's own delay."""

_KEPT = 48


@dataclass(frozen=True, slots=True)
class Played:
    """A text that was really played."""

    id: int
    """Of the ``Say``."""
    text: str
    """The words."""
    kind: Kind
    """Why it was said."""
    at: float
    """Session seconds at which it was due."""
    start: float
    """Session seconds of its first sample."""
    end: float
    """Session seconds of its last sample."""
    cut: bool
    """Whether it was faded out before its end."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text that was never played: its beat was over, or it did not fit before the next count."""

    id: int
    """Of the ``Say``."""
    text: str
    """The words."""
    kind: Kind
    """Why it was to be said."""
    at: float
    """Session seconds at which it was due."""


class Shelf:
    """Clips and tones at the mixer's rate; the ones used last are kept, so that counts are resampled once."""

    def __init__(self, speaker: Speaker, rate: int) -> None:
        self._speaker = speaker
        self._rate = rate
        self._clips: OrderedDict[str, Samples] = OrderedDict()
        self._tones: dict[str, Samples] = {}
        self._lock = threading.Lock()

    def samples(self, text: str) -> Samples:
        """A text's samples at the mixer's rate, rendered now if need be."""
        with self._lock:
            known = self._clips.get(text)
            if known is not None:
                self._clips.move_to_end(text)
                return known
        samples = self._speaker.clip(text).at_rate(self._rate).samples
        with self._lock:
            self._clips[text] = samples
            if len(self._clips) > _KEPT:
                self._clips.popitem(last=False)
        return samples

    def tone(self, name: str) -> Samples:
        """A tone's samples. Raises CoachError for a name that has no figure."""
        if name not in self._tones:
            self._tones[name] = make_tone(name, self._rate)
        return self._tones[name]


def place(mixer: Mixer, say: Say, length: int, samples: Samples | None) -> None:
    """Put a text on the mixer's clock.

    A count may start until 80 ms after its beat, or after the block that is being mixed where that has gone past the
    beat already: a device that asks for much at once is no fault of the coach's.
    """
    at = round(say.at * mixer.rate)
    latest = max(at, mixer.position if mixer.position - at <= LATE_S * mixer.rate else at) + round(LATE_S * mixer.rate)
    mixer.speak(Utterance(say.id, say.text, say.kind, at, latest, length, samples))


def ring(mixer: Mixer, tone: Tone, samples: Samples) -> None:
    """Put a tone on the mixer's clock; a tick that is late is left out, a signal never."""
    at = round(tone.at * mixer.rate)
    mixer.ring(samples, at, latest=at + round(LATE_S * mixer.rate) if tone.name == "tick" else None)


class PlayLog:
    """What was heard and what was not, from the mixer's reports; used by one thread at a time."""

    def __init__(self) -> None:
        self.played: list[Played] = []
        """Finished texts, oldest first."""
        self.dropped: list[Dropped] = []
        """Texts left out, oldest first."""
        self._started: dict[int, Report] = {}
        self._recent: deque[Played] = deque(maxlen=8)

    def read(self, mixer: Mixer) -> None:
        """Take over the mixer's reports."""
        while mixer.reports:
            self._note(mixer.reports.popleft(), mixer.rate)

    def _note(self, report: Report, rate: int) -> None:
        u = report.utterance
        if report.what == "started":
            self._started[u.id] = report
        elif report.what == "dropped":
            self.dropped.append(Dropped(u.id, u.text, u.kind, u.at / rate))
        elif report.what in {"ended", "cut"}:
            start = self._started.pop(u.id, report).at / rate
            done = Played(u.id, u.text, u.kind, u.at / rate, start, report.at / rate, report.what == "cut")
            self.played.append(done)
            self._recent.append(done)

    def heard(self, now: float, delay: float = 0.0) -> tuple[str, ...]:
        """Texts in somebody's ears at ``now`` or within the last 300 ms; ``delay`` is the device's, in seconds."""
        sounding = tuple(report.utterance.text for report in self._started.values())
        return sounding + tuple(done.text for done in self._recent if done.end + delay + ECHO_S >= now)
