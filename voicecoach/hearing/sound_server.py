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
    """Something the sound server can record from."""

    number: str
    """The server's number of it."""
    name: str
    """The server's own name, ``alsa_input.usb-Clip_Mic-00.mono``."""
    description: str
    """Its name for people, ``Clip Mic Mono``."""

    @property
    def monitor(self) -> bool:
        """It is no microphone: it records what comes out of the earbuds."""
        return self.name.endswith(".monitor")


def source_behind(device: str) -> str:
    """The name, for people, of the microphone that a PortAudio device stands for: itself where no server is asked."""
    if device not in PASSED_ON:
        return device
    chosen = os.environ.get(SOURCE) or _default_source()
    if not chosen:
        return device
    return next((source.description for source in sources() if source.name == chosen), chosen)


def hears_itself(device: str) -> bool:
    """Whether a PortAudio device would record what this computer plays: what a server offers that has no microphone."""
    return device in PASSED_ON and not os.environ.get(SOURCE) and Source("", _default_source(), "").monitor


def find_source(wanted: str) -> Source | None:
    """The microphone of the sound server whose name or description holds ``wanted``, capitals aside."""
    lower = wanted.lower()
    for source in sources():
        if not source.monitor and (lower in source.name.lower() or lower in source.description.lower()):
            return source
    return None


def source_in_use(process: int) -> Source | None:
    """What a process records from now; None where that is not known."""
    number, found = "", None
    for key, value in _pairs(_ask("list", "source-outputs")):
        if key == "Source":
            number = value
        elif key == "application.process.id" and value == str(process):
            found = number
    return next((source for source in sources() if source.number == found), None)


def sources() -> tuple[Source, ...]:
    """Everything the sound server can record from; none where there is no server, or no ``pactl`` to ask it with."""
    return tuple(_read(_ask("list", "sources")))


def _read(answer: str) -> Iterator[Source]:
    number = name = ""
    for key, value in _pairs(answer):
        if key.startswith("Source #"):
            number = key.removeprefix("Source #")
        elif key == "Name":
            name = value
        elif key == "Description":
            yield Source(number, name, value)


def _pairs(answer: str) -> Iterator[tuple[str, str]]:
    """``Name: value``, ``name = "value"`` and headings, line by line."""
    for line in answer.splitlines():
        text = line.strip()
        mark = " = " if " = " in text and ": " not in text.split(" = ")[0] else ": "
        key, _, value = text.partition(mark)
        yield key, value.strip('"')


def _default_source() -> str:
    for key, value in _pairs(_ask("info")):
        if key == "Default Source":
            return value
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
