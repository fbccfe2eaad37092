"""What turns a text into a clip: the system's own engine, in a child process; ``command_renderer`` has the others."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
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

    @property
    def stresses(self) -> bool:
        """Whether emphasis is heard in the middle of a text."""

    def check(self) -> None:
        """Raises CoachError where it can be told beforehand that no text can be rendered."""

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


def find_voice(wanted: str, installed: Iterable[InstalledVoice]) -> str:
    """The id of a voice by its id, its name or its language; a variant of espeak's, ``en-gb+f3``, stays one.

    Raises CoachError, with the names that are near, where there is none.
    """
    base, plus, variant = wanted.partition("+")
    ids: dict[str, str] = {}
    for voice in installed:
        for key in (voice.id, voice.name, *voice.languages, voice.id.rpartition("/")[2]):
            ids.setdefault(key.casefold(), voice.id)
    ids |= {voice.id.casefold(): voice.id for voice in installed}
    found = ids.get(base.strip().casefold())
    if found is not None:
        return f"{found}{plus}{variant}"
    near = get_close_matches(base.casefold(), ids, n=3, cutoff=0.6)
    told = f"; near it {'are' if len(near) > 1 else 'is'} {' and '.join(near)}" if near else ""
    raise CoachError(f"There is no voice called {wanted!r}{told}.", _NO_VOICE)


class Pyttsx3Renderer:
    """pyttsx3 in a child process that is killed and started again when it hangs or dies."""

    name = "pyttsx3"
    stresses = sys.platform == "linux"
    """espeak-ng takes SSML; pyttsx3 hands the others their words as they are."""

    def __init__(self, voice: str | None = None, rate: int = DEFAULT_RATE, *, patience: float = 10.0) -> None:
        """``patience`` is how many seconds one text may take before the child counts as hung."""
        self.voice = voice or ""
        self.rate = rate
        self._id = ""
        self._patience = patience
        self._folder = tempfile.TemporaryDirectory(prefix="voicecoach-", ignore_cleanup_errors=True)
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False

    def check(self) -> None:
        """Find the voice that was asked for, by its id, its name or its language; raises CoachError with near names."""
        if self.voice and not self._id:
            self._id = find_voice(self.voice, self.voices())

    def render(self, text: str) -> Clip:
        """The sound of a text; a crash or a hang is tried once more in a new child before CoachError is raised."""
        path = Path(self._folder.name) / "clip.wav"
        with self._lock:
            request = {"text": plain(text), "path": str(path), "voice": self._id or self.voice, "rate": self.rate}
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
