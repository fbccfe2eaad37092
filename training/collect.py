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
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from training.clips import RATE, read_sound
from training.holdings import CollectError, Files, files_of, with_header
from training.layouts import Known, Table, load_table
from training.people import is_for_acceptance

COLUMNS = ("file", "class", "label", "speaker", "seconds", "dataset", "licence", "attribution", "source")


@dataclass(frozen=True, slots=True)
class Found:
    """A recording of a source, not decoded yet."""

    data: bytes
    """The file as it is."""
    row: dict[str, str]
    """Its line of the manifest, without file and seconds."""


def recordings(source: Path, table: Table, known: Known) -> Iterator[Found]:
    """All recordings of a source that may be used. Raises CollectError where it is none of the three kinds."""
    if _has_manifest(source):
        return _of_manifest(source)
    return _of_files(files_of(source), table, known)


def _has_manifest(source: Path) -> bool:
    return (source / "manifest.tsv").is_file()


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
        yield Found(with_header(path, data), rows[path])


def collect(out: Path, sources: Sequence[Path], table: Table) -> Counter[str]:
    """Write ``out`` and its manifest; gives how many recordings each data set has there, and how many were left out.

    A source may hold nothing but transcripts of another. Raises CollectError for one with neither, OSError where
    something cannot be read or written.
    """
    beside = {one: Known({}, {}) if _has_manifest(one) else table.known(files_of(one)) for one in sources}
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
