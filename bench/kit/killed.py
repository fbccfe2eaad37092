"""A process of its own that announces things until it is killed: what the kill benches have in common. POSIX only."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

Announce = Callable[[str], None]
"""Tells one line, at once, to whoever outlives the process."""


def announced(work: Callable[[Announce], None], seconds: float | None) -> list[str]:
    """Do ``work`` in a fork that is killed with SIGKILL after so many seconds; the lines it announced before it died.

    Without ``seconds`` it comes to its end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)

        def announce(line: str) -> None:
            """Tell a line before going on."""
            os.write(writing, f"{line}\n".encode())

        work(announce)
        os._exit(0)
    os.close(writing)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().split(b"\n")[:-1]
    os.waitpid(child, 0)
    return [line.decode() for line in lines]
