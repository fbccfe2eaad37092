"""The Ears of a live session: a microphone, a thread that listens, and watchdogs that say when either fails."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import HealthChanged
from voicecoach.errors import CoachError
from voicecoach.hearing.echo import EchoCanceller
from voicecoach.hearing.health import Change, RateHealth, SoundHealth
from voicecoach.hearing.hearing_path import Outcome
from voicecoach.hearing.microphone import Microphone
from voicecoach.hearing.rates import Resampler, Samples
from voicecoach.hearing.recogniser import RATE
from voicecoach.ports import Deliver


class ListeningPath(Protocol):
    """What makes events of samples: a listening path, or one that also keeps what it hears."""

    def listen(self, listen: Listen) -> None:
        """From the next decision on, hear what this state hears."""

    def hear(self, samples: Samples, t0: float) -> list[Outcome]:
        """Take mono 16 kHz samples, the first of which was heard at session time ``t0``; return what was decided."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the listener waits, in seconds."""

    silence_of_device: float = 1.0
    """Without a single block, after which the microphone counts as gone: unplugging one raises nothing."""
    first_block: float = 4.0
    """For the first block after opening: sound servers and Bluetooth take their time."""
    between_tries: float = 1.0
    """Before the microphone is opened again, and before a listener that died is started again."""
    closing: float = 2.0
    """For the thread to end."""


@dataclass(frozen=True, slots=True)
class Block:
    """What the audio thread hands over."""

    data: bytes
    """Interleaved 16-bit samples."""
    at: float
    """Monotonic time at which they came."""


class Listener:
    """``Ears`` by voice.

    ``load`` builds the listening path; it runs in the listener's thread, so that the coach can speak while the model is
    loading, and what the microphone hears meanwhile is kept. ``clock`` reads the session clock; it, ``deliver`` and the
    path's callbacks are called from that thread. ``canceller`` takes the coach's own voice out first.
    """

    def __init__(
        self,
        load: Callable[[], ListeningPath],
        microphone: Microphone,
        clock: Callable[[], float],
        patience: Patience | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        canceller: EchoCanceller | None = None,
    ) -> None:
        self._load, self._microphone, self._clock = load, microphone, clock
        self._patience = patience or Patience()
        self._monotonic = monotonic
        self._canceller = canceller
        self._blocks: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._listen = Listen("", frozenset())
        self._deliver: Deliver = lambda _: None
        self._thread: threading.Thread | None = None
        self._path: ListeningPath | None = None
        self._lost = False

    def start(self, deliver: Deliver) -> None:
        """Open the microphone and begin to listen; what cannot be opened is said and tried again."""
        self._deliver = deliver
        self._thread = threading.Thread(target=self._live, name="voicecoach-listener", daemon=True)
        self._thread.start()

    def listen(self, listen: Listen) -> None:
        """Say what the present state hears; holds from the next block on."""
        self._listen = listen

    def close(self) -> None:
        """Stop listening and free the device."""
        self._closing.set()
        self._blocks.put(None)
        if self._thread is not None:
            self._thread.join(self._patience.closing)
            self._thread = None
        self._microphone.close()

    def _live(self) -> None:
        """The thread: listen, and after a failure say so and start again, until closed."""
        while not self._closing.is_set():
            try:
                self._open()
                if self._path is None:
                    self._path = self._load()
                self._work(self._path)
            except CoachError as error:
                self._say(HealthChanged(self._clock(), "microphone", ok=False, sentence=str(error)))
                return
            except Exception:  # noqa: BLE001 - a listener that dies in silence is the one thing that must not happen
                self._path = None
                self._tell(Change("listener", ok=False))
                self._closing.wait(self._patience.between_tries)
                self._tell(Change("listener", ok=True))

    def _open(self) -> None:
        """Open the microphone, however often it takes."""
        while not self._closing.is_set():
            try:
                self._microphone.open(lambda data: self._blocks.put(Block(data, self._monotonic())))
            except CoachError as error:
                if not self._lost:
                    self._lost = True
                    self._say(HealthChanged(self._clock(), "microphone", ok=False, sentence=str(error)))
                self._closing.wait(self._patience.between_tries)
            else:
                return

    def _work(self, path: ListeningPath) -> None:
        """Take blocks until closed, opening the microphone again whenever it falls silent."""
        front, patience = self._front(), self._patience.first_block
        while not self._closing.is_set():
            try:
                block = self._blocks.get(timeout=patience)
            except queue.Empty:
                self._lose()
                self._open()
                front, patience = self._front(), self._patience.first_block
                continue
            patience = self._patience.silence_of_device
            if block is not None:
                self._found()
                self._take(path, front, block)

    def _front(self) -> FrontEnd:
        return FrontEnd(self._microphone.rate, self._microphone.channels)

    def _take(self, path: ListeningPath, front: FrontEnd, block: Block) -> None:
        samples, changes = front.feed(block)
        for change in changes:
            self._tell(change)
        waited = max(0.0, self._monotonic() - block.at)
        path.listen(self._listen)
        t0 = self._clock() - waited - len(samples) / RATE
        if self._canceller is not None:
            samples, t0 = self._canceller.clean(samples, t0)
        for outcome in path.hear(samples, t0):
            self._deliver(replace(outcome, t=self._clock()))

    def _lose(self) -> None:
        if not self._lost:
            self._lost = True
            self._tell(Change("gone", ok=False))

    def _found(self) -> None:
        if self._lost:
            self._lost = False
            self._tell(Change("gone", ok=True))

    def _tell(self, change: Change) -> None:
        self._say(HealthChanged(self._clock(), "microphone", ok=change.ok, sentence=change.sentence))

    def _say(self, event: HealthChanged) -> None:
        self._deliver(event)


class FrontEnd:
    """Blocks of one opened device become mono 16 kHz samples, and its health is watched on the way."""

    def __init__(self, rate: int, channels: int) -> None:
        self._channels = channels
        self._resampler = Resampler(rate)
        self._sound, self._speed = SoundHealth(rate), RateHealth(rate)

    def feed(self, block: Block) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int16]], list[Change]]:
        """The samples of a block, and what changed about the microphone."""
        frames = np.frombuffer(block.data, np.int16).reshape(-1, self._channels)
        mono = frames[:, 0] if self._channels == 1 else np.rint(frames.mean(axis=1)).astype(np.int16)
        changes = list(self._sound.feed(mono))
        speed = self._speed.feed(len(mono), block.at)
        if speed is not None:
            changes.append(speed)
        return self._resampler.feed(mono), changes
