"""Any engine with a command line as a renderer: the template, what is filled in, and what comes back."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecoach.errors import CoachError
from voicecoach.speaking.clip import Clip, make_clip, read_sound
from voicecoach.speaking.engine import Engine
from voicecoach.speaking.engine_process import EngineProcess
from voicecoach.speaking.staying_engine import StayingEngine
from voicecoach.speaking.stress import LOUDER_DB, is_all_stressed, ssml_of
from voicecoach.words.marks import plain

NATURAL_RATE = 170
"""Words a minute at which ``{length_scale}`` is 1."""
_SOUND_FILES = (b"RIFF", b"FORM", b"fLaC", b"OggS", b"RF64")
_FULL_SCALE = 32768.0
_NOISE_LEVEL, _NOISE_CROSSINGS = 0.35, 0.4  # random samples have 0.58 and 0.5; speech stays below 0.25 and 0.35


class CommandRenderer:
    """Runs an engine once a text, such as ``piper --model amy.onnx --output-raw``.

    The variables are filled in after the template has been cut into arguments, so that no text can become an option or
    a second command; no shell is asked. Without ``{text}`` or ``{ssml}`` the text goes to stdin, one line; without
    ``{out}`` the sound is read from stdout: a sound file, or raw 16-bit samples as Piper writes them. With ``{folder}``
    the engine is run once for all texts, as ``StayingEngine`` has it.
    """

    def __init__(
        self, engine: Engine | str, voice: str | None = None, rate: int = NATURAL_RATE, *, patience: float | None = None
    ) -> None:
        """``patience`` takes the place of the engine's timeout. Raises CoachError when the command cannot be read."""
        self._engine = engine if isinstance(engine, Engine) else Engine("", engine)
        command = self._engine.command
        try:
            parts = shlex.split(command)
        except ValueError as error:
            message = f"The voice command {command!r} cannot be read ({error})."
            raise CoachError(message, "Close the quote.") from error
        if not parts:
            raise CoachError("The voice command is empty.", "Write a command such as: espeak-ng --stdout {text}")
        twice = [one for one in ("{text}", "{ssml}", "{out}") if "{folder}" in command and one in command]
        if twice:
            message = f"A voice command with {{folder}} is given its texts on stdin, so it cannot have {twice[0]}."
            raise CoachError(message, f"Leave out {{folder}}, or {twice[0]}: see docs/voices.md.")
        self._parts = [os.path.expanduser(part) if part.startswith("~") else part for part in parts]  # noqa: PTH111
        self.name = command
        self.voice = voice or ""
        self.rate = rate
        self._called = self._engine.name or Path(self._parts[0]).name
        limit = self._engine.timeout if patience is None else patience
        self._process = EngineProcess(self._called, limit)
        self._staying = StayingEngine(self._called, self._command_in, limit) if self.stays else None

    @property
    def stresses(self) -> bool:
        """Whether it is given the emphasis of a text."""
        return self._mentions("{ssml}")

    @property
    def stays(self) -> bool:
        """Whether one run speaks all texts, and so has the whole machine to itself."""
        return self._mentions("{folder}")

    def check(self) -> None:
        """Raises CoachError where the program is not there."""
        program = self._parts[0]
        if shutil.which(program) is None:
            message = f"The voice engine {self._called} is not installed: there is no {program}."
            raise CoachError(message, "Install it, or put its path right in config.toml.")

    def render(self, text: str) -> Clip:
        """Have one text spoken. Raises CoachError when the command is missing, fails, hangs, or writes no speech."""
        if self._staying is not None:
            return self._clip(self._staying.render(" ".join(plain(text).split())), text)
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            out = Path(folder) / "clip.wav"
            data = self._run(text, out)
            if self._mentions("{out}"):
                data = out.read_bytes() if out.is_file() else b""
        return self._clip(data, text)

    def _clip(self, data: bytes, text: str) -> Clip:
        """What it wrote for a text, as a clip."""
        if not data:
            raise CoachError(f"The voice engine {self._called} wrote no sound.", "Run it by hand to see why.")
        return make_clip(*self._sound(data), louder_db=LOUDER_DB if is_all_stressed(text) else 0.0)

    def close(self) -> None:
        """End the command that another thread is waiting for."""
        self._process.stop()
        if self._staying is not None:
            self._staying.stop()

    def _mentions(self, variable: str) -> bool:
        return any(variable in part for part in self._parts)

    def _run(self, text: str, out: Path) -> bytes:
        """What the command wrote to stdout."""
        words = plain(text)
        values = {
            "{text}": f" {words}" if words.startswith("-") else words,  # no text becomes an option of the command
            "{ssml}": ssml_of(text),
            "{out}": str(out),
            **self._manner(),
        }
        command = [_fill(part, values) for part in self._parts]
        inside = self._mentions("{text}") or self._mentions("{ssml}")
        return self._process.run(command, None if inside else (words + "\n").encode())

    def _manner(self) -> dict[str, str]:
        """The variables that are the same for all texts."""
        scale = f"{NATURAL_RATE / self.rate:.3f}"
        return {"{voice}": self.voice, "{rate}": str(self.rate), "{length_scale}": scale}

    def _command_in(self, folder: Path) -> list[str]:
        """The command of an engine that stays."""
        return [_fill(part, {"{folder}": str(folder), **self._manner()}) for part in self._parts]

    def _sound(self, data: bytes) -> tuple[npt.NDArray[np.floating], int]:
        """The samples of what it wrote, and their rate. Raises CoachError for what is no speech."""
        if data.startswith(_SOUND_FILES):
            return read_sound(data)
        rate = self._engine.sample_rate or _rate_of_model(self._parts)
        if not rate:
            message = f"The voice engine {self._called} wrote no sound file, and raw samples need their sample_rate."
            raise CoachError(message, "Write it under [engines] in config.toml: sample_rate = 22050")
        samples = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE)
        if len(data) % 2 or data.isascii() or _is_noise(samples):
            raise CoachError(f"What the voice engine {self._called} wrote is no speech.", "Run it by hand to see why.")
        return samples, rate


def _is_noise(samples: npt.NDArray[np.float32]) -> bool:
    """Whether samples are loud and know nothing of each other, as bytes do that never were a sound."""
    crossings = float(np.mean(np.signbit(samples[1:]) != np.signbit(samples[:-1]))) if len(samples) > 1 else 0.0
    return float(np.sqrt(np.mean(samples**2))) > _NOISE_LEVEL and crossings > _NOISE_CROSSINGS


def _rate_of_model(parts: list[str]) -> int:
    """Hz as the json beside a Piper model tells it; 0 where the command names no model, or its json says nothing."""
    named = [part.partition("=")[2] for part in parts if part.startswith("--model=")]
    named += [after for part, after in pairwise(parts) if part in ("-m", "--model")]
    folders = [after for part, after in pairwise(parts) if part in ("--data-dir", "--data_dir")]
    for model in named:
        for folder in ("", *folders):
            for ending in (".json", ".onnx.json"):
                try:
                    told = json.loads((Path(folder) / f"{model}{ending}").read_text(encoding="utf-8"))
                    return int(told["audio"]["sample_rate"])
                except (OSError, ValueError, KeyError, TypeError):
                    continue
    return 0


def _fill(part: str, values: dict[str, str]) -> str:
    """One argument with its variables filled in, each once: a text that says ``{out}`` stays as it is."""
    for variable, value in values.items():
        if variable in part:
            before, _, after = part.partition(variable)
            return _fill(before, values) + value + _fill(after, values)
    return part
