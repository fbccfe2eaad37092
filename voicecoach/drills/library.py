"""Where scripts are found: by path, by spoken name or by file name, in several folders of which the first wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from voicecoach.drills.diagnostics import clean, did_you_mean, quoted, shown_path
from voicecoach.errors import CoachError
from voicecoach.words.english import ENGLISH

SUFFIXES = (".yaml", ".yml")
NEARLY = re.compile(r"(?:\.ya?ml)?\.txt$|\.ya?ml$", re.IGNORECASE)
"""How the name of a file ends that was meant as a script; an editor may add ``.txt`` without a word."""
SUBFOLDERS = ("flows", "languages")
"""Folders in a folder of scripts that hold scripts too."""
HEADER = 64 * 1024
"""Characters of a file searched for its ``kind:`` and ``name:``."""
_LIST = "`voicecoach list` shows what there is."
ENTRY = re.compile(r"^(kind|name|goal|code|language):[ \t]+(.+?)[ \t]*(?:[ \t]#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One script of the library."""

    kind: str
    """``drill``, ``programme``, ``flow``, ``cues``, or empty where the file does not say."""
    name: str
    """Name as spoken; the file's name where it has none."""
    path: Path
    """The file."""
    shadowed: bool
    """Another script of the same kind and name, in an earlier folder, is used instead."""
    goal: str = ""
    """What a drill is for."""
    code: str = ""
    """Code of a language's table, ``de``; of another script the code of the language it is in, if it says so."""

    def is_called(self, name: str) -> bool:
        """Whether ``name`` means this script, by its spoken name or its file's; capitals and hyphens do not matter."""
        return same_name(name) in {same_name(self.name), same_name(self.path.stem)}


def home_of(path: Path) -> Path:
    """The folder of scripts that a script lies in, directly or in one of its subfolders."""
    return path.parent.parent if path.parent.name in SUBFOLDERS else path.parent


def same_name(name: str) -> str:
    """A name without what does not matter: ``Wall-Tap`` and ``wall tap`` are the same."""
    return " ".join(re.sub(r"[-_\s]+", " ", name).casefold().split())


def shipped_scripts() -> Path:
    """The folder of scripts that come with the program: in the installed package, or beside it in the repository."""
    packaged = Path(str(resources.files("voicecoach"))) / "scripts"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "scripts"


def search_folders(user: Path) -> tuple[Path, ...]:
    """Where a script is looked up: ``./scripts``, the user's own folder, the shipped ones."""
    return (Path("scripts"), user, shipped_scripts())


def script_files(folder: Path) -> list[Path]:
    """The scripts of a folder and of its subfolders ``flows`` and ``languages``, sorted."""
    folders = (folder, *(folder / name for name in SUBFOLDERS))
    found = [p for f in folders if f.is_dir() for p in f.iterdir() if p.suffix.lower() in SUFFIXES]
    return sorted(path for path in found if path.is_file())


def left_out(folder: Path) -> list[Path]:
    """The files of a folder that an editor named ``squat.yaml.txt``: no script by their names, and meant as one."""
    return sorted(path for path in folder.iterdir() if re.search(r"\.ya?ml\.txt$", path.name, re.IGNORECASE))


def nearly_found(name: str, folders: Iterable[Path]) -> str:
    """A hint about a file that is called like a script nobody found, but for its ending or its folder; or nothing."""
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            stem = NEARLY.sub("", path.name)
            if stem == path.name or same_name(stem) != same_name(name) or not path.is_file():
                continue
            if path.suffix.lower() in SUFFIXES:
                return f"There is {shown_path(path)}: name the file itself, or put it into a folder called scripts."
            return f"{shown_path(path)} is no script by its name: rename it to {stem}.yaml."
    return ""


class Library:
    """The scripts of some folders; each folder is looked at once, when it is first needed."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def beside(self, path: Path) -> Library:
        """The library with the folder of a script first, so that files given by path find their neighbours.

        A folder that is looked through anyway keeps its place: a script of the user's own is said by shipped ones too.
        """
        home = home_of(path)
        known = {folder.resolve() for folder in self._folders}
        return self if home.resolve() in known else Library((home, *self._folders))

    def find(self, name_or_path: str | Path, kind: str | None = None) -> Path:
        """The file of a script, of one kind or of any, flows last; CoachError with a suggestion where there is none."""
        text = str(name_or_path)
        if Path(text).suffix.lower() in SUFFIXES or "/" in text or "\\" in text:
            if Path(text).is_file():
                return Path(text)
            hint = nearly_found(NEARLY.sub("", Path(text).name), [Path(text).parent])
            raise CoachError(
                f"There is no file {clean(text)}.", hint or "`voicecoach list` shows the scripts there are."
            )
        called = [entry for entry in self.names() if entry.is_called(text) and kind in (None, entry.kind)]
        if called:
            return min(called, key=lambda e: (e.shadowed, e.kind == "flow", same_name(e.name) != same_name(text))).path
        what = _named(kind or "script")
        other = next((entry.kind for entry in self.names() if entry.kind and entry.is_called(text)), None)
        if other is not None:
            hint = "Name its drills one by one." if (other, kind) == ("programme", "drill") else _LIST
            raise CoachError(f"{quoted(text)} is a {_named(other)}, and a {what} is needed.", hint)
        hint = did_you_mean(text, [e.name for e in self.names() if kind in (None, e.kind)])
        usual = f'`voicecoach new "{text}"` begins one, {_LIST}' if kind == "drill" else _LIST
        hint = f"{hint[0].upper()}{hint[1:]}" if hint.startswith("did") else usual
        hint = nearly_found(text, (*self._folders, Path())) or hint
        raise CoachError(f"There is no {what} called {quoted(text)}.", hint)

    def code_of(self, name_or_path: str | Path) -> str:
        """Code of the language a script says it is in, English otherwise; CoachError where there is no such script."""
        return _header(self.find(name_or_path))[3] or ENGLISH.code

    def language(self, code: str) -> Path | None:
        """The table of a language; None where there is none."""
        return next((e.path for e in self.names() if e.kind == "language" and e.code == code), None)

    def languages(self) -> frozenset[str]:
        """The codes of the languages there are tables for."""
        return frozenset(entry.code for entry in self.names() if entry.kind == "language")

    def names(self) -> list[Entry]:
        """Every script, in the order of the folders, those that an earlier one hides among them."""
        return list(self._entries)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return tuple(self._read_folders())

    def _read_folders(self) -> Iterator[Entry]:
        seen: set[tuple[str, str]] = set()
        files: set[Path] = set()
        for folder in self._folders:
            here: set[tuple[str, str]] = set()
            for path in script_files(folder):
                if path.resolve() in files:
                    continue
                files.add(path.resolve())
                kind, name, goal, code = _header(path)
                key = (kind, same_name(name))
                yield Entry(kind, name, path, key in seen or key in here, goal, code)
                here.add(key)
            seen |= here


def _named(kind: str) -> str:
    return "list of cues" if kind == "cues" else kind


def _header(path: Path) -> tuple[str, str, str, str]:
    """Kind, name, goal and language of a file, read without YAML: broken files are listed, and listing is quick."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(HEADER)
    except OSError:
        return "", path.stem, "", ""
    found: dict[str, str] = {}
    for key, value in ENTRY.findall(text):
        found.setdefault(key, clean(value.strip("\"'")))
    kind = found.get("kind", "")
    code = found.get("code" if kind == "language" else "language", "")
    return kind, found.get("name", "") or path.stem, found.get("goal", ""), code
