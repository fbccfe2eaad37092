"""Scripts from somebody else, unpacked with suspicion: files out of a file, a folder or a zip, and nothing but scripts.

The first half of ``install``; reads, and writes nothing. What it hands on is text under a plain relative name.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from voicecoach.drills.diagnostics import clean, quoted
from voicecoach.drills.library import SUBFOLDERS, SUFFIXES
from voicecoach.drills.yaml_text import LARGEST
from voicecoach.errors import CoachError

MOST_FILES = 200
"""Files in one parcel."""
LARGEST_PARCEL = 4 * 1024 * 1024
"""Bytes of all scripts of a parcel together, unpacked."""
HARMLESS_SUFFIXES = frozenset({".md", ".txt", ".rst", ".json"})
"""Files that are left out without a word: descriptions, and the schema that editors use."""
HARMLESS_NAMES = frozenset(
    {"license", "licence", "copying", "notice", "authors", ".ds_store", ".gitignore", "thumbs.db"}
)
LEFT_OUT = frozenset({"__macosx", ".git"})
"""Folders that are left out without a word."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Ways of packing whose size while unpacking stays small."""
HINT = "A parcel holds scripts: .yaml files, and flows in a folder called flows."


def open_parcel(source: str) -> dict[str, bytes]:
    """The scripts of a ``.yaml`` file, a folder or a zip, by relative name (``x.yaml``, ``flows/y.yaml``).

    Raises CoachError for anything else in it, links, names that lead outside, and whatever is too large.
    """
    if "://" in source:
        raise CoachError("Nothing is ever fetched from the network.", "Download it, look at it, then install the file.")
    path = Path(source)
    if path.is_symlink():
        raise CoachError(f"{clean(source)} is a link.", "Name the file that it leads to.")
    if path.is_dir():
        found = dict(_of_folder(path))
    elif not path.is_file():
        raise CoachError(f"There is no file or folder {clean(source)}.", "Name a .yaml file, a folder or a zip.")
    elif path.suffix.lower() in SUFFIXES:
        found = {path.name: _bytes_of(path)}
    elif path.suffix.lower() == ".zip":
        found = _of_zip(path)
    else:
        raise CoachError(f"{clean(source)} is neither a script nor a zip of scripts.", HINT)
    if not found:
        raise CoachError(f"{clean(source)} holds no script.", HINT)
    if sum(len(data) for data in found.values()) > LARGEST_PARCEL:
        raise CoachError(f"{clean(source)} holds more than 4 MB of scripts.", "Install a part of it.")
    return found


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The scripts of a folder and of its folder ``flows``."""
    paths = list(islice(chain(folder.iterdir(), *((folder / name).glob("*") for name in SUBFOLDERS)), MOST_FILES + 1))
    if len(paths) > MOST_FILES:
        raise CoachError(f"{clean(str(folder))} holds more than {MOST_FILES} files.", "Name a smaller folder.")
    for path in sorted(paths):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise CoachError(f"{quoted(name)} is a link.", "A parcel holds the files themselves.")
        if path.is_dir():
            if path.name.lower() not in {*SUBFOLDERS, "schema", *LEFT_OUT}:
                raise CoachError(f"{quoted(name)} is a folder that scripts do not have.", HINT)
        elif not path.is_file():
            raise CoachError(f"{quoted(name)} is not a regular file.", HINT)
        elif _is_script(name):
            yield name, _bytes_of(path)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CoachError(f"{clean(str(path))} cannot be read: {error.strerror}.", "Look at the file.") from error
    return _not_too_large(path.name, data)


def _of_zip(path: Path) -> dict[str, bytes]:
    """The scripts of a zip; a folder that holds all of them is left out of their names."""
    try:
        if path.stat().st_size > LARGEST_PARCEL:
            raise CoachError(f"{clean(path.name)} is larger than 4 MB.", "Ask for a smaller one.")
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not _is_left_out(entry)]
            if len(entries) > MOST_FILES:
                raise CoachError(f"{clean(path.name)} holds more than {MOST_FILES} files.", "Ask for a smaller one.")
            names = _without_common_folder([_safe_name(entry) for entry in entries])
            found: dict[str, bytes] = {}
            for entry, name in zip(entries, names, strict=True):
                if not _is_script(name):
                    continue
                if name.casefold() in {known.casefold() for known in found}:
                    raise CoachError(f"{quoted(name)} is in the zip twice.", "Ask for one that is packed again.")
                with archive.open(entry) as file:
                    found[name] = _not_too_large(name, file.read(LARGEST + 1))
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise CoachError(f"{clean(path.name)} cannot be unpacked: {clean(str(error))}.", "Ask for it again.") from error


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    parts = [part.lower() for part in PurePosixPath(entry.filename).parts]
    return entry.is_dir() or bool(LEFT_OUT.intersection(parts))


def _safe_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; CoachError for a name that leads outside, a link, and ways of packing that are not used."""
    name = entry.filename
    parts = PurePosixPath(name).parts
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts or "\0" in entry.orig_filename:
        raise CoachError(f"{quoted(name)} in the zip leads outside of it.", "Do not use this zip.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise CoachError(f"{quoted(name)} in the zip is a link or a device.", "Do not use this zip.")
    if entry.flag_bits & 0x1:
        raise CoachError(f"{quoted(name)} in the zip is encrypted.", "Unpack it yourself, then install the folder.")
    if entry.compress_type not in METHODS:
        raise CoachError(f"{quoted(name)} in the zip is packed in an unusual way.", "Unpack it yourself.")
    return name


def _without_common_folder(names: list[str]) -> list[str]:
    """The names without the folders that all of them are in, such as ``my-scripts-main``."""
    tops = {PurePosixPath(name).parts[0] for name in names}
    inside = all(len(PurePosixPath(name).parts) > 1 for name in names)
    if len(tops) != 1 or not inside or tops <= set(SUBFOLDERS):
        return names
    return _without_common_folder([PurePosixPath(*PurePosixPath(name).parts[1:]).as_posix() for name in names])


def _is_script(name: str) -> bool:
    """Whether a file is a script; CoachError where it is neither that nor something harmless."""
    path = PurePosixPath(name)
    folder = path.parent.as_posix()
    if path.suffix.lower() in SUFFIXES and folder in {".", *SUBFOLDERS}:
        return True
    if path.suffix.lower() in HARMLESS_SUFFIXES or path.name.lower() in HARMLESS_NAMES:
        return False
    raise CoachError(f"{quoted(name)} is not a script.", HINT)


def _not_too_large(name: str, data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise CoachError(f"{quoted(name)} is too large for a script.", "A script has at most 256 kB.")
    return data
