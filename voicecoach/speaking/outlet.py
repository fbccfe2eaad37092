"""One output stream of PortAudio: finds the device, opens it at a rate it can do, and calls back for samples."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from voicecoach.errors import CoachError
from voicecoach.speaking.clip import CLIP_RATE, Clip, Samples

Fill = Callable[[Samples, bool], None]
"""Fills a block of mono float32; told whether the device ran out of samples before. Runs in PortAudio's thread."""

_BLOCK_S = 0.010
_LATENCY_S = 0.040  # of a hush's way to the ear; with 60 ms as many blocks came too late beside a busy recogniser
_BIGGEST = 16384
_CLOSE_S = 2.0
_LEAD_S = 0.3
_LONGEST_START_S = 5.0
_DEVICES = "Run `voicecoach devices` to see what there is."


class Outlet:
    """A device that has been found, and its stream once started."""

    def __init__(self, index: int, name: str, rate: int, channels: int) -> None:
        self.index = index
        """PortAudio's number."""
        self.name = name
        """What PortAudio calls it."""
        self.rate = rate
        """Hz it is opened with."""
        self.channels = channels
        """1, or 2 with the same on both."""
        self.latency = 0.0
        """Seconds from a block to the ears, as the device tells it."""
        self._stream: Any = None

    def start(self, fill: Fill) -> None:
        """Open the stream; ``fill`` is called for every block from now on. Raises CoachError if the device refuses."""
        sounddevice = load_portaudio()
        block = np.zeros(_BIGGEST, dtype=np.float32)

        def callback(out: Samples, frames: int, _time: object, status: Any) -> None:  # noqa: ANN401 - PortAudio's flags
            mono = block[:frames]
            fill(mono, bool(status.output_underflow))
            out[:] = mono[:, None]

        try:
            self._stream = sounddevice.OutputStream(
                device=self.index,
                samplerate=self.rate,
                channels=self.channels,
                dtype="float32",
                blocksize=round(self.rate * _BLOCK_S),
                latency=_LATENCY_S,
                callback=callback,
            )
            self._stream.start()
            self.latency = float(self._stream.latency)
        except (sounddevice.PortAudioError, ValueError) as error:
            raise CoachError(
                f"The sound device {self.name} cannot be opened ({_reason(error)}).",
                f"Close what else uses it, or choose another one. {_DEVICES}",
            ) from error

    @property
    def is_open(self) -> bool:
        """Whether the stream was started and not closed since."""
        return self._stream is not None

    def close(self, *, drain: bool) -> bool:
        """Free the device, at once or after what it still has; one that hangs is left behind after two seconds.

        Returns whether it is free.
        """
        stream, self._stream = self._stream, None
        if stream is None:
            return True

        def end() -> None:
            stream.close(ignore_errors=True) if not drain else (stream.stop(), stream.close())

        closing = threading.Thread(target=end, name="close sound device", daemon=True)
        closing.start()
        closing.join(_CLOSE_S)
        return not closing.is_alive()


def load_portaudio() -> Any:  # noqa: ANN401 - an untyped library
    """Import sounddevice. Raises CoachError where PortAudio is missing."""
    try:
        import sounddevice  # noqa: PLC0415 - opens PortAudio
    except OSError as error:
        raise CoachError(
            "PortAudio, the library for sound devices, is not installed.",
            "On Debian or Ubuntu: sudo apt install libportaudio2",
        ) from error
    return sounddevice


def find_outlet(device: str | int | None) -> Outlet:
    """The output device of that name (whole, or a part of it), number, or the default one; not yet opened.

    Raises CoachError where there is none.
    """
    sounddevice = load_portaudio()
    devices = [about for about in sounddevice.query_devices() if about["max_output_channels"] > 0]
    if not devices:
        raise CoachError("This computer has no sound output.", "Plug in earbuds, or use `voicecoach rehearse`.")
    about = _choose(devices, sounddevice.default.device[1] if device is None else device)
    if about is None:
        names = ", ".join(one["name"] for one in devices)
        raise CoachError(f"There is no output device {device!r}.", f"There are: {names}.")
    channels = min(2, about["max_output_channels"])
    rate = CLIP_RATE
    try:
        sounddevice.check_output_settings(device=about["index"], channels=channels, samplerate=rate, dtype="float32")
    except sounddevice.PortAudioError:
        rate = round(about["default_samplerate"])
    return Outlet(about["index"], about["name"], rate, channels)


def play(clip: Clip, device: str | int | None = None) -> None:
    """Play one clip and wait for its end. Raises CoachError when there is no device."""
    outlet = find_outlet(device)
    samples = np.pad(clip.at_rate(outlet.rate).samples, (round(_LEAD_S * outlet.rate), round(_LEAD_S * outlet.rate)))
    done = threading.Event()
    position = 0

    def fill(out: Samples, _underflow: bool) -> None:
        nonlocal position
        part = samples[position : position + len(out)]
        out.fill(0)
        out[: len(part)] = part
        position += len(out)
        if position >= len(samples):
            done.set()

    outlet.start(fill)
    done.wait(clip.seconds + _LONGEST_START_S)
    outlet.close(drain=True)


@contextmanager
def silence_libraries() -> Iterator[None]:
    """Keep ALSA's, PortAudio's and Vosk's own messages off the terminal; what Python writes to stderr still gets there.

    They write to file descriptor 2 whenever a device comes or goes, across whatever is drawn on the screen. It concerns
    the whole process, so only a command may use it, around everything else.
    """
    sys.stderr.flush()
    real, python = os.dup(2), sys.stderr
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = os.fdopen(os.dup(real), "w", buffering=1, encoding=python.encoding, errors="backslashreplace")
    try:
        yield
    finally:
        sys.stderr.close()
        sys.stderr = python
        os.dup2(real, 2)
        os.close(real)


def list_outlets() -> list[int]:
    """Numbers of every output device there was when PortAudio last looked."""
    devices = load_portaudio().query_devices()
    return [about["index"] for about in devices if about["max_output_channels"] > 0]


def _choose(devices: list[dict[str, Any]], wanted: str | int) -> dict[str, Any] | None:
    """The device meant: by number, by whole name, or by a part of its name, capitals aside."""
    if isinstance(wanted, int) or wanted.isdigit():
        number = int(wanted)
        by_number = [about for about in devices if about["index"] == number]
        return by_number[0] if by_number else devices[0] if number < 0 else None
    lower = wanted.lower()
    matches = [about for about in devices if about["name"].lower() == lower]
    matches += [about for about in devices if lower in about["name"].lower()]
    return matches[0] if matches else None


def _reason(error: Exception) -> str:
    """PortAudio's own words, without its prefix and number."""
    return str(error.args[0]) if error.args else str(error)
