"""The only module that captures: blocks of samples from an input device, and the list of devices there are.

The callback of the stream only copies bytes to a queue; everything else happens in the listener's thread.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from voicecoach.errors import CoachError
from voicecoach.hearing.recogniser import RATE
from voicecoach.hearing.sound_server import PASSED_ON, SOURCE, find_source, hears_itself, source_behind, source_in_use
from voicecoach.hearing.tuning import CHUNK

SERVER_RATE = 48_000
"""Hz asked of a sound server, which has every rate: to 16 kHz from here holds back 1.5 ms, from its 44.1 kHz 15."""
BLOCK_SECONDS = 0.02
"""Length of a block where the path's steps are no whole number of samples, and before an echo canceller."""
NO_PORTAUDIO = "On Debian or Ubuntu: `sudo apt install libportaudio2`. On macOS and Windows it comes with sounddevice."

OnBlock = Callable[[bytes], None]
"""Takes interleaved 16-bit samples; called from the audio thread, so it may only hand them on."""


class Microphone(Protocol):
    """A capture device that can be opened again after it was lost."""

    @property
    def name(self) -> str:
        """The device's name as last opened."""

    @property
    def rate(self) -> int:
        """Samples per second and channel."""

    @property
    def channels(self) -> int:
        """Channels in a block."""

    def open(self, on_block: OnBlock) -> None:
        """Start capturing. Raises CoachError where there is no such device or it is busy."""

    def close(self) -> None:
        """Stop capturing; harmless when it is not open."""

    def look(self) -> bool:
        """See which microphone is behind the stream now, which may change ``name``; False where there is none."""


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device of this computer."""

    index: int
    """PortAudio's number, until it is started anew."""
    name: str
    """Name as the system gives it."""
    host: str
    """Sound system it belongs to."""
    inputs: int
    """Channels it can record."""
    outputs: int
    """Channels it can play."""
    rate: int
    """Its own sample rate in Hz."""
    default_input: bool
    """Recording uses this one unless told otherwise."""
    default_output: bool
    """Playing uses this one unless told otherwise."""


def block_size(rate: int) -> int:
    """Samples per channel of a block at ``rate`` Hz: one step of the listening path where that is possible.

    A step is then judged when its last sample is there, not up to a block later, and nothing wakes up in between:
    while nobody speaks that is most of what listening costs.
    """
    return CHUNK * rate // RATE if rate % RATE == 0 else int(rate * BLOCK_SECONDS)


def sound_library() -> Any:  # noqa: ANN401 - the package has no types
    """The sounddevice module. Raises CoachError where PortAudio is missing."""
    try:
        import sounddevice  # noqa: PLC0415 - loads PortAudio, which may not be there
    except OSError as error:
        raise CoachError("The sound library PortAudio is not installed.", NO_PORTAUDIO) from error
    return sounddevice


def list_devices() -> tuple[Device, ...]:
    """Every sound device there was when PortAudio last looked. Raises CoachError where it is missing or fails."""
    library = sound_library()
    try:
        found, hosts = library.query_devices(), library.query_hostapis()
        default_in, default_out = library.default.device
    except library.PortAudioError as error:
        raise CoachError(f"The sound devices cannot be listed: {error}.", "Is the sound system running?") from error
    return tuple(
        Device(
            index,
            str(one["name"]),
            str(hosts[one["hostapi"]]["name"]),
            int(one["max_input_channels"]),
            int(one["max_output_channels"]),
            int(one["default_samplerate"]),
            index == default_in,
            index == default_out,
        )
        for index, one in enumerate(found)
    )


def renew_devices() -> None:
    """Make PortAudio look for devices anew; close every stream of the process before. Raises CoachError."""
    library = sound_library()
    try:
        with suppress(library.PortAudioError):  # it was not running: the last try failed
            library._terminate()  # noqa: SLF001 - there is no public way to it
        library._initialize()  # noqa: SLF001 - see above
    except library.PortAudioError as error:
        raise CoachError(f"The sound devices cannot be listed: {error}.", "Is the sound system running?") from error


class SoundDeviceMicrophone:
    """``Microphone`` by PortAudio, on its own input stream: a duplex stream stalls on some sound systems.

    ``wanted`` is a device name or a part of one; None takes the system's default. The stream runs at the device's own
    rate, because many refuse 16 kHz, and Bluetooth crackles at any rate but its own; a sound server's at 48 kHz.
    ``cancelled``: an echo canceller comes next, which takes frames of 10 ms; blocks of 20 ms at the device's rate then.
    """

    def __init__(self, wanted: str | None = None, *, cancelled: bool = False) -> None:
        self._wanted, self._cancelled = wanted, cancelled
        self._stream: Any = None
        self._on_block: OnBlock | None = None
        self._lock = threading.RLock()
        self._device, self._own_rate = "", 16_000
        self.name, self.rate, self.channels = wanted or "the default microphone", 16_000, 1

    def find(self) -> int:
        """Look for the device, which sets name, rate and channels; returns PortAudio's number. Raises CoachError."""
        library = sound_library()
        try:
            info = self._look_up(library)
        except (library.PortAudioError, ValueError):
            info = None
        if info is None or hears_itself(str(info["name"])):
            what = f"There is no microphone named {self._wanted!r}." if self._wanted else "There is no microphone."
            raise CoachError(what, "`voicecoach devices` lists them; the keyboard works without one.")
        self._device = str(info["name"])
        self.name, self._own_rate = source_behind(self._device), int(info["default_samplerate"])
        self.rate = SERVER_RATE if self._device in PASSED_ON and not self._cancelled else self._own_rate
        self.channels = max(1, min(2, int(info["max_input_channels"])))
        return int(info["index"])

    def _look_up(self, library: Any) -> Any:  # noqa: ANN401 - the package has no types
        """What PortAudio knows of the device; one that only the sound server knows by name is reached through it."""
        try:
            return library.query_devices(self._wanted, "input")
        except ValueError:
            source = find_source(self._wanted) if self._wanted else None
            if source is None:
                raise
            os.environ[SOURCE] = source.name  # the only way to tell the server; this process has one microphone
            return library.query_devices("pulse", "input")

    def look(self) -> bool:
        """Ask the sound server what is behind the stream now: it moves streams without a word."""
        if self._device not in PASSED_ON:
            return True
        source = source_in_use(os.getpid())
        if source is None:
            return True
        if not source.monitor:
            self.name = source.description
        return not source.monitor

    def open(self, on_block: OnBlock) -> None:
        """Start capturing. Raises CoachError."""
        with self._lock:
            self.close()
            self._start(on_block)
            self._on_block = on_block

    def _start(self, on_block: OnBlock) -> None:
        library = sound_library()
        index = self.find()

        def callback(data: Any, _frames: int, _time: Any, _status: Any) -> None:  # noqa: ANN401 - C buffers
            on_block(bytes(data))

        def opened() -> Any:  # noqa: ANN401 - the package has no types
            return library.RawInputStream(
                device=index,
                samplerate=self.rate,
                blocksize=int(self.rate * BLOCK_SECONDS) if self._cancelled else block_size(self.rate),
                channels=self.channels,
                dtype="int16",
                latency="low",
                callback=callback,
            )

        try:
            try:
                self._stream = opened()
            except library.PortAudioError:
                if self.rate == self._own_rate:
                    raise
                self.rate = self._own_rate  # no server behind that name after all
                self._stream = opened()
            self._stream.start()
        except library.PortAudioError as error:
            self._stop()
            raise CoachError(
                f"The microphone {self.name!r} cannot be opened.",
                f"{error}. Another program may be using it; `voicecoach devices` lists the others.",
            ) from error

    def close(self) -> None:
        """Stop capturing."""
        with self._lock:
            self._on_block = None
            self._stop()

    def _stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    @contextmanager
    def parted(self) -> Iterator[bool]:
        """Let go of the device for as long as the block runs, and take it again; whoever listens notices a failure."""
        with self._lock:
            self._stop()
            yield True
            if self._on_block is not None:
                with suppress(CoachError):
                    self._start(self._on_block)
