"""What a model was made from, counted and left in its folder as ``training.json``: the model card tells it."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import soundfile

from training.clips import Clip
from training.config import Config

RECIPE = "training.json"
"""Also tells the coach that a folder's model is of this recipe (``voicecoach.hearing.model_folder.RECIPE``)."""
MOST_NAMES = 12
"""Names listed for one source."""
SPLIT = (
    "A speaker is either in training or in dev: dev are the {share} % for whom sha1(speaker) % 100 < {share}. "
    "Where a source does not name its speakers, each recording counts as one. Speakers of the acceptance set "
    "(training/people.py) are in neither."
)
SHARED = " The share of an earlier version in the weights was chosen on dev, so its figures flatter."
"""Where weights of several trainings were mixed."""


def provenance(config: Config, clips: Iterable[Clip]) -> dict[str, object]:
    """The training recordings by source and licence, with how the model was made from them."""
    start = config.network.start
    before = Path(config.path(start)) / RECIPE if start else None
    held = list(clips)
    return {
        "version": config.version,
        "starts_from": json.loads(before.read_text(encoding="utf-8")) if before and before.is_file() else None,
        "seed": config.seed,
        "rounds": config.network.rounds,
        "left_out": sorted(config.people.left_out),
        "split": SPLIT.format(share=config.people.dev_share) + (SHARED if config.network.shares else ""),
        "recordings": _counted(config, [clip for clip in held if not clip.dev]),
        "kept_for_dev": _counted(config, [clip for clip in held if clip.dev]),
    }


def _counted(config: Config, clips: Iterable[Clip]) -> list[dict[str, object]]:
    names = _attributions(config)
    groups: defaultdict[tuple[str, str, str], list[Clip]] = defaultdict(list)
    for clip in clips:
        groups[clip.kind, clip.source, clip.licence].append(clip)
    return [
        {
            "kind": kind,
            "source": source,
            "licence": licence,
            "attribution": sorted(names.get((source, licence), ()))[:MOST_NAMES],
            "clips": len(group),
            "speakers": len({clip.speaker for clip in group}),
            "minutes": round(sum(soundfile.info(config.folder / c.path).duration for c in group) / 60, 1),
        }
        for (kind, source, licence), group in sorted(groups.items())
    ]


def _attributions(config: Config) -> dict[tuple[str, str], set[str]]:
    """Whom the licences want to be named, by dataset and licence."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    if config.people.kit:
        with (config.path(config.people.kit) / "manifest.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found[row["dataset"], row["licence"]].add(row.get("attribution") or "")
    return {source: names - {"", "-"} for source, names in found.items()}


def write_provenance(config: Config, clips: Iterable[Clip]) -> None:
    """Write it into the model's folder."""
    text = json.dumps(provenance(config, clips), indent=1, ensure_ascii=False)
    (config.path(config.model) / RECIPE).write_text(text + "\n", encoding="utf-8")
