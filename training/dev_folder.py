"""A folder for ``voicecoach bench`` of the people whom training never hears: ``python -m training.dev_folder KIT OUT``.

OUT holds only a ``manifest.tsv`` that names KIT's files: dev speakers whom the source names, at most ``--most``
recordings of a word, ``--words`` of words that are no command and ``--sentences`` sentences, chosen by hash, and the
noise and rooms to hear them in. A word that the script listens for is a command there, whatever class it has in KIT.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from training.people import is_unheard
from training.trials import Phrases
from voicecoach.words.phrases import PhraseTable, normalise

_SOUNDS = ("neg_noise", "neg_music", "rir")
_SENTENCE = 3
"""Words of a sentence at least: shorter ones may be half of a phrase."""
Row = Mapping[str, str]


def of_dev(
    rows: Iterable[Row], dev_share: int, most: int, words: int, sentences: int, table: PhraseTable
) -> Iterator[Row]:
    """The lines of a kit's manifest that may be measured on."""
    said: defaultdict[str, list[Row]] = defaultdict(list)
    for known in rows:
        row = {**known, "label": normalise(known["label"])}
        phrase = table.find(row["label"])
        if phrase is not None and not phrase.ignored:
            row["class"] = "pos_command"
        if row["class"] in _SOUNDS:
            yield known
        elif is_unheard(row["speaker"], row["dataset"], dev_share) and (
            row["class"] != "neg_speech" or len(row["label"].split()) >= _SENTENCE
        ):
            said["" if " " in row["label"] else row["label"]].append(row)
    kept = [row for label, group in said.items() for row in sorted(group, key=_by_file)[: most if label else sentences]]
    others = sorted((row for row in kept if row["class"] == "neg_word"), key=_by_file)[words:]
    left = {row["file"] for row in others}
    yield from (row for row in kept if row["file"] not in left)


def _by_file(row: Row) -> bytes:
    return hashlib.sha256(row["file"].encode()).digest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the manifest and say how many recordings it names."""
    parser = argparse.ArgumentParser(prog="python -m training.dev_folder", description="People training never hears.")
    parser.add_argument("kit", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--script", default="hip-hinge", help="whose phrases are commands")
    parser.add_argument("--dev-share", type=int, default=15, help="percent, as in the config")
    parser.add_argument("--most", type=int, default=60, help="recordings of each word")
    parser.add_argument("--words", type=int, default=300, help="recordings of words that are no command")
    parser.add_argument("--sentences", type=int, default=200)
    given = parser.parse_args(arguments)
    try:
        with (given.kit / "manifest.tsv").open(encoding="utf-8", newline="") as file:
            table = Phrases(given.script, None).table
            kit_rows = csv.DictReader(file, delimiter="\t")
            rows = list(of_dev(kit_rows, given.dev_share, given.most, given.words, given.sentences, table))
        given.out.mkdir(parents=True, exist_ok=True)
        kit = os.path.relpath(given.kit, given.out)
        with (given.out / "manifest.tsv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else ["file"], delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "file": f"{kit}/{row['file']}"} for row in rows)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(rows)} recordings\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
