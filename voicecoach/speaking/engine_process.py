"""One run of an engine's command line: text in, bytes out, within a time and a size; nothing it starts outlives it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO

from voicecoach.errors import CoachError

MOST_BYTES = 32 * 1024 * 1024
"""What one text may become: five minutes at 48 kHz."""
TOLD = 4096
"""Bytes of an engine's last words that are kept."""
_CHUNK = 65536
_LAST_S = 2.0


class EngineProcess:
    """Runs commands one after the other; ``stop`` ends the one that is running, from any thread."""

    def __init__(self, name: str, patience: float) -> None:
        """``name`` is the engine's in sentences; ``patience`` is how many seconds one run may take."""
        self._name = name
        self._patience = patience
        self._running: subprocess.Popen[bytes] | None = None

    def run(self, command: Sequence[str], given: bytes | None) -> bytes:
        """What the command wrote to stdout. Raises CoachError when it is missing, fails, hangs or writes no end."""
        process = start(command, self._name)
        self._running = process
        told, wrote = bytearray(), bytearray()
        readers = [
            threading.Thread(target=_keep_last, args=(process.stderr, told), daemon=True),
            threading.Thread(target=self._read, args=(process, wrote), daemon=True),
        ]
        try:
            for reader in readers:
                reader.start()
            _write(process.stdin, given)
            status = process.wait(self._patience)
            for reader in readers:
                reader.join(_LAST_S)
        except subprocess.TimeoutExpired:
            raise took_over(self._name, self._patience) from None
        finally:
            self._running = None
            end(process, readers)
        if len(wrote) > MOST_BYTES:
            raise CoachError(f"The voice engine {self._name} did not stop writing.", "Run it by hand to see why.")
        if status:
            raise CoachError(f"The voice engine {self._name} failed: {last_line(told, status)}", "Run it by hand.")
        return bytes(wrote)

    def stop(self) -> None:
        """End the command that is running, and what it started."""
        if (process := self._running) is not None:
            kill(process)

    def _read(self, process: subprocess.Popen[bytes], wrote: bytearray) -> None:
        """Keep what it writes; once that is too much, end it."""
        pipe = process.stdout
        with contextlib.suppress(OSError, ValueError):
            while pipe is not None and (chunk := pipe.read1(_CHUNK)):  # type: ignore[attr-defined]  # buffered
                wrote += chunk
                if len(wrote) > MOST_BYTES:
                    kill(process)
                    return


def start(command: Sequence[str], name: str) -> subprocess.Popen[bytes]:
    """Start an engine, in a group of its own. Raises CoachError when it is missing or cannot be run."""
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=sys.platform != "win32",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},  # texts are UTF-8, whatever the system's code page is
        )
    except FileNotFoundError as error:
        message = f"The voice engine {name} is not installed: there is no {command[0]}."
        raise CoachError(message, "Install it, or put its path right in config.toml.") from error
    except (OSError, ValueError) as error:
        raise CoachError(f"The voice engine {name} cannot be run: {error}.", "Run it by hand.") from error


def took_over(name: str, patience: float) -> CoachError:
    """The error for an engine that is still at a text after ``patience`` seconds."""
    return CoachError(
        f"The voice engine {name} took over {patience:g} seconds for one text.",
        "Run it by hand; a slow one can be given more time: timeout under [engines] in config.toml.",
    )


def _write(pipe: IO[bytes] | None, given: bytes | None) -> None:
    """Hand over the text; an engine that does not read it has its own reasons."""
    with contextlib.suppress(OSError):
        if pipe is not None and given is not None:
            pipe.write(given)
    with contextlib.suppress(OSError):
        if pipe is not None:
            pipe.close()


def _keep_last(pipe: IO[bytes] | None, told: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        while pipe is not None and (chunk := pipe.read1(_CHUNK)):  # type: ignore[attr-defined]  # buffered
            told += chunk
            del told[:-TOLD]


def end(process: subprocess.Popen[bytes], readers: Sequence[threading.Thread]) -> None:
    """Leave nothing behind: no process that holds a pipe, no thread that reads one, no open pipe."""
    if process.poll() is None or any(reader.is_alive() for reader in readers):
        kill(process)
    process.wait()
    for reader in readers:
        if reader.ident is not None:
            reader.join(_LAST_S)
    for pipe in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it started."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def last_line(told: bytearray, status: int) -> str:
    """The last line it wrote on stderr, or how it ended."""
    lines = told.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip()[:200] if lines else f"it ended with {status}"
