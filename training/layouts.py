"""What ``sources.toml`` says of data sets: where their recordings lie, what is said in them, by whom, how licensed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from training.holdings import Files
from training.people import is_for_acceptance
from training.texts import SMALL

DIGITS = ("zero", *SMALL)
SOURCES = Path(__file__).parent / "sources.toml"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a data set keeps its recordings, wherever it was copied to."""

    dataset: str
    licence: str
    attribution: str
    """Whom the licence wants to be named."""
    files: re.Pattern[str]
    """Searched in a path; has the group ``label``, or ``key`` where there are transcripts, perhaps ``speaker``."""
    speaker: str
    """The manifest's speaker, from the group ``speaker`` or, where the path does not tell, what ``Speakers`` says."""
    words: dict[str, str] = field(default_factory=dict)
    """What is said, where the group ``label`` is no word but a number for one."""


@dataclass(frozen=True, slots=True)
class Transcripts:
    """Where a data set's texts are, which need not be where its recordings are."""

    dataset: str
    """Whose."""
    files: re.Pattern[str]
    """Searched in a path: files that say, line by line, what is said."""
    line: re.Pattern[str]
    """A line of theirs; has the groups ``key``, as a layout's ``files`` has it, and ``label``."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Where it stands who speaks, for a data set whose paths do not tell."""

    dataset: str
    """Whose."""
    files: re.Pattern[str]
    """Searched in a path."""
    entry: re.Pattern[str]
    """Found in such a file again and again; has the groups ``key``, as a layout's ``files`` has it, and ``speaker``."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands beside recordings, by data set and key."""

    said: dict[tuple[str, str], str]
    """What is said, lower case."""
    speakers: dict[tuple[str, str], str]
    """Who says it."""


@dataclass(frozen=True, slots=True)
class Table:
    """What ``sources.toml`` says."""

    layouts: tuple[Layout, ...]
    transcripts: tuple[Transcripts, ...]
    speakers: tuple[Speakers, ...]
    classes: dict[str, str]
    """Class of a label; ``neg_word`` for those that are not in it."""

    def row(self, path: str, source: str, known: Known) -> dict[str, str] | None:
        """The manifest's line for a path of a source, None for what is no known recording or not ours to use."""
        for layout in self.layouts:
            match = layout.files.search(path)
            if match is None:
                continue
            found = match.groupdict()
            at = (layout.dataset, found.get("key", ""))
            label = found["label"].replace("_", " ") if "label" in found else known.said.get(at, "")
            label = layout.words.get(label, label)
            speaker = layout.speaker.format(**{"speaker": known.speakers.get(at, "unknown"), **found})
            if not label or is_for_acceptance(speaker, layout.dataset):
                return None
            return {
                "class": self.classes.get(label, "neg_word" if "label" in found else "neg_speech"),
                "label": label.lower(),
                "speaker": speaker,
                "dataset": layout.dataset,
                "licence": layout.licence,
                "attribution": layout.attribution,
                "source": f"{source}: {path}",
            }
        return None

    def known(self, files: Files) -> Known:
        """What the transcripts and lists of speakers of a source say."""
        found = Known({}, {})
        texts = {path: one for path in files.paths for one in self.transcripts if one.files.search(path)}
        for path, data in files.read(texts):
            for line in data.decode("utf-8", "replace").splitlines():
                match = texts[path].line.search(line)
                if match is not None:
                    found.said[texts[path].dataset, match["key"]] = _put_together(match["label"]).strip().lower()
        lists = {path: one for path in files.paths for one in self.speakers if one.files.search(path)}
        for path, data in files.read(lists):
            for match in lists[path].entry.finditer(data.decode("utf-8", "replace")):
                found.speakers[lists[path].dataset, match["key"]] = match["speaker"].strip()
        return found


def _put_together(text: str) -> str:
    """A text as words: some are in the pieces of a recogniser, in which ``\u2581`` begins a word, some are digits."""
    if text.isdigit():
        return " ".join(DIGITS[int(digit)] for digit in text)
    return text.replace(" ", "").replace("\u2581", " ") if "\u2581" in text else text


def load_table(path: Path = SOURCES) -> Table:
    """Read the layouts of the data sets that are known."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    patterns = ("files", "line", "entry")
    sources, transcripts, speakers = (
        [{key: re.compile(value) if key in patterns else value for key, value in row.items()} for row in table[name]]
        for name in ("source", "transcripts", "speakers")
    )
    return Table(
        tuple(Layout(**row) for row in sources),
        tuple(Transcripts(**row) for row in transcripts),
        tuple(Speakers(**row) for row in speakers),
        {label: kind for kind, labels in table["classes"].items() for label in labels},
    )
