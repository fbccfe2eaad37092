"""A file that follows its schema becomes a frozen value of ``model``; the third step of reading a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from voicecoach.drills.cue import WEEK
from voicecoach.drills.drill_values import every_reps, rest_of, tempo_of
from voicecoach.drills.flow import Flow, Outcome, SpokenCommand, State
from voicecoach.drills.library import same_name
from voicecoach.drills.manner import Manner
from voicecoach.drills.model import Cues, Dial, Drill, Load, PainPlan, Programme, Response
from voicecoach.drills.phases import PhaseLoad, ProgrammePhase
from voicecoach.drills.programme_schema import PhaseLoadPart, PhasePart, ProgrammePart
from voicecoach.drills.schema import (
    CuesPart,
    DialPart,
    DrillPart,
    FlowPart,
    LoadPart,
    OutcomePart,
    PainPart,
    StatePart,
)
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.phrases import IGNORED


def build_drill(file: DrillPart, path: Path | None = None) -> Drill:
    """The drill of a checked file."""
    return Drill(
        name=file.name,
        goal=file.goal,
        needs=tuple(file.needs),
        sets=file.sets,
        reps=0 if file.amrap is not None else file.reps or 1,
        tempo=tempo_of(file),
        rest=rest_of(file),
        every=file.every,
        cues=_cues(file.cues),
        dials={name: _dial(name, part) for name, part in file.dials.items()},
        load=_load(file.load) if file.load is not None else None,
        hears={name: Response(tuple(part.say), part.turn) for name, part in file.hears.items()},
        phrases=_phrases(file),
        pain=_pain(file.when_pain),
        count_on=file.count_on,
        ticks=file.ticks,
        pace=file.pace,
        hold=file.hold,
        amrap=file.amrap,
        sides=tuple(file.sides),
        change_over=file.change_over,
        export_name=file.export_name,
        manner=manner_of(file),
        path=path,
    )


def manner_of(file: DrillPart | ProgrammePart | FlowPart) -> Manner:
    """How a script wants to be spoken."""
    return Manner(dict(file.say_as), file.voice, file.rate, file.volume, file.engine)


def _phrases(file: DrillPart) -> dict[str, tuple[str, ...]]:
    """By command, what the drill adds: `phrases`, then `also`."""
    names = dict.fromkeys((*file.phrases, *file.also))
    return {name: (*file.phrases.get(name, ()), *file.also.get(name, ())) for name in names}


def build_programme(file: ProgrammePart, drills: Sequence[Drill], path: Path | None = None) -> Programme:
    """The programme of a checked file, with its drills in order; each name in it becomes the drill's own."""
    own = {same_name(drill.name): drill.name for drill in drills}
    own |= {same_name(name): drill.name for name, drill in zip(file.drills, drills, strict=False)}

    def named(name: str) -> str:
        return own.get(same_name(name), name)

    return Programme(
        name=file.name,
        drills=tuple(drills),
        greeting=tuple(file.greeting),
        flow=file.flow,
        path=path,
        supersets=tuple(tuple(named(name) for name in group) for group in file.supersets),
        ladder=tuple(named(name) for name in file.ladder or ()),
        start_at=named(file.start_at) if file.start_at else "",
        clean_sessions=file.clean_sessions,
        misses=file.misses,
        phases=tuple(_phase(name, part, named) for name, part in file.phases.items()),
        reminders={
            int(match[1]): tuple(texts) for key, texts in file.reminders.items() if (match := re.match(WEEK, key))
        },
        equipment={key: text for key, text in file.equipment.model_dump().items() if text},
        manner=manner_of(file),
    )


def _phase(name: str, part: PhasePart, named: Callable[[str], str]) -> ProgrammePhase:
    return ProgrammePhase(
        name=name,
        from_week=part.from_week,
        after={named(drill): count for drill, count in part.after.items()},
        drills=tuple(named(drill) for drill in part.drills or ()),
        about=tuple(part.about),
        clean_sessions=part.clean_sessions,
        loads={named(drill): _phase_load(load) for drill, load in part.loads.items()},
    )


def _phase_load(part: PhaseLoadPart) -> PhaseLoad:
    return PhaseLoad(
        part.at_most or (), part.men_at_most or part.at_most or (), part.step or (), part.a_week or (), part.stays
    )


def build_flow(file: FlowPart, path: Path | None = None, language: Language = ENGLISH) -> Flow:
    """The flow of a checked file; its ``ignored:`` phrases become the command ``ignored``."""
    commands = {
        name: SpokenCommand(name, (*part.phrases, *part.also), part.safety, part.key)
        for name, part in file.commands.items()
    }
    if file.ignored:
        commands[IGNORED] = SpokenCommand(IGNORED, tuple(file.ignored), ignored=True)
    return Flow(
        name=file.name,
        start=file.start,
        commands=commands,
        states={name: _state(name, part) for name, part in file.states.items()},
        anywhere=_outcomes(file.anywhere),
        lines={name: tuple(texts) for name, texts in file.lines.items()},
        path=path,
        manner=manner_of(file),
        language=language,
    )


def _cues(part: CuesPart) -> Cues:
    return Cues(
        setup=tuple(part.setup),
        reminder=tuple(part.reminder),
        lower=tuple(part.lower),
        hold=tuple(part.hold),
        lift=tuple(part.lift),
        top=tuple(part.top),
        every={number: texts for number, (_, texts) in sorted(every_reps(part).items())},
        last_rep=tuple(part.last_rep),
        after_set=tuple(part.after_set),
        finish=tuple(part.finish),
    )


def _dial(name: str, part: DialPart) -> Dial:
    dials: list[Dial] = []
    for number, start in enumerate(part.start):
        low, high = (limit[number].value for limit in part.between)
        dials.append(Dial(name, start, part.step[number].value, low, high))
    return replace(dials[0], other=dials[1] if len(dials) > 1 else None)


def _load(part: LoadPart) -> Load:
    loads: list[Load] = []
    for number, step in enumerate(part.step):
        low, high = (limit[number].value for limit in part.between)
        loads.append(Load(part.ask, part.start[number] if part.start else None, step, low, high))
    return replace(loads[0], other=loads[1] if len(loads) > 1 else None)


def _pain(part: PainPart) -> PainPlan:
    return PainPlan(part.lighter, part.turn, part.or_go_to or part.go_to)


def _state(name: str, part: StatePart) -> State:
    return State(
        name=name,
        enter=tuple(part.enter),
        hears=_outcomes(part.hears),
        when=_outcomes(part.when),
        expects=tuple(part.expects),
        after=part.after,
        silence=part.silence,
        final=part.final,
    )


def _outcomes(parts: Mapping[str, Sequence[OutcomePart]]) -> dict[str, tuple[Outcome, ...]]:
    return {
        name: tuple(Outcome(part.to, tuple(part.do), tuple(part.only_if)) for part in outcomes)
        for name, outcomes in parts.items()
    }
