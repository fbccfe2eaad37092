"""The one file that says how a model is made, checked and frozen; every step reads its part of it."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from training.phones import ENGLISH, ENGLISH_IN_CONTEXT, PhoneSet

ROOT = Path(__file__).resolve().parent.parent
"""The checkout; paths of a config are relative to it."""


class ConfigError(ValueError):
    """A config that cannot be used; names the table and the key."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the synthetic voices say."""

    phrases: str
    """File of one phrase a line, all of which are said."""
    sentences: str
    """File of other talk, one sentence a line."""
    per_voice: int
    """Utterances of each voice."""
    single_words: float
    """Share of the rest that are random words of the lexicon; the remainder is numbers and sentences."""
    numbers: float = 0.5
    """Share of numbers in that remainder."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says it."""

    accents: tuple[str, ...]
    """Voices of espeak-ng, such as ``en-us``."""
    variants: tuple[str, ...]
    """Variants of espeak-ng, such as ``f2``; each is one speaker."""
    held_out: tuple[str, ...]
    """Variants that training never hears."""


@dataclass(frozen=True, slots=True)
class Natural:
    """Who says it with a voice like a person's; nobody, unless the config says so."""

    folder: str = ""
    """Where ``python -m training natural`` finds Kokoro's model and voices."""
    speakers: int = 0
    """How many blends of its voices training hears, the voices by themselves first."""
    per_speaker: int = 0
    """Utterances of each."""
    words: str = "training/words/common.txt"
    """File of everyday words, of which they say random ones besides phrases, numbers and sentences."""
    held_out: tuple[str, ...] = ()
    """Voices that training never hears, by themselves or in a blend."""


@dataclass(frozen=True, slots=True)
class People:
    """Recordings of people and of noise; none of them are ever copied into this repository."""

    kit: str
    """Folder with ``manifest.tsv``, or empty for a model of synthetic voices only."""
    left_out: tuple[str, ...]
    """Words that training never hears from people, to measure such words."""
    dev_share: int
    """Percent of speakers kept for dev, chosen by hash."""
    fits: float = float("-inf")
    """Where a network tells when phones are spoken, recordings are left out whose speech scores less than this under
    the likeliest phones, as a natural logarithm for each frame: they do not say what their transcript says."""


@dataclass(frozen=True, slots=True)
class Network:
    """The acoustic model and how it is trained."""

    start: str
    """Folder of a model to train further; empty starts from nothing."""
    offsets: tuple[tuple[int, ...], ...]
    """Frames each layer sees of the one below, in 10 ms; ignored with ``start``."""
    width: int
    """Outputs of each hidden layer; more than ``start`` has are added to it (``training.shapes.widened``)."""
    rounds: int
    """How often alignment, features and training follow one another."""
    epochs: float
    """Passes over the features in each round."""
    minutes: float
    """Training of a round ends after so long at the latest."""
    rate: float
    """Highest learning rate."""
    batch: int
    """Chunks of 1.8 s in a step."""
    averaging: float
    """How much of the running mean of the weights each step keeps; the mean is what is written. 0 writes the last."""
    in_context: bool = False
    """Whether each phone is told apart by what stands before it (``training.phones.KINDS``)."""
    first_minutes: float = 0.0
    """``minutes`` of the first of several rounds; 0: as of the others."""
    one_fall: bool = False
    """Whether the learning rate falls once over all rounds together, by their minutes, and not in each anew."""
    aligner: str = ""
    """Folder of a model that tells when phones are spoken where weights start from nothing; empty divides evenly."""
    narrow: int = 0
    """Values between the two halves of each layer but the first (``training.shapes.factored``), of ``start`` or, where
    that is empty, from the second round on: a network has to know something first; 0 leaves layers whole."""
    added: tuple[tuple[int, ...], ...] = ()
    """Offsets of further layers that are added then, around which goes what is below (``training.shapes.deeper``)."""
    shares: tuple[float, ...] = ()
    """Of the weights of ``start`` and of each round in the finished network, 1 together: what one could do and a later
    one forgot comes back. Empty ships what was trained last."""


@dataclass(frozen=True, slots=True)
class SequenceTraining:
    """Training on whole stretches of speech after the last round (``training.sequence``); none, unless it says so."""

    minutes: float = 0.0
    """It ends after so long at the latest; 0 leaves it out."""
    epochs: float = 1.0
    """Passes over the features of the last round."""
    rate: float = 1e-4
    """Highest learning rate."""
    share: float = 0.8
    """Of the loss that whole stretches have; frames have the rest."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How recordings are made more like a gym."""

    copies_of_people: int
    """Times each recording of a person is used that is a word or two."""
    copies_of_sentences: int
    """Times each longer one is: the words in them are many, those said alone few."""
    copies_of_voices: int
    """Times each synthetic one is."""
    copies_of_natural: int
    """Times each of a natural voice is."""
    spliced: float
    """Share of the copies of a word or two whose end is cut off for that of another (``training.splice``)."""
    paused: float
    """Share of the copies of a sentence that have a pause in every second or so (``training.splice``)."""
    noise_clips: int
    """Examples of noise without a word."""
    breaths: float
    """Share of these that are made-up breathing."""
    noisy: float
    """Share that gets noise."""
    rooms: float
    """Share that gets reverberation."""
    telephone: float
    """Share cut to the band of a telephone, as earbuds' microphones deliver it."""
    talked_over: float
    """Share over which a synthetic voice talks, as the coach does through open speakers."""
    microphones: float
    """Share that is heard through another microphone (``training.augment.through_microphone``)."""
    copies_of_phrases: int = 0
    """Times each recording of a person is used that is one of ``texts.phrases`` or a number; 0: as other words."""
    most_of_a_word: int = 0
    """Copies of all recordings of any other word together, of which each is used once at least; 0: no limit."""


@dataclass(frozen=True, slots=True)
class Perturbation:
    """Shares of the chunks that are changed in each way, anew in every pass (``training.perturb``); 0 leaves it out."""

    tracts: float = 0.0
    """Share heard as from a shorter or longer vocal tract (N. Jaitly, G. Hinton, "Vocal tract length perturbation
    improves speech recognition", ICML 2013)."""
    bands: float = 0.0
    """Share in which a band of frequencies is hidden (D. Park et al., "SpecAugment", Interspeech 2019)."""
    masked: float = 0.0
    """Share in which a stretch of time is hidden, of up to 0.2 s (SpecAugment)."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a finished model is measured on, besides the recordings kept for dev."""

    script: str = "hip-hinge"
    """Whose phrases are listened for."""
    phrases: int = 2
    """Of each command so many phrases are said by every held-out voice."""
    weights: int = 15
    """So many spoken weights by every held-out voice."""
    noise: tuple[float, ...] = (20.0, 10.0, 5.0)
    """Decibels of the voice over mixed-in noise."""
    microphones: float = 6.0
    """Decibels that the curves of made-up microphones vary by, through which it is heard too; 0 leaves them out."""
    noisy_voices: int = 1
    """Held-out voices that are heard in noise, and through such microphones, too."""
    most: int = 25
    """Recordings of people for one word at the most, chosen by hash; five times as many sentences."""
    processes: int = 5
    """Fresh processes whose cost is measured; the medians count."""
    other_words: int = 400
    """Single words that are neither phrases nor decoys at the most, chosen by hash."""
    new_phrases: int = 60
    """Single words, and phrases, that dev speakers say and training never heard: so many of each are made commands."""
    readers: tuple[str, ...] = ("librispeech",)
    """Sources of whole sentences, of which stretches between two pauses are made commands, too."""
    seed: int = 11
    """Of the held-out voices' speeds and weights: the same for every version, so that two can be compared."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a model is made from."""

    seed: int
    work: str
    """Folder for what the steps make."""
    lexicon: str
    """Folder of pronunciations."""
    graph_of: str
    """Folder of a model whose graph is taken over; empty builds one from the lexicon and ``talk``."""
    model: str
    """Folder that the finished model is written to."""
    texts: Texts
    voices: Voices
    people: People
    augmentation: Augmentation
    network: Network
    talk: str = "training/words/talk.fst.txt"
    """The free grammar of a graph that is built here, as OpenFst's text."""
    conf: str = "models/voicecoach-small-en/conf"
    """Folder of Vosk's settings for features and decoding; ``training.features`` agrees with it."""
    version: int = 0
    """Number of the model, for its card."""
    evaluation: Evaluation = Evaluation()
    natural: Natural = Natural()
    perturbation: Perturbation = Perturbation()
    sequence: SequenceTraining = SequenceTraining()

    def path(self, name: str) -> Path:
        """A path of the config as one that can be opened."""
        return ROOT / name

    @property
    def phones(self) -> PhoneSet:
        """What the network tells apart."""
        return ENGLISH_IN_CONTEXT if self.network.in_context else ENGLISH

    @property
    def folder(self) -> Path:
        """The work folder."""
        return self.path(self.work)


def load_config(path: Path) -> Config:
    """Read a TOML file. Raises ConfigError for missing, unknown or wrong keys, OSError for a missing file."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    built: Config = _build(Config, table, str(path))
    return built


def _build(cls: type[Any], table: dict[str, Any], where: str) -> Any:  # noqa: ANN401 - one of the classes above
    hints = get_type_hints(cls)
    fields = dataclasses.fields(cls)
    needed = {field.name for field in fields if field.default is dataclasses.MISSING}
    wrong = (needed - set(table)) | (set(table) - {field.name for field in fields})
    if wrong:
        raise ConfigError(f"{where}: missing or unknown: {', '.join(sorted(wrong))}.")
    values = {}
    for name, value in table.items():
        kind = hints[name]
        if dataclasses.is_dataclass(kind):
            values[name] = _build(kind, value, f"{where}: [{name}]")  # type: ignore[arg-type]  # a dataclass type
        elif kind in {int, float, str, bool}:
            if not isinstance(value, (int, float) if kind is float else kind):
                raise ConfigError(f"{where}: {name} has to be {kind.__name__}, not {value!r}.")
            values[name] = kind(value)
        else:
            values[name] = tuple(tuple(v) if isinstance(v, list) else v for v in value)
    return cls(**values)
