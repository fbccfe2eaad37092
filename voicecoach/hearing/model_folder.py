"""Which recogniser model is used, and whether its folder is whole, before the library sees it.

Vosk answers a damaged folder with a segmentation fault, an abort or an exception without words; everything that is
known to bring it down is looked for here first and said as a sentence.
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.hearing.network_file import NetworkError, missing_bytes, symbols_inside

BUILT_IN = "voicecoach-small-en"
"""Name of the model that comes with the program."""
VENDORS_SMALL = "vosk-model-small-en-us-0.15"
"""Name of the vendor's model that takes over once it is installed."""
IN_USE = "in-use.txt"
"""File among the installed models with the name of the one to listen with."""

RECIPE = "training.json"
"""File that the recipe in ``training/`` leaves in every model folder that it makes."""

QUICK_BYTES = 30_000_000
"""Size of ``am/final.mdl`` up to which hearing twice is quick: 6 MB in the built-in model, 16 in the vendor's small."""

_ENDPOINT = "--endpoint.silence-phones"
"""Option without which Vosk aborts the process."""
_MARKERS = frozenset({"<eps>", "#0", "<s>", "</s>", "[unk]"})
_AGAIN = "Run `voicecoach model install` to get it again, or name another folder with --model."


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A Vosk model on disk that has been looked over."""

    path: Path
    """The folder itself."""
    words: AbstractSet[str]
    """Every word the model can hear; tens of thousands, so never copied."""
    closed_grammar: bool
    """True where the model can be held to a list of phrases; False for the large static ones, which hear freely."""

    @property
    def name(self) -> str:
        """The folder's name, ``voicecoach-small-en``."""
        return self.path.name

    @property
    def language(self) -> str:
        """Code of the language it hears."""
        return language_in(self.name)

    @property
    def built_in(self) -> bool:
        """True for the model that comes with the program."""
        return self.name == BUILT_IN

    @property
    def of_our_recipe(self) -> bool:
        """True for models that ``training/`` made, under whatever name."""
        return self.built_in or (self.path / RECIPE).is_file()

    @property
    def heard_twice(self) -> bool:
        """Whether a second hearing answers in time: 15 ms with the built-in model, 35 with the vendor's small one."""
        return self.closed_grammar and (self.path / "am/final.mdl").stat().st_size <= QUICK_BYTES

    @property
    def knows_talk(self) -> bool:
        """True where the whole vocabulary comes with a language model of everyday talk, as in the vendor's models."""
        return not self.of_our_recipe

    def knows(self, word: str) -> bool:
        """Whether a word is in the vocabulary; Vosk silently drops words that are not from a grammar."""
        return word in self.words


def built_in_model() -> Path:
    """The folder of the model that comes with the program, in a wheel as in a checkout."""
    packaged = Path(str(files("voicecoach"))) / "models" / BUILT_IN
    return packaged if packaged.is_dir() else packaged.parents[2] / "models" / BUILT_IN


def installed_models(models: Path) -> tuple[Path, ...]:
    """Folders under ``models`` that look like a Vosk model, sorted by name."""
    if not models.is_dir():
        return ()
    return tuple(sorted(p for p in models.iterdir() if not p.name.startswith(".") and (p / "am").is_dir()))


def language_in(name: str) -> str:
    """Code of the language in the name of a model, where every one of the vendor's list has it; English otherwise."""
    found = re.match(r"vosk-model-(?:small-)?([a-z]{2,3})(?:-|$)", name)
    return found[1] if found else "en"


def installed_for(language: str, models: Path) -> str | None:
    """Name of an installed model that hears a language, the last by name; None where there is none."""
    names = [path.name for path in installed_models(models) if language_in(path.name) == language]
    return names[-1] if names else None


def choose_model(wanted: str | None, models: Path | None) -> ModelFolder:
    """The model to listen with.

    ``wanted`` is a folder, the name of an installed model or of the built-in one; None takes the model installed last,
    otherwise the vendor's small one where it is in ``models``, otherwise the built-in one. Raises CoachError when it
    cannot be found or is damaged.
    """
    if wanted is None:
        return check_model_folder(_preferred(models))
    if wanted == BUILT_IN:
        return check_model_folder(built_in_model())
    named = models / wanted if models else None
    if named and named.is_dir() and Path(wanted).name == wanted:
        return check_model_folder(named)
    path = Path(wanted).expanduser()
    if not path.is_dir():
        raise CoachError(
            f"There is no model named {wanted!r}, and no folder at that path.",
            "`voicecoach model list` shows those that are there.",
        )
    return check_model_folder(path)


def _preferred(models: Path | None) -> Path:
    if models is None:
        return built_in_model()
    note = models / IN_USE
    name = note.read_text(encoding="utf-8").strip() if note.is_file() else VENDORS_SMALL
    folder = models / name
    return folder if name and Path(name).name == name and folder.is_dir() else built_in_model()


def check_model_folder(path: Path) -> ModelFolder:
    """The model in a folder. Raises CoachError naming the first file that is missing or damaged."""
    if not path.is_dir():
        raise CoachError(f"There is no model folder {path}.", _AGAIN)
    try:
        return _look_over(path)
    except (OSError, UnicodeDecodeError, struct.error) as error:
        raise CoachError(f"The model folder {path} cannot be read: {error}.", _AGAIN) from error


def _look_over(path: Path) -> ModelFolder:
    for part in ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf"):
        if not (path / part).is_file():
            raise CoachError(f"The model folder {path} has no {part}.", _AGAIN)
    _check_acoustic_model(path / "am/final.mdl")
    _check_options(path / "conf/mfcc.conf")
    _check_options(path / "conf/model.conf", needed=_ENDPOINT)
    graph = path / "graph"
    static = (graph / "HCLG.fst").is_file()
    networks = ("HCLG.fst",) if static else ("HCLr.fst", "Gr.fst")
    for network in networks:
        _check_network(graph / network)
    if not static and not (graph / "disambig_tid.int").is_file():
        raise CoachError(f"The model folder {path} has no graph/disambig_tid.int.", _AGAIN)
    words = _vocabulary(graph, networks[-1])
    words -= _MARKERS
    if not words:
        raise CoachError(f"The model folder {path} has no words: graph/words.txt is missing or empty.", _AGAIN)
    if not static:
        _check_together(path / "am/final.mdl", graph / "disambig_tid.int")
    return ModelFolder(path.resolve(), words, closed_grammar=not static)


def _check_acoustic_model(path: Path) -> None:
    """The last thing in a nnet3 file is its prior vector; a file that is cut off does not end with a whole one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(24)
        file.seek(max(0, size - 1_000_000))
        tail = file.read()
    at = tail.rfind(b"<Priors> ")
    vector = tail[at + 9 :]
    width = {b"FV": 4, b"DV": 8}.get(vector[:2], 0)
    whole = (
        head.startswith(b"\0B<TransitionModel>")
        and at >= 0
        and width > 0
        and len(vector) >= 8  # noqa: PLR2004 - type, space, size byte, int32
        and len(vector) == 8 + width * int(struct.unpack("<i", vector[4:8])[0])
    )
    if not whole:
        raise CoachError(f"{path} is damaged or only half there.", _AGAIN)


def _check_together(model: Path, numbers: Path) -> None:
    """A graph of other phones makes Vosk read past the end of its tables.

    Kaldi numbers the graph's own symbols from one past the transition-ids, for each of which the model has one log
    probability, and one more (``hmm/transition-model.cc``, ``hmm/hmm-utils.cc``).
    """
    with model.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        at = held.find(b"<LogProbs> ") + 11
        kind, size = held[at : at + 2], held[at + 4 : at + 8]
    first = min((int(line) for line in numbers.read_text(encoding="utf-8").split() if line.isdigit()), default=None)
    if kind in {b"FV", b"DV"} and first is not None and first != struct.unpack("<i", size)[0]:
        raise CoachError(f"{model} and the graph beside it do not belong together: their phones differ.", _AGAIN)


def _check_options(path: Path, needed: str = "") -> None:
    """Each line is an option or a comment; anything else makes Vosk give up without saying which line."""
    given = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.partition("#")[0].strip()
        if text and not re.fullmatch(r"--[A-Za-z0-9_.-]+(=\S*)?", text):
            raise CoachError(f"{path}:{number}: {text!r} is not an option such as --beam=10.", _AGAIN)
        given.add(text.partition("=")[0])
    if needed and needed not in given:
        raise CoachError(f"{path} lacks the option {needed}.", _AGAIN)


def _check_network(path: Path) -> None:
    if not path.is_file():
        raise CoachError(f"The model folder {path.parents[1]} has no graph/{path.name}.", _AGAIN)
    try:
        missing = missing_bytes(path)
    except (NetworkError, struct.error) as error:
        raise CoachError(f"{path} is damaged: it is not a decoding network.", _AGAIN) from error
    if missing > 0:
        raise CoachError(f"{path} is damaged or only half there: its last {missing} bytes are missing.", _AGAIN)


def _vocabulary(graph: Path, network: str) -> set[str]:
    """Words from the table inside the network, as Vosk prefers it, otherwise from words.txt."""
    try:
        inside = set(symbols_inside(graph / network))
    except NetworkError as error:
        raise CoachError(f"{graph / network} is damaged: its table of words cannot be read.", _AGAIN) from error
    if not inside and (graph / "words.txt").is_file():
        text = (graph / "words.txt").read_text(encoding="utf-8")
        pieces = text.split()
        if len(pieces) == 2 * text.count("\n"):  # a word and its number on each line, as always: five times as fast
            return set(pieces[::2])
        return set(re.findall(r"^\S+", text, re.MULTILINE))
    return inside


def measured(path: Path) -> str:
    """What was measured of a model, one line of the ``eval.json`` in its folder; empty where there is none."""
    import json  # noqa: PLC0415 - only to list models

    try:
        document = json.loads((path / "eval.json").read_text(encoding="utf-8"))
        rows = {(row["condition"], row["column"], row["what"]): row for row in document["rows"]}
        found, new = rows["quiet", "people", "recall all"], rows.get(("quiet", "new words", "recall all"))
        size, memory = document["files"]["mb"], document["cost"]["model_mb"]
        return (
            f"{size:g} MB, {memory:g} MB of memory; of people it was not trained on it hears {found['hits']} of "
            f"{found['of']} commands in quiet ({found['low']:g} to {found['high']:g} %)"
        ) + (f", of words it was not trained on {new['hits']} of {new['of']}" if new else "")
    except (OSError, ValueError, LookupError, TypeError):
        return ""
