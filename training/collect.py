"""Makes the one folder of recordings that training reads, ``build/audio``, from many.

    python -m training.collect OUT SOURCE [SOURCE ...]

A SOURCE is a folder with ``manifest.tsv``, or a folder or bare git repository with recordings where ``sources.toml``
expects them: either a path tells what is said, or a file of transcripts does, beside the recordings or in another
source. Recordings of the acceptance set are left where they are, and a sound that several sources hold is taken once,
from the first. What is written is FLAC, mono, 16 kHz, and a manifest that names the source of each.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from training.clips import RATE, read_sound
from training.people import is_for_acceptance
from training.texts import SMALL

DIGITS = ("zero", *SMALL)
SOURCES = Path(__file__).parent / "sources.toml"
COLUMNS = ("file", "class", "label", "speaker", "seconds", "dataset", "licence", "attribution", "source")


class CollectError(ValueError):
    """A source that holds nothing that is known here, or cannot be read."""


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
class Found:
    """A recording of a source, not decoded yet."""

    data: bytes
    """The file as it is."""
    row: dict[str, str]
    """Its line of the manifest, without file and seconds."""


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


def recordings(source: Path, table: Table, known: Known) -> Iterator[Found]:
    """All recordings of a source that may be used. Raises CollectError where it is none of the three kinds."""
    if _has_manifest(source):
        return _of_manifest(source)
    return _of_files(_files_of(source), table, known)


def _has_manifest(source: Path) -> bool:
    return (source / "manifest.tsv").is_file()


def _files_of(source: Path) -> Files:
    if (source / "HEAD").is_file() and (source / "objects").is_dir():
        return _Repository(source)
    if source.is_dir():
        return _Folder(source)
    raise CollectError(f"{source} is no folder.")


def _of_manifest(source: Path) -> Iterator[Found]:
    with (source / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if not is_for_acceptance(row["speaker"], row["dataset"]):
                kept = {name: row.get(name) or "" for name in COLUMNS if name not in {"file", "seconds"}}
                if row.get("source_repo"):
                    kept["source"] = f"{row['source_repo']}: {row.get('source_path', '')}"
                yield Found((source / row["file"]).read_bytes(), kept)


def _of_files(files: Files, table: Table, known: Known) -> Iterator[Found]:
    rows = {path: row for path in files.paths if (row := table.row(path, files.name, known)) is not None}
    for path, data in files.read(rows):
        yield Found(_with_header(path, data), rows[path])


def _with_header(path: str, data: bytes) -> bytes:
    """The two formats of telephone prompts that have no header, as wav: 16-bit samples at 16 kHz, and GSM at 8 kHz."""
    held = io.BytesIO()
    if path.endswith(".sln16"):
        soundfile.write(held, np.frombuffer(data[: len(data) // 2 * 2], "<i2"), RATE, "PCM_16", format="WAV")
    elif path.endswith(".gsm"):
        sound, rate = soundfile.read(
            io.BytesIO(data), format="RAW", subtype="GSM610", samplerate=8_000, channels=1, dtype="int16"
        )
        soundfile.write(held, sound, rate, "PCM_16", format="WAV")
    else:
        return data
    return held.getvalue()


class Files(Protocol):
    """Where recordings lie."""

    name: str
    """For the manifest."""
    paths: Sequence[str]
    """All there are."""

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What is in them; those that are listed and cannot be had are passed over."""


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder, self.name = folder, folder.name
        self.paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path in wanted:
            yield path, (self._folder / path).read_bytes()


class _Repository:
    """The newest commit of a bare git repository. Raises CollectError where git cannot list it."""

    def __init__(self, folder: Path) -> None:
        self._git = ("git", "--git-dir", str(folder))
        listed = subprocess.run([*self._git, "ls-tree", "-r", "-z", "HEAD"], capture_output=True, check=False)
        if listed.returncode:
            raise CollectError(f"{folder}: {listed.stderr.decode(errors='replace').strip()}")
        named = next(one for one in (folder, *folder.parents) if one.name not in {"repo", ".git"})
        name = named.name.removesuffix(".git")
        self.name, self._blobs = name.replace("+", "/"), {}
        for line in filter(None, listed.stdout.decode("utf-8", "surrogateescape").split("\0")):
            about, path = line.split("\t", 1)
            self._blobs[path] = about.split()[2]
        self.paths = list(self._blobs)

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        with subprocess.Popen(
            [*self._git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as reader:
            if reader.stdin is None or reader.stdout is None:
                raise CollectError(f"{self.name}: git gives nothing.")
            for path in wanted:
                reader.stdin.write(f"{self._blobs[path]}\n".encode())
                reader.stdin.flush()
                head = reader.stdout.readline().split()
                if len(head) == 3:  # noqa: PLR2004 - name, type and size; "NAME missing" where a mirror lacks the file
                    yield path, reader.stdout.read(int(head[2]))
                    reader.stdout.read(1)


def collect(out: Path, sources: Sequence[Path], table: Table) -> Counter[str]:
    """Write ``out`` and its manifest; gives how many recordings each data set has there, and how many were left out.

    A source may hold nothing but transcripts of another. Raises CollectError for one with neither, OSError where
    something cannot be read or written.
    """
    beside = {one: Known({}, {}) if _has_manifest(one) else table.known(_files_of(one)) for one in sources}
    known = Known({}, {})
    for one in beside.values():
        known.said.update(one.said)
        known.speakers.update(one.speakers)
    counts: Counter[str] = Counter()
    seen: set[bytes] = set()
    rows = []
    for source in sources:
        before = sum(counts.values())
        for found in recordings(source, table, known):
            try:
                sound = np.clip(np.round(read_sound(io.BytesIO(found.data))), -32_768, 32_767).astype(np.int16)
            except soundfile.LibsndfileError:
                counts["unreadable"] += 1
                continue
            mark = hashlib.sha256(sound.tobytes()).digest()
            if mark in seen:
                counts["the same sound again"] += 1
                continue
            seen.add(mark)
            row = found.row
            folder = re.sub(r"[^a-z0-9]+", "_", row["label"].lower())[:40] or "sound"
            file = f"{row['class']}/{folder}/{mark.hex()[:12]}.flac"
            (out / file).parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(out / file, sound, RATE, subtype="PCM_16")
            rows.append({"file": file, "seconds": f"{len(sound) / RATE:.3f}", **row})
            counts[row["dataset"]] += 1
        if sum(counts.values()) == before and not beside[source].said:
            raise CollectError(f"{source} holds no recording that sources.toml knows and the split permits.")
    with (out / "manifest.tsv").open("w", encoding="utf-8", newline="") as manifest:
        writer = csv.DictWriter(manifest, COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Collect, and say what came of it."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if len(given) < 2:  # noqa: PLR2004 - OUT and one source
        sys.stderr.write("python -m training.collect OUT SOURCE [SOURCE ...]\n")
        return 2
    try:
        counts = collect(Path(given[0]), [Path(one) for one in given[1:]], load_table())
    except (CollectError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{count:6} {name}\n" for name, count in sorted(counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
