"""From the end of a spoken "stop" to silence at the output: the coach in the middle of a sentence, over real streams.

    voicecoach bench barge_in [--trials 30] [--leak none --leak -10 --leak -3] [--speakers] [--json]

Needs a checkout, PulseAudio and no sound card: the microphone and the earbuds are null sinks. A voice says "stop" into
the microphone while the coach speaks; both sides are recorded, and the time runs from the last sample of the word
(found by its likeness) to the last sample of the coach. So many trials each with the coach unheard by the microphone,
and leaking into it 10 dB and 3 dB under the voice. ``measure`` returns the rows for other programs.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import subprocess
import tempfile
import time
import wave
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from kit.pulse import RATE, Pulse, missing
from kit.tape import Tape

from voicecoach.app.homes import Homes
from voicecoach.app.training import library_of, table_of, with_phrases_of
from voicecoach.coach.commands import Hush, Kind, Listen, Say
from voicecoach.coach.events import Event, Heard
from voicecoach.drills.load import load_programme
from voicecoach.errors import CoachError

if TYPE_CHECKING:
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth

SENTENCE = (
    "Push your hips straight back until they tap the wall, keep your shins vertical, then squeeze your glutes and "
    "stand up tall, and remember to breathe out on the way up while your chest stays open and your back stays flat."
)
LEAKS = (None, -10.0, -3.0)
"""dB of the coach in the microphone relative to the voice."""
TRIES = 3
"""Words that may get stuck in the sound card before the bench gives up."""
LEVEL = 0.12
"""Root mean square of the trainee's word."""


def measure(trials: int, leaks: Sequence[float | None] = LEAKS, speakers: bool = False) -> list[dict[str, object]]:
    """One row for each leak, of so many trials."""
    if missing():
        raise SystemExit(f"This bench needs {missing()}.")
    folder = Path(tempfile.mkdtemp(prefix="vb", dir=tempfile.gettempdir()))
    card = Pulse(folder)
    card.start()
    os.environ.update(card.env)
    try:
        with _scene(card, folder, speakers) as scene:
            rows = []
            for leak in leaks:
                with _leak(card.env, leak):
                    rows.append(_row(leak, scene.trials(trials)))
            return rows
    finally:
        card.stop()


@dataclass(frozen=True, slots=True)
class Word:
    """What the trainee says."""

    path: Path
    """A wav file to play."""
    samples: npt.NDArray[np.float32]
    """The same; full scale is 1."""


def _word(folder: Path, clip: npt.NDArray[np.float32]) -> Word:
    path = folder / "stop.wav"
    loud = np.clip(clip * (LEVEL / float(np.sqrt(np.mean(np.square(clip))))), -1, 1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((loud * 32767).astype(np.int16).tobytes())
    return Word(path, loud)


@contextmanager
def _leak(env: Mapping[str, str], db: float | None) -> Iterator[None]:
    """Let the coach's output into the microphone at a level relative to the trainee's word."""
    if db is None:
        yield
        return
    ask = ["pactl", "load-module", "module-loopback", "source=ears.monitor", "sink=mouth", "latency_msec=20"]
    number = subprocess.run(ask, env=dict(env), capture_output=True, text=True, check=True).stdout.strip()
    time.sleep(0.5)
    inputs = subprocess.run(
        ["pactl", "-f", "json", "list", "sink-inputs"], env=dict(env), capture_output=True, text=True, check=True
    )
    coach_level = 10 ** (-20 / 20)  # every clip is levelled to -20 dB
    gain = 20 * np.log10(LEVEL / coach_level) + db
    for one in json.loads(inputs.stdout):
        if str(one.get("owner_module")) == number:
            ask = ["pactl", "set-sink-input-volume", str(one["index"]), f"{gain:.1f}dB"]
            subprocess.run(ask, env=dict(env), check=True)
    try:
        yield
    finally:
        subprocess.run(["pactl", "unload-module", number], env=dict(env), check=True)


@dataclass(frozen=True, slots=True)
class Scene:
    """The coach at its microphone and earbuds, and what records both."""

    card: Pulse
    mouth: SounddeviceMouth
    word: Word
    own: Tape
    """What the trainee says."""
    coach: Tape
    """What the coach says."""
    heard: queue.SimpleQueue[float]
    """Monotonic times at which "stop" was understood."""

    def trials(self, count: int) -> list[tuple[float, float] | None]:
        """So many times "stop". Raises CoachError where the sound card holds up the word again and again."""
        took: list[tuple[float, float] | None] = []
        lost = 0
        while len(took) < count:
            try:
                took.append(self._one(len(took)))
            except subprocess.TimeoutExpired:  # the word was not said, so that nothing was to be heard
                lost += 1
                if lost > TRIES:
                    raise CoachError(
                        f"paplay hung {lost} times.", "PulseAudio is stuck or the machine is busy; try again."
                    ) from None
        return took

    def _one(self, number: int) -> tuple[float, float] | None:
        """Milliseconds from the end of the word to the decision and to silence; None where it was not heard."""
        self.mouth.say(Say(number, SENTENCE, Kind.BRIEF, self.mouth.now() + 0.2, 12.0))
        time.sleep(1.5 + 0.13 * (number % 7))
        while not self.heard.empty():
            self.heard.get()
        began = time.monotonic()
        command = ["paplay", "--device=mouth", "--latency-msec=20", str(self.word.path)]
        player = subprocess.Popen(command, env=self.card.env)
        try:
            decided = self.heard.get(timeout=3.0)
        except queue.Empty:
            decided = None
        try:
            player.wait(10)
        finally:
            player.kill()
            player.wait(5)
            time.sleep(0.7)
            self.mouth.hush(Hush())
        if decided is None:
            time.sleep(0.8)
            return None
        end = self.own.end_of(self.word.samples, began, decided + 0.6, LEVEL / 4)
        silent = self.coach.last_sound(began, decided + 0.65, 0.003)
        time.sleep(0.8)
        return None if end is None or silent is None else (1000 * (decided - end), 1000 * (silent - end))


@contextmanager
def _scene(card: Pulse, folder: Path, speakers: bool) -> Iterator[Scene]:
    from voicecoach.hearing.assembly import build_path  # noqa: PLC0415 - after the environment is set
    from voicecoach.hearing.echo import EchoCanceller  # noqa: PLC0415
    from voicecoach.hearing.listener import Listener  # noqa: PLC0415
    from voicecoach.hearing.microphone import SoundDeviceMicrophone  # noqa: PLC0415
    from voicecoach.hearing.model_folder import choose_model  # noqa: PLC0415
    from voicecoach.hearing.tuning import Tuning  # noqa: PLC0415
    from voicecoach.hearing.vosk_recogniser import VoskModel  # noqa: PLC0415
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth  # noqa: PLC0415
    from voicecoach.speaking.opening import open_voice  # noqa: PLC0415

    homes = Homes.find()
    _programme, flow, drills = load_programme("hip-hinge", library_of(homes))
    table = table_of(with_phrases_of(flow, drills))
    with closing(open_voice(folder / "cache", rate=150)) as with_word:
        word = _word(folder, with_word.clip("stop").samples)
    voice = open_voice(folder / "cache")
    mouth = SounddeviceMouth(voice)
    mouth.prepare([SENTENCE])
    mouth.seconds_of(SENTENCE)
    heard: queue.SimpleQueue[float] = queue.SimpleQueue()

    def deliver(event: Event) -> None:
        if isinstance(event, Heard) and event.meaning.command == "stop":
            mouth.hush(Hush())
            heard.put(time.monotonic())

    model = VoskModel(choose_model(None, homes.models))
    listener = Listener(
        lambda: build_path(model, table, tuning=Tuning(speakers=speakers), playing=mouth.playing, on_speech=mouth.duck),
        SoundDeviceMicrophone(cancelled=speakers),
        mouth.now,
        canceller=EchoCanceller(mouth.sounded) if speakers else None,
    )
    listener.listen(Listen("working", frozenset(flow.commands)))
    listener.start(deliver)
    own, coach = Tape("mouth.monitor", card.env), Tape("ears.monitor", card.env)
    try:
        yield Scene(card, mouth, word, own, coach, heard)
    finally:
        listener.close()
        mouth.close()
        own.close()
        coach.close()
        voice.close()


def _row(leak: float | None, took: list[tuple[float, float] | None]) -> dict[str, object]:
    good = [one for one in took if one is not None]
    row: dict[str, object] = {
        "coach in the microphone": "none" if leak is None else f"{leak:.0f} dB",
        "trials": len(took),
        "heard": len(good),
    }
    for column, name in ((0, "decision"), (1, "silence")):
        values = [one[column] for one in good]
        row[f"{name}_p50_ms"] = round(float(np.percentile(values, 50))) if values else None
        row[f"{name}_p95_ms"] = round(float(np.percentile(values, 95))) if values else None
    return row


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", type=int, default=30, help="for each leak")
    parser.add_argument("--leak", action="append", metavar="DB", help="none, -10 and -3 unless given")
    parser.add_argument("--speakers", action="store_true", help="with the echo canceller")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    try:
        leaks = [None if leak == "none" else float(leak) for leak in wanted.leak or ("none", "-10", "-3")]
    except ValueError as error:
        raise CoachError(f"{error}.", "--leak takes none, or dB such as -10.", exit_code=2) from error
    rows = measure(max(1, wanted.trials), leaks, wanted.speakers)
    if wanted.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print("  ".join(f"{name.replace('_', ' ')} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
