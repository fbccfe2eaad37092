"""The mixer: clips and tones laid on a sample clock, one voice at a time; knows no device and reads no clock.

Other threads leave wishes in a deque; the thread that mixes takes them up at the start of a block and is the only one
to touch the rest, so that an audio callback never waits for a lock. What happened goes out through another deque.
"""

from __future__ import annotations

from collections import deque

from voicecoach.coach.commands import Kind
from voicecoach.speaking.clip import CLIP_RATE, Samples
from voicecoach.speaking.shaping import Shaper, limit
from voicecoach.speaking.utterance import Report, Utterance
from voicecoach.speaking.wish import Ring, Turn, Wish

_BREATH_S = 0.080  # between a text that had to wait and the one it waited for
_LEAD_S = 0.300  # Bluetooth links and their amplifiers swallow up to this much after silence
_AWAKE_S = 60.0  # how long the inaudible noise goes on, so that a reply after a quiet stretch is whole without a delay
_TIMED = (Kind.COUNT, Kind.COUNTDOWN)
_FITTING = (Kind.PRAISE, Kind.CUE)  # dropped rather than begun and cut off by the next count
_PATIENT = (Kind.PRAISE, Kind.CUE, Kind.BRIEF)  # may be held back for the lead-in


class Mixer:
    """Mixes one voice, any number of tones and the lead-in noise into blocks of mono samples."""

    def __init__(self, rate: int = CLIP_RATE) -> None:
        """``rate`` is in Hz, of everything that goes in and out."""
        self.rate = rate
        self.position = 0
        """Samples mixed so far; other threads may read it."""
        self.reports: deque[Report] = deque()
        """What happened, oldest first; the owner of the mixer takes them out."""
        self._wishes: deque[Wish] = deque()
        self._voice: Turn | None = None
        self._waiting: list[Utterance] = []
        self._rings: list[Ring] = []
        self._last_end = -rate * 3600
        self._awake_until = 0
        self._warm_from: int | None = None
        self._lead = round(_LEAD_S * rate)
        self._shaper = Shaper(rate)

    # Wishes: any thread.

    def speak(self, utterance: Utterance) -> None:
        """Schedule a text."""
        self._wishes.append(Wish("speak", utterance=utterance))

    def withdraw(self, utterance_id: int) -> None:
        """Take back a text that has not started."""
        self._wishes.append(Wish("withdraw", number=utterance_id))

    def hush(self) -> None:
        """Fade out what sounds and forget what waits, also tones; ducking ends with it."""
        self._wishes.append(Wish("hush"))

    def duck(self, on: bool) -> None:
        """Lower the voice by 12 dB, or bring it back, over 30 ms."""
        self._wishes.append(Wish("duck", number=int(on)))

    def set_volume(self, db: float) -> None:
        """Turn the coach's voice and tones to ``db`` above what they are of their own, over 30 ms.

        Safety sentences are never turned below 0 dB; what is louder than the device can play is bent by the limit.
        """
        self._wishes.append(Wish("volume", db=db))

    def ring(self, samples: Samples, at: int, *, hushes: bool = True, latest: int | None = None) -> None:
        """Mix in a tone at a sample; ``hushes=False`` is for sounds that are not the coach's own."""
        self._wishes.append(Wish("ring", ring=Ring(samples, at, hushes, latest)))

    def jump(self, position: int) -> None:
        """Move the clock forward: time passed in which nothing could be played."""
        self._wishes.append(Wish("jump", number=position))

    def wake(self) -> None:
        """Start the inaudible noise now: something will be said soon."""
        self._wishes.append(Wish("wake"))

    @property
    def sounding(self) -> bool:
        """Whether something is being heard, or is about to be."""
        soon = self.position + self.rate // 10
        due = [u.at for u in list(self._waiting)] + [r.at for r in list(self._rings)]
        return bool(self._wishes) or self._voice is not None or min(due, default=soon + 1) <= soon

    # Mixing: one thread.

    def mix(self, out: Samples) -> None:
        """Fill ``out`` with the next samples."""
        out.fill(0)
        if self._idle and self._awake_until >= self.position + len(out):  # all that _run would do, for half the cost
            self._shaper.add_noise(out, self.position)
            self.position += len(out)
        else:
            self._run(len(out), out)
            limit(out)

    def skip(self, frames: int) -> None:
        """Let time pass as ``mix`` does, without samples."""
        self._run(frames, None)

    @property
    def _idle(self) -> bool:
        """Whether nothing sounds, waits or is wished, as for most of a session, and the noise is on."""
        something = self._wishes or self._voice or self._waiting or self._rings
        return not something and self._warm_from is not None and self._shaper.steady

    def _run(self, frames: int, out: Samples | None) -> None:
        while self._wishes:
            self._grant(self._wishes.popleft())
        start = self.position
        end = start + frames
        while self.position < end:
            self._decide()
            until = min(end, self._next_change())
            if out is not None:
                self._render(out[self.position - start : until - start])
            self._shaper.pass_time(until - self.position)
            self.position = until
        self._rings = [ring for ring in self._rings if ring.end > end]
        self._end_voice()

    def _grant(self, wish: Wish) -> None:
        """Take up one wish at the present position."""
        if wish.utterance is not None:
            self._waiting.append(wish.utterance)
        elif wish.ring is not None:
            self._add_ring(wish.ring)
        elif wish.what == "withdraw":
            self._waiting = [u for u in self._waiting if u.id != wish.number]
        elif wish.what == "hush":
            self._hush()
        elif wish.what == "duck":
            self._shaper.duck(bool(wish.number))
        elif wish.what == "volume":
            self._shaper.set_volume(wish.db)
        elif wish.what == "jump":
            self._jump(wish.number)
        else:
            self._awake_until = max(self._awake_until, self.position + round(_AWAKE_S * self.rate))

    def _add_ring(self, ring: Ring) -> None:
        if ring.latest is not None and ring.latest < self.position:
            return
        ring.at = max(ring.at, self.position)
        ring.end = ring.at + len(ring.samples)
        self._rings.append(ring)

    def _hush(self) -> None:
        if self._voice:
            self._fade_voice(self._voice)
        for utterance in self._waiting:
            self.reports.append(Report("hushed", utterance, self.position))
        self._waiting.clear()
        # A signal that belongs to this very moment, such as "heard", may have been asked for just before.
        self._rings = [r for r in self._rings if not r.hushes or r.at <= self.position + self._shaper.fade_length]
        for ring in self._rings:
            if ring.hushes and ring.at < self.position and ring.fade is None:
                ring.fade = self.position
                ring.end = min(ring.end, self.position + self._shaper.fade_length)
        self._shaper.duck(False)

    def _jump(self, position: int) -> None:
        gone = position - self.position
        if gone <= 0:
            return
        if self._voice:
            self._voice.start += gone
            self._voice.end += gone
            self._voice.fade = None if self._voice.fade is None else self._voice.fade + gone
        self.position = position

    # Who speaks.

    def _decide(self) -> None:
        """At the present sample: end what is over, drop what is too late, fade what must yield, start what is due."""
        now = self.position
        self._end_voice()
        for late in [u for u in self._waiting if u.kind in _TIMED and u.latest < now]:
            self._drop(late)
        self._stay_awake(now)
        voice = self._voice
        if voice:
            if voice.fade is None and any(self._beats(u, voice, now) for u in self._waiting):
                self._fade_voice(voice)
            return
        due = sorted((u for u in self._waiting if u.at <= now), key=lambda u: (-u.kind, u.at, u.id))
        for utterance in due:
            if self._held_until(utterance) > now:
                continue
            if utterance.kind in _FITTING and not self._room(utterance, now):
                self._drop(utterance)
            else:
                self._waiting.remove(utterance)
                self._voice = Turn(utterance, now, now + utterance.length)
                self.reports.append(Report("started", utterance, now))
                return

    def _beats(self, utterance: Utterance, voice: Turn, now: int) -> bool:
        """Whether it is time to make room for an utterance, so that it starts on its beat after the fade."""
        return utterance.kind > voice.utterance.kind and utterance.at - self._shaper.fade_length <= now

    def _room(self, utterance: Utterance, start: int) -> bool:
        """Whether nothing that would cut it off is due before its end."""
        end = start + utterance.length + self._shaper.fade_length
        return not any(u.kind > utterance.kind and u.at < end for u in self._waiting)

    def _held_until(self, utterance: Utterance) -> int:
        """The sample until which a due text is held back, for a breath or for the lead-in."""
        held = utterance.at
        if utterance.kind <= Kind.REPLY and utterance.at < self._last_end:
            held = self._last_end + round(_BREATH_S * self.rate)
        if utterance.kind in _PATIENT and self._warm_from is not None:
            warm = self._warm_from + self._lead
            after = warm + utterance.length
            if not any(u is not utterance and u.at < after for u in self._waiting):
                held = max(held, warm)
        return held

    def _fade_voice(self, voice: Turn) -> None:
        if voice.fade is None:
            voice.fade = self.position
            voice.end = min(voice.end, self.position + self._shaper.fade_length)

    def _end_voice(self) -> None:
        voice = self._voice
        if voice and self.position >= voice.end:
            whole = voice.end == voice.start + voice.utterance.length
            self.reports.append(Report("ended" if whole else "cut", voice.utterance, voice.end))
            self._last_end = voice.end
            self._voice = None

    def _drop(self, utterance: Utterance) -> None:
        self._waiting.remove(utterance)
        self.reports.append(Report("dropped", utterance, self.position))

    def _next_change(self) -> int:
        """The next sample at which ``_decide`` may have something to do."""
        now = self.position
        times = [self._voice.end] if self._voice else []
        for utterance in self._waiting:
            times += (utterance.at - self._lead, utterance.at - self._shaper.fade_length, utterance.at)
            if utterance.at <= now:
                times += (utterance.latest + 1, self._held_until(utterance))
        times.append(self._awake_until)
        return min((time for time in times if time > now), default=now + self.rate)

    def _stay_awake(self, now: int) -> None:
        """Keep the noise going around everything that sounds."""
        soon = any(u.at - self._lead <= now for u in self._waiting)
        if self._voice or self._rings or soon:
            self._awake_until = now + round(_AWAKE_S * self.rate)
        if now >= self._awake_until:
            self._warm_from = None
        elif self._warm_from is None:
            self._warm_from = now

    # Samples.

    def _render(self, out: Samples) -> None:
        """Add what sounds from the present position on; nothing begins or ends its turn within ``out`` but tones."""
        now = self.position
        size = len(out)
        if self._warm_from is not None:
            self._shaper.add_noise(out, now)
        voice = self._voice
        if voice and voice.utterance.samples is not None:
            part = voice.utterance.samples[now - voice.start : now - voice.start + size]
            out[: len(part)] += self._shaper.voice(
                part, None if voice.fade is None else now - voice.fade, safety=voice.utterance.kind is Kind.SAFETY
            )
        for ring in self._rings:
            begin, end = max(ring.at, now), min(ring.end, now + size)
            if begin < end:
                part = ring.samples[begin - ring.at : end - ring.at]
                if ring.hushes:
                    part = self._shaper.turned(part, begin - now)
                if ring.fade is not None:
                    part = self._shaper.faded(part, begin - ring.fade)
                out[begin - now : end - now] += part
