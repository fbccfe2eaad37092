"""Rendered speech on disk: a text is rendered once per engine, voice and rate, and then read back."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import wave
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voicecoach.speaking.clip import CLIP_RATE, Clip, to_int16, write_wav

FORMAT = 2
"""Rises when clips are made differently, so that old files are not used."""

_WIDTH = 2


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of 16-bit wav files; it may be deleted at any time; one that cannot be written costs only time."""

    folder: Path
    """Made when the first clip is kept."""
    engine: str = field(default="")
    """Of the renderer; part of each file's name, like the next two."""
    voice: str = field(default="")
    """Of the renderer."""
    rate: int = field(default=0)
    """Words a minute."""
    limit: int = 256 * 1024 * 1024
    """Bytes kept by ``prune``."""

    def path(self, text: str) -> Path:
        """Where the clip of a text lies, or would."""
        about = "\0".join((str(FORMAT), self.engine, self.voice, str(self.rate), text))
        return self.folder / f"{hashlib.sha256(about.encode()).hexdigest()[:32]}.wav"

    def get(self, text: str) -> Clip | None:
        """The clip of a text; None when it is not there or broken, in which case the file is removed."""
        path = self.path(text)
        try:
            with wave.open(str(path), "rb") as file:
                shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
                count = file.getnframes()
                data = file.readframes(count)
            whole = shape == (1, _WIDTH, CLIP_RATE) and count > 0 and len(data) == count * _WIDTH
        except FileNotFoundError:
            return None
        except (wave.Error, EOFError, OSError):
            whole = False
        with contextlib.suppress(OSError):
            os.utime(path) if whole else path.unlink()
        if not whole:
            return None
        return _clip(data)

    def put(self, text: str, clip: Clip) -> bool:
        """Keep a clip: written beside and renamed, so that nobody reads half a file. False when that fails."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(write_wav(clip))
                os.replace(name, self.path(text))  # noqa: PTH105 - on the name that mkstemp gave
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError:
            return False
        return True

    def prune(self) -> int:
        """Remove the clips not used for longest until the rest fits ``limit``; returns bytes kept."""
        found = []
        with contextlib.suppress(OSError):
            for path in self.folder.glob("*.wav"):
                with contextlib.suppress(OSError):
                    about = path.stat()
                    found.append((about.st_mtime_ns, about.st_size, path))
        kept = 0
        for _, size, path in sorted(found, reverse=True):
            kept += size
            if kept > self.limit:
                kept -= size
                with contextlib.suppress(OSError):
                    path.unlink()
        return kept


def as_read_back(clip: Clip) -> Clip:
    """The clip as the cache will give it, so that the first session sounds like every other, to the bit."""
    return _clip(to_int16(clip.samples).tobytes())


def _clip(data: bytes) -> Clip:
    """A clip of 16-bit samples."""
    samples = np.frombuffer(data, dtype="<i2").astype(np.float32)
    samples /= np.float32(32767)
    return Clip(samples)
