"""The engines that turn a text into a clip: pyttsx3 in a child process, or any command line."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from voicecoach.errors import CoachError
from voicecoach.speaking.clip import Clip, make_clip, read_sound
from voicecoach.speaking.stress import LOUDER_DB, is_all_stressed, is_stressed, ssml_of
from voicecoach.words.marks import plain

DEFAULT_RATE = 170
"""Words a minute; pyttsx3's own 200 is too quick for somebody out of breath."""

_CHILD = [sys.executable, "-P", str(Path(__file__).with_name("pyttsx3_child.py"))]
_NO_VOICE = "Run `voicecoach voices` to see what is installed."


class Renderer(Protocol):
    """Turns texts into clips; one instance is used by one thread at a time."""

    @property
    def name(self) -> str:
        """Engine, as the cache knows it."""

    @property
    def voice(self) -> str:
        """Voice, as the cache knows it; empty is the engine's own choice."""

    @property
    def rate(self) -> int:
        """Words a minute."""

    def render(self, text: str) -> Clip:
        """The sound of a text. Raises CoachError when the engine cannot."""

    def close(self) -> None:
        """Let go of processes and files."""


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice of the system's engine."""

    id: str
    """What the settings and ``--voice`` take."""
    name: str
    """What people call it."""
    languages: tuple[str, ...]
    """Language codes, as far as the engine tells."""
    default: bool
    """Whether it speaks where no voice is asked for."""


class Pyttsx3Renderer:
    """pyttsx3 in a child process that is killed and started again when it hangs or dies."""

    name = "pyttsx3"

    def __init__(self, voice: str | None = None, rate: int = DEFAULT_RATE, *, patience: float = 10.0) -> None:
        """``patience`` is how many seconds one text may take before the child counts as hung."""
        self.voice = voice or ""
        self.rate = rate
        self._patience = patience
        self._folder = tempfile.TemporaryDirectory(prefix="voicecoach-", ignore_cleanup_errors=True)
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False

    def render(self, text: str) -> Clip:
        """The sound of a text; a crash or a hang is tried once more in a new child before CoachError is raised."""
        path = Path(self._folder.name) / "clip.wav"
        with self._lock:
            request = {"text": plain(text), "path": str(path), "voice": self.voice, "rate": self.rate}
            self._ask(request | ({"ssml": ssml_of(text)} if is_stressed(text) else {}))
            data = path.read_bytes()
            path.unlink()
        return make_clip(*read_sound(data), louder_db=LOUDER_DB if is_all_stressed(text) else 0.0)

    def voices(self) -> list[InstalledVoice]:
        """What the system's engine can speak with. Raises CoachError when there is no engine."""
        with self._lock:
            found = self._ask({"voices": True})["voices"]
        return [InstalledVoice(v["id"], v["name"], tuple(v["languages"]), v["default"]) for v in found]

    def library(self) -> str:
        """Where the engine's library came from: a path, ``system``, or empty off Linux."""
        with self._lock:
            return str(self._ask({"voices": True}).get("library", ""))

    def close(self) -> None:
        """End the child, also one that hangs in another thread's ``render``, and remove its folder."""
        self._closed = True
        self._kill()
        self._folder.cleanup()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request and wait for its answer, twice if need be."""
        answer: dict[str, Any] | None = None
        for _ in range(2):
            if self._closed:
                raise CoachError("The voice engine was closed.")
            answer = self._try(request)
            if answer is not None and "error" not in answer:
                return answer
        silent = f"The voice engine ended, or did not answer within {self._patience:g} seconds, twice."
        raise CoachError(answer["error"] if answer else silent, _NO_VOICE)

    def _try(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """One answer, or None from a child that hangs or died; that one is killed."""
        child = self._child or self._start()
        try:
            assert child.stdin is not None  # noqa: S101 - it was opened with a pipe; for the type checker
            child.stdin.write(json.dumps(request) + "\n")
            child.stdin.flush()
            line = self._answers.get(timeout=self._patience)
        except (OSError, queue.Empty):
            line = ""
        if not line:
            self._kill()
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _start(self) -> subprocess.Popen[str]:
        """A new child, in a process group of its own so that its forks die with it and Ctrl-C does not reach it."""
        self._child = child = subprocess.Popen(
            [*_CHILD, self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        )
        answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._answers = answers
        threading.Thread(target=_pump, args=(child, answers), name="voice child", daemon=True).start()
        return child

    def _kill(self) -> None:
        """End the child and whatever it started."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                child.kill()
            else:
                os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdin:
            with contextlib.suppress(OSError):
                child.stdin.close()


def _pump(child: subprocess.Popen[str], answers: queue.SimpleQueue[str]) -> None:
    """Carry the child's lines to a queue that can be waited on with a limit; an empty line is its end."""
    with child.stdout or contextlib.nullcontext(()) as lines:
        for line in lines:
            answers.put(line)
    answers.put("")


class CommandRenderer:
    """Any engine with a command line, such as ``piper --model amy.onnx --output_file {out}``.

    ``{text}``, ``{out}``, ``{voice}`` and ``{rate}`` are filled in after the template has been cut into arguments, so
    that no text can become an option or a second command. Without ``{text}`` the text goes to stdin; without
    ``{out}`` the wav is read from stdout.
    """

    def __init__(
        self, template: str, voice: str | None = None, rate: int = DEFAULT_RATE, *, patience: float = 60.0
    ) -> None:
        """Raises CoachError when the template is empty or has an open quote; ``patience`` is seconds per text."""
        try:
            self._parts = shlex.split(template)
        except ValueError as error:
            raise CoachError(f"The voice command {template!r} cannot be read ({error}).", "Close the quote.") from error
        if not self._parts:
            raise CoachError("The voice command is empty.", "Write a command such as: espeak-ng --stdout {text}")
        self.name = template
        self.voice = voice or ""
        self.rate = rate
        self._patience = patience

    def render(self, text: str) -> Clip:
        """Run the command for one text. Raises CoachError when it is missing, fails, hangs, or writes no sound."""
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
            out = Path(folder) / "clip.wav"
            data = self._run(text, out)
            if self._mentions("{out}"):
                data = out.read_bytes() if out.is_file() else b""
        if not data:
            raise CoachError(f"The voice command {self._parts[0]} wrote no sound.", "Run it by hand to see why.")
        return make_clip(*read_sound(data))

    def close(self) -> None:
        """Nothing to let go of."""

    def _mentions(self, variable: str) -> bool:
        return any(variable in part for part in self._parts)

    def _run(self, text: str, out: Path) -> bytes:
        """What the command wrote to stdout."""
        words = f" {text}" if text.startswith("-") else text  # no text becomes an option of the command
        values = {"{text}": words, "{out}": str(out), "{voice}": self.voice, "{rate}": str(self.rate)}
        command = [_fill(part, values) for part in self._parts]
        program = command[0]
        given = None if self._mentions("{text}") else (text + "\n").encode()
        try:
            done = subprocess.run(command, input=given, capture_output=True, timeout=self._patience, check=True)
        except FileNotFoundError as error:
            raise CoachError(f"The voice command {program} is not installed.", "Check the path.") from error
        except subprocess.TimeoutExpired as error:
            raise CoachError(f"The voice command {program} took over {self._patience:g} seconds.", _NO_VOICE) from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise CoachError(f"The voice command {program} failed: {_reason(error)}", "Run it by hand.") from error
        return done.stdout


def _fill(part: str, values: dict[str, str]) -> str:
    """One argument with its variables filled in, each once: a text that says ``{out}`` stays as it is."""
    for variable, value in values.items():
        if variable in part:
            before, _, after = part.partition(variable)
            return _fill(before, values) + value + _fill(after, values)
    return part


def _reason(error: OSError | subprocess.CalledProcessError) -> str:
    """The last line the command wrote on stderr, or how it ended."""
    lines = error.stderr.decode("utf-8", "replace").strip().splitlines() if hasattr(error, "stderr") else []
    return lines[-1] if lines else str(error)
