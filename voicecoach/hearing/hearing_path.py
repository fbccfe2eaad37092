"""The path from 16 kHz samples to events: voice activity, recogniser, decision; the same live and over files.

Runs on the clock of its samples: given the same samples it gives the same events at the same times, however they are
cut into blocks. No thread, no device.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard, NotUnderstood
from voicecoach.hearing.decision import Decision, Judge
from voicecoach.hearing.rates import Samples
from voicecoach.hearing.recogniser import RATE, Recogniser, SecondOpinion
from voicecoach.hearing.rules import RULES, Look, Rule
from voicecoach.hearing.second_hearing import SecondHearing
from voicecoach.hearing.shout import Shout
from voicecoach.hearing.tuning import CHUNK, CHUNK_SECONDS, Tuning
from voicecoach.hearing.utterance import Tally, Utterance
from voicecoach.hearing.voice import SILENCE_DB, Activity, VoiceActivity
from voicecoach.words.phrases import PhraseTable

Outcome = Heard | NotUnderstood


class HearingPath:
    """Feeds samples through voice activity, recogniser and rules.

    ``playing`` gives what the coach is saying (the echo mask); ``on_speech`` is called with True when somebody begins
    to speak and with False when nothing came of it for a second or the utterance is over; ``explain`` is given every
    decision that takes something, and what was refused once the utterance, or the part of it before a pause, is over.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        table: PhraseTable,
        *,
        second: SecondOpinion | None = None,
        tuning: Tuning | None = None,
        unit: str | None = None,
        rules: Sequence[tuple[str, Rule]] = RULES,
        playing: Callable[[], tuple[str, ...]] = tuple,
        on_speech: Callable[[bool], None] = lambda _: None,
        explain: Callable[[Decision], None] = lambda _: None,
    ) -> None:
        self._tuning = tuning or Tuning()
        self._recogniser, self._second = recogniser, second
        self._judge = Judge(table, self._tuning, unit, rules)
        self._again = SecondHearing(self._judge, second)
        self._voice, self._shout = VoiceActivity(), Shout()
        self._playing, self._on_speech, self._explain = playing, on_speech, explain
        self._rest: Samples = np.zeros(0, np.int16)
        self._before: deque[bytes] = deque(maxlen=self._tuning.preroll)
        self._speech: Utterance | None = None
        self._activity = Activity(0.0, SILENCE_DB, SILENCE_DB)
        self._now = 0.0
        self.tally = Tally()

    @property
    def speaking(self) -> bool:
        """Whether somebody is speaking now."""
        return self._speech is not None

    def listen(self, listen: Listen) -> None:
        """From the next decision on, hear what this state hears."""
        self._judge.listen = listen

    def hear(self, samples: Samples, t0: float) -> list[Outcome]:
        """Take mono 16 kHz samples, the first of which was heard at session time ``t0``; return what was decided."""
        start = t0 - len(self._rest) / RATE
        whole = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        outcomes: list[Outcome] = []
        for at in range(0, len(whole) - CHUNK + 1, CHUNK):
            self._now = start + (at + CHUNK) / RATE
            outcomes += self._step(whole[at : at + CHUNK])
        self._rest = whole[len(whole) - len(whole) % CHUNK :].copy()
        return outcomes

    def finish(self) -> list[Outcome]:
        """The sound is over: decide about what is still open, as if quiet followed."""
        outcomes: list[Outcome] = []
        quiet = np.zeros(CHUNK, np.int16)
        if len(self._rest):
            outcomes += self.hear(quiet[len(self._rest) :], self._now + len(self._rest) / RATE)
        while self._speech is not None:
            outcomes += self.hear(quiet, self._now)
        return outcomes

    def break_off(self) -> list[Outcome]:
        """The sound broke off: only a safety phrase that was said by then is decided; half a word means nothing."""
        outcomes = self.finish()
        self._before.clear()
        return [one for one in outcomes if isinstance(one, Heard) and self._judge.is_safety(one.phrase)]

    def _step(self, chunk: Samples) -> list[Outcome]:
        self.tally.seconds += CHUNK_SECONDS
        self._activity = self._voice.feed(chunk)
        data = chunk.tobytes()
        if self._speech is None:
            if self._activity.speech < self._tuning.speech_on:
                self._before.append(data)
                return []
            self._begin()
        speech = self._speech
        assert speech is not None  # noqa: S101 - _begin has set it; for the type checker
        outcomes = self._go_on(speech, data)
        self._before.append(data)
        if speech.quiet >= self._tuning.close or speech.steps * CHUNK_SECONDS >= self._tuning.give_up:
            self._close()
        return outcomes

    def _begin(self) -> None:
        self.tally.utterances += 1
        self._speech, self._shout = Utterance(self._now), Shout()
        self._start_afresh(self._speech)
        self._on_speech(True)

    def _start_afresh(self, speech: Utterance) -> None:
        """Forget the words so far and begin again with the sound just before this step."""
        self._recogniser.reset()
        speech.forget()
        speech.loudest, speech.doubted = SILENCE_DB, ""
        speech.repeated = len(self._before) if speech.aside is not None else 0
        for earlier in self._before:
            self._accept(speech, earlier)

    def _accept(self, speech: Utterance, data: bytes) -> None:
        speech.chunks.append(data)
        self._decode(data)

    def _decode(self, data: bytes) -> None:
        self.tally.decoded += CHUNK_SECONDS
        self._recogniser.accept(data)

    def _go_on(self, speech: Utterance, data: bytes) -> list[Outcome]:
        speech.steps += 1
        voice = self._activity.speech >= self._tuning.speech_off
        if voice:
            self._resume(speech)
            speech.quiet = 0
            speech.ask_again()
            speech.voiced += 1
            speech.loudest = max(speech.loudest, self._activity.level)
        else:
            speech.quiet += 1
        if speech.flushed is None:
            self._accept(speech, data)
        else:
            speech.chunks.append(data)
        self._unduck(speech)
        look = self._look(speech, voice)
        outcomes = [] if look is None else self._decide(speech, look)
        return outcomes or self._called(speech, data)

    def _resume(self, speech: Utterance) -> None:
        """Voice after quiet: carry on with the same words, or put aside what was no phrase."""
        if speech.quiet >= self._tuning.fresh:
            speech.put_aside()
            self._start_afresh(speech)
        elif speech.flushed is not None:
            self._decode_anew(speech)

    def _decode_anew(self, speech: Utterance) -> None:
        self._recogniser.reset()
        speech.flushed, speech.settled = None, True
        for earlier in speech.chunks:
            self._decode(earlier)

    def _look(self, speech: Utterance, voice: bool) -> Look | None:
        """What to judge at this step, if anything."""
        tuning = self._tuning
        if voice:
            if speech.steps % tuning.poll:
                return None
            text = self._recogniser.partial()
            speech.held = speech.held + 1 if text and text == speech.text else 0
            speech.text = text
            return self._glance(speech, text, "partial") if text else None
        if not speech.voiced:  # quiet after a command: there is nothing to be heard in it
            return None
        if speech.quiet == tuning.dip:
            return self._dip(speech)
        if speech.quiet < tuning.end:
            return None
        self._look_over(speech)
        return self._glance(speech, self._flush(speech), "closed" if speech.quiet >= tuning.close else "end")

    def _flush(self, speech: Utterance) -> str:
        if speech.flushed is None:
            speech.flushed = self._recogniser.finish()
        return speech.flushed

    def _dip(self, speech: Utterance) -> Look | None:
        """A look at the first quiet step, for safety phrases: nothing else may act so soon.

        What is flushed has to be decoded anew to go on, so that is left out where the words are no beginning of one.
        """
        if speech.flushed is None and not self._judge.may_be_safety(self._recogniser.partial()):
            return None
        speech.settled = False
        return self._glance(speech, self._flush(speech), "dip")

    def _look_over(self, speech: Utterance) -> None:
        """Bring what was flushed at a dip up to date: the word's last sound may be in the quiet steps since.

        It stands where the second opinion, which has heard them, says the same; else it is decoded anew.
        """
        if not speech.settled and speech.flushed != self._again.likeliest(speech):
            self._decode_anew(speech)
        speech.settled = True

    def _glance(self, speech: Utterance, text: str, kind: str) -> Look:
        return Look(
            text=text,
            kind=kind,  # type: ignore[arg-type]  # one of the four kinds by construction
            t=self._now,
            quiet=speech.quiet,
            voiced=speech.voiced * CHUNK_SECONDS,
            before=speech.before * CHUNK_SECONDS,
            level=speech.loudest,
            floor=self._activity.floor,
            drop=speech.loudest - self._activity.level,
            held=speech.held,
            spent=speech.spent,
            playing=self._playing(),
        )

    def _decide(self, speech: Utterance, look: Look) -> list[Outcome]:
        decision = self._again.judged(speech, look)
        if decision.verdict == "accept":
            return self._take(speech, decision)
        if look.kind == "dip":
            self._again.begin(speech)
        if look.kind == "closed" and not speech.spent and speech.voiced * CHUNK_SECONDS >= self._tuning.shortest:
            self._explain(decision)
            return [NotUnderstood(look.t, look.text, decision.rule)]
        return []

    def _called(self, speech: Utterance, data: bytes) -> list[Outcome]:
        """A safety phrase called over speech that goes on, heard by itself."""
        call = self._shout.feed(data, self._activity.level)
        if self._shout.rising:
            self._duck(speech)
        if call is None or self._second is None:
            return []
        heard = self._second.alternatives(call)
        decision = self._judge.call(self._glance(speech, heard[0].text, "dip")) if heard else None
        if decision is None or not set(decision.look.text.split()) & set(self._second.freely(call).split()):
            return []
        self._shout.forget()
        return self._take(speech, decision)

    def _take(self, speech: Utterance, decision: Decision) -> list[Outcome]:
        self._judge.took(decision)
        self._explain(decision)
        self._spend(speech)
        return [Heard(decision.look.t, decision.look.text, decision.meaning)]

    def _spend(self, speech: Utterance) -> None:
        """After a command the rest of the utterance is heard only for safety phrases."""
        speech.spent = True
        self._recogniser.reset()
        speech.forget()
        speech.repeated, speech.aside = 0, None
        self._before.clear()
        self._lift(speech)

    def _duck(self, speech: Utterance) -> None:
        speech.began = self._now
        if not speech.ducked:
            speech.ducked = True
            self._on_speech(True)

    def _unduck(self, speech: Utterance) -> None:
        if speech.ducked and self._now - speech.began >= self._tuning.unduck:
            self._lift(speech)

    def _lift(self, speech: Utterance) -> None:
        if speech.ducked:
            speech.ducked = False
            self._on_speech(False)

    def _close(self) -> None:
        if self._speech is not None:
            self._lift(self._speech)
        self._recogniser.reset()
        self._speech = None
