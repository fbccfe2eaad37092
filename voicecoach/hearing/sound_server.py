"""Which microphone is behind PortAudio's "default": on Linux a sound server stands between, and only it knows."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

PASSED_ON = frozenset({"default", "pulse", "pipewire", "sysdefault"})
"""PortAudio devices that are whatever the sound server has chosen."""
SOURCE = "PULSE_SOURCE"
"""Environment variable by which a program chooses its microphone of a sound server."""
PATIENCE = 2.0
"""Seconds for the server to answer."""


@dataclass(frozen=True, slots=True)
class Source:
    """A microphone of the sound server."""

    name: str
    """The server's own name, ``alsa_input.usb-Clip_Mic-00.mono``."""
    description: str
    """Its name for people, ``Clip Mic Mono``."""


def source_behind(device: str) -> str:
    """The name, for people, of the microphone that a PortAudio device stands for: itself where no server is asked."""
    if device not in PASSED_ON:
        return device
    chosen = os.environ.get(SOURCE) or _default_source()
    if not chosen:
        return device
    return next((source.description for source in sources() if source.name == chosen), chosen)


def find_source(wanted: str) -> Source | None:
    """The microphone of the sound server whose name or description holds ``wanted``, capitals aside."""
    lower = wanted.lower()
    for source in sources():
        if lower in source.name.lower() or lower in source.description.lower():
            return source
    return None


def sources() -> tuple[Source, ...]:
    """Every microphone of the sound server; none where there is no server, or no ``pactl`` to ask it with."""
    return tuple(_read(_ask("list", "sources")))


def _read(answer: str) -> Iterator[Source]:
    name = ""
    for line in answer.splitlines():
        key, _, value = line.strip().partition(": ")
        if key == "Name":
            name = value
        elif key == "Description" and name and not name.endswith(".monitor"):  # a monitor is what comes out of earbuds
            yield Source(name, value)


def _default_source() -> str:
    for line in _ask("info").splitlines():
        key, _, value = line.partition(": ")
        if key == "Default Source":
            return value.strip()
    return ""


def _ask(*words: str) -> str:
    try:
        done = subprocess.run(
            ["pactl", *words],
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""
