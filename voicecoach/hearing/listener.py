"""The Ears of a live session: a microphone, a thread that listens, and watchdogs that say when either fails."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import HealthChanged
from voicecoach.errors import CoachError
from voicecoach.hearing.echo import EchoCanceller
from voicecoach.hearing.front_end import Block, Format, FrontEnd
from voicecoach.hearing.health import WELL, WELL_THROUGH, Change, Restarts
from voicecoach.hearing.hearing_path import Outcome
from voicecoach.hearing.microphone import Microphone
from voicecoach.hearing.rates import Samples
from voicecoach.hearing.recogniser import RATE
from voicecoach.ports import Deliver

PLUG_IN = "Plug it in, or use the keyboard."
"""What to do about a microphone that cannot be opened, for the ears."""


class ListeningPath(Protocol):
    """What makes events of samples: a listening path, or one that also keeps what it hears."""

    @property
    def speaking(self) -> bool:
        """Whether somebody is speaking now."""

    def listen(self, listen: Listen) -> None:
        """From the next decision on, hear what this state hears."""

    def hear(self, samples: Samples, t0: float) -> list[Outcome]:
        """Take mono 16 kHz samples, the first of which was heard at session time ``t0``; return what was decided."""

    def break_off(self) -> list[Outcome]:
        """The sound broke off: forget what was being said, unless it was a safety phrase already."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the listener waits, in seconds."""

    silence_of_device: float = 1.0
    """Without a single block, after which the microphone counts as gone: unplugging one raises nothing."""
    first_block: float = 4.0
    """For the first block after opening: sound servers and Bluetooth take their time."""
    between_tries: float = 1.0
    """Before the microphone is opened again, and before a listener that died is started again for the first time."""
    between_looks: float = 5.0
    """Between two looks at which microphone the sound server has put behind the stream."""
    closing: float = 2.0
    """For the thread to end."""


class Listener:
    """``Ears`` by voice.

    ``load`` builds the listening path for the microphone that is open; it runs in the listener's thread, so that the
    coach can speak while the model is loading, and what the microphone hears meanwhile is kept. It is asked again for
    another microphone. ``clock`` reads the session clock; it, ``deliver``, ``look_again`` and the path's callbacks are
    called from that thread. ``canceller`` takes the coach's own voice out first. ``look_again`` makes devices known
    that were plugged in since the program began.
    """

    def __init__(
        self,
        load: Callable[[], ListeningPath],
        microphone: Microphone,
        clock: Callable[[], float],
        patience: Patience | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        canceller: EchoCanceller | None = None,
        look_again: Callable[[], object] = lambda: None,
    ) -> None:
        self._load, self._microphone, self._clock = load, microphone, clock
        self._patience = patience or Patience()
        self._monotonic = monotonic
        self._canceller, self._look_again = canceller, look_again
        self._blocks: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._listen = Listen("", frozenset())
        self._deliver: Deliver = lambda _: None
        self._thread: threading.Thread | None = None
        self._path: ListeningPath | None = None
        self._through = self._heard = ""
        self._front: FrontEnd | None = None
        self._restarts = Restarts(self._patience.between_tries)
        self._lost = False
        self._looked = 0.0

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
                self._work()
            except CoachError as error:  # the model: nothing can be heard in this session
                self._microphone.close()
                self._say(ok=False, sentence=str(error))
                return
            except Exception:  # noqa: BLE001 - a listener that dies in silence is the one thing that must not happen
                self._fall()

    def _fall(self) -> None:
        """Say that the listener died, and wait before it is started again; what was said until then is past."""
        with suppress(Exception):  # whatever killed it may do so again; the coach's voice is to be loud again
            self._break_off()
        self._path = self._front = None
        pause, news = self._restarts.fell()
        if news is not None:
            self._tell(news)
        self._closing.wait(pause)
        self._forget_blocks()

    def _forget_blocks(self) -> None:
        while not self._closing.is_set():
            try:
                self._blocks.get_nowait()
            except queue.Empty:
                return

    # The device.

    def _open(self) -> None:
        """Open the microphone, however often it takes, and be ready to hear through it."""
        while not self._closing.is_set():
            try:
                self._microphone.open(self._take_block)
            except CoachError as error:
                if not self._lost:
                    self._lost = True
                    self._say(ok=False, sentence=f"{error.message} {PLUG_IN}")
                self._closing.wait(self._patience.between_tries)
                self._look_again()
            else:
                self._looked = self._monotonic()
                self._get_ready()
                return

    def _take_block(self, data: bytes) -> None:
        """Called from the audio thread."""
        form = Format(self._microphone.rate, self._microphone.channels)
        self._blocks.put(Block(data, self._monotonic(), form))

    def _get_ready(self) -> ListeningPath:
        """The path for the microphone that is open; another one has other thresholds."""
        path, name = self._path, self._microphone.name
        if path is None or name != self._through:
            self._break_off()
            path = self._path = self._load()
            self._through, self._front = name, None
        return path

    def _lose(self) -> None:
        """The microphone delivers nothing any more."""
        if not self._lost:
            self._lost = True
            self._break_off()
            self._tell(Change("gone", ok=False))

    def _find(self) -> None:
        """The microphone delivers: say so where it did not before, or where it is another one."""
        name = self._microphone.name
        if self._lost or (self._heard and name != self._heard):
            self._lost, self._front = False, None
            self._say(ok=True, sentence=WELL if name == self._heard else WELL_THROUGH.format(microphone=name))
        self._heard = name

    def _look_behind(self) -> None:
        """Notice that the sound server has put another microphone behind the stream, or none."""
        if self._monotonic() - self._looked >= self._patience.between_looks:
            self._looked = self._monotonic()
            if not self._microphone.look():
                self._lose()
                self._open()

    # The sound.

    def _work(self) -> None:
        """Take blocks until closed, opening the microphone again whenever it falls silent."""
        patience = self._patience.first_block
        while not self._closing.is_set():
            try:
                block = self._blocks.get(timeout=patience)
            except queue.Empty:
                self._lose()
                self._open()
                patience = self._patience.first_block
                continue
            patience = self._patience.silence_of_device
            if block is None:
                continue
            path = self._get_ready()
            self._find()
            self._take(path, block)
            if not path.speaking:
                self._look_behind()

    def _take(self, path: ListeningPath, block: Block) -> None:
        front = self._front
        if front is None or front.format != block.format:
            front = self._front = FrontEnd(block.format, wrong_rate=front is not None and front.wrong_rate)
        samples, changes = front.feed(block)
        for change in changes:
            self._tell(change)
        waited = max(0.0, self._monotonic() - block.at)
        path.listen(self._listen)
        seconds = len(samples) / RATE
        t0 = self._clock() - waited - seconds
        if self._canceller is not None:
            samples, t0 = self._canceller.clean(samples, t0)
        for outcome in path.hear(samples, t0):
            self._deliver(replace(outcome, t=self._clock()))
        if (well := self._restarts.heard(seconds)) is not None:
            self._tell(well)
        if Change("rate", ok=False) in changes:  # its own rate is read anew, which may be all it takes
            self._open()
            front.reopened()

    def _break_off(self) -> None:
        if self._path is not None:
            for outcome in self._path.break_off():
                self._deliver(replace(outcome, t=self._clock()))

    def _tell(self, change: Change) -> None:
        self._say(ok=change.ok, sentence=change.sentence)

    def _say(self, *, ok: bool, sentence: str) -> None:
        self._deliver(HealthChanged(self._clock(), "microphone", ok=ok, sentence=sentence))
