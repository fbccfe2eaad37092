"""The last step: how well a model hears those that training never heard, through the coach's own listening path.

What is heard, decided and counted is ``voicecoach bench hearing``'s; ``training.trials`` has the recordings. Writes
``eval.json`` into the model's folder; the step after it adds what listening costs, and writes the model's card from it
and ``training.json``.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from training.augment import through_microphone
from training.card import card
from training.clips import RATE, read_clips, read_sound, write_sound
from training.config import ROOT, Config, ConfigError, Evaluation
from training.kaldi import BadModelError
from training.provenance import RECIPE
from training.trials import IN_SENTENCES, UNHEARD, Group, Recordings, Trial, known, voices
from voicecoach.coach.commands import Listen
from voicecoach.hearing.model_folder import check_model_folder

from kit.clips import clipped, with_noise  # isort: skip - training.trials tells where it is
from kit.ears import Ear, Phrases, Score, score  # isort: skip
from kit.rows import rows_of  # isort: skip

FIGURES = "eval.json"
ELSEWHERE = "other microphones"
"""The condition of a card's table."""
SECONDS = 60
"""Of voices that each of them hears."""
Rows = list[dict[str, object]]


def evaluate(config: Config, tell: Callable[[float], None]) -> None:
    """Measure ``config.model`` and write its figures.

    Raises CoachError for a model that does not load, BadModelError for one that this recipe did not make, ConfigError
    where the recordings are not listed yet.
    """
    folder = config.path(config.model)
    made = _recipe_of(folder)
    _look_for_recordings(config)
    recordings = Recordings(config)
    script = config.evaluation.script
    phrases = Phrases(script, None)
    words = check_model_folder(folder).words
    work = [
        ((), group) for group in (*recordings.groups(phrases, frozenset(made["left_out"])), *voices(config, phrases))
    ]
    new = known(made["left_out"], words)
    if new:
        work.append((tuple(new), recordings.new_words(Phrases(script, None, new))))
    for name, lengths in UNHEARD:
        unheard = recordings.unheard(phrases, words, lengths)
        if unheard:
            work.append((tuple(unheard), recordings.made_commands(name, Phrases(script, None, unheard))))
    stretches = recordings.in_sentences(words)
    if stretches:
        more = sorted({trial.label for trial in stretches})
        group = Group(IN_SENTENCES, Phrases(script, None, more).listen, stretches, stretches)
        work.append((tuple(more), group))
    rows = _heard(_runs(work, recordings.noise, config.evaluation), partial(_ear, script, str(folder)), tell)
    figures = {
        "version": made["version"],
        "script": script,
        "files": files(folder),
        "words": len(words),
        "dev_speakers": recordings.unheard_speakers(),
        "seed": config.evaluation.seed,
        "voices": list(config.voices.held_out),
        "natural_voices": list(config.natural.held_out),
        "rows": rows,
    }
    (folder / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def write_card(config: Config) -> None:
    """Measure what listening costs, add it to the figures, and write the card.

    Raises BadModelError where the figures are another model's.
    """
    folder = config.path(config.model)
    made = _recipe_of(folder)
    figures = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    if figures["files"] != files(folder):
        raise BadModelError(f"{folder / FIGURES} was measured on another model: python -m training evaluation")
    _look_for_recordings(config)
    figures["cost"] = cost(config, folder)
    (folder / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(card(folder.name, made, figures), encoding="utf-8")


def _recipe_of(folder: Path) -> dict[str, Any]:
    """What the model was made from, which its card tells."""
    if not (folder / RECIPE).is_file():
        raise BadModelError(f"{folder / RECIPE} is missing: a card is written for models of this recipe only.")
    made: dict[str, Any] = json.loads((folder / RECIPE).read_text(encoding="utf-8"))
    return made


def _look_for_recordings(config: Config) -> None:
    """Without its lists of recordings the evaluation would measure nothing, and say so in good figures."""
    wanted = ["voices", *(["people"] if config.people.kit else [])]
    missing = [name for name in wanted if not (config.folder / f"{name}.jsonl").is_file()]
    if missing:
        steps = f"python -m training {' '.join(missing)}"
        raise ConfigError(f"{config.folder} has no list of recordings: run `{steps}` with the same config first.")


@dataclass(frozen=True, slots=True)
class Run:
    """Recordings heard in one condition."""

    more: tuple[str, ...]
    """Phrases that are commands besides those of the script."""
    column: str
    """Of the figures."""
    condition: str
    """Of the figures."""
    listen: Listen
    """What is listened for."""
    trials: tuple[Trial, ...]
    """What is heard."""


def _runs(work: Sequence[tuple[tuple[str, ...], Group]], noise: Sequence[Trial], settings: Evaluation) -> list[Run]:
    """Every group in quiet, and its noisy ones in every noise and through other microphones."""
    mixed = [one for one in noise if one.kind == "neg_noise"]
    runs = [Run(more, group.name, "quiet", group.listen, group.trials) for more, group in work]
    runs += [
        Run(more, group.name, f"{db:g} dB", group.listen, tuple(with_noise([*group.noisy, *mixed], db)))
        for more, group in work
        if group.noisy and mixed
        for db in settings.noise
    ]
    if settings.microphones:
        other = partial(_elsewhere, decibels=settings.microphones)
        runs += [Run(more, group.name, ELSEWHERE, group.listen, tuple(other(group.noisy))) for more, group in work]
    return [run for run in runs if run.trials]


def _heard(runs: Sequence[Run], ear: Callable[[tuple[str, ...]], Ear], tell: Callable[[float], None]) -> Rows:
    """Rows of hits, number, per cent and interval for every run; the longest ones first, on every core."""
    order = sorted(range(len(runs)), key=lambda number: -sum(len(trial.sound) for trial in runs[number].trials))
    total, done = sum(len(run.trials) for run in runs), 0
    scores: dict[int, Score] = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_hear, ear, runs[number]): number for number in order}
        for one in as_completed(waiting):
            number = waiting[one]
            scores[number] = one.result()
            done += len(runs[number].trials)
            tell(done / total)
    found = ((run, scores[number]) for number, run in enumerate(runs))
    return [row for run, result in found for row in rows_of(run.condition, run.column, result)]


def _hear(ear: Callable[[tuple[str, ...]], Ear], run: Run) -> Score:
    return score(ear(run.more).coach(listen=run.listen), run.trials)


@cache
def _ear(script: str, model: str, more: tuple[str, ...]) -> Ear:
    """One for each process and what is listened for."""
    return Ear(Phrases(script, None, more), model)


def _elsewhere(trials: Sequence[Trial], decibels: float) -> list[Trial]:
    """Each through a made-up microphone of its own, at its own level."""
    heard = []
    for number, trial in enumerate(trials):
        sound = through_microphone(trial.sound.astype(np.float32), np.random.default_rng(number), decibels)
        level = np.abs(trial.sound).max(initial=1) / (np.abs(sound).max() + 1e-6)
        heard.append(replace(trial, sound=clipped(sound * level)))
    return heard


def files(folder: Path) -> dict[str, object]:
    """sha256 of every file that the recogniser reads, and what the folder weighs in MB."""
    parts = sorted(p for p in folder.rglob("*") if p.is_file() and p.parent != folder)
    size = sum(path.stat().st_size for path in parts)
    sums = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in parts}
    return {"mb": round(size / 1e6, 2), "sha256": sums}


def cost(config: Config, folder: Path) -> dict[str, object]:
    """What listening costs in a process of its own: ms to load, MB, and CPU seconds for a second of voice."""
    said = [clip for clip in read_clips(config.folder / "voices.jsonl") if clip.dev]
    sound = np.concatenate([read_sound(config.folder / clip.path) for clip in said])[: SECONDS * RATE]
    with tempfile.TemporaryDirectory() as held:
        recording = Path(held) / "voices.wav"
        write_sound(recording, sound)
        command = [sys.executable, "-m", "training.cost", str(folder), str(recording)]
        runs = range(config.evaluation.processes)
        done = [subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT) for _ in runs]
    found = [json.loads(one.stdout) for one in done]
    return {name: float(np.median([one[name] for one in found])) for name in found[0]}
