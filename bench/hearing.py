"""How well the coach hears people: recall, wrong commands and false accepts over labelled recordings.

    python bench/hearing.py FOLDER [--noise 10] [--rooms] [--ablation] [--state S] [--json OUT]

FOLDER holds ``manifest.tsv`` with a header and at least the columns file, class and label. Recordings whose class
begins with ``pos`` and whose label is a phrase of the script should lead to that command; everything else should lead
to nothing, except the class ``rir``: room responses, used by ``--rooms``. ``--noise`` mixes in a recording of the class
``neg_noise`` so many dB under the voice (several may be given). ``--ablation`` leaves out one rule at a time.
Rates carry 95 % Wilson intervals. ``measure`` returns the figures for other programs.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecoach.app.homes import Homes
from voicecoach.app.training import library_of, table_of, with_phrases_of
from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard
from voicecoach.drills.load import load_programme
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import grammar_of
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.replay import Count, read_blocks, replay
from voicecoach.hearing.rules import RULES, Rule
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.words.phrases import PhraseTable

Z = 1.959964
"""Normal quantile of a 95 % interval."""
Sound = npt.NDArray[np.int16]
Rules = Sequence[tuple[str, Rule]]
BARE = ("nothing recognised", "left-over words", "not in this state", "patience")
"""Rules without which nothing works; with them alone the recogniser decides."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled recording."""

    file: str
    """Path under the folder."""
    kind: str
    """Class of the manifest."""
    label: str
    """What was said, or what it is."""
    command: str | None
    """What it should lead to; None for nothing."""
    sound: Sound
    """Mono, 16 kHz."""


@dataclass(slots=True)
class Score:
    """What a run over all clips gave."""

    right: Counter[str] = field(default_factory=Counter)
    """By label."""
    wrong: Counter[str] = field(default_factory=Counter)
    """Another command than was said, by label."""
    said: Counter[str] = field(default_factory=Counter)
    """Clips, by label."""
    taken: Counter[str] = field(default_factory=Counter)
    """Clips of a class that led to a command, though none was said."""
    clips: Counter[str] = field(default_factory=Counter)
    """Clips of a class in which no command is said."""
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Their length."""
    cpu: float = 0.0
    """Seconds of CPU."""
    examples: list[tuple[str, str, str]] = field(default_factory=list)
    """Class, label and phrase of false accepts."""


class Bench:
    """The model, the phrases and the state that are measured."""

    def __init__(self, script: str, state: str | None, model_name: str | None) -> None:
        homes = Homes.find()
        _programme, flow, drills = load_programme(script, library_of(homes))
        flow = with_phrases_of(flow, drills)
        self.table: PhraseTable = table_of(flow)
        self.model = VoskModel(choose_model(model_name, homes.models))
        self.listen = Listen("any", frozenset(flow.commands))
        if state is not None:
            if state not in flow.states:
                raise CoachError(f"The flow has no state {state!r}.", f"It has: {', '.join(flow.states)}.", exit_code=2)
            here = flow.states[state]
            self.listen = Listen(state, frozenset({*here.hears, *flow.anywhere}), frozenset(here.expects))
        grammar = grammar_of(self.table)
        self._recogniser = self.model.recogniser(grammar)
        self._second = self.model.second_opinion(grammar) if self.model.folder.built_in else None

    def score(self, clips: Iterable[Clip], rules: Rules = RULES, second: bool = True) -> Score:
        """Hear every clip on its own, as if the coach had just begun to listen."""
        score = Score()
        before = time.process_time()
        for clip in clips:
            path = HearingPath(self._recogniser, self.table, second=self._second if second else None, rules=rules)
            path.listen(self.listen)
            heard = [o for o in replay(path, [clip.sound], Count()) if isinstance(o, Heard)]
            _note(score, clip, [(o.phrase, o.meaning.command) for o in heard])
        score.cpu = time.process_time() - before
        return score


def _note(score: Score, clip: Clip, heard: Sequence[tuple[str, str | None]]) -> None:
    if clip.command is not None:
        score.said[clip.label] += 1
        if heard:
            (score.right if heard[0][1] == clip.command else score.wrong)[clip.label] += 1
        return
    score.clips[clip.kind] += 1
    score.seconds[clip.kind] += len(clip.sound) / 16_000
    if heard:
        score.taken[clip.kind] += 1
        score.examples += [(clip.kind, clip.label, phrase) for phrase, _ in heard]


def read_clips(folder: Path, table: PhraseTable, every: int) -> tuple[list[Clip], list[Sound]]:
    """The recordings and the room responses of a folder. Raises CoachError naming the files that are missing."""
    manifest = folder / "manifest.tsv"
    try:
        with manifest.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except OSError as error:
        raise CoachError(
            f"{manifest} cannot be read: {error.strerror}.", "Name a folder with a manifest.tsv."
        ) from error
    if not rows or not {"file", "class", "label"} <= set(rows[0]):
        raise CoachError(f"{manifest} lacks one of the columns file, class and label.", "Its first line names them.")
    rows = [row for row in rows if row["class"].startswith(("pos", "neg")) or row["class"] == "rir"]
    missing = [row["file"] for row in rows if not (folder / row["file"]).is_file()]
    if missing:
        raise CoachError(
            f"{manifest} names {len(missing)} files that are not there: {', '.join(missing[:5])}.", "Take them out."
        )
    clips: list[Clip] = []
    rooms: list[Sound] = []
    for number, row in enumerate(rows):
        if row["class"] == "rir":
            rooms.append(_sound(folder / row["file"]))
        elif number % every == 0 or not row["class"].endswith(("word", "command", "digit")):
            phrase = table.find(row["label"]) if row["class"].startswith("pos") else None
            command = phrase.command if phrase is not None and not phrase.ignored else None
            clips.append(Clip(row["file"], row["class"], row["label"], command, _sound(folder / row["file"])))
    return clips, rooms


def _sound(path: Path) -> Sound:
    return np.concatenate([*read_blocks(path), np.zeros(0, np.int16)])


def with_noise(clips: Sequence[Clip], db: float) -> list[Clip]:
    """The positive clips and words with a stretch of noise ``db`` under the voice; other classes are left out."""
    noises = [clip.sound.astype(np.float64) for clip in clips if clip.kind == "neg_noise"]
    if not noises:
        raise CoachError("The folder has no class neg_noise to mix in.", "Leave --noise out.")
    random = np.random.default_rng(1)
    mixed = []
    for clip in clips:
        if clip.command is None and clip.kind != "neg_word":
            continue
        voice = clip.sound.astype(np.float64)
        noise = noises[int(random.integers(len(noises)))]
        lead = 16_000
        start = int(random.integers(max(1, len(noise) - len(voice) - lead)))
        stretch = np.resize(noise[start:], len(voice) + lead)
        loud = voice[np.abs(voice) > 0.1 * np.abs(voice).max(initial=1)]
        scale = math.sqrt(np.mean(np.square(loud)) if len(loud) else 1) / (stretch.std() + 1) * 10 ** (-db / 20)
        sound = np.concatenate([np.zeros(lead), voice]) + stretch * scale
        mixed.append(Clip(clip.file, clip.kind, clip.label, clip.command, _clipped(sound)))
    return mixed


def in_rooms(clips: Sequence[Clip], rooms: Sequence[Sound]) -> list[Clip]:
    """The positive clips as they sound in a room, each in one of the rooms in turn."""
    if not rooms:
        raise CoachError("The folder has no class rir.", "Leave --rooms out.")
    echoing = []
    for number, clip in enumerate(clip for clip in clips if clip.command is not None):
        response = rooms[number % len(rooms)].astype(np.float64)
        response /= np.abs(response).max()
        sound = np.convolve(clip.sound.astype(np.float64), response)
        sound *= np.abs(clip.sound).max(initial=1) / (np.abs(sound).max() + 1e-9)
        echoing.append(Clip(clip.file, clip.kind, clip.label, clip.command, _clipped(sound)))
    return echoing


def _clipped(sound: npt.NDArray[np.float64]) -> Sound:
    return np.clip(sound, -32768, 32767).astype(np.int16)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate."""
    if of == 0:
        return 0.0, 1.0
    rate, z2 = hits / of, Z * Z
    middle = (rate + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * math.sqrt(rate * (1 - rate) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def rows_of(condition: str, score: Score) -> list[dict[str, object]]:
    """One row a label with its recall, one a class with its false accepts."""
    rows: list[dict[str, object]] = []
    labels = [*sorted(score.said), "all"] if score.said else []
    for label in labels:
        said = sum(score.said.values()) if label == "all" else score.said[label]
        right = sum(score.right.values()) if label == "all" else score.right[label]
        wrong = sum(score.wrong.values()) if label == "all" else score.wrong[label]
        rows.append({"condition": condition, "what": f"recall {label}", **_rate(right, said), "wrong": wrong})
    for kind in sorted(score.clips):
        hours = score.seconds[kind] / 3600
        per_hour = round(score.taken[kind] / hours, 1) if hours else None
        rows.append(
            {
                "condition": condition,
                "what": f"false {kind}",
                **_rate(score.taken[kind], score.clips[kind]),
                "per_hour": per_hour,
            }
        )
    return rows


def _rate(hits: int, of: int) -> dict[str, object]:
    low, high = wilson(hits, of)
    return {
        "hits": hits,
        "of": of,
        "percent": round(100 * hits / of, 1) if of else None,
        "low": round(100 * low, 1),
        "high": round(100 * high, 1),
    }


def measure(
    bench: Bench, folder: Path, noise: Sequence[float], rooms: bool, ablation: bool, every: int
) -> dict[str, object]:
    """All figures as one JSON document."""
    clips, responses = read_clips(folder, bench.table, every)
    quiet = bench.score(clips)
    rows = rows_of("quiet", quiet)
    for db in noise:
        rows += rows_of(f"noise {db:.0f} dB", bench.score(with_noise(clips, db)))
    if rooms:
        rows += rows_of("in rooms", bench.score(in_rooms(clips, responses)))
    if ablation:
        for name, rules, second in _ablations():
            rows += [row for row in rows_of(name, bench.score(clips, rules, second)) if str(row["what"]) in _SUMMARY]
    seconds = sum(len(clip.sound) for clip in clips) / 16_000
    return {
        "model": bench.model.folder.name,
        "state": bench.listen.state,
        "clips": len(clips),
        "cpu_seconds_per_hour": round(3600 * quiet.cpu / seconds) if seconds else None,
        "memory_mb": _memory(),
        "rows": rows,
        "false_accepts": quiet.examples,
    }


_SUMMARY = {"recall all", "false neg_word", "false neg_speech", "false neg_noise", "false neg_music", "false pos_digit"}


def _ablations() -> list[tuple[str, Rules, bool]]:
    one_out = [
        (f"without {name}", tuple(rule for rule in RULES if rule[0] != name), True)
        for name, _ in RULES
        if name not in BARE
    ]
    bare = tuple(rule for rule in RULES if rule[0] in BARE)
    return [*one_out, ("without second opinion", RULES, False), ("recogniser alone", bare, False)]


def _memory() -> float | None:
    """Largest resident memory so far in MB; None where the system does not say."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def as_text(document: dict[str, object]) -> str:
    """The document as a table."""
    rows = document["rows"]
    assert isinstance(rows, list)  # noqa: S101 - measure made it
    lines = [
        f"{'condition':30} {'what':22} {'hits':>5} {'of':>5} {'%':>6} {'95 % interval':>14} {'wrong':>6} {'/hour':>7}"
    ]
    lines += [
        f"{row['condition']:30} {row['what']:22} {row['hits']:>5} {row['of']:>5} {row['percent'] or 0:>6} "
        f"{row['low']:>6} - {row['high']:>5} {row.get('wrong', ''):>6} {row.get('per_hour') or '':>7}"
        for row in rows
    ]
    lines.append(
        f"{document['model']}, state {document['state']}: {document['cpu_seconds_per_hour']} s of CPU an hour of this "
        f"sound, {document['memory_mb']} MB with all clips in memory"
    )
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--script", default="hip-hinge")
    parser.add_argument("--state")
    parser.add_argument("--model")
    parser.add_argument("--noise", type=float, action="append", default=[], metavar="DB")
    parser.add_argument("--rooms", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="take only every Nth of the single words")
    parser.add_argument("--json", type=Path, metavar="OUT")
    wanted = parser.parse_args()
    bench = Bench(wanted.script, wanted.state, wanted.model)
    document = measure(bench, wanted.folder, wanted.noise, wanted.rooms, wanted.ablation, max(1, wanted.every))
    print(as_text(document))
    if wanted.json:
        wanted.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
