"""The pipeline's steps, in order; each reads files of the steps before it and writes its own into the work folder."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from training import texts
from training.align import aligned_clip
from training.clips import (
    Clip,
    read_aligned,
    read_clips,
    read_sound,
    write_aligned,
    write_clips,
    write_sound,
)
from training.config import Config, ConfigError
from training.export import AcousticModel, mixed, read_model, shaped_priors, write_model
from training.features import Examples, examples_of, joined, parts
from training.graph import build_graph
from training.guess import with_guesses
from training.lexicon import all_words, load_lexicon
from training.natural import natural_speakers, speak_naturally
from training.network import Batches, Progress, context, moments, new_layers, train
from training.nnet3 import Layer
from training.people import read_people
from training.provenance import write_provenance
from training.sequence import bigram, mutual_information
from training.shapes import deeper, factored, told_apart, widened
from training.voices import Espeak, between_quiet

T = TypeVar("T")


class Bar:
    """Where a step says how far it is."""

    def over(self, things: Iterable[T], count: int) -> Iterator[T]:
        """Hand on things and say how many of ``count`` are done."""
        for number, thing in enumerate(things):
            yield thing
            self.at((number + 1) / count)

    def at(self, share: float, note: str = "") -> None:
        """Say how far: from 0 to 1, and what there is to say beside it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the pipeline."""

    name: str
    run: Callable[[Config, Bar], None]


def steps_of(config: Config) -> list[Step]:
    """All steps, in the order in which they depend on one another."""
    rounds = [
        Step(f"{name}-{number}", partial(run, number))
        for number in range(1, config.network.rounds + 1)
        for name, run in (("alignment", align_all), ("features", make_features), ("training", train_round))
    ]
    return [
        Step("voices", make_voices),
        Step("natural", make_natural),
        Step("people", list_people),
        *rounds,
        *([Step("sequence", train_sequences)] if config.sequence.minutes else []),
        Step("export", export),
        Step("graph", make_graph),
        Step("evaluation", measure),
        Step("card", make_card),
    ]


def make_voices(config: Config, bar: Bar) -> None:
    """Render the texts of every voice; held-out voices say every phrase, for dev."""
    lexicon = load_lexicon(config.path(config.lexicon))
    left_out = config.people.left_out
    phrases = texts.lines(config.path(config.texts.phrases))
    sentences = texts.lines(config.path(config.texts.sentences)) if config.texts.sentences else []
    words = sorted(set(texts.without(left_out, lexicon)) - {word for phrase in phrases for word in phrase.split()})
    espeak, clips = Espeak(), []
    voices = [*config.voices.variants, *config.voices.held_out]
    for number, variant in enumerate(bar.over(voices, len(voices))):
        dev, dice = variant in config.voices.held_out, random.Random(config.seed + number)  # noqa: S311 - repeatable
        wanted, seed = config.texts, config.seed + number
        said = phrases
        if not dev:
            count, single, numbers = wanted.per_voice, wanted.single_words, wanted.numbers
            said = texts.without(left_out, texts.utterances(phrases, sentences, words, count, single, seed, numbers))
        for index, text in enumerate(said):
            path = f"voices/{variant}/{index:04d}.wav"
            voice = f"{dice.choice(config.voices.accents)}+{variant}"
            sound = espeak.render(text, voice, speed=dice.randint(125, 200), pitch=dice.randint(25, 75))
            write_sound(config.folder / path, between_quiet(sound, dice))
            clips.append(Clip(path, text, f"espeak-{variant}", "voice", dev, "espeak-ng", "synthetic"))
    write_clips(config.folder / "voices.jsonl", clips)


def make_natural(config: Config, bar: Bar) -> None:
    """Render the texts of every blend of Kokoro's voices; what an earlier run has rendered is taken as it is."""
    speakers = natural_speakers(config)
    with _workers() as pool:
        said = pool.map(partial(speak_naturally, config), range(len(speakers)), speakers)
        clips = [clip for one in bar.over(said, len(speakers)) for clip in one]
    write_clips(config.folder / "natural.jsonl", clips)


def list_people(config: Config, bar: Bar) -> None:
    """List the recordings that may be used."""
    people = config.people
    kit = config.path(people.kit)
    write_clips(
        config.folder / "people.jsonl", read_people(kit, people.left_out, people.dev_share) if people.kit else []
    )
    bar.at(1.0)


def align_all(number: int, config: Config, bar: Bar) -> None:
    """Find when each phone is spoken, with the best network there is so far."""
    clips = [c for c in _clips(config) if c.kind != "noise"]
    lexicon = with_guesses(all_words(load_lexicon(config.path(config.lexicon))), (clip.text for clip in clips))
    clips = [c for c in clips if all(w in lexicon for w in c.text.split())]
    model = _best_so_far(config, number - 1) or _aligner(config)
    said = [[lexicon[word] for word in clip.text.split()] for clip in clips]
    with _workers() as pool:
        found = pool.map(partial(aligned_clip, config, model), clips, said, chunksize=50)
        aligned = [one for one in bar.over(found, len(clips)) if one is not None]
    write_aligned(config.folder / f"alignment-{number}.jsonl", aligned)


def make_features(number: int, config: Config, bar: Bar) -> None:
    """Change copies of every training clip and compute what the network sees."""
    aligned = [one for one in read_aligned(config.folder / f"alignment-{number}.jsonl") if not one.clip.dev]
    noises = [read_sound(config.folder / c.path) for c in _clips(config) if c.kind == "noise" and not c.dev]
    sounds = [(one, read_sound(config.folder / one.clip.path)) for one in aligned]
    phrases = frozenset(texts.lines(config.path(config.texts.phrases)))
    work = parts(sounds, config.augmentation, phrases, config.seed + number)
    with _workers() as pool:
        made = pool.map(partial(examples_of, noises=noises, settings=config.augmentation, phones=config.phones), work)
        examples = [example for one in bar.over(made, len(work)) for example in one]
    joined(examples).save(config.folder / f"features-{number}.npz")


def train_round(number: int, config: Config, bar: Bar) -> None:
    """Train the network further, or from nothing in the first round."""
    examples = Examples.load(config.folder / f"features-{number}.npz")
    before = _best_so_far(config, number - 1)
    settings = config.network
    counts = _seen(examples, config)
    if before:
        layers = told_apart(widened(before.layers, settings.width, config.seed), before.phones, config.phones, counts)
        layers = _deep_and_narrow(layers, examples, config) if settings.narrow else layers
    else:
        layers = new_layers(settings, config.phones, config.seed)
    minutes = [settings.first_minutes or settings.minutes, *[settings.minutes] * (settings.rounds - 1)]
    part = (sum(minutes[: number - 1]), sum(minutes[:number])) if settings.one_fall else (0.0, sum(minutes))
    trained = train(
        layers,
        examples,
        replace(settings, minutes=minutes[number - 1]),
        config.perturbation,
        config.seed + number,
        _told(bar),
        part=(part[0] / sum(minutes), part[1] / sum(minutes)),
    )
    priors = shaped_priors(counts, config.phones, exponent=0.7, silence_boost=0.0)
    write_model(trained, config.phones, priors, config.folder / f"training-{number}.mdl")


def _deep_and_narrow(layers: tuple[Layer, ...], examples: Examples, config: Config) -> tuple[Layer, ...]:
    """With the layers and the halves that the config asks for, and no more than those."""
    narrow = config.network.narrow
    deep = deeper(layers, config.network.added, narrow, config.seed)
    return factored(deep, narrow, moments(deep, Batches(examples, context(deep), config.network.batch), config.seed))


def _seen(examples: Examples, config: Config) -> npt.NDArray[np.float64]:
    """How often each pdf is the target, and some more, so that none is never seen."""
    return np.bincount(examples.targets, minlength=config.phones.pdf_count) + 10.0


def train_sequences(config: Config, bar: Bar) -> None:
    """Train the last round's network on whole stretches of its features."""
    last, wanted = config.network.rounds, config.sequence
    examples = Examples.load(config.folder / f"features-{last}.npz")
    aligned = read_aligned(config.folder / f"alignment-{last}.jsonl")
    phones = config.phones
    chances = bigram(([segment.phone for segment in one.segments] for one in aligned if not one.clip.dev), phones)
    priors = shaped_priors(_seen(examples, config), phones)
    settings = replace(config.network, minutes=wanted.minutes, epochs=wanted.epochs, rate=wanted.rate)
    layers = read_model(config.folder / f"training-{last}.mdl").layers
    loss = mutual_information(chances, priors, wanted.share)
    seed = config.seed + last + 1
    trained = train(layers, examples, settings, config.perturbation, seed, _told(bar), loss)
    write_model(trained, phones, priors, config.folder / "sequence.mdl")


def _told(bar: Bar) -> Callable[[Progress], None]:
    return lambda progress: bar.at(progress.done, f"loss {progress.loss:.2f}, {progress.right:.0%} of frames")


def export(config: Config, bar: Bar) -> None:
    """Write the model: the last network or a mean of several, the priors that decoding wants, and Vosk's settings."""
    last = config.network.rounds
    model = read_model(config.folder / ("sequence.mdl" if config.sequence.minutes else f"training-{last}.mdl"))
    phones = config.phones
    counts = _seen(Examples.load(config.folder / f"features-{last}.npz"), config)
    priors = shaped_priors(counts, phones)
    if config.network.shares:
        start = read_model(config.path(config.network.start) / "am" / "final.mdl")
        start = replace(
            start,
            layers=told_apart(widened(start.layers, config.network.width, config.seed), start.phones, phones, counts),
        )
        rounds = [read_model(config.folder / f"training-{number}.mdl") for number in range(1, last)]
        trained = [replace(one, priors=priors) for one in (*rounds, model)]
        model = mixed([start, *trained], config.network.shares)
        priors = model.priors
    place = config.path(config.model)
    shutil.copytree(config.path(config.conf), place / "conf", dirs_exist_ok=True)
    write_model(model.layers, phones, priors, place / "am" / "final.mdl", compressed=True)
    write_provenance(config, _clips(config))
    bar.at(1.0)


def make_graph(config: Config, bar: Bar) -> None:
    """Write the graph: that of another model with the same phones, or one built from the lexicon."""
    place = config.path(config.model)
    if config.graph_of:
        ids = (config.path(config.graph_of) / "graph" / "disambig_tid.int").read_text(encoding="utf-8")
        if int(ids) != config.phones.transition_count + 1:
            raise ConfigError(f"The graph of {config.graph_of} tells other phones apart: leave graph_of empty.")
        shutil.copytree(config.path(config.graph_of) / "graph", place / "graph", dirs_exist_ok=True)
    else:
        build_graph(load_lexicon(config.path(config.lexicon)), config.phones, place, config.path(config.talk))
    bar.at(1.0)


def measure(config: Config, bar: Bar) -> None:
    """Hear what training never heard, and write the figures."""
    from training.evaluation import evaluate  # noqa: PLC0415 - brings the coach's listening path with it

    evaluate(config, bar.at)


def make_card(config: Config, bar: Bar) -> None:
    """Measure what listening costs, and write the model's card."""
    from training.evaluation import write_card  # noqa: PLC0415 - as above

    write_card(config)
    bar.at(1.0)


def _workers() -> ProcessPoolExecutor:
    """As many processes as there are cores; spawned, since neither espeak-ng nor jax outlives a fork."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # theirs alone: this one's numpy has been loaded
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _best_so_far(config: Config, number: int) -> AcousticModel | None:
    if number:
        return read_model(config.folder / f"training-{number}.mdl")
    return read_model(config.path(config.network.start) / "am" / "final.mdl") if config.network.start else None


def _aligner(config: Config) -> AcousticModel | None:
    return read_model(config.path(config.network.aligner) / "am" / "final.mdl") if config.network.aligner else None


def _clips(config: Config) -> list[Clip]:
    return [clip for name in ("voices", "natural", "people") for clip in read_clips(config.folder / f"{name}.jsonl")]
