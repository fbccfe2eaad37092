"""The recordings a model is measured on: dev speakers, held-out voices, noise, and words that training left out."""

from __future__ import annotations

import hashlib
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training import texts
from training.clips import Clip, Sound, read_aligned, read_clips, read_sound, write_sound
from training.config import ROOT, Config
from training.excerpts import excerpts
from training.guess import with_guesses
from training.lexicon import all_words, load_lexicon
from training.natural import Blend, Kokoro, trimmed
from training.voices import Espeak, between_quiet
from voicecoach.app.training import listen_in
from voicecoach.coach.commands import Listen
from voicecoach.words.quantities import understand

sys.path.append(str(ROOT / "bench"))  # benches are scripts: what they share is found as they find it

from kit.clips import Clip as Trial
from kit.ears import Phrases, named

REPS, WEIGHT = "asking reps", "asking weight"
"""States of the standard flow that expect a number of reps, and a weight."""
SHOWN = frozenset({"too easy", "my back hurts"})
"""Phrases that every voice says, however many a command has."""
UNHEARD = (("unheard words", range(1, 2)), ("unheard phrases", range(2, 5)))
"""Groups of what training never heard, and of how many words it is."""
IN_SENTENCES = "phrases in sentences"
"""Group of stretches of readers' sentences."""
OTHER = "neg_word_other"
"""Class of single words that are no phrase, no number and no decoy."""
COUNTED = range(1, 4)
"""Words of a number of reps; ten digits in a row are somebody's telephone."""
SENTENCES = 5
"""Times as many sentences as recordings of one word."""


@dataclass(frozen=True, slots=True)
class Group:
    """Recordings that are listened to for the same things."""

    name: str
    """Who says what, for the tables."""
    listen: Listen
    """What is listened for."""
    trials: tuple[Trial, ...]
    """Each with the command or quantity that should come of it."""
    noisy: tuple[Trial, ...] = ()
    """Those that are heard in noise too."""


class Recordings:
    """The dev recordings of a config's work folder."""

    def __init__(self, config: Config) -> None:
        self._config = config
        clips = [clip for clip in read_clips(config.folder / "people.jsonl") if clip.kind != "voice"]
        noise = [clip for clip in clips if clip.kind == "noise"]
        self.people = [clip for clip in clips if clip.kind == "person"]
        self.unheard_noise = any(clip.dev for clip in noise)
        self.noise = tuple(
            self._trial(c, "neg_music" if "music" in c.path else "neg_noise", c.speaker, None)
            for c in noise
            if c.dev or not self.unheard_noise
        )

    def unheard_speakers(self) -> int:
        """How many people of dev say nothing in training; whoever says a left-out word is in dev with that word."""
        trained = {clip.speaker for clip in self.people if not clip.dev}
        return len({clip.speaker for clip in self.people if clip.dev and named_speaker(clip)} - trained)

    def _trial(self, clip: Clip, kind: str, label: str, wanted: str | None) -> Trial:
        return Trial(clip.path, kind, label, wanted, _samples(read_sound(self._config.folder / clip.path)))

    def groups(self, phrases: Phrases, left_out: frozenset[str]) -> list[Group]:
        """People with a name of their own, none of whom is in training; the others of dev; then noise."""
        reps = listen_in(phrases.flow, REPS)
        words, digits = [], []
        most = self._config.evaluation.most
        dev = [c for c in self.people if c.dev and c.text not in left_out]
        unnamed = (c for c in dev if not named_speaker(c) and phrases.table.find(c.text) is None)
        others = [self._trial(c, _kind(c.text, None, phrases), c.text, None) for c in _fewer(unnamed, most)]
        for clip in self._fewer_others(_fewer((c for c in dev if named_speaker(c)), most), phrases):
            number = _quantity(clip.text, phrases, reps)
            phrase = phrases.table.find(clip.text)
            command = None if phrase is None or phrase.ignored else phrase.command
            kind = _kind(clip.text, number, phrases)
            words.append(self._trial(clip, kind, clip.text, command))
            if number is not None and len(clip.text.split()) in COUNTED:
                digits.append(self._trial(clip, "pos_digit", "digits", number))
        aside = (trial for trial in words if trial.kind == OTHER and trial.command is None)
        name = "noise" if self.unheard_noise else "noise, also in training"
        return [
            Group("people", phrases.listen, tuple(words), tuple(words)),
            Group("people, digits", reps, (*digits, *aside), tuple(digits)),
            Group("unnamed", phrases.listen, tuple(others)),
            Group(name, phrases.listen, self.noise),
        ]

    def _fewer_others(self, clips: Iterable[Clip], phrases: Phrases) -> Iterator[Clip]:
        """All clips but for some of the single words that are no phrase, no decoy and no number."""
        left = self._config.evaluation.other_words
        for clip in sorted(clips, key=_by_file):
            if " " not in clip.text and clip.text not in texts.NUMBERS and phrases.table.find(clip.text) is None:
                left -= 1
                if left < 0:
                    continue
            yield clip

    def new_words(self, phrases: Phrases) -> Group:
        """Words that training never heard from people, listened for as commands; whoever says them is fit to measure.

        Dev speakers' other words are there for the false accepts that the new commands bring.
        """
        said = [c for c in self.people if c.text in phrases.more]
        dev = [c for c in self.people if c.dev and named_speaker(c)]
        others = [c for c in dev if phrases.table.find(c.text) is None or c.text in _ignored(phrases)]
        trials = [self._trial(c, "pos_new", c.text, c.text) for c in _fewer(said, self._config.evaluation.most)]
        others = [c for c in others if c.text not in phrases.more]
        spoken = [
            self._trial(c, _kind(c.text, None, phrases), c.text, None)
            for c in self._fewer_others(_fewer(others, self._config.evaluation.most), phrases)
        ]
        return Group("new words", phrases.listen, (*trials, *spoken), tuple(trials))

    def unheard(self, phrases: Phrases, known_words: Container[str], lengths: Container[int]) -> list[str]:
        """What dev speakers say in so many words and nobody in training says: what a script writer might think of.

        Chosen by hash. A single word is nowhere in training's texts, a longer text is there in no recording by itself.
        Numbers, what the script listens for, words that a model lacks and those left out on purpose are not among them.
        """
        heard = {text for clip in self.people if not clip.dev for text in (clip.text, *clip.text.split())}
        reps = listen_in(phrases.flow, REPS)
        said = {c.text for c in self.people if c.dev and named_speaker(c)} - heard - {*self._config.people.left_out}
        fit = (text for text in said if len(text.split()) in lengths and not texts.NUMBERS.intersection(text.split()))
        new = (text for text in known(sorted(fit), known_words) if phrases.table.find(text) is None)
        new = (text for text in new if _quantity(text, phrases, reps) is None)
        return sorted(new, key=_digest)[: self._config.evaluation.new_phrases]

    def in_sentences(self, known_words: Container[str]) -> tuple[Trial, ...]:
        """Stretches between two pauses in the sentences of dev's readers: phrases by people whose first language it is.

        Whole words and no numbers, as above; none where the work folder has no alignment.
        """
        aligned = self._config.folder / f"alignment-{self._config.network.rounds}.jsonl"
        sources, held = self._config.evaluation.readers, []
        if not sources or not aligned.is_file():
            return ()
        trained = {clip.text for clip in self.people if not clip.dev}
        read = [one for one in read_aligned(aligned) if one.clip.dev and one.clip.source in sources]
        lexicon = all_words(load_lexicon(self._config.path(self._config.lexicon)))
        lexicon = with_guesses(lexicon, (one.clip.text for one in read))
        for one in read:
            words = one.clip.text.split()
            if all(word in lexicon for word in words):
                sound = read_sound(self._config.folder / one.clip.path)
                held += [
                    Trial(one.clip.path, "pos_new", text, text, _samples(cut))
                    for text, cut in excerpts(one, [lexicon[word] for word in words], sound, UNHEARD[-1][1])
                    if text not in trained
                    and known([text], known_words)
                    and not texts.NUMBERS.intersection(text.split())
                ]
        return tuple(sorted(held, key=lambda trial: _digest(trial.label))[: self._config.evaluation.new_phrases])

    def made_commands(self, name: str, phrases: Phrases) -> Group:
        """What ``unheard`` chose, listened for as commands, by the people of dev who say it."""
        said = [c for c in self.people if c.dev and c.text in phrases.more and named_speaker(c)]
        trials = tuple(self._trial(c, "pos_new", c.text, c.text) for c in said)
        return Group(name, phrases.listen, trials, trials)


def named_speaker(clip: Clip) -> bool:
    """Whether the source says who speaks; where it does not, the file stands for the speaker."""
    return not clip.path.endswith(clip.speaker)


def voices(config: Config, phrases: Phrases) -> list[Group]:
    """Held-out voices say some phrases of every command, and weights; a few of them are heard in noise too."""
    settings, espeak = config.evaluation, Espeak()
    groups = _said_by("voices", config.voices.held_out, partial(_by_espeak, config, espeak), config, phrases)
    if config.natural.held_out:
        kokoro = Kokoro(config.path(config.natural.folder), espeak)
        say = partial(_naturally, config, kokoro)
        groups += _said_by("natural voices", config.natural.held_out, say, config, phrases)
    noisy = {*config.voices.held_out[: settings.noisy_voices], *config.natural.held_out[: settings.noisy_voices]}
    return [replace(group, noisy=tuple(t for t in group.trials if t.file in noisy)) for group in groups]


Saying = Callable[[str, random.Random], Callable[[str], Sound]]
"""Makes of a voice's name, and dice, what renders a text with it."""


def _said_by(column: str, names: Sequence[str], say: Saying, config: Config, phrases: Phrases) -> list[Group]:
    weight = listen_in(phrases.flow, WEIGHT)
    commands: list[Trial] = []
    weights: list[Trial] = []
    for number, name in enumerate(names):
        dice = random.Random(config.evaluation.seed + 1000 + number)  # noqa: S311 - repeatable
        render = say(name, dice)
        loads = [texts.weight(dice) for _ in range(config.evaluation.weights)]
        for text in (*_some_phrases(phrases, config.evaluation.phrases), *loads):
            samples = _samples(render(text))
            found = phrases.table.find(text)
            if found is not None:
                commands.append(Trial(name, "pos_phrase", text, found.command, samples))
            else:
                weights.append(Trial(name, "pos_weight", "weights", _quantity(text, phrases, weight), samples))
    return [Group(column, phrases.listen, tuple(commands)), Group(f"{column}, weights", weight, tuple(weights))]


def _by_espeak(config: Config, espeak: Espeak, variant: str, dice: random.Random) -> Callable[[str], Sound]:
    voice = f"{dice.choice(config.voices.accents)}+{variant}"

    def render(text: str) -> Sound:
        sound = espeak.render(text, voice, speed=dice.randint(130, 190), pitch=dice.randint(30, 70))
        return between_quiet(sound, dice)

    return render


def _naturally(config: Config, kokoro: Kokoro, voice: str, dice: random.Random) -> Callable[[str], Sound]:
    """Rendered once for a work folder, since it takes most of a second."""

    def render(text: str) -> Sound:
        speed = round(dice.uniform(0.85, 1.2), 2)
        path = config.folder / "natural" / "held-out" / voice / f"{text.replace(' ', '-')}-{speed}.wav"
        if not path.exists():
            sound = trimmed(kokoro.render(text, Blend(voice, ((voice, 1.0),)), speed=speed))
            write_sound(path, between_quiet(sound, random.Random(path.name)))  # noqa: S311 - repeatable
        return read_sound(path)

    return render


def _some_phrases(phrases: Phrases, most: int) -> Iterator[str]:
    said: defaultdict[str, int] = defaultdict(int)
    for phrase in phrases.table.phrases:
        if not phrase.ignored:
            said[phrase.command] += 1
            if said[phrase.command] <= most or phrase.text in SHOWN:
                yield phrase.text


def _kind(text: str, number: str | None, phrases: Phrases) -> str:
    """Class for the false accepts: decoys are in the script's ``ignored:`` words, which makes them easier."""
    if " " in text:
        return "neg_sentence"
    if number is not None:
        return "neg_word_digit"
    return "neg_word_decoy" if text in _ignored(phrases) else OTHER


def _ignored(phrases: Phrases) -> frozenset[str]:
    return frozenset(phrase.text for phrase in phrases.table.phrases if phrase.ignored)


def _quantity(text: str, phrases: Phrases, listen: Listen) -> str | None:
    """What a state that expects numbers takes a text for."""
    meaning = understand(text, table=phrases.table, expects=listen.expects, commands=listen.commands)
    return named(meaning) if meaning.command is None else None


def _fewer(clips: Iterable[Clip], most: int) -> Iterator[Clip]:
    """At most so many of each single word, chosen by hash, and a few times as many of all sentences."""
    groups: defaultdict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        groups["" if " " in clip.text else clip.text].append(clip)
    for group in groups.values():
        count = most if group[0].text and " " not in group[0].text else SENTENCES * most
        yield from sorted(group, key=_by_file)[:count]


def _by_file(clip: Clip) -> bytes:
    return _digest(Path(clip.path).name)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _samples(sound: Sound) -> npt.NDArray[np.int16]:
    return np.clip(np.round(sound), -32768, 32767).astype(np.int16)


def known(texts_asked: Sequence[str], words: Container[str]) -> list[str]:
    """Those of the texts that a model has every word of."""
    return [text for text in texts_asked if all(word in words for word in text.split())]
