"""Learns a microphone and a voice: 20 s of room, each safety phrase three times; thresholds are kept per device."""

from __future__ import annotations

import json
import queue
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard
from voicecoach.errors import CoachError
from voicecoach.hearing.decision import Decision
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.microphone import Microphone
from voicecoach.hearing.rates import Resampler, Samples
from voicecoach.hearing.recogniser import RATE
from voicecoach.hearing.tuning import CHUNK, Tuning
from voicecoach.hearing.voice import level_db

ROOM_SECONDS = 20.0
"""Seconds of room that are listened to."""
TIMES = 3
"""How often each phrase is said."""
PHRASE_SECONDS = 6.0
"""Seconds waited for a phrase."""
MARGIN_DB = 12.0
"""A voice closer than this to the room is hard to hear."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learnt about one microphone; levels in dB below full scale."""

    device: str
    """Name of the device."""
    room: float
    """Level that the room stays under nine tenths of the time."""
    voice: float
    """Level of the quietest phrase that was said."""
    heard: Mapping[str, int]
    """How often each phrase was understood, of three times."""

    @property
    def clear(self) -> float:
        """How far the voice stands out of the room, in dB."""
        return self.voice - self.room

    def tuning(self, plain: Tuning) -> Tuning:
        """Thresholds for this microphone: half the distance between voice and room, and 12 dB under the voice.

        The limits keep a bad calibration from closing the ears.
        """
        above = min(plain.above_floor * 2, max(3.0, self.clear / 3))
        return replace(plain, above_floor=above, quietest=min(-40.0, self.voice - MARGIN_DB))


def calibrate(
    microphone: Microphone,
    build: Callable[[Callable[[Decision], None]], HearingPath],
    phrases: Sequence[str],
    tell: Callable[[str], None],
    room_seconds: float = ROOM_SECONDS,
) -> Calibration:
    """Lead through a calibration; ``tell`` is given each sentence for the user, ``build`` makes a listening path.

    Time is counted in samples. Raises CoachError when the microphone cannot be opened or delivers nothing.
    """
    blocks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    microphone.open(blocks.put)
    try:
        sound = _sound(microphone, blocks)
        tell(f"Be quiet for {room_seconds:.0f} seconds. I listen to the room.")
        room = _room(_for_seconds(sound, room_seconds))
        heard: dict[str, int] = {}
        levels: list[float] = []
        for phrase in phrases:
            heard[phrase] = 0
            for turn in range(TIMES):
                tell(f'Say "{phrase}" ({turn + 1} of {TIMES}).')
                understood, level = _one_phrase(build, _for_seconds(sound, PHRASE_SECONDS))
                heard[phrase] += understood
                levels += [level] if level is not None else []
                tell("Heard." if understood else "Not understood." if level is not None else "I heard nothing.")
    finally:
        microphone.close()
    if not levels:
        raise CoachError("I heard no voice at all.", "`voicecoach devices` shows which microphone is used.")
    return Calibration(microphone.name, round(room, 1), round(min(levels), 1), heard)


def _sound(microphone: Microphone, blocks: queue.SimpleQueue[bytes]) -> Iterator[Samples]:
    resampler = Resampler(microphone.rate)
    while True:
        try:
            data = blocks.get(timeout=5.0)
        except queue.Empty:
            raise CoachError(
                f"The microphone {microphone.name!r} delivers nothing.", "Is it muted, or used by another program?"
            ) from None
        frames = np.frombuffer(data, np.int16).reshape(-1, microphone.channels)
        yield resampler.feed(frames[:, 0] if microphone.channels == 1 else frames)


def _for_seconds(sound: Iterator[Samples], seconds: float) -> Iterator[Samples]:
    left = int(seconds * RATE)
    while left > 0:
        samples = next(sound)
        left -= len(samples)
        yield samples


def _room(sound: Iterator[Samples]) -> float:
    samples = np.concatenate(list(sound))
    levels = [level_db(samples[at : at + CHUNK]) for at in range(0, len(samples) - CHUNK + 1, CHUNK)]
    return float(np.percentile(levels, 90))


def _one_phrase(
    build: Callable[[Callable[[Decision], None]], HearingPath], sound: Iterator[Samples]
) -> tuple[bool, float | None]:
    """Whether a safety phrase was understood, and the level of the voice; None where nobody spoke."""
    said: list[Decision] = []
    path = build(said.append)
    path.listen(Listen("calibrating", frozenset()))
    t = 0.0
    for samples in sound:
        outcomes = path.hear(samples, t)
        t += len(samples) / RATE
        if outcomes:
            return any(isinstance(o, Heard) for o in outcomes), said[-1].look.level
    return False, None


def _file(folder: Path, device: str) -> Path:
    return folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', device).strip('-').lower() or 'default'}.json"


def save_calibration(calibration: Calibration, folder: Path) -> Path:
    """Keep it, one file a device; returns the file. Raises CoachError where it cannot be written."""
    path = _file(folder, calibration.device)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(calibration), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CoachError(f"{path} cannot be written: {error.strerror}.", "Check its permissions.") from error
    return path


def load_calibration(folder: Path, device: str) -> Calibration | None:
    """What is known of a device; None where it was never calibrated or the file cannot be read."""
    try:
        data = json.loads(_file(folder, device).read_text(encoding="utf-8"))
        return Calibration(
            str(data["device"]),
            float(data["room"]),
            float(data["voice"]),
            {str(phrase): int(times) for phrase, times in dict(data["heard"]).items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
