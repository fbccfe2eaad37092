"""Kaldi's MFCC of changed copies of every clip, and the pdf that the network should give for every 30 ms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.augment import augment, breathing, levelled, stretch_of_noise
from training.clips import RATE, STEP, Aligned, Segment, Sound
from training.config import Augmentation
from training.natural import SOURCE as NATURAL
from training.phones import SILENCE, PhoneSet
from training.splice import paused, spliced
from training.texts import NUMBERS

FRAMES_A_STEP = 3
"""Feature frames of 10 ms for one output of the network."""
_PART = 400
"""Clips that one process makes into examples at a time."""
_TALKERS = 100
"""Voices that a part has for talking over others."""
_FEW_WORDS = 2
"""Words of a recording of a person up to which it is one of the few that people say again and again."""
_SHORTEST = 400
"""Samples of one feature window."""


def mfcc(sound: Sound) -> npt.NDArray[np.float32]:
    """Kaldi's 40 cepstra for each 10 ms, shape (frames, 40), with the settings of the model's ``mfcc.conf``."""
    import kaldi_native_fbank as knf  # noqa: PLC0415 - a tool of training only

    options = knf.MfccOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0
    options.mel_opts.num_bins = 40
    options.mel_opts.low_freq = 20
    options.mel_opts.high_freq = -400
    options.num_ceps = 40
    options.use_energy = False
    computer = knf.OnlineMfcc(options)
    computer.accept_waveform(RATE, np.asarray(sound, np.float32).tolist())
    computer.input_finished()
    return np.stack([computer.get_frame(i) for i in range(computer.num_frames_ready)]).astype(np.float32)


def labels(segments: Sequence[Segment], steps: int, speed: float, phones: PhoneSet) -> npt.NDArray[np.int16]:
    """The pdf of each step of 30 ms, shape (steps,): a phone's own for its first step, another for the rest."""
    ends = np.array([s.start + s.frames for s in segments]) * STEP / speed
    found = np.searchsorted(ends, np.arange(steps) * STEP, side="right")
    given = np.zeros(steps, np.int16)
    before = spoken = SILENCE
    for step, which in enumerate(found):
        if which < len(segments):
            entered = not step or found[step - 1] != which
            if entered:
                before, spoken = spoken, segments[which].phone
            first, rest = phones.pdfs(spoken, before)
            given[step] = first if entered else rest
    return given


@dataclass(frozen=True, slots=True)
class Examples:
    """What the network learns from, clips one after another."""

    features: npt.NDArray[np.float16]
    """Shape (3 * steps, 40)."""
    targets: npt.NDArray[np.int16]
    """Shape (steps,)."""
    lengths: npt.NDArray[np.int32]
    """Steps of each clip."""

    def save(self, path: Path) -> None:
        """Write as npz; makes the folder."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, features=self.features, targets=self.targets, lengths=self.lengths)

    @classmethod
    def load(cls, path: Path) -> Examples:
        """Read what ``save`` wrote."""
        with np.load(path) as held:
            return cls(held["features"], held["targets"], held["lengths"])


Example = tuple[npt.NDArray[np.float16], npt.NDArray[np.int16]]


def example(sound: Sound, segments: Sequence[Segment], speed: float, phones: PhoneSet) -> Example:
    """Features and targets of one clip, cut to whole steps."""
    cepstra = mfcc(np.pad(sound, (0, max(0, _SHORTEST - len(sound)))))
    steps = max(1, len(cepstra) // FRAMES_A_STEP)
    whole = np.resize(cepstra, (steps * FRAMES_A_STEP, cepstra.shape[1]))
    return whole.astype(np.float16), labels(segments, steps, speed, phones)


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the clips, small enough to be made into examples by one process."""

    seed: int
    """Of its random changes."""
    sounds: tuple[tuple[Aligned, Sound], ...]
    """Clips with their samples."""
    copies: tuple[int, ...]
    """How often each is used."""
    noise_clips: int
    """How many examples without a word are made besides."""
    talkers: tuple[Sound, ...]
    """Voices that may talk over others."""


def parts(
    sounds: Sequence[tuple[Aligned, Sound]], settings: Augmentation, phrases: Collection[str], seed: int
) -> list[Part]:
    """All clips in parts of the same size; how many there are does not depend on the machine."""
    count = max(1, -(-len(sounds) // _PART))
    copies = copies_of([one for one, _ in sounds], settings, phrases)
    voices = [sound for one, sound in sounds if one.clip.kind == "voice"]
    return [
        Part(
            seed=seed * 1000 + number,
            sounds=tuple(sounds[number::count]),
            copies=tuple(copies[number::count]),
            noise_clips=len(range(number, settings.noise_clips, count)),
            talkers=tuple(voices[number :: max(1, len(voices) // _TALKERS)]) if settings.talked_over else (),
        )
        for number in range(count)
    ]


def copies_of(aligned: Sequence[Aligned], settings: Augmentation, phrases: Collection[str]) -> list[int]:
    """Times each clip is used: people's are few, and natural voices are nearer to them than others.

    Of a word that people say by the hundred each recording is used less, of one of ``phrases`` or a number more.
    """
    said = Counter(one.clip.text for one in aligned if _is_short(one))
    return [_copies(one, settings, said[one.clip.text], phrases) for one in aligned]


def _copies(one: Aligned, settings: Augmentation, said: int, phrases: Collection[str]) -> int:
    text, most = one.clip.text, settings.most_of_a_word
    if one.clip.kind != "person":
        return settings.copies_of_natural if one.clip.source == NATURAL else settings.copies_of_voices
    if not _is_short(one):
        return settings.copies_of_sentences
    if settings.copies_of_phrases and (text in phrases or NUMBERS.issuperset(text.split())):
        return settings.copies_of_phrases
    return min(settings.copies_of_people, max(1, most // said)) if most else settings.copies_of_people


def _is_short(one: Aligned) -> bool:
    """Whether a clip is a person's word or two."""
    return one.clip.kind == "person" and len(one.clip.text.split()) <= _FEW_WORDS


def _is_sentence(one: Aligned) -> bool:
    return one.clip.kind == "person" and not _is_short(one)


def examples_of(part: Part, noises: Sequence[Sound], settings: Augmentation, phones: PhoneSet) -> list[Example]:
    """Every clip as often as the settings say, then noise without a word, which is silence to the network."""
    dice, made = np.random.default_rng(part.seed), []
    short = [held for held in part.sounds if _is_short(held[0])]
    for (one, sound), copies in zip(part.sounds, part.copies, strict=True):
        for _ in range(copies):
            said, segments = sound, one.segments
            if _is_short(one) and dice.random() < settings.spliced:
                said, segments = spliced((one, sound), short[dice.integers(len(short))], dice)
            elif _is_sentence(one) and dice.random() < settings.paused:
                said, segments = paused(one, sound, dice)
            changed, speed = augment(said, dice, settings, noises, part.talkers)
            made.append(example(changed, segments, speed, phones))
    for _ in range(part.noise_clips):
        length = int(RATE * dice.uniform(1, 3))
        breath = dice.random() < settings.breaths
        sound = breathing(length, dice) if breath else stretch_of_noise(length, dice, noises)
        made.append(example(levelled(sound, dice), (), 1.0, phones))
    return made


def joined(examples: Sequence[Example]) -> Examples:
    """All examples one after another."""
    return Examples(
        np.concatenate([features for features, _ in examples]),
        np.concatenate([targets for _, targets in examples]),
        np.array([len(targets) for _, targets in examples], np.int32),
    )
