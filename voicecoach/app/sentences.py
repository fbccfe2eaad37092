"""Every sentence a script can say, where it stands, how long it takes; for ``say`` and what ``install`` shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from voicecoach.app.training import manner_of, voice_for
from voicecoach.coach.plan import PlannedDrill, SessionPlan
from voicecoach.coach.variables import fill, variables_of
from voicecoach.coach.workout import Workout
from voicecoach.drills.cue import condition_of
from voicecoach.drills.flow import Flow
from voicecoach.drills.library import Library
from voicecoach.drills.load import load_programme, load_script
from voicecoach.drills.manner import Manner
from voicecoach.drills.model import CueList, Cues, Drill, Programme
from voicecoach.speaking.silent import DEFAULT_RATE, estimate_seconds
from voicecoach.speaking.speaker import Speaker
from voicecoach.words.language import Language
from voicecoach.words.marks import parts_of, plain
from voicecoach.words.respelling import Respelling

BRACES = re.compile(r"\{[^{}]*\}")
COUNTS = "counts"
"""Key of the numbers of the reps."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text of a script."""

    script: str
    """Name of the drill, programme or flow it stands in."""
    key: str
    """Where it stands there, ``cues: last rep``."""
    text: str
    """The words of a first session; a variable that only a journal can fill stays in braces."""
    only_if: str = ""
    """Condition under which it is said, ``last set``; empty for an ordinary wording."""
    aloud: str = ""
    """What the voice is given where that is not just the words: respelled, with pauses and emphasis marked."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A sentence with its length."""

    sentence: Sentence
    """The sentence."""
    seconds: float
    """Spoken length."""
    estimated: bool
    """No voice has rendered it: the length is reckoned from its words."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """What a script says, and how."""

    sentences: tuple[Sentence, ...]
    """Every sentence of a drill, of a programme with its drills and flow, of a flow or a list; each text once."""
    manner: Manner
    """How the script wants to be spoken; its respelled words are in the sentences already."""


def sentences_of(script: str, library: Library) -> tuple[Sentence, ...]:
    """The sentences of ``sayings_of`` alone."""
    return sayings_of(script, library).sentences


def sayings_of(script: str, library: Library) -> Sayings:
    """Every sentence of a script; raises CoachError, with everything that is wrong, for one with errors."""
    path = library.find(script)
    found: Iterable[Sentence] = ()
    manner = Manner()
    if _kind_of(path, library) in {"flow", "cues", "language"}:
        value = load_script(path, library)
        if isinstance(value, Flow):
            found, manner = _of_flow(value, {}), value.manner.over(voice_for(value.language))
        elif isinstance(value, Language):
            found, manner = _of_language(value), voice_for(value)
        elif isinstance(value, CueList):
            found = (Sentence(value.name, "cues", text, condition_of(text)) for text in value.cues)
    else:
        programme, flow, drills = load_programme(path, library)
        names = [drill.name for drill in programme.drills]
        spare = [drill for drill in drills.values() if drill.name not in names]
        found = _of_programme(programme, [*programme.drills, *spare], flow)
        manner = manner_of(programme, flow, drills.values())
    respell = Respelling(manner.say_as)
    return Sayings(tuple(dict.fromkeys(_as_spoken(sentence, respell) for sentence in found)), manner)


def _of_language(language: Language) -> Iterator[Sentence]:
    """What the coach says of its own accord; values stay in braces."""
    for name, sentence in language.sentences.items():
        forms = (sentence,) if isinstance(sentence, str) else sentence.values()
        yield from (Sentence(language.name, f"sentences: {name}", text) for text in forms)
    yield from (Sentence(language.name, "troubles", text) for text in language.troubles.values())


def _as_spoken(sentence: Sentence, respell: Callable[[str], str]) -> Sentence:
    """A sentence whose text is as written, marks and all, as its words and what the voice is given of them."""
    words, pieces = plain(sentence.text), parts_of(sentence.text)
    aloud = " ".join(respell(one) if isinstance(one, str) else f"(pause {one:g}s)" for one in pieces)
    return replace(sentence, text=words, aloud=aloud if aloud and aloud != words else "")


def _kind_of(path: Path, library: Library) -> str:
    """The kind of a script by its first lines, because reading all of it twice takes a moment."""
    here = library.beside(path).names()
    return next((entry.kind for entry in here if entry.path.resolve() == path.resolve()), "")


def timed(sentences: Iterable[Sentence], voice: Speaker | None, rate: int | None = None) -> Iterator[Timed]:
    """Each sentence with its length: rendered by a voice, or estimated where there is none or it is in trouble."""
    for sentence in sentences:
        aloud = sentence.aloud or sentence.text
        text = BRACES.sub("", aloud)
        seconds = voice.seconds_of(text) if voice is not None and text == aloud else None
        if seconds is None or (voice is not None and voice.trouble):
            yield Timed(sentence, estimate_seconds(text, rate or DEFAULT_RATE), estimated=True)
        else:
            yield Timed(sentence, seconds, estimated=False)


def _of_programme(programme: Programme, drills: list[Drill], flow: Flow) -> Iterator[Sentence]:
    planned = [_first_time(drill) for drill in drills]
    plan = SessionPlan(programme.name, tuple(planned))
    work = Workout(planned)
    for index, drill in enumerate(drills):
        work.index = index
        yield from _of_drill(drill, variables_of(plan, work, language=flow.language), flow.language)
    work.index = next((n for n, drill in enumerate(drills) if drill.load is not None), 0)
    work.noted, work.rep = work.weight, work.planned.reps // 2
    values = variables_of(plan, work, language=flow.language)
    for key, texts in _said_first(programme):
        yield from (Sentence(programme.name, key, _filled(text, values)) for text in texts)
    yield from _of_flow(flow, values)


def _said_first(programme: Programme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a programme says before the first drill, by where it stands."""
    yield "greeting", programme.greeting
    yield from ((f"reminders: week {week}", texts) for week, texts in programme.reminders.items())
    yield from ((f"phases: {phase.name}", phase.about) for phase in programme.phases)


def _first_time(drill: Drill) -> PlannedDrill:
    """A drill as a first session does it, with the weight the script suggests."""
    weight = drill.load.start if drill.load is not None else None
    dials = {name: dial.start for name, dial in drill.dials.items()}
    return PlannedDrill(drill, drill.sets, drill.reps, dials, weight, weight)


def _of_drill(drill: Drill, values: Mapping[str, str], language: Language) -> Iterator[Sentence]:
    def say(key: str, texts: Iterable[str]) -> Iterator[Sentence]:
        return (Sentence(drill.name, key, _filled(text, values), condition_of(text)) for text in texts)

    if drill.load is not None:
        yield from say("load: ask", [drill.load.ask])
    for item in fields(Cues):
        value = getattr(drill.cues, item.name)
        if isinstance(value, Mapping):
            for number, texts in value.items():
                yield from say(f"cues: every {number} {'rep' if number == 1 else 'reps'}", texts)
        else:
            yield from say(f"cues: {item.name.replace('_', ' ')}", value)
    for name, response in drill.hears.items():
        yield from say(f"hears: {name}", response.say)
    yield from say(COUNTS, (language.number(rep) for rep in range(1, drill.reps + 1)))


def _of_flow(flow: Flow, values: Mapping[str, str]) -> Iterator[Sentence]:
    for name, texts in flow.lines.items():
        for text in texts:
            yield Sentence(flow.name, f"lines: {name}", _filled(text, values), condition_of(text))
    for state in flow.states.values():
        ways = [outcome.do for ways in (*state.hears.values(), *state.when.values()) for outcome in ways]
        for step in (*state.enter, *(step for way in ways for step in way)):
            if step.action == "say" and step.argument is not None and step.argument not in flow.lines:
                yield Sentence(flow.name, f"states: {state.name}", _filled(step.argument, values))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """A text with the values that are known; the others stay in braces."""
    known = {name[1:-1].strip(): values.get(name[1:-1].strip()) or name for name in BRACES.findall(text)}
    return fill(text, known)
