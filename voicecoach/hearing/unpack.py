"""Takes a zip archive apart without trusting it: nothing outside the target, no links, no bombs."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath

from voicecoach.errors import CoachError

MOST_BYTES = 8_000_000_000
"""The vendor's largest English model unpacks to less than 5 GB."""
MOST_FILES = 2_000
"""The vendor's models have about 20 files."""
MOST_RATIO = 100
"""Models are floating-point numbers and shrink to two thirds; a bomb shrinks to a thousandth."""
_SLACK = 10_000_000
"""Bytes under which the ratio does not matter."""


def unpack(archive: Path, into: Path) -> None:
    """Unpack a zip file into a folder. Raises CoachError, leaving the folder to be thrown away."""
    try:
        with zipfile.ZipFile(archive) as box:
            members = box.infolist()
            _refuse_bombs(archive, members)
            _refuse_full_disk(archive, members, into)
            for member in members:
                _unpack_one(box, member, into, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise CoachError(f"{archive} is no whole zip archive: {error}.", "Get it again.") from error
    except (NotImplementedError, RuntimeError) as error:  # a method of packing that Python lacks; a password
        raise CoachError(f"{archive} cannot be unpacked: {error}.", "Get it from another place.") from error


def _refuse_bombs(archive: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if len(members) > MOST_FILES:
        raise CoachError(f"{archive} holds {len(members)} files; no model has as many.", "Is it the right archive?")
    if total > MOST_BYTES or (total > _SLACK and total > MOST_RATIO * max(1, packed)):
        raise CoachError(
            f"{archive} would grow to {total / 1e9:.1f} GB; no model does that.", "Is it the right archive?"
        )


def _refuse_full_disk(archive: Path, members: list[zipfile.ZipInfo], into: Path) -> None:
    needed, free = sum(m.file_size for m in members), shutil.disk_usage(into).free
    if needed > free:
        raise CoachError(
            f"{archive} needs {needed / 1e6:.0f} MB unpacked, and {into} has {free / 1e6:.0f} MB left.", "Make room."
        )


def _unpack_one(box: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path, archive: Path) -> None:
    name = member.filename
    mode = member.external_attr >> 16
    parts = PurePosixPath(name).parts
    if (
        name.startswith("/")
        or "\\" in name
        or ".." in parts
        or PureWindowsPath(name).drive
        or stat.S_ISLNK(mode)
        or (stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)))
    ):
        raise CoachError(
            f"{archive} holds {name!r}, which would land outside its folder.", "Do not trust this archive."
        )
    target = into.joinpath(*parts)
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with box.open(member) as packed, target.open("xb") as file:
        # a lying header cannot exceed file_size: zipfile stops there and then finds the checksum wrong
        shutil.copyfileobj(packed, file)
