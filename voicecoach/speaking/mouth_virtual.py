"""The simulated mouth: the real mixer pulled by a virtual clock, into a wav file or into nothing."""

from __future__ import annotations

import contextlib
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from voicecoach.coach.commands import Hush, Say, Tone, Unsay, Volume
from voicecoach.errors import CoachError
from voicecoach.speaking.clip import Samples, resample, to_int16
from voicecoach.speaking.mixer import Mixer
from voicecoach.speaking.schedule import Dropped, Played, PlayLog, Shelf, place, ring
from voicecoach.speaking.speaker import Speaker

RECORDING_RATE = 24_000
"""Hz of a recording: all that a speech engine has to give, at half the size of a sound card's rate."""


class VirtualMouth:
    """Implements ``ports.Mouth`` on a clock that moves only with ``advance``.

    The recording is streamed to disk: memory does not grow with its length (2.9 MB a minute on disk).
    """

    def __init__(self, speaker: Speaker, *, recording: Path | None = None, rate: int = RECORDING_RATE) -> None:
        """Without ``recording`` only time passes, much quicker. Raises CoachError when the file cannot be made."""
        self._speaker = speaker
        self._mixer = Mixer(rate)
        self._shelf = Shelf(speaker, rate)
        self._log = PlayLog()
        self._now = 0.0
        self._files = contextlib.ExitStack()
        self._wav: wave.Wave_write | None = None
        self._block = np.zeros(rate, dtype=np.float32)
        if recording is not None:
            self._wav = _open_wav(recording, rate, self._files)

    @property
    def played(self) -> list[Played]:
        """Every text that was really played, with its onset on the sample clock, oldest first."""
        self._log.read(self._mixer)
        return self._log.played

    @property
    def dropped(self) -> list[Dropped]:
        """Every text that was left out, oldest first."""
        self._log.read(self._mixer)
        return self._log.dropped

    def now(self) -> float:
        """Seconds on the virtual clock."""
        return self._now

    def advance(self, to: float) -> None:
        """Let time pass until ``to`` seconds, mixing what falls due; a time already past does nothing."""
        if to <= self._now:
            return
        self._now = to
        left = round(to * self._mixer.rate) - self._mixer.position
        if self._wav is None:
            self._mixer.skip(left)
            return
        while left > 0:
            block = self._block[: min(left, len(self._block))]
            self._mixer.mix(block)
            self._write(block)
            left -= len(block)

    def add(self, samples: Samples, at: float, gain: float = 1.0, *, rate: int) -> None:
        """Mix somebody else's voice (mono, ``rate`` Hz) into the recording at ``at`` seconds, or now."""
        if self._wav is not None:
            sound = resample(np.asarray(samples, dtype=np.float32), rate, self._mixer.rate) * np.float32(gain)
            self._mixer.ring(sound, round(at * self._mixer.rate), hushes=False)

    def seconds_of(self, text: str) -> float:
        """Spoken length in seconds, rendered now if need be."""
        return self._speaker.seconds_of(text)

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead, in the background."""
        self._speaker.prepare(texts)

    def say(self, say: Say) -> None:
        """Schedule a text."""
        if self._wav is None:
            place(self._mixer, say, round(self._speaker.seconds_of(say.aloud) * self._mixer.rate), None)
        else:
            samples = self._shelf.samples(say.aloud)
            place(self._mixer, say, len(samples), samples)

    def unsay(self, unsay: Unsay) -> None:
        """Take back a text that has not started."""
        self._mixer.withdraw(unsay.id)

    def hush(self, hush: Hush) -> None:  # noqa: ARG002 - which texts are cut is for the transcript
        """Fade out what is playing and drop what is scheduled."""
        self._mixer.hush()

    def tone(self, tone: Tone) -> None:
        """Schedule a tone. Raises CoachError for a name that has no figure."""
        ring(self._mixer, tone, self._shelf.tone(tone.name))

    def duck(self, on: bool) -> None:
        """Lower the voice by 12 dB."""
        self._mixer.duck(on)

    def set_volume(self, volume: Volume) -> None:
        """Say everything from now on at another volume; safety sentences never below 0 dB."""
        self._mixer.set_volume(volume.db)

    def playing(self) -> tuple[str, ...]:
        """Texts being heard now or within the last 300 ms."""
        self._log.read(self._mixer)
        return self._log.heard(self._now)

    def close(self) -> None:
        """Let what is playing end, then finish the file."""
        while self._mixer.sounding:
            self.advance(self._now + 0.1)
        self._wav = None
        self._files.close()

    def _write(self, block: Samples) -> None:
        assert self._wav is not None  # noqa: S101 - for the type checker; the caller has looked
        try:
            self._wav.writeframesraw(to_int16(block).tobytes())
        except OSError as error:
            self._wav = None
            with contextlib.suppress(OSError):
                self._files.close()
            raise CoachError(f"The recording cannot be written ({error.strerror}).", "Free some space.") from error


def _open_wav(path: Path, rate: int, files: contextlib.ExitStack) -> wave.Wave_write:
    """A 16-bit mono file, open until ``files`` are closed. Raises CoachError when it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = files.enter_context(path.open("wb"))  # opened here: wave, where it cannot, complains once more at its end
    except OSError as error:
        raise CoachError(f"{path} cannot be written ({error.strerror}).", "Choose another place.") from error
    file = files.enter_context(wave.open(raw, "wb"))  # noqa: SIM115 - closed with the files
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(rate)
    return file
