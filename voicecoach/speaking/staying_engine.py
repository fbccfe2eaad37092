"""An engine that stays: started at the first text, one line in on stdin and one sound file out for each text after it.

A neural voice takes a second to load and a fraction of that to speak; run once a text it would do little but load.
"""

from __future__ import annotations

import contextlib
import queue
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from voicecoach.errors import CoachError
from voicecoach.speaking.engine_process import TOLD, end, kill, last_line, start, took_over

_LONGEST_LINE = 8192
_LAST_S = 1.0


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of the engine."""

    process: subprocess.Popen[bytes]
    """The engine."""
    folder: tempfile.TemporaryDirectory[str]
    """Where it writes; gone with it."""
    lines: queue.SimpleQueue[bytes] = field(default_factory=queue.SimpleQueue)
    """What it says of its folder, on stdout and stderr; an empty line for the end of each."""
    told: bytearray = field(default_factory=bytearray)
    """The last of it."""
    readers: list[threading.Thread] = field(default_factory=list)
    """They fill ``lines``."""


class StayingEngine:
    """Gives a program one text after the other, as ``piper --output-dir FOLDER`` takes them.

    The program reads a line of text on stdin, writes a sound file into its folder and then names it, on stdout or
    stderr, in a line of whatever other words. One that has ended is started again with the next text.
    """

    def __init__(self, name: str, command_in: Callable[[Path], Sequence[str]], patience: float) -> None:
        """``command_in`` gives the command for a folder; ``patience`` is how many seconds one text may take."""
        self._name = name
        self._command_in = command_in
        self._patience = patience
        self._run: _Run | None = None

    def render(self, text: str) -> bytes:
        """The sound file for a text. Raises CoachError when the program is missing, ends, hangs or names no file."""
        stayed = self._run
        data = None if stayed is None else self._ask(stayed, text)
        if data is None:  # none yet, or one that has ended since the last text
            run = self._run = self._begin()
            data = self._ask(run, text)
            if data is None:
                why = last_line(run.told, run.process.returncode)
                raise CoachError(f"The voice engine {self._name} failed: {why}", "Run it by hand.")
        return data

    def stop(self) -> None:
        """End the program and what it started, from any thread; nothing of it is left on disk."""
        run, self._run = self._run, None
        if run is not None:
            kill(run.process)
            end(run.process, run.readers)
            run.folder.cleanup()

    def _begin(self) -> _Run:
        folder = tempfile.TemporaryDirectory(prefix="voicecoach-", ignore_cleanup_errors=True)
        try:
            process = start(self._command_in(Path(folder.name)), self._name)
        except CoachError:
            folder.cleanup()
            raise
        run = _Run(process, folder)
        for pipe in (process.stdout, process.stderr):
            reader = threading.Thread(target=_pump, args=(pipe, run), daemon=True)
            run.readers.append(reader)
            reader.start()
        return run

    def _ask(self, run: _Run, text: str) -> bytes | None:
        """The sound file for a text; None where the program ended instead. Raises CoachError when it takes too long."""
        with contextlib.suppress(OSError):  # one that has ended says no more, see below
            _say(run.process.stdin, text)
        named = re.compile(re.escape(run.folder.name) + r"[/\\][^/\\\"'<>|]+\.\w+")
        until = time.monotonic() + self._patience
        open_pipes = len(run.readers)
        while open_pipes:
            try:
                line = run.lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                self.stop()
                raise took_over(self._name, self._patience) from None
            open_pipes -= not line
            found = named.search(line.decode("utf-8", "replace"))
            with contextlib.suppress(OSError):  # a file that it named before, on the other pipe
                if found:
                    data = Path(found[0]).read_bytes()
                    Path(found[0]).unlink()
                    return data
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.process.wait(_LAST_S)
        self.stop()
        return None


def _say(pipe: IO[bytes] | None, text: str) -> None:
    if pipe is not None:
        pipe.write(f"{text}\n".encode())
        pipe.flush()


def _pump(pipe: IO[bytes] | None, run: _Run) -> None:
    """Carry lines to a queue that can be waited on with a limit."""
    folder = run.folder.name.encode()
    with contextlib.suppress(OSError, ValueError):
        while pipe is not None and (line := pipe.readline(_LONGEST_LINE)):
            run.told.extend(line)
            del run.told[:-TOLD]
            if folder in line:  # whatever else it says, however much, is not kept
                run.lines.put(line)
    run.lines.put(b"")
