"""The real mouth: one output stream for the whole session, its callback mixes, its samples are the session clock."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from voicecoach.coach.commands import Hush, Say, Tone, Unsay, Volume
from voicecoach.coach.events import HealthChanged
from voicecoach.errors import CoachError
from voicecoach.ports import Deliver
from voicecoach.speaking.clip import CLIP_RATE, Samples
from voicecoach.speaking.mixer import Mixer
from voicecoach.speaking.outlet import find_outlet, list_outlets
from voicecoach.speaking.sample_clock import SampleClock
from voicecoach.speaking.schedule import Dropped, Played, PlayLog, Shelf, place, ring
from voicecoach.speaking.speaker import Speaker
from voicecoach.speaking.tap import Tap

_LOOK_S = 0.1
_RETRY_S = 1.0
_LONGEST_CLOSE_S = 20.0
_LONGEST_WAIT_S = 3.0
_PATIENCE_S = 0.5  # for a text's length; the session loop must get back to hearing "stop"


class SounddeviceMouth:
    """Implements ``ports.Mouth`` on a sound device; trouble with it becomes HealthChanged events."""

    def __init__(
        self,
        speaker: Speaker,
        device: str | int | None = None,
        *,
        look_again: Callable[[], object] = lambda: None,
    ) -> None:
        """Open the device (a name or part of one, PortAudio's number, or the system's default).

        ``look_again`` makes devices known that were plugged in since the program began; it may call ``parted``.
        Raises CoachError when there is no such device or it cannot be opened.
        """
        self._speaker = speaker
        self._device = device
        self._look_again = look_again
        self._clock = SampleClock()
        self._lock = threading.Lock()  # held for moments only: "stop" must not wait for a device
        self._device_lock = threading.RLock()  # held by whoever opens or closes the device, for as long as it takes
        self._log = PlayLog()
        self._unsaid: set[int] = set()
        self._generation = 0
        self._late: queue.SimpleQueue[tuple[int, Say] | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lost = False
        self._volume = Volume(0.0)
        self.underflows = 0
        """Times the device ran out of samples."""
        self._mixer = Mixer(CLIP_RATE)
        self._shelf = Shelf(speaker, CLIP_RATE)
        self._tap = Tap(CLIP_RATE)
        self._open(device)
        self._plays()

    def watch(self, deliver: Deliver) -> None:
        """Begin to look after the device, and tell of what breaks and comes back."""
        self._spawn(lambda: self._look_after(deliver), "earbuds watchdog")

    @property
    def device(self) -> str:
        """Name of the device in use."""
        return self._outlet.name

    @property
    def latency(self) -> float:
        """Seconds from the mixer to the ears, as the device tells it."""
        return self._outlet.latency

    @property
    def played(self) -> list[Played]:
        """Every text that was really played, oldest first."""
        with self._lock:
            self._log.read(self._mixer)
            return list(self._log.played)

    @property
    def dropped(self) -> list[Dropped]:
        """Every text that was left out, oldest first."""
        with self._lock:
            self._log.read(self._mixer)
            return list(self._log.dropped)

    def now(self) -> float:
        """Seconds of samples handed to the device, smoothed, never backwards; system time while no device runs."""
        return self._clock.now()

    def seconds_of(self, text: str) -> float:
        """Spoken length in seconds; an estimate where rendering takes over half a second."""
        return self._speaker.seconds_of(text, _PATIENCE_S)

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead, in the background."""
        self._speaker.prepare(texts)

    def say(self, say: Say) -> None:
        """Schedule a text; one that is not rendered yet is scheduled by another thread as soon as it is."""
        if self._speaker.ready(say.aloud):
            samples = self._shelf.samples(say.aloud)
            place(self._mixer, say, len(samples), samples)
            return
        with self._lock:
            self._late.put((self._generation, say))
            if not any(thread.name == "late texts" for thread in self._threads):
                self._spawn(self._say_late, "late texts")

    def unsay(self, unsay: Unsay) -> None:
        """Take back a text that has not started."""
        with self._lock:
            self._unsaid.add(unsay.id)
            self._mixer.withdraw(unsay.id)

    def hush(self, hush: Hush) -> None:  # noqa: ARG002 - which texts are cut is for the transcript
        """Fade out within 20 ms what is playing and drop what is scheduled."""
        with self._lock:
            self._generation += 1
            self._mixer.hush()

    def tone(self, tone: Tone) -> None:
        """Schedule a tone. Raises CoachError for a name that has no figure."""
        ring(self._mixer, tone, self._shelf.tone(tone.name))

    def duck(self, on: bool) -> None:
        """Lower the voice by 12 dB while somebody speaks over it."""
        self._mixer.duck(on)

    def set_volume(self, volume: Volume) -> None:
        """Say everything from now on at another volume; safety sentences never below 0 dB."""
        with self._lock:
            self._volume = volume
            self._mixer.set_volume(volume.db)

    def playing(self) -> tuple[str, ...]:
        """Texts being heard now, or within the last 300 ms plus the device's latency."""
        with self._lock:
            self._log.read(self._mixer)
            return self._log.heard(self.now(), self.latency)

    def sounded(self) -> Tap:
        """The last seconds of everything that went to the device; another one after it was opened again."""
        return self._tap

    def close(self) -> None:
        """Let what is playing end, then free the device."""
        until = time.monotonic() + _LONGEST_CLOSE_S
        while self._mixer.sounding and not self._clock.stalled and time.monotonic() < until:
            self._closing.wait(0.02)
        self._closing.set()
        self._late.put(None)
        for thread in self._threads:
            thread.join(_RETRY_S)
        self._outlet.close(drain=not self._clock.stalled)

    # The device.

    @contextmanager
    def parted(self) -> Iterator[bool]:
        """Let go of the device while the block runs, at a moment of silence if there is one soon, and take it again.

        Gives False where the device cannot be let go of. What is due meanwhile is dropped or comes late, as after
        any gap; if the device is not there any more, the watchdog says so and looks for another one.
        """
        with self._device_lock:
            until = time.monotonic() + _LONGEST_WAIT_S
            while self._mixer.sounding and not self._clock.stalled and time.monotonic() < until:
                self._closing.wait(0.01)
            held = self._outlet.is_open
            yield self._outlet.close(drain=not self._clock.stalled)
            if held and not self._closing.is_set():
                with suppress(CoachError):
                    self._open(self._outlet.name)

    def _open(self, device: str | int | None) -> None:
        """Open a device and start its stream; a device with a rate of its own gets a mixer of that rate."""
        outlet = find_outlet(device)
        with self._lock:
            if outlet.rate != self._mixer.rate:
                self._mixer = Mixer(outlet.rate)
                self._shelf = Shelf(self._speaker, outlet.rate)
                self._mixer.set_volume(self._volume.db)
            self._mixer.jump(round(self.now() * outlet.rate))
            self._mixer.wake()
            self._clock.restart(outlet.rate)
            self._tap = Tap(outlet.rate)
            mixer, clock, tap = self._mixer, self._clock, self._tap

        def fill(out: Samples, underflow: bool) -> None:
            mixer.mix(out)
            tap.write(out, mixer.position - len(out))
            clock.tick(mixer.position)
            if underflow:
                self.underflows += 1

        outlet.start(fill)
        self._outlet = outlet

    def _look_after(self, deliver: Deliver) -> None:
        """Watch the callbacks until the session closes; bring sound back when they stop."""
        while not self._closing.wait(_LOOK_S):
            with self._lock:
                self._log.read(self._mixer)
            if not self._clock.stalled:
                continue
            with self._device_lock:
                if not self._clock.stalled:  # somebody had let go of it for a moment
                    continue
                self._outlet.close(drain=False)
            lost = self._outlet.name
            sentence = f"The sound device is gone: {lost}. Plug it in again, or I go on with another one."
            deliver(HealthChanged(self.now(), "earbuds", ok=False, sentence=sentence))
            if self._bring_back():
                back = self._outlet.name
                sentence = "The sound is back." if back == lost else f"The sound comes from {back} now."
                deliver(HealthChanged(self.now(), "earbuds", ok=True, sentence=sentence))

    def _bring_back(self) -> bool:
        """Try the same device, then the default, then any, until one plays or the session closes."""
        while True:
            with self._device_lock:
                for device in (self._outlet.name, None, *list_outlets()):
                    try:
                        self._open(device)
                    except CoachError:
                        continue
                    if self._plays():
                        return True
                    self._outlet.close(drain=False)
            if self._closing.wait(_RETRY_S):
                return False
            self._look_again()

    def _plays(self) -> bool:
        """Wait until a stream just opened has had its first samples; False when it does not ask for any."""
        while not self._clock.filled:
            if self._clock.stalled or self._closing.wait(0.002):
                return False
        return True

    # Texts that were not ready.

    def _spawn(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _say_late(self) -> None:
        """Render and schedule what came before its clip, unless it was hushed or taken back meanwhile."""
        while (item := self._late.get()) is not None:
            generation, say = item
            samples = self._shelf.samples(say.aloud)
            with self._lock:
                if generation == self._generation and say.id not in self._unsaid:
                    place(self._mixer, say, len(samples), samples)
