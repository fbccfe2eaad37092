"""Folders and bare git repositories as files that can be listed and read, for ``training.collect``."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from training.clips import RATE


class CollectError(ValueError):
    """A source that holds nothing that is known here, or cannot be read."""


class Files(Protocol):
    """Where recordings lie."""

    name: str
    """For the manifest."""
    paths: Sequence[str]
    """All there are."""

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What is in them; those that are listed and cannot be had are passed over."""


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder, self.name = folder, folder.name
        self.paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path in wanted:
            yield path, (self._folder / path).read_bytes()


class _Repository:
    """The newest commit of a bare git repository. Raises CollectError where git cannot list it."""

    def __init__(self, folder: Path) -> None:
        self._git = ("git", "--git-dir", str(folder))
        listed = subprocess.run([*self._git, "ls-tree", "-r", "-z", "HEAD"], capture_output=True, check=False)
        if listed.returncode:
            raise CollectError(f"{folder}: {listed.stderr.decode(errors='replace').strip()}")
        named = next(one for one in (folder, *folder.parents) if one.name not in {"repo", ".git"})
        name = named.name.removesuffix(".git")
        self.name, self._blobs = name.replace("+", "/"), {}
        for line in filter(None, listed.stdout.decode("utf-8", "surrogateescape").split("\0")):
            about, path = line.split("\t", 1)
            self._blobs[path] = about.split()[2]
        self.paths = list(self._blobs)

    def read(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        with subprocess.Popen(
            [*self._git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as reader:
            if reader.stdin is None or reader.stdout is None:
                raise CollectError(f"{self.name}: git gives nothing.")
            for path in wanted:
                reader.stdin.write(f"{self._blobs[path]}\n".encode())
                reader.stdin.flush()
                head = reader.stdout.readline().split()
                if len(head) == 3:  # noqa: PLR2004 - name, type and size; "NAME missing" where a mirror lacks the file
                    yield path, reader.stdout.read(int(head[2]))
                    reader.stdout.read(1)


def files_of(source: Path) -> Files:
    """The files of a source. Raises CollectError where it is neither."""
    if (source / "HEAD").is_file() and (source / "objects").is_dir():
        return _Repository(source)
    if source.is_dir():
        return _Folder(source)
    raise CollectError(f"{source} is no folder.")


def with_header(path: str, data: bytes) -> bytes:
    """The two formats of telephone prompts that have no header, as wav: 16-bit samples at 16 kHz, and GSM at 8 kHz."""
    held = io.BytesIO()
    if path.endswith(".sln16"):
        soundfile.write(held, np.frombuffer(data[: len(data) // 2 * 2], "<i2"), RATE, "PCM_16", format="WAV")
    elif path.endswith(".gsm"):
        sound, rate = soundfile.read(
            io.BytesIO(data), format="RAW", subtype="GSM610", samplerate=8_000, channels=1, dtype="int16"
        )
        soundfile.write(held, sound, rate, "PCM_16", format="WAV")
    else:
        return data
    return held.getvalue()
