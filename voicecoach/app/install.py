"""Scripts from somebody else become the user's own: checked and shown before a single file is written."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.app.homes import Homes
from voicecoach.app.parcel import open_parcel
from voicecoach.app.safekeeping import write_afresh
from voicecoach.app.sentences import COUNTS, sentences_of
from voicecoach.app.sharing import HERE, write_schema
from voicecoach.app.training import Vocabulary
from voicecoach.drills.check import check_paths
from voicecoach.drills.diagnostics import Diagnostic, clean, quoted, render_all, shown_path
from voicecoach.drills.flow import Flow
from voicecoach.drills.library import Library, same_name, search_folders
from voicecoach.drills.load import load_script
from voicecoach.drills.model import CueList, Drill, Programme
from voicecoach.drills.template import file_name, modeline_for
from voicecoach.errors import CoachError
from voicecoach.words.language import Language

MODELINES = re.compile(r"^\s*#.*(?:yaml-language-server|\bvim?:|\bex:|-\*-|Local Variables:).*\n", re.MULTILINE)
"""Comments that editors obey: they could fetch a schema from anywhere, or change how the editor works."""
INSTALLED = re.compile(r"^# Installed from (.+)\.$", re.MULTILINE)
"""The comment that says where a script came from."""
KINDS_OF = {"drill": Drill, "programme": Programme, "flow": Flow, "cues": CueList, "language": Language}
"""What each kind of script becomes."""
SHOWN_NAME = 80
"""Characters of a parcel's name."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One script of a parcel, checked and not yet written."""

    kind: str
    """``drill``, ``programme``, ``flow`` or ``cues``."""
    name: str
    """Name as spoken."""
    path: Path
    """Where it will be."""
    text: str
    """What will be written."""
    says: tuple[str, ...]
    """Every text that stands in it, a first session's values filled in; with what the voice is given, where that is
    something else."""
    hears: Mapping[str, tuple[str, ...]]
    """Phrases that it adds, by command."""
    asks: tuple[str, ...]
    """What it asks for about the voice, ``engine piper``."""
    hides: Path | None
    """The script of the same name that is used until now."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything that is to be installed."""

    arrivals: tuple[Arrival, ...]
    """Its scripts."""
    warnings: tuple[Diagnostic, ...]
    """What hardly works as meant."""


def unpack(source: str, homes: Homes, ear: Vocabulary | None = None) -> Parcel:
    """Read, check and describe the scripts of a file, folder or zip; writes nothing that stays.

    Raises CoachError for whatever ``open_parcel`` refuses, and with every error of the scripts.
    """
    files = open_parcel(source)
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        stage = Path(folder)
        for name, data in files.items():
            path = stage / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        known = search_folders(homes.scripts)
        library = Library((stage, *known))
        words = ear.words if ear is not None else frozenset()
        found = check_paths([stage / name for name in files], library, vocabulary=words)
        found = [replace(d, file=d.file.removeprefix(f"{shown_path(stage)}{os.sep}")) for d in found]
        errors = [d for d in found if d.severity == "error"]
        if errors:
            raise CoachError(render_all(errors), "Nothing was installed. Tell whoever made it.")
        origin = clean(Path(source).name or Path(source).resolve().name)[:SHOWN_NAME]
        arrivals = [_arrival(stage / name, library, Library(known), homes, origin) for name in files]
    taken: set[Path] = set()
    for arrival in arrivals:
        if arrival.path in taken:
            raise CoachError(f"Two scripts are called {quoted(arrival.name)}.", "Nothing was installed.")
        taken.add(arrival.path)
    return Parcel(tuple(arrivals), tuple(found))


def put_away(parcel: Parcel, homes: Homes, *, over: bool = False) -> None:
    """Write the scripts of a parcel into the user's folder, all or none where one is there already and not ``over``.

    Raises CoachError where that is so, or the folder cannot be written.
    """
    there = [arrival for arrival in parcel.arrivals if arrival.path.exists() or arrival.path.is_symlink()]
    if there and not over:
        hint = "Nothing was installed. With --replace yours are written over."
        raise CoachError(f"You have {', '.join(quoted(arrival.name) for arrival in there)} already.", hint)
    write_schema(homes.scripts)
    parts = [(arrival.path.with_suffix(".part"), arrival) for arrival in parcel.arrivals]
    try:
        for part, arrival in parts:
            part.parent.mkdir(parents=True, exist_ok=True)
            write_afresh(part, arrival.text.encode())
        for part, arrival in parts:
            part.replace(arrival.path)
    except OSError as error:
        for part, _ in parts:
            part.unlink(missing_ok=True)
        message = f"{shown_path(homes.scripts)} cannot be written: {error.strerror}."
        raise CoachError(message, "Look at the folder.") from error


def origin_of(path: Path) -> str:
    """What a script was installed from; empty where it was not."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            head = file.read(400)
    except OSError:
        return ""
    found = INSTALLED.search(head)
    return clean(found[1]) if found else ""


def _arrival(path: Path, library: Library, known: Library, homes: Homes, origin: str) -> Arrival:
    value = load_script(path, library)
    kind = next(name for name, made in KINDS_OF.items() if isinstance(value, made))
    body = MODELINES.sub("", path.read_text(encoding="utf-8-sig"))
    body = INSTALLED.sub("", body).lstrip("\n")
    text = f"{modeline_for(kind)}# Installed from {origin}.\n{body}"
    own = (s for s in sentences_of(str(path), library) if s.script == value.name and s.key != COUNTS)
    alike = [e.path for e in known.names() if e.kind == kind and same_name(e.name) == same_name(value.name)]
    mine = next((p for p in alike if homes.scripts in p.parents), homes.scripts / file_name(kind, value.name))
    hides = next((p for p in alike if p != mine and not p.is_relative_to(HERE)), None)
    says = tuple(dict.fromkeys(f"{s.text}  (as: {s.aloud})" if s.aloud else s.text for s in own))
    return Arrival(kind, value.name, mine, text, says, _hears(value), _asks(value), hides)


def _asks(value: object) -> tuple[str, ...]:
    """What a script wants of the voice."""
    if not isinstance(value, Drill | Programme | Flow):
        return ()
    wishes = {"voice": value.manner.voice, "rate": value.manner.rate, "engine": value.manner.engine}
    volume = value.manner.volume
    told = [f"{name} {wish}" for name, wish in wishes.items() if wish is not None]
    return (*told, *([f"volume {volume:+g} dB"] if volume is not None else []))


def _hears(value: object) -> dict[str, tuple[str, ...]]:
    if isinstance(value, Drill):
        return dict(value.phrases)
    if isinstance(value, Flow):
        return {name: command.templates for name, command in value.commands.items()}
    return {}
