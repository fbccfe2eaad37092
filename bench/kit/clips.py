"""Labelled recordings of a folder with a manifest, and the same in noise and in rooms."""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecoach.errors import CoachError
from voicecoach.hearing.kept import NONE, TABLE, is_kept, read_kept
from voicecoach.hearing.replay import read_blocks
from voicecoach.words.phrases import PhraseTable, normalise

Sound = npt.NDArray[np.int16]
"""Mono samples at 16 kHz."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled recording."""

    file: str
    """Path under the folder."""
    kind: str
    """Class of the manifest."""
    label: str
    """What was said, or what it is."""
    command: str | None
    """What it should lead to; None for nothing."""
    sound: Sound
    """Mono, 16 kHz."""


def read_manifest(folder: Path) -> list[dict[str, str]]:
    """The lines of ``manifest.tsv``. Raises CoachError naming the columns or the files that are missing."""
    manifest = folder / "manifest.tsv"
    try:
        with manifest.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except OSError as error:
        raise CoachError(
            f"{manifest} cannot be read: {error.strerror}.", "Name a folder with a manifest.tsv."
        ) from error
    except UnicodeDecodeError as error:
        raise CoachError(f"{manifest} is no UTF-8 text.", "Save it as UTF-8, tabs between the columns.") from error
    if not rows or not {"file", "class", "label"} <= set(rows[0]):
        raise CoachError(f"{manifest} lacks one of the columns file, class and label.", "Its first line names them.")
    short = [number for number, row in enumerate(rows, 2) if not (row["file"] and row["class"] and row["label"])]
    if short:
        raise CoachError(
            f"{manifest}:{short[0]}: a line without file, class or label.", "Tabs part the columns; a dash is a label."
        )
    missing = [row["file"] for row in rows if wanted(row) and not (folder / row["file"]).is_file()]
    if missing:
        raise CoachError(
            f"{manifest} names {len(missing)} files that are not there: {', '.join(missing[:5])}.", "Take them out."
        )
    return rows


def wanted(row: dict[str, str]) -> bool:
    """Whether a line is a recording to be heard, or a room."""
    return row["class"].startswith(("pos", "neg")) or row["class"] == "rir"


def read_clips(
    folder: Path, table: PhraseTable, every: int = 1, part: str | None = None, more: frozenset[str] = frozenset()
) -> tuple[list[Clip], list[Sound]]:
    """The recordings and the room responses of a folder, of one part only where ``part`` is ``dev`` or ``test``.

    ``every`` keeps only each Nth of the single words; what ``more`` names is said as a command, whatever its class.
    Raises CoachError for a manifest or a file that cannot be read.
    """
    if is_kept(folder):
        return labelled(folder, table, part), []
    clips: list[Clip] = []
    rooms: list[Sound] = []
    for number, row in enumerate(row for row in read_manifest(folder) if wanted(row)):
        if row["class"] == "rir":
            rooms.append(read_sound(folder / row["file"]))
            continue
        if part is not None and part_of(row) != part:
            continue
        if number % every == 0 or not row["class"].endswith(("word", "command", "digit")):
            said = row["class"].startswith("pos") or normalise(row["label"]) in more
            phrase = table.find(row["label"]) if said else None
            command = phrase.command if phrase is not None and not phrase.ignored else None
            clips.append(Clip(row["file"], row["class"], row["label"], command, read_sound(folder / row["file"])))
    if not clips:
        raise CoachError(f"{folder} holds no recording to hear.", "A class begins with pos or neg; see the manifest.")
    return clips, rooms


def labelled(folder: Path, table: PhraseTable, part: str | None = None) -> list[Clip]:
    """The utterances that a session kept and somebody labelled: with a command, one of its phrases, or ``none``.

    Lines without a label are left out. Raises CoachError for a label that is none of these, or where there is none.
    """
    commands = {phrase.command for phrase in table.phrases if not phrase.ignored}
    clips: list[Clip] = []
    for number, row in enumerate(read_kept(folder), 2):
        if not row.label or (part is not None and part_of({"file": row.file}) != part):
            continue
        phrase = table.find(row.label)
        command = phrase.command if row.label not in commands and phrase is not None else row.label
        if command not in {*commands, NONE}:
            raise CoachError(
                f"{folder / TABLE}:{number}: there is no command {row.label!r} in this script.",
                f"A label is {NONE!r}, or one of: {', '.join(sorted(commands))}.",
            )
        wanted_command = None if command == NONE else command
        kind = "neg_kept" if wanted_command is None else "pos_kept"
        clips.append(Clip(row.file, kind, command, wanted_command, read_sound(folder / row.file)))
    if not clips:
        raise CoachError(f"{folder / TABLE} has no labelled line.", f"Write a command or {NONE!r} as the label.")
    return clips


def part_of(row: dict[str, str]) -> str:
    """``dev`` or ``test``, half of the speakers each; where the manifest names none, of the files."""
    speaker = row.get("speaker") or "-"
    whose = row["file"] if speaker == "-" or speaker.endswith("unknown") else speaker
    return "dev" if hashlib.sha256(whose.encode()).digest()[0] % 2 else "test"


def read_sound(path: Path) -> Sound:
    """A whole recording, mono at 16 kHz. Raises CoachError where it cannot be read."""
    return np.concatenate([*read_blocks(path), np.zeros(0, np.int16)])


def clipped(sound: npt.NDArray[np.float64]) -> Sound:
    """Back to 16 bits."""
    return np.clip(sound, -32768, 32767).astype(np.int16)


def loudness(sound: npt.NDArray[np.floating]) -> float:
    """Root mean square of what is louder than a tenth of the peak, in the samples' own unit; 1 for silence."""
    loud = sound[np.abs(sound) > 0.1 * np.abs(sound).max(initial=1)]
    return float(math.sqrt(np.mean(np.square(loud)))) if len(loud) else 1.0


def with_noise(clips: Sequence[Clip], db: float) -> list[Clip]:
    """The positive clips and words with a stretch of noise ``db`` under the voice; other classes are left out."""
    noises = [clip.sound.astype(np.float64) for clip in clips if clip.kind == "neg_noise"]
    if not noises:
        raise CoachError("The folder has no class neg_noise to mix in.", "Leave --noise out.")
    random = np.random.default_rng(1)
    mixed = []
    for clip in clips:
        if clip.command is None and not clip.kind.startswith("neg_word"):
            continue
        voice = clip.sound.astype(np.float64)
        noise = noises[int(random.integers(len(noises)))]
        lead = 16_000
        start = int(random.integers(max(1, len(noise) - len(voice) - lead)))
        stretch = np.resize(noise[start:], len(voice) + lead)
        scale = loudness(voice) / (stretch.std() + 1) * 10 ** (-db / 20)
        sound = np.concatenate([np.zeros(lead), voice]) + stretch * scale
        mixed.append(Clip(clip.file, clip.kind, clip.label, clip.command, clipped(sound)))
    return mixed


def in_rooms(clips: Sequence[Clip], rooms: Sequence[Sound]) -> list[Clip]:
    """The positive clips as they sound in a room, each in one of the rooms in turn."""
    if not rooms:
        raise CoachError("The folder has no class rir.", "Leave --rooms out.")
    echoing = []
    for number, clip in enumerate(clip for clip in clips if clip.command is not None):
        response = rooms[number % len(rooms)].astype(np.float64)
        response /= np.abs(response).max()
        sound = np.convolve(clip.sound.astype(np.float64), response)
        sound *= np.abs(clip.sound).max(initial=1) / (np.abs(sound).max() + 1e-9)
        echoing.append(Clip(clip.file, clip.kind, clip.label, clip.command, clipped(sound)))
    return echoing
