"""Leads through a calibration: 20 s of room, then each safety phrase three times; makes a ``Calibration``."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard
from voicecoach.errors import CoachError
from voicecoach.hearing.calibration import Calibration
from voicecoach.hearing.decision import Decision
from voicecoach.hearing.health import Limits
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.microphone import Microphone
from voicecoach.hearing.rates import Resampler, Samples
from voicecoach.hearing.recogniser import RATE
from voicecoach.hearing.tuning import CHUNK, CHUNK_SECONDS
from voicecoach.hearing.voice import VoiceActivity, level_db

ROOM_SECONDS = 20.0
"""Seconds of room that are listened to."""
TIMES = 3
"""How often each phrase is said."""
PHRASE_SECONDS = 6.0
"""Seconds waited for a phrase."""
QUIET_SECONDS = 3.0
"""Seconds, at most, for the end of a phrase to die away before the next one is asked for."""
VOICE = 0.5
"""Probability of voice above which a step is talk, not room."""
MUCH_TALK = 3.0
"""Seconds of talk in the room that are worth a word."""
TOO_LOUD = -3.0
"""Level of a phrase, in dB below full scale, from which its peaks are cut off."""

Meter = Callable[[float, float, float], None]
"""Is told how many seconds of how many have been waited, for the room or for a phrase, and the level now in dB."""


def calibrate(
    microphone: Microphone,
    build: Callable[[Callable[[Decision], None]], HearingPath],
    phrases: Sequence[str],
    tell: Callable[[str], None],
    room_seconds: float = ROOM_SECONDS,
    meter: Meter = lambda _waited, _whole, _level: None,
    today: date | None = None,
) -> Calibration:
    """Lead through a calibration; ``tell`` is given each sentence for the user, ``build`` makes a listening path.

    Time is counted in samples. Raises CoachError when the microphone cannot be opened or delivers nothing, and when no
    voice was heard.
    """
    blocks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    microphone.open(blocks.put)
    try:
        sound = _sound(microphone, blocks)
        tell(f"Stand where you will train. Be quiet for {room_seconds:.0f} seconds: I listen to the room.")
        room, talk = _room(_for_seconds(sound, room_seconds), room_seconds, meter)
        if talk > MUCH_TALK:
            tell(f"Somebody was talking for {talk:.0f} seconds; I have left that out.")
        heard: dict[str, int] = {}
        levels: list[float] = []
        for phrase in phrases:
            heard[phrase], more = _phrase(phrase, build, sound, tell, meter)
            levels += more
    finally:
        microphone.close()
    if not levels:
        muted = room <= Limits().muted
        raise CoachError(
            "The microphone is muted." if muted else "I heard no voice at all.",
            f"I listened through {microphone.name}. `voicecoach devices` lists the others.",
        )
    return Calibration(microphone.name, round(room, 1), round(min(levels), 1), heard, (today or _today()).isoformat())


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day on the trainee's own calendar


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


def _room(sound: Iterator[Samples], seconds: float, meter: Meter) -> tuple[float, float]:
    """The level that nine tenths of the steps without voice stay under, and how many seconds held a voice."""
    voice, levels, talk = VoiceActivity(), [], 0
    rest = np.zeros(0, np.int16)
    every: list[float] = []
    for samples in sound:
        rest = np.concatenate([rest, samples])
        while len(rest) >= CHUNK:
            step, rest = rest[:CHUNK], rest[CHUNK:]
            level = level_db(step)
            every.append(level)
            if voice.feed(step).speech < VOICE:
                levels.append(level)
            else:
                talk += 1
            meter(len(every) * CHUNK_SECONDS, seconds, level)
    return float(np.percentile(levels or every, 90)), talk * CHUNK_SECONDS


def _phrase(
    phrase: str,
    build: Callable[[Callable[[Decision], None]], HearingPath],
    sound: Iterator[Samples],
    tell: Callable[[str], None],
    meter: Meter,
) -> tuple[int, list[float]]:
    """Have one phrase said three times: how often it was understood, and the levels of the voice."""
    understood, levels = 0, []
    for turn in range(TIMES):
        tell(f'Say "{phrase}" ({turn + 1} of {TIMES}).')
        right, level = _once(build, sound, meter)
        understood += right
        levels += [level] if level is not None else []
        if level is None:
            tell("I heard nothing.")
        elif level > TOO_LOUD:
            tell("Too loud for the microphone: turn it down, or step back.")
        else:
            tell("Heard." if right else "I heard you, but not the words.")
    return understood, levels


def _once(
    build: Callable[[Callable[[Decision], None]], HearingPath], sound: Iterator[Samples], meter: Meter
) -> tuple[bool, float | None]:
    """Whether a safety phrase was understood, and the level of the voice; None where nobody spoke.

    It acts before its last sound has died away, and that sound must not be taken for the next one.
    """
    said: list[Decision] = []
    path = build(said.append)
    path.listen(Listen("calibrating", frozenset()))
    t = 0.0
    for samples in _for_seconds(sound, PHRASE_SECONDS):
        outcomes = path.hear(samples, t)
        t += len(samples) / RATE
        if len(samples):
            meter(t, PHRASE_SECONDS, level_db(samples))
        if outcomes:
            right, level = any(isinstance(one, Heard) for one in outcomes), said[-1].look.level
            for more in _for_seconds(sound, QUIET_SECONDS):
                if not path.speaking:
                    break
                path.hear(more, t)
                t += len(more) / RATE
            return right, level
    return False, None
