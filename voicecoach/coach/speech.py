"""One voice at a time: decides when each line is said, knowing how long it takes; used by the coach's actions.

The order of precedence is DESIGN section 3: safety > countdown > count > answer > cue > praise. What is fixed to the
beat (counts) takes its place; what is not looks for a gap that it fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.coach.commands import Command, Hush, Kind, Say, Unsay
from voicecoach.words.marks import plain

BREATH = 0.12
"""Seconds of silence between two lines on the beat."""
SENTENCE = 0.35
"""Seconds of silence between two sentences off the beat."""
AFTER_HUSH = 0.15
"""Seconds of silence after a hush, so that the fade of 20 ms is over and the answer stands alone."""


@dataclass(slots=True)
class Speech:
    """What is being said and will be said, on the session clock."""

    seconds_of: Callable[[str], float]
    """Spoken length of a text in seconds."""
    lines: list[Say] = field(default_factory=list)
    """Not yet over, by time."""
    last_id: int = 0
    """Id of the newest line."""
    quiet_until: float = 0.0
    """Nothing starts before this."""

    def last_word(self, now: float) -> float:
        """Session seconds at which the last planned word ends."""
        return max([now, *(_end(line) for line in self.lines)])

    def follow(self, text: str, kind: Kind, now: float) -> list[Command]:
        """Say a sentence after everything that is planned."""
        self._forget_past(now)
        at = max(now, self.quiet_until)
        if self.lines:
            at = max(at, max(_end(line) for line in self.lines) + SENTENCE)
        return [self._add(text, kind, at)]

    def cut_in(self, text: str, kind: Kind, now: float, in_place_of: str = "") -> list[Command]:
        """Say a sentence next, off the beat: what has not begun and matters less comes after it.

        ``in_place_of`` is a sentence of the same kind that is not worth saying any more, unless it has begun.
        """
        self._forget_past(now)
        waiting = [line for line in self.lines if line.at > now]
        out: list[Command] = [self._take_back(line) for line in waiting]
        kept = [line for line in waiting if (line.aloud, line.kind) != (in_place_of, kind)]
        for line in (one for one in kept if one.kind >= kind):
            out += self.follow(line.aloud, line.kind, now)
        out += self.follow(text, kind, now)
        for line in (one for one in kept if one.kind < kind):
            out += self.follow(line.aloud, line.kind, now)
        return out

    def fixed(self, text: str, kind: Kind, at: float, now: float) -> list[Command]:
        """Say something exactly at a time; lower lines that have not started make room, higher ones win."""
        self._forget_past(now)
        seconds = self.seconds_of(text)
        rivals = [line for line in self.lines if at < _end(line) and line.at < at + seconds]
        if any(line.kind >= kind or line.at <= now for line in rivals):
            return []
        out: list[Command] = [self._take_back(line) for line in rivals]
        out.append(self._add(text, kind, at, seconds))
        return out

    def fit(self, text: str, kind: Kind, after: float, before: float, now: float) -> list[Command]:
        """Say something in the first gap between two times that holds it whole; nothing where there is none.

        Lines of a lower kind that have not started make room.
        """
        self._forget_past(now)
        seconds = self.seconds_of(text)
        start = max(after, now, self.quiet_until)
        fixed = sorted((x for x in self.lines if x.kind >= kind or x.at <= now), key=lambda line: line.at)
        for line in fixed:
            if start + seconds + BREATH <= line.at:
                break
            start = max(start, _end(line) + BREATH)
        if start + seconds > before:
            return []
        mine = (start - BREATH, start + seconds + BREATH)
        losers = [x for x in self.lines if x not in fixed and mine[0] < _end(x) and x.at < mine[1]]
        out: list[Command] = [self._take_back(line) for line in losers]
        out.append(self._add(text, kind, start, seconds))
        return out

    def hush(self, now: float) -> Hush:
        """Silence at once; tells what is cut off or never said."""
        self._forget_past(now)
        cut = tuple(line.text for line in sorted(self.lines, key=lambda line: line.at))
        self.lines.clear()
        self.quiet_until = now + AFTER_HUSH
        return Hush(cut)

    def take_back_beat(self, now: float) -> list[Command]:
        """Take back what was laid for a set that no longer runs and has not started."""
        beat = (Kind.CUE, Kind.COUNT, Kind.COUNTDOWN)
        return [self._take_back(line) for line in list(self.lines) if line.at > now and line.kind in beat]

    def _add(self, text: str, kind: Kind, at: float, seconds: float | None = None) -> Say:
        self.last_id += 1
        length = self.seconds_of(text) if seconds is None else seconds
        words = plain(text)
        say = Say(self.last_id, words, kind, round(at, 6), length, text if text != words else "")
        self.lines.append(say)
        return say

    def _take_back(self, line: Say) -> Unsay:
        self.lines.remove(line)
        return Unsay(line.id)

    def _forget_past(self, now: float) -> None:
        self.lines = [line for line in self.lines if _end(line) > now]


def _end(line: Say) -> float:
    return line.at + line.seconds
