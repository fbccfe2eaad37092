"""Recordings of people and noise from a folder with a manifest: who trains, who measures, and who is left alone.

Speakers of the acceptance set are never read: of Google Speech Commands those whose hash falls into its share, and all
of the recordings that the acceptance set is made of. Nothing is copied: clips keep their place in the kit.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from training.clips import Clip
from training.texts import without

_TRAINING_PARTS, _PARTS = 2, 5
"""Of five parts of the speakers of Speech Commands, two are for training and dev, three for acceptance."""
ACCEPTANCE = frozenset({"free-spoken-digit-dataset", "wake-word-benchmark", "speech-to-phrase"})
"""Datasets that only the acceptance set uses."""


def is_for_acceptance(speaker: str, dataset: str) -> bool:
    """Whether a recording must not be trained or tuned on; Speech Commands' speakers are 8 hex digits."""
    if dataset in ACCEPTANCE:
        return True
    found = re.fullmatch(r"(?:gsc-)?([0-9a-f]{8})", speaker)
    return found is not None and _hash(found[1]) % _PARTS >= _TRAINING_PARTS


def is_dev(speaker: str, percent: int) -> bool:
    """Whether a speaker is kept out of training, for choosing and measuring."""
    return int(hashlib.sha1(speaker.encode(), usedforsecurity=False).hexdigest(), 16) % 100 < percent


def is_unheard(speaker: str, dataset: str, percent: int) -> bool:
    """Whether a recording of the manifest is by somebody whom the source names and whom training never hears."""
    return is_named(speaker) and is_dev(speaker, percent) and not is_for_acceptance(speaker, dataset)


def is_named(speaker: str) -> bool:
    """Whether the manifest says who speaks."""
    return not speaker.endswith("unknown")


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def read_people(kit: Path, left_out: Collection[str], dev_percent: int) -> list[Clip]:
    """The clips of a kit that may be used. Words in ``left_out`` go to dev, whoever says them.

    Longer recordings in which one of them is said are not used at all, since their speakers may be in training. Where
    the source does not name the speaker, each recording counts as one, so that dev and training may share a voice
    there: only named speakers are fit for measuring. Raises OSError where there is no manifest.
    """
    clips = []
    with (kit / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            clip = _clip(kit, row, left_out, dev_percent)
            if clip is not None:
                clips.append(clip)
    return clips


def _clip(kit: Path, row: dict[str, str], left_out: Collection[str], dev_percent: int) -> Clip | None:
    kind, label, speaker = row["class"], row["label"], row["speaker"]
    if kind == "rir" or is_for_acceptance(speaker, row["dataset"]):
        return None
    path = str(kit / row["file"])
    dataset, licence = row["dataset"], row["licence"]
    if kind in {"neg_noise", "neg_music"}:
        return Clip(path, "", row["file"], "noise", is_dev(row["file"], dev_percent), dataset, licence)
    text = " ".join(re.sub(r'[-.,;:!?"()]', " ", label.lower()).split())
    if not re.fullmatch(r"[a-z' ]+", text):
        return None  # no transcript, or one that would have to be guessed
    if text not in left_out and not without(left_out, [text]):
        return None
    who = speaker if is_named(speaker) else row["file"]
    dev = is_dev(who, dev_percent) or text in left_out
    return Clip(path, text, who, "person", dev, dataset, licence)
