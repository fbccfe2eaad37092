"""How long after a word the coach decides, beside the stock way of using Vosk, in one run.

    voicecoach bench latency [--script hip-hinge] [--model M] [--voices 4] [--json]

Synthetic voices speak every safety phrase, a sample of the other commands, and weights; quiet, and over noise at 10 dB.
Latency runs from the last sample of the word to the decision: sound that has to come first, plus the wall time the last
block took to work through; "sound" is the first of the two alone, which no other work of the machine can change. The
coach is fed in blocks of 32 ms, as its microphone delivers them. The stock way is the recogniser's own tutorial: the
same phrases as its grammar, blocks of 4,000 samples, and the end of speech that ``AcceptWaveform`` reports. ``measure``
returns the rows for other programs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicecoach.app.homes import Homes
from voicecoach.app.training import library_of, table_of, with_phrases_of
from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard
from voicecoach.drills.load import load_programme
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path, grammar_of
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.tuning import CHUNK
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.speaking.clip import CLIP_RATE, resample
from voicecoach.speaking.renderers import Pyttsx3Renderer
from voicecoach.words.phrases import PhraseTable

RATE = 16_000
LEAD, TAIL = 1.0, 3.0
"""Seconds of room before and after the word; the stock way needs the second."""
LEVEL = 0.1
"""Root mean square of the voice; full scale is 1."""
BLOCK, STOCK_BLOCK = CHUNK, 4000
"""Samples the coach and the stock way are given at a time."""
WEIGHTS = ("thirty five pounds", "one hundred and five pounds", "twenty kilos", "forty five", "ninety")
ENGLISH = ("gmw/en-us", "gmw/en", "gmw/en-gb-scotland", "gmw/en-gb-x-rp", "gmw/en-029", "gmw/en-us-nyc")

Sound = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Trial:
    """One word spoken once."""

    kind: str
    """Class of phrase: safety, command, number."""
    text: str
    """What was said."""
    command: str | None
    """What it should lead to; None for a number."""
    sound: Sound
    """Room, word, room."""
    end: float
    """Seconds to the last sample of the word."""


def measure(script: str, model_name: str | None, voices: int) -> list[dict[str, object]]:
    """Rows of the table: one per noise, way and class."""
    homes = Homes.find()
    _programme, flow, drills = load_programme(script, library_of(homes))
    flow = with_phrases_of(flow, drills)
    table = table_of(flow)
    model = VoskModel(choose_model(model_name, homes.models))
    hears = Listen("bench", frozenset(flow.commands), frozenset({"weight"}))
    known = model.folder.words
    texts = [one for one in _texts(table) if all(word in known for word in one[1].split())]
    spoken = {(text, voice): clip for voice, text, clip in _spoken([t for _, t, _ in texts], voices)}
    rows: list[dict[str, object]] = []
    for noise in (None, 10.0):
        trials = [
            _trial(kind, text, command, clip, noise, seed)
            for seed, ((text, _voice), clip) in enumerate(spoken.items())
            for kind, wanted, command in texts
            if wanted == text
        ]
        ways: dict[str, Callable[[Trial], Took | None]] = {
            "coach": lambda trial: _coach(model, table, hears, trial),
            "stock": lambda trial: _stock(model, table, trial),
        }
        for way, listen in ways.items():
            took = [(trial, listen(trial)) for trial in trials]
            rows += [
                _row(noise, way, kind, [s for t, s in took if kind in (t.kind, "all")])
                for kind in ("safety", "command", "number", "all")
            ]
    return rows


def _texts(table: PhraseTable) -> Iterator[tuple[str, str, str | None]]:
    ordinary = [p for p in table.phrases if not p.safety and not p.ignored]
    for phrase in table.phrases:
        if phrase.safety:
            yield "safety", phrase.text, phrase.command
    first: dict[str, int] = {}
    for phrase in ordinary:
        first[phrase.command] = first.get(phrase.command, 0) + 1
        if first[phrase.command] <= 2:
            yield "command", phrase.text, phrase.command
    for text in WEIGHTS:
        yield "number", text, None


def _spoken(texts: Sequence[str], voices: int) -> Iterator[tuple[str, str, Sound]]:
    probe = Pyttsx3Renderer()
    there = {voice.id for voice in probe.voices()}
    probe.close()
    chosen: list[str | None] = [*[voice for voice in ENGLISH if voice in there][:voices]] or [None]
    for number, voice in enumerate(chosen):
        renderer = Pyttsx3Renderer(voice, 150 + 15 * (number % 3))
        for text in dict.fromkeys(texts):
            clip = resample(renderer.render(text).samples, CLIP_RATE, RATE)
            clip = clip * (LEVEL / float(np.sqrt(np.mean(np.square(clip)))))
            yield str(voice), text, np.clip(clip * 32767, -32768, 32767).astype(np.int16)
        renderer.close()


def _trial(kind: str, text: str, command: str | None, clip: Sound, noise: float | None, seed: int) -> Trial:
    random = np.random.default_rng(seed)
    loud = np.flatnonzero(np.abs(clip.astype(np.int32)) > np.abs(clip.astype(np.int32)).max() * 0.02)
    length = int(LEAD * RATE) + len(clip) + int(TAIL * RATE)
    level = 3.0 if noise is None else LEVEL * 32767 * 10 ** (-noise / 20)
    sound = _pink(length, random) * level
    sound[int(LEAD * RATE) :][: len(clip)] += clip
    return Trial(kind, text, command, np.clip(sound, -32768, 32767).astype(np.int16), LEAD + (int(loud[-1]) + 1) / RATE)


def _pink(length: int, random: np.random.Generator) -> npt.NDArray[np.float64]:
    """Noise whose power falls by 3 dB an octave, root mean square 1."""
    spectrum = np.fft.rfft(random.normal(size=length))
    spectrum /= np.sqrt(np.maximum(1.0, np.arange(len(spectrum))))
    noise = np.fft.irfft(spectrum, length)
    return np.asarray(noise / np.sqrt(np.mean(np.square(noise))))


@dataclass(frozen=True, slots=True)
class Took:
    """How long a right decision took, in seconds."""

    sound: float
    """From the end of the word to the last sample that was needed; negative when it was clear before."""
    work: float
    """Wall time of working through the block with that sample."""


def _coach(model: VoskModel, table: PhraseTable, hears: Listen, trial: Trial) -> Took | None:
    """What the right decision took; None when it was wrong or never came."""
    path = build_path(model, table)
    path.listen(hears)
    for at in range(0, len(trial.sound), BLOCK):
        began = time.perf_counter()
        outcomes = path.hear(trial.sound[at : at + BLOCK], at / RATE)
        worked = time.perf_counter() - began
        for outcome in outcomes:
            if isinstance(outcome, Heard):
                right = outcome.meaning.command == trial.command
                return Took((at + BLOCK) / RATE - trial.end, worked) if right else None
    return None


def _stock(model: VoskModel, table: PhraseTable, trial: Trial) -> Took | None:
    recogniser = model.recogniser(grammar_of(table))._vosk  # noqa: SLF001 - the library itself, as its tutorial uses it
    for at in range(0, len(trial.sound), STOCK_BLOCK):
        began = time.perf_counter()
        if recogniser.AcceptWaveform(trial.sound[at : at + STOCK_BLOCK].tobytes()):
            text = json.loads(recogniser.Result())["text"]
            worked = time.perf_counter() - began
            if text:
                phrase = table.find(text)
                right = text == trial.text or (phrase is not None and phrase.command == trial.command)
                return Took((at + STOCK_BLOCK) / RATE - trial.end, worked) if right else None
    return None


def _row(noise: float | None, way: str, kind: str, took: Sequence[Took | None]) -> dict[str, object]:
    right = [1000 * (one.sound + one.work) for one in took if one is not None]
    sound = [1000 * one.sound for one in took if one is not None]
    p50, p95 = (round(float(np.percentile(right, p))) if right else None for p in (50, 95))
    return {
        "noise": "quiet" if noise is None else f"{noise:.0f} dB",
        "way": way,
        "class": kind,
        "spoken": len(took),
        "right": len(right),
        "p50_ms": p50,
        "p95_ms": p95,
        "sound_p50_ms": round(float(np.percentile(sound, 50))) if sound else None,
    }


def table_of_rows(rows: Sequence[dict[str, object]]) -> str:
    """The rows as text, with the stock way's median as a multiple of the coach's."""
    lines = [
        (
            f"{'noise':6} {'class':8} {'way':6} {'spoken':>6} {'right':>6} "
            f"{'p50 ms':>7} {'p95 ms':>7} {'sound':>6} {'ratio':>6}"
        )
    ]
    coach = {(row["noise"], row["class"]): row["p50_ms"] for row in rows if row["way"] == "coach"}
    for row in sorted(rows, key=lambda r: (r["noise"] != "quiet", str(r["class"]), str(r["way"]))):
        own, ours = row["p50_ms"], coach[row["noise"], row["class"]]
        both = isinstance(own, int) and isinstance(ours, int) and ours > 0
        ratio = f"{own / ours:.1f}" if both else "-"  # type: ignore[operator]  # both are numbers here
        lines.append(
            f"{row['noise']:6} {row['class']:8} {row['way']:6} {row['spoken']:>6} {row['right']:>6} "
            f"{own if own is not None else '-':>7} {row['p95_ms'] if own is not None else '-':>7} "
            f"{row['sound_p50_ms'] if own is not None else '-':>6} {ratio:>6}"
        )
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--script", default="hip-hinge")
    parser.add_argument("--model")
    parser.add_argument("--voices", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    if wanted.voices < 1:
        raise CoachError("--voices must be at least 1.", exit_code=2)
    rows = measure(wanted.script, wanted.model, wanted.voices)
    print(json.dumps(rows, indent=2) if wanted.json else table_of_rows(rows))


if __name__ == "__main__":
    main()
