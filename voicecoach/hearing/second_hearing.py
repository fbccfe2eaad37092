"""Between the rules and what becomes of an utterance: a second hearing of what the closed grammar alone gets wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicecoach.hearing.decision import Decision, Judge
from voicecoach.hearing.recogniser import Alternative, SecondOpinion
from voicecoach.hearing.rules import NOTHING, UNKNOWN, Look
from voicecoach.hearing.tuning import CHUNK_SECONDS
from voicecoach.hearing.utterance import Utterance
from voicecoach.words.phrases import Phrase

RESCUED = frozenset({"nothing recognised", "decoy", "left-over words", "unknown words"})
"""Refusals that a second opinion may turn round, of what may also be the end of a phrase with a pause in it."""
LONGEST = 100
"""Steps of a phrase with its pause, 3.2 s: longer ones are talk, and would cost as much again to hear."""
NEARLY = 0.6
"""How much less likely than the first an alternative may be for that, as a natural logarithm: of 26 commands taken
while it could be any of them, 25 were something else (docs/model-log.md). Safety phrases may be any of them still. The
free vocabulary has to hear it as well."""
MANY = 3
"""Words of a phrase that the built-in ear's free vocabulary need not hear too: nothing else sounds like all of them,
and it hears next to no such phrase itself (docs/model-log.md)."""
WELL = 1.5
"""The same as ``NEARLY`` for a phrase of so many words, which may even stand in place of an unknown word: of 11 that
were taken so from people, 9 had been said."""
ANSWERED = 1.5
"""The same for a number that the coach has asked for, likelier there than other words are (docs/model-log.md)."""


@dataclass(frozen=True, slots=True)
class SecondHearing:
    """What the rules say, with a second opinion where it can change that."""

    judge: Judge
    """The rules."""
    second: SecondOpinion | None
    """Hears an utterance again; None where the model is too slow for it."""

    def begin(self, speech: Utterance) -> None:
        """Begin with an utterance that it will most likely be asked about, so that little is left to do at its end."""
        if self.second is not None:
            self.second.prepare(speech.chunks)

    def likeliest(self, speech: Utterance) -> str | None:
        """The likeliest thing that an utterance is; None where there is no second opinion, or it has none."""
        found = self._alternatives(speech)
        return found[0].text if found else None

    def _alternatives(self, speech: Utterance) -> tuple[Alternative, ...]:
        """What a second opinion makes of an utterance, asked once in each quiet."""
        if self.second is None:
            return ()
        if not speech.quiet:
            return self.second.alternatives(speech.chunks)
        if speech.likely is None:
            speech.likely = self.second.alternatives(speech.chunks)
        return speech.likely

    def judged(self, speech: Utterance, look: Look) -> Decision:
        """What becomes of a look at an utterance."""
        decision = self.judge.judge(look)
        if self.second is None:
            return decision
        if decision.verdict == "accept" and decision.rule != "safety":
            return self._together(speech, decision, self.second) or self._confirmed(speech, decision, self.second)
        if decision.verdict != "refuse" or decision.rule not in RESCUED or look.kind != "end" or speech.asked:
            return decision
        other = self._together(speech, decision, self.second) or self._rescued(speech, decision, self.second)
        speech.asked = other.verdict != "wait"
        return other

    def _together(self, speech: Utterance, decision: Decision, second: SecondOpinion) -> Decision | None:
        """A phrase or a quantity said with a pause in it: "too … easy", "forty … five pounds".

        After a pause the words begin anew, so that a breath spoils none. Where what was said before it and what was
        said after it are one phrase together, they mean that, and not what the end alone means.
        """
        piece = speech.together(LONGEST)
        if piece is None:
            return None
        if speech.whole is None:
            found = second.alternatives(piece.chunks)
            speech.whole = found[0].text if found else ""
        text = speech.whole
        if len(text.split()) <= 1 or text == decision.look.text:
            return None
        voiced = piece.voiced * CHUNK_SECONDS
        before = decision.look.before + decision.look.voiced - voiced
        whole = self.judge.judge(replace(decision.look, text=text, voiced=voiced, before=before))
        return None if whole.verdict == "refuse" else whole

    def _rescued(self, speech: Utterance, decision: Decision, second: SecondOpinion) -> Decision:
        """A refusal, unless one of the next likeliest things that it may be is a phrase, and likely enough.

        Or unless it is a number that was asked for, or has nearly all the sounds of a long phrase.
        """
        waiting: Decision | None = None
        for text in self._otherwise(speech, decision, second):
            rescued = self.judge.judge(replace(decision.look, text=text))
            if rescued.verdict == "accept" and (waiting is None or rescued.rule == "safety"):
                return rescued
            if rescued.verdict == "wait" and waiting is None:
                waiting = rescued
        return waiting or decision

    def _otherwise(self, speech: Utterance, decision: Decision, second: SecondOpinion) -> Iterator[str]:
        """What was refused may be these phrases, the likeliest first; what costs more is only asked where needed."""
        for one in self._alternatives(speech):
            phrase = self.judge.phrase_of(one.text)
            command = phrase is not None and not phrase.ignored
            long = command and len(one.text.split()) >= MANY and one.under <= WELL and not second.knows_talk
            if long or (
                decision.rule != "unknown words"
                and self._likely(one, phrase if command else None)
                and self._heard_freely(one.text, speech, second)
            ):
                yield one.text
        if decision.rule == "left-over words" and not second.knows_talk:
            nearly = self.judge.nearly(decision.look.text)
            if nearly is not None:
                yield nearly.text

    def _likely(self, one: Alternative, phrase: Phrase | None) -> bool:
        """Whether an alternative is likely enough: a command's phrase, or without one a number that was asked for."""
        if phrase is None:
            return one.under <= ANSWERED and self.judge.answers(one.text)
        return one.under <= NEARLY or phrase.safety

    def _heard_freely(self, text: str, speech: Utterance, second: SecondOpinion) -> bool:
        """Whether the free vocabulary hears this too, or a phrase that sounds the same; asked once in each quiet."""
        if speech.free is None:
            speech.free = second.freely(speech.chunks)
        phrase = self.judge.phrase_of(speech.free)
        return speech.free == text or (phrase is not None and not phrase.ignored and phrase.text == text)

    def _confirmed(self, speech: Utterance, decision: Decision, second: SecondOpinion) -> Decision:
        """An ordinary command, unless it is something else when heard again.

        While the voice goes on the vendor's models make phrases of the beginnings of other words, and what they hear
        freely tells one from the other. That takes them longer, so they are asked about the same words once.
        """
        early = decision.look.kind == "partial" and second.knows_talk
        if early and decision.look.text == speech.doubted:
            return replace(decision, verdict="wait", rule="second opinion", why="More may follow.", meaning=NOTHING)
        answer = confirmed(decision, [one.text for one in self._alternatives(speech)], self.judge)
        if early and answer.verdict == "accept":
            answer = confirmed(decision, (second.freely(speech.chunks),), self.judge)
        if early and answer.verdict == "refuse":
            speech.doubted = decision.look.text
        return answer


def confirmed(decision: Decision, alternatives: Sequence[str], judge: Judge) -> Decision:
    """An accepted decision, unless the likeliest single path through the utterance is something else.

    The recogniser's answer weighs all paths together and presses other talk into phrases; its best path alone then
    often is ``[unk]`` or another word (16 of 24 false accepts on people, 2 of 512 right ones). Safety phrases are never
    put to it, and a quantity only has to be free of unknown words.
    """
    if decision.rule == "safety" or not alternatives:
        return decision
    best = alternatives[0]
    phrase = judge.phrase_of(best)
    same = phrase is not None and phrase.command == decision.meaning.command
    if same or judge.meaning_of(best) == decision.meaning or (decision.meaning.command is None and UNKNOWN not in best):
        return decision
    why = f"Heard again, it is rather {best!r}."
    return replace(decision, verdict="refuse", rule="second opinion", why=why, meaning=NOTHING)
