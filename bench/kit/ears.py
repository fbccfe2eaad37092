"""The ways of hearing that are compared: the coach's listening path, and plain ones with the same recogniser."""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kit.clips import Clip, Sound
from voicecoach.app.homes import Homes
from voicecoach.app.training import library_of, listen_in, table_of, with_phrases_of
from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard
from voicecoach.drills.flow import SpokenCommand
from voicecoach.drills.load import load_programme
from voicecoach.hearing.assembly import grammar_of
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.replay import Count, quiet_room, replay
from voicecoach.hearing.rules import PLAIN, RULES, Rule
from voicecoach.hearing.tuning import CHUNK, Tuning
from voicecoach.hearing.voice import VoiceActivity
from voicecoach.hearing.vosk_recogniser import VoskModel, VoskRecogniser
from voicecoach.words.meaning import Meaning
from voicecoach.words.phrases import PhraseTable

Rules = Sequence[tuple[str, Rule]]
Way = Callable[[Sound], list[tuple[str, str | None]]]
"""Hears one recording: phrase of everything it acted on, and the command or quantity it was taken for."""


@dataclass(slots=True)
class Score:
    """What a run over all clips gave."""

    right: Counter[str] = field(default_factory=Counter)
    """By label."""
    wrong: Counter[str] = field(default_factory=Counter)
    """Another command than was said, by label."""
    said: Counter[str] = field(default_factory=Counter)
    """Clips, by label."""
    taken: Counter[str] = field(default_factory=Counter)
    """Clips of a class that led to a command, though none was said."""
    clips: Counter[str] = field(default_factory=Counter)
    """Clips of a class in which no command is said."""
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Their length."""
    cpu: float = 0.0
    """Seconds of CPU."""
    examples: list[tuple[str, str, str]] = field(default_factory=list)
    """Class, label and phrase of false accepts."""

    def note(self, clip: Clip, heard: Sequence[tuple[str, str | None]]) -> None:
        """Take down what came of one clip."""
        if clip.command is not None:
            self.said[clip.label] += 1
            if heard:
                (self.right if heard[0][1] == clip.command else self.wrong)[clip.label] += 1
            return
        self.clips[clip.kind] += 1
        self.seconds[clip.kind] += len(clip.sound) / 16_000
        if heard:
            self.taken[clip.kind] += 1
            self.examples += [(clip.kind, clip.label, phrase) for phrase, _ in heard]


class Phrases:
    """What is listened for: all phrases of a script, or of one state of its flow.

    ``more`` are commands by their only phrase, as a script would add them; a decoy of that text gives way to it.
    """

    def __init__(self, script: str, state: str | None, more: Sequence[str] = ()) -> None:
        self.homes = Homes.find()
        _programme, flow, drills = load_programme(script, library_of(self.homes))
        flow = with_phrases_of(flow, drills)
        added = {text: SpokenCommand(text, (text,)) for text in more}
        self.flow = replace(flow, commands={**flow.commands, **added})
        self.more = frozenset(more)
        self.table: PhraseTable = table_of(self.flow)
        self.listen = Listen("any", frozenset(self.flow.commands))
        if state is not None:
            heard = listen_in(self.flow, state)
            self.listen = replace(heard, commands=heard.commands | self.more)


def named(meaning: Meaning) -> str | None:
    """A command by its name, a quantity by its figures (``45 lb``); None for nothing."""
    quantities = (
        (meaning.weight, ""),
        (meaning.relative, "more "),
    )
    said = [f"{before}{q.value:g} {q.unit or ''}".strip() for q, before in quantities if q is not None]
    said += [
        f"{value:g} {name}"
        for name, value in (("reps", meaning.reps), ("rpe", meaning.rpe), ("s", meaning.seconds))
        if value is not None
    ]
    return meaning.command or " ".join(said) or None


class Ear:
    """A model that listens for some phrases, as the coach does or plainly."""

    def __init__(self, phrases: Phrases, model_name: str | None) -> None:
        self.table, self.listen = phrases.table, phrases.listen
        self.model = VoskModel(choose_model(model_name, phrases.homes.models))
        grammar = grammar_of(self.table)
        self.name = self.model.folder.name
        self._full = self.model.recogniser(grammar)
        self._second = self.model.second_opinion(grammar) if self.model.folder.heard_twice else None
        self._bare: VoskRecogniser | None = None

    def coach(
        self,
        rules: Rules = RULES,
        *,
        second: bool = True,
        tuning: Tuning | None = None,
        listen: Listen | None = None,
        numbers: bool = True,
    ) -> Way:
        """The coach's own path, afresh for every recording, as if it had just begun to listen.

        Without ``numbers`` the grammar of both its recognisers holds the phrases and decoys alone.
        """
        first, again = self._full, self._second if second else None
        if not numbers:
            grammar = self.table.grammar()
            first = self.model.recogniser(grammar)
            again = self.model.second_opinion(grammar) if again is not None else None

        def hear(sound: Sound) -> list[tuple[str, str | None]]:
            path = HearingPath(first, self.table, second=again, rules=rules, tuning=tuning)
            path.listen(listen or self.listen)
            heard = [o for o in replay(path, [sound], Count()) if isinstance(o, Heard)]
            return [(o.phrase, named(o.meaning)) for o in heard]

        return hear

    def plain(self, *, decoys: bool) -> Way:
        """Voice activity and a closed grammar, nothing else: the text of each stretch of voice is a command or not.

        With ``decoys`` the grammar is the coach's, with the script's ``ignored:`` words and the numbers; without, it
        is the phrases listened for and ``[unk]``.
        """
        if decoys:
            recogniser = self._full
        else:
            if self._bare is None:
                self._bare = self.model.recogniser([p.text for p in self.table.phrases if not p.ignored])
            recogniser = self._bare

        def hear(sound: Sound) -> list[tuple[str, str | None]]:
            texts = (_text_of(recogniser, stretch) for stretch in stretches(sound))
            found = [self.table.find(text, self.listen.commands) for text in texts]
            return [(p.text, p.command) for p in found if p is not None and not p.ignored]

        return hear


def _text_of(recogniser: VoskRecogniser, stretch: Sequence[bytes]) -> str:
    recogniser.reset()
    for step in stretch:
        recogniser.accept(step)
    return recogniser.finish()


def stretches(sound: Sound, end: int = PLAIN.end) -> Iterator[list[bytes]]:
    """Each stretch of voice with what was just before it, in steps of 32 ms, ended by ``end`` quiet steps."""
    voice, quiet = VoiceActivity(), -1
    before: deque[bytes] = deque(maxlen=PLAIN.preroll)
    stretch: list[bytes] = []
    whole = np.concatenate([quiet_room(), sound, np.zeros(CHUNK * (end + 1), np.int16)])
    for at in range(0, len(whole) - CHUNK + 1, CHUNK):
        step = whole[at : at + CHUNK]
        speech = voice.feed(step).speech
        if quiet < 0 and speech >= PLAIN.speech_on:
            stretch, quiet = [*before], 0
        if quiet >= 0:
            stretch.append(step.tobytes())
            quiet = 0 if speech >= PLAIN.speech_off else quiet + 1
            if quiet == end:
                yield stretch
                quiet = -1
        before.append(step.tobytes())
    if quiet >= 0:
        yield stretch


def score(way: Way, clips: Iterable[Clip]) -> Score:
    """Hear every clip on its own."""
    result = Score()
    before = time.process_time()
    for clip in clips:
        result.note(clip, way(clip.sound))
    result.cpu = time.process_time() - before
    return result
