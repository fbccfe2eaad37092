"""Open speakers: the coach's own voice leaks into the microphone. What it takes for commands, and "stop" over it.

    voicecoach bench leak [FOLDER] [--minutes 60] [--leak -10 --leak -3 --leak 0] [--json]

Every shipped script is rehearsed with its sound, one after the other, until the minutes are full. That sound goes
through a small room into the microphone, so many dB under the trainee's voice, once alone, where every command is the
coach's own doing, and once with a "stop" every 15 seconds; with and without the echo canceller, with the mask of what
is being said always. FOLDER holds recordings of people (see ``bench hearing``); without one a synthetic voice says
"stop". All commands are listened for at once, which is harder than any state. Nothing
lowers the coach meanwhile, as a live session does. ``measure`` returns the rows.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from kit.clips import Sound, loudness, read_clips, read_sound
from kit.ears import Phrases
from kit.rates import most_an_hour, rate

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.coach.events import Heard
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.echo import INSTALL, EchoCanceller, available
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.tuning import Tuning
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.speaking.clip import CLIP_RATE, LOUDNESS_DB, resample
from voicecoach.speaking.renderers import Pyttsx3Renderer

RATE = 16_000
BLOCK = 320
"""Samples of a microphone's block."""
DELAY = 0.11
"""Seconds from the mixer to the microphone: the device's buffer, the air, the microphone's own."""
REVERBERATION = 0.25
"""Seconds after which the room's echo is 60 dB down."""
VOICE = 0.1
"""Root mean square of the trainee's voice; full scale is 1."""
EVERY = 15.0
"""Seconds from one "stop" to the next."""
ANSWERED = 1.2
"""Seconds after the end of a word within which a command counts as its answer."""
SCRIPTS = ("hip-hinge", "core-three", "kettlebell-minutes", "deadlift")


@dataclass(frozen=True, slots=True)
class Session:
    """What the coach said, and when."""

    sound: Sound
    """Everything it played, 16 kHz; full scale as in the mixer."""
    lines: tuple[tuple[float, float, str], ...]
    """Begin, end and text of each line."""


class Source:
    """What was played, for the canceller: the recording itself."""

    rate = RATE

    def __init__(self, sound: Sound) -> None:
        self._sound = sound.astype(np.float32) / 32768

    def read(self, start: int, count: int) -> npt.NDArray[np.float32]:
        """Samples from a position on; zeros outside."""
        out = np.zeros(count, np.float32)
        first, last = max(0, start), max(0, min(len(self._sound), start + count))
        out[first - start : last - start] = self._sound[first:last]
        return out


def record(scripts: Sequence[str], minutes: float) -> Session:
    """Rehearse the scripts until so many minutes are full."""
    sounds: list[Sound] = []
    lines: list[tuple[float, float, str]] = []
    length = 0.0
    with tempfile.TemporaryDirectory(prefix="leak") as folder:
        for number, script in enumerate(itertools.cycle(scripts)):
            if length >= 60 * minutes:
                break
            wav = Path(folder) / "session.wav"
            done = rehearse(Order(script, seed=number, wav=wav), Homes.find())
            for line in done.transcript.lines:
                if "say" in line:
                    at = length + float(str(line["t"]))
                    lines.append((at, at + float(str(line["seconds"])), str(line["say"])))
            sounds.append(read_sound(wav))
            length += len(sounds[-1]) / RATE
    return Session(np.concatenate(sounds)[: round(60 * minutes * RATE)], tuple(lines))


def in_the_room(session: Session, db: float) -> npt.NDArray[np.float64]:
    """The coach as the microphone hears it, so many dB over the trainee's voice, 16-bit scale."""
    random = np.random.default_rng(5)
    t = np.arange(round(REVERBERATION * RATE)) / RATE
    response = 0.3 * random.normal(size=len(t)) * 10 ** (-3 * t / REVERBERATION) / np.sqrt(RATE * REVERBERATION / 14)
    response[0] = 1.0
    size = len(session.sound) + len(response)
    played = np.fft.irfft(np.fft.rfft(session.sound, size) * np.fft.rfft(response, size), size)[: len(session.sound)]
    late = np.concatenate([np.zeros(round(DELAY * RATE)), played])[: len(played)]
    gain = VOICE * 10 ** (db / 20) / 10 ** (LOUDNESS_DB / 20)
    return np.asarray(late * gain + np.random.default_rng(6).normal(0, 6.0, len(late)))


def stops(folder: Path | None, phrases: Phrases) -> list[npt.NDArray[np.float64]]:
    """People, or a synthetic voice, saying "stop", all equally loud. Raises CoachError for a folder without any."""
    if folder is not None:
        clips, _ = read_clips(folder, phrases.table)
        said: list[npt.NDArray[np.float64]] = [c.sound.astype(np.float64) for c in clips if c.command == "stop"]
        if not said:
            raise CoachError(f'Nobody says "stop" in {folder}.', "Leave the folder out: a synthetic voice says it.")
    else:
        said = []
        for speed in (150, 170, 190):
            renderer = Pyttsx3Renderer(None, speed)
            said.append(resample(renderer.render("stop").samples, CLIP_RATE, RATE).astype(np.float64))
            renderer.close()
    return [one * VOICE * 32768 / loudness(one) for one in said]


def hear(model: VoskModel, phrases: Phrases, session: Session, near: Sound, cancel: bool) -> Iterator[Heard]:
    """Everything the coach acts on, by its own path, block by block."""
    now = 0.0

    def playing() -> tuple[str, ...]:
        return tuple(text for begin, end, text in nearby if begin <= now <= end + DELAY + 0.3)

    nearby: list[tuple[float, float, str]] = []
    path = build_path(model, phrases.table, tuning=Tuning(speakers=True), playing=playing)
    path.listen(phrases.listen)
    source = Source(session.sound)
    canceller = EchoCanceller(lambda: source) if cancel else None
    for at in range(0, len(near) - BLOCK + 1, BLOCK):
        now = at / RATE
        if at % (10 * RATE) == 0:
            nearby[:] = [one for one in session.lines if one[1] > now - 2 and one[0] < now + 12]
        samples, t0 = near[at : at + BLOCK], now
        if canceller is not None:
            samples, t0 = canceller.clean(samples, t0)
        yield from (one for one in path.hear(samples, t0) if isinstance(one, Heard))


def measure(folder: Path | None, minutes: float, leaks: Sequence[float], model_name: str | None) -> dict[str, object]:
    """All figures as one JSON document."""
    phrases = Phrases("hip-hinge", None)
    model = VoskModel(choose_model(model_name, phrases.homes.models))
    session = record(SCRIPTS, minutes)
    words = stops(folder, phrases)
    hours = len(session.sound) / RATE / 3600
    rows: list[dict[str, object]] = []
    for db in leaks:
        room = in_the_room(session, db)
        called, ends = room.copy(), []
        for number, at in enumerate(np.arange(7.0, len(room) / RATE - 4, EVERY)):
            word = words[(7 * number) % len(words)]
            start = round(float(at) * RATE)
            called[start : start + len(word)] += word
            ends.append((float(at), float(at) + len(word) / RATE))
        alone, over = (np.clip(np.rint(one), -32768, 32767).astype(np.int16) for one in (room, called))
        for cancel in (False, True) if available() else (False,):
            own = [one.phrase for one in hear(model, phrases, session, alone, cancel)]
            times = [one.t for one in hear(model, phrases, session, over, cancel) if one.meaning.command == "stop"]
            heard = sum(any(begin <= t <= end + ANSWERED for t in times) for begin, end in ends)
            rows.append(
                {
                    "leak_db": db,
                    "canceller": cancel,
                    "self_commands": len(own),
                    "per_hour": round(len(own) / hours, 1),
                    "at_most_per_hour": round(most_an_hour(len(own), hours), 1),
                    "which": own,
                    "stop": rate(heard, len(ends)),
                }
            )
    said_by = "a synthetic voice" if folder is None else "people"
    return {"minutes": round(60 * hours, 1), "stop_said_by": said_by, "canceller": available(), "rows": rows}


def as_text(document: dict[str, object]) -> str:
    """The document as a table."""
    rows = document["rows"]
    assert isinstance(rows, list)  # noqa: S101 - measure made it
    lines = [
        f"{'leak':>7} {'canceller':9} {'self-commands':>13} {'/hour':>6} {'at most':>8} {'stop heard':>12} {'95 %':>14}"
    ]
    for row in rows:
        stop = row["stop"]
        lines.append(
            f"{row['leak_db']:>4g} dB {'on' if row['canceller'] else 'off':9} {row['self_commands']:>13} "
            f"{row['per_hour']:>6} {row['at_most_per_hour']:>8} {stop['hits']:>5} of {stop['of']:>3} "
            f"{stop['low']:>6} - {stop['high']:>5}  {', '.join(row['which'][:6])}"
        )
    lines.append(f"{document['minutes']} minutes of the coach; stop said by {document['stop_said_by']}")
    if not document["canceller"]:
        lines.append(f"The echo canceller is not installed: {INSTALL}")
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--leak", type=float, action="append", metavar="DB", help="-10, -3 and 0 unless given")
    parser.add_argument("--model")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.minutes < 1:
        raise CoachError("--minutes must be at least 1.", exit_code=2)
    document = measure(given.folder, given.minutes, given.leak or (-10.0, -3.0, 0.0), given.model)
    print(json.dumps(document, indent=2) if given.json else as_text(document))


if __name__ == "__main__":
    main()
