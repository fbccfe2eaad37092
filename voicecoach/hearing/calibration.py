"""What a calibration has learnt about a microphone, what follows from it, and where it is kept: one file a device."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.hearing.tuning import Tuning

MARGIN_DB = 12.0
"""A voice closer than this to the room is hard to hear; and one further than this under the trainee's is another's."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learnt about one microphone; levels in dB below full scale."""

    device: str
    """Name of the device."""
    room: float
    """Level that the room stays under nine tenths of the time while nobody speaks."""
    voice: float
    """Level of the quietest phrase that was said."""
    heard: Mapping[str, int]
    """How often each phrase was understood, of three times."""
    day: str = ""
    """When, as an ISO date; empty where the file is older than that."""

    @property
    def clear(self) -> float:
        """How far the voice stands out of the room, in dB."""
        return self.voice - self.room

    @property
    def when(self) -> str:
        """The day for a reader: ``calibrated on 3 March 2026``."""
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            return "calibrated"
        return f"calibrated on {day.day} {day:%B %Y}"

    def tuning(self, plain: Tuning) -> Tuning:
        """Thresholds for this microphone: a third of the way from room to voice, and 12 dB under the voice.

        The limits keep a bad calibration from closing the ears; a safety phrase never becomes harder to say by it.
        """
        above = min(plain.above_floor * 2, max(3.0, self.clear / 3))
        return replace(
            plain,
            above_floor=above,
            above_floor_safety=min(plain.above_floor_safety, above - 3.0),
            quietest=min(-40.0, self.voice - MARGIN_DB),
        )


def _file(folder: Path, device: str) -> Path:
    return folder / f"{re.sub(r'[^A-Za-z0-9]+', '-', device).strip('-').lower() or 'default'}.json"


def save_calibration(calibration: Calibration, folder: Path) -> Path:
    """Keep it, one file a device; returns the file. Raises CoachError where it cannot be written."""
    path = _file(folder, calibration.device)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(calibration), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CoachError(f"{path} cannot be written: {error.strerror}.", "Check its permissions.") from error
    return path


def load_calibration(folder: Path, device: str) -> Calibration | None:
    """What is known of a device; None where it was never calibrated or the file cannot be read."""
    return _read(_file(folder, device))


def calibrations(folder: Path) -> tuple[Calibration, ...]:
    """Every calibration that is kept, by device."""
    found = [_read(path) for path in sorted(folder.glob("*.json"))]
    return tuple(one for one in found if one is not None)


def _read(path: Path) -> Calibration | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Calibration(
            str(data["device"]),
            float(data["room"]),
            float(data["voice"]),
            {str(phrase): int(times) for phrase, times in dict(data["heard"]).items()},
            str(data.get("day", "")),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
