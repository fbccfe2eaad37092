"""What the trainee has to lift, from the settings; ``training`` plans with it, ``equipment`` and ``doctor`` tell it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from voicecoach.app.settings import FILE, Settings, settings_text
from voicecoach.drills.equipment import NONE, Trainee, read_equipment, write_loads
from voicecoach.errors import CoachError
from voicecoach.journal.disk import RealDisk, reason, remedy, replace

LISTS = ("kettlebells", "dumbbells", "bar", "plates")
"""Settings that name loads."""
KEYS = ("unit", *LISTS, "without", "trainee")
"""Settings about the trainee and what they have."""
PEOPLE = ("", "man", "woman")


def trainee_of(settings: Settings) -> Trainee:
    """Who trains, and with what. Raises CoachError, naming the setting, for what makes no sense."""
    if settings.trainee not in PEOPLE:
        raise CoachError(f"trainee = {settings.trainee!r} is not known.", 'Write trainee = "man" or "woman".')
    given = {key: getattr(settings, key) for key in KEYS if key != "trainee"}
    try:
        return Trainee(read_equipment(**given), settings.trainee == "man")
    except ValueError as error:
        raise CoachError(
            f"In the settings, {error}.", "`voicecoach equipment --help` shows how it is written."
        ) from error


def describe(trainee: Trainee) -> list[str]:
    """What there is, one line each."""
    has = trainee.equipment
    lines = [f"unit         {has.unit or 'as last time, or as the script says'}"]
    if not has.named:
        lines.append("loads        not said: every load of a script is taken to be there")
    else:
        lines += [
            f"kettlebells  {write_loads(has.kettlebells or ())}",
            f"dumbbells    {write_loads(has.dumbbells or ())}",
            f"bar          {write_loads((has.bar,)) if has.bar else NONE}",
        ]
        if has.plates:
            lines.append(f"plates       {write_loads(has.plates)}, a pair of each")
    if has.without:
        lines.append(f"without      {', '.join(sorted(has.without))}")
    return lines


def change(folder: Path, changes: Mapping[str, str]) -> Settings:
    """Write settings into the file of a folder, each in its own line; an empty text takes the line away.

    What else stands in the file stays as it is, and a link one. Nothing is written where the whole would make no sense,
    or the file cannot be read or written: then CoachError says what. Returns the settings as they are now.
    """
    path = folder / FILE
    old = settings_text(folder)
    first = re.search(r"^[ \t]*\[", old, re.MULTILINE)  # what stands below a [table] belongs to it
    text, tables = (old[: first.start()], old[first.start() :]) if first else (old, "")
    for key, value in changes.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}\n" if value else ""
        pattern = re.compile(rf"^{key}[ \t]*=.*(?:\n|\Z)", re.MULTILINE)
        if pattern.search(text):
            text = pattern.sub(line.replace("\\", r"\\"), text, count=1)
        elif line:
            text = _with_line(text, line)
    text += tables
    settings = Settings.of(text, path)
    trainee_of(settings)
    if text != old:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            replace(path, text.encode(), RealDisk())
        except OSError as error:
            raise CoachError(f"{path} cannot be written: {reason(error)}.", remedy(error, folder)) from error
    return settings


def _with_line(text: str, line: str) -> str:
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}"
