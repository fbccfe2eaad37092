"""Scripts of the user's own: where a new one goes, and the files that editors need beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from voicecoach.app.homes import Homes
from voicecoach.app.safekeeping import write_afresh
from voicecoach.drills.diagnostics import quoted, shown_path
from voicecoach.drills.json_schema import json_schema
from voicecoach.drills.kinds import KINDS
from voicecoach.drills.library import Library, same_name, search_folders
from voicecoach.drills.template import copy_of, file_name, spoken_name
from voicecoach.errors import CoachError

HERE = Path("scripts")
"""The folder of scripts in the current one."""


@dataclass(frozen=True, slots=True)
class NewScript:
    """A script that was just written."""

    kind: str
    """``drill``, ``programme``, ``flow`` or ``cues``."""
    name: str
    """Name as spoken."""
    path: Path
    """The file."""
    hides: Path | None
    """The script of the same name that is no longer used; None where there is none."""


def own_folder(homes: Homes) -> Path:
    """Where the user's new scripts go: ``./scripts`` where there is one, otherwise the user's own folder."""
    return HERE if HERE.is_dir() else homes.scripts


def new_script(wanted: str, template: str, homes: Homes) -> NewScript:
    """Copy a script under a new name, explained, into the user's scripts.

    Raises CoachError for a name that is taken or cannot be spoken, a template that is not there or has errors, and a
    folder that cannot be written.
    """
    folder = own_folder(homes)
    library = Library(search_folders(homes.scripts))
    name = spoken_name(wanted)
    copy = copy_of(library.find(template), name, library)
    path = folder / file_name(copy.kind, name)
    same = [entry for entry in library.names() if entry.is_called(name) or same_name(entry.path.stem) == path.stem]
    there = next((entry.path for entry in same if entry.path.parent.resolve() == path.parent.resolve()), None)
    if there is not None:
        raise CoachError(f"{quoted(name)} is there already: {shown_path(there)}", "Choose another name, or change it.")
    other = next((entry for entry in same if entry.kind != copy.kind), None)
    if other is not None:
        raise CoachError(f"There is a {other.kind or 'file'} called {quoted(other.name)} already.", "Choose another.")
    hidden = next((entry.path for entry in same if not entry.shadowed), None)
    write_schema(folder)  # before the script, which would be in the way of a second try
    write_new(path, copy.text)
    return NewScript(copy.kind, name, path, hidden)


def write_new(path: Path, text: str) -> None:
    """Write a text file that must not exist. Raises CoachError where it does, or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise CoachError(f"{shown_path(path)} is there already.", "Choose another name, or remove it.") from None
    except OSError as error:
        raise CoachError(f"{shown_path(path)} cannot be written: {error.strerror}.", "Look at the folder.") from error


def write_schema(folder: Path) -> None:
    """Write this version's JSON Schema beside scripts, where their first line tells editors to look for it."""
    for kind in KINDS:
        path = folder / "schema" / f"{kind}.json"
        data = (json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n").encode()
        try:
            if path.is_file() and path.read_bytes() == data:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            write_afresh(path, data)
        except OSError as error:
            message = f"{shown_path(path)} cannot be written: {error.strerror}."
            raise CoachError(message, "Look at the folder.") from error
