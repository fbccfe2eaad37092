"""What ``run`` and ``rehearse`` have in common: a script and a journal become a plan, a flow and a table of phrases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from voicecoach.app.homes import Homes
from voicecoach.coach.commands import Listen
from voicecoach.coach.flow import expected_in, heard_in
from voicecoach.coach.plan import SessionPlan
from voicecoach.drills.equipment import NOBODY, Trainee
from voicecoach.drills.flow import Flow, Outcome, SpokenCommand
from voicecoach.drills.library import Library, search_folders
from voicecoach.drills.load import load_programme
from voicecoach.drills.manner import Manner
from voicecoach.drills.model import Drill, Programme
from voicecoach.drills.values import Step
from voicecoach.errors import CoachError
from voicecoach.journal.progress import plan_session
from voicecoach.journal.session import Session
from voicecoach.words.language import Language
from voicecoach.words.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class Training:
    """Everything that is known before a session begins."""

    plan: SessionPlan
    """Today's drills and targets."""
    flow: Flow
    """The state machine, with the phrases the drills add."""
    table: PhraseTable
    """All phrases."""
    unit: str | None
    """The trainee's unit of load, where it is known."""
    manner: Manner = field(default_factory=Manner)
    """How the scripts want to be spoken."""

    def with_sound_check(self, *, wanted: bool) -> Training:
        """The same, but for whether the coach makes sure at the start that it hears the trainee."""
        return replace(self, plan=replace(self.plan, sound_check=wanted))


def library_of(homes: Homes) -> Library:
    """Scripts in ./scripts, then the user's own, then the shipped ones."""
    return Library(search_folders(homes.scripts))


class Vocabulary(Protocol):
    """The words a recogniser knows, as a model folder tells them."""

    @property
    def language(self) -> str:
        """Code of the language it hears."""

    @property
    def words(self) -> Collection[str]:
        """All of them."""

    def knows(self, word: str) -> bool:
        """Whether it can hear a word."""


def prepare(
    script: str,
    library: Library,
    sessions: Sequence[Session],
    today: date,
    now: datetime | None = None,
    ear: Vocabulary | None = None,
    trainee: Trainee = NOBODY,
    volume: float | None = None,
) -> Training:
    """Load a programme or a drill and plan today's session; raises CoachError that points at what is wrong.

    With ``now`` a session that broke off is offered again; with ``ear`` a phrase whose words it lacks is an error;
    ``trainee`` has what there is to lift; ``volume`` is the one they chose, in dB.
    """
    if ear is None:
        programme, flow, drills = load_programme(script, library)
    else:
        programme, flow, drills = load_programme(
            script, library, known_word=ear.knows, vocabulary=ear.words, hears=ear.language
        )
    flow = with_phrases_of(flow, drills)
    if programme.greeting:
        flow = replace(flow, lines={**flow.lines, "greeting": programme.greeting})
    plan = plan_session(programme, drills, sessions, today, now=now, trainee=trainee)
    manner = manner_of(programme, flow, drills.values())
    if all(session.volume is None for session in sessions):
        plan = replace(plan, volume=next((db for db in (volume, manner.volume) if db is not None), plan.volume))
    return Training(plan, flow, table_of(flow), _unit_of(plan), manner)


def manner_of(programme: Programme, flow: Flow, drills: Iterable[Drill]) -> Manner:
    """How a session is spoken: as its programme says, else its flow; of a drill's own only the words it respells.

    Where two say a word otherwise, the drill's goes before the programme's, and the first drill's before the second's.
    """
    manner = programme.manner.over(flow.manner)
    spoken = voice_for(flow.language)
    manner = manner.over(spoken if manner.engine is None else replace(spoken, voice=None))  # that engine has its own
    for drill in reversed(list(drills)):
        manner = drill.manner.words_only().over(manner)
    return manner


def voice_for(language: Language) -> Manner:
    """How a language is spoken where no script says otherwise."""
    voice = language.voice or None
    return Manner(voice=voice, language=language.code, spare=voice)


def with_phrases_of(flow: Flow, drills: Mapping[str, Drill]) -> Flow:
    """A flow whose commands also hear the phrases that the drills add.

    A command of a drill that the flow does not know is heard in every state and answered as the drill says.
    """
    commands = dict(flow.commands)
    for drill in drills.values():
        for name, templates in drill.phrases.items():
            old = commands.get(name)
            if old is None:
                commands[name] = SpokenCommand(name, templates)
            else:
                more = tuple(t for t in templates if t not in old.templates)
                commands[name] = replace(old, templates=old.templates + more)
    anywhere = dict(flow.anywhere)
    for drill in drills.values():
        for name in drill.hears:
            if name in commands:
                anywhere.setdefault(name, (Outcome(do=(Step("answer"),)),))
    return replace(flow, commands=commands, anywhere=anywhere)


def listen_in(flow: Flow, state: str) -> Listen:
    """What a state hears, as in a session. Raises CoachError for a state that the flow does not have."""
    if state not in flow.states:
        raise CoachError(f"The flow {flow.name!r} has no state {state!r}.", f"It has: {', '.join(flow.states)}.")
    here = flow.states[state]
    hears = frozenset(heard_in(flow, here))
    return Listen(state, hears, expected_in(here, hears))


def table_of(flow: Flow) -> PhraseTable:
    """The phrases of a flow; its decoys are commands marked ``ignored``."""
    return PhraseTable.build(flow.commands.values(), (), flow.language)


def _unit_of(plan: SessionPlan) -> str | None:
    """The unit of today's loads, of the loads used before, else of the scripts."""
    for planned in plan.drills:
        if planned.steps is not None and planned.steps.unit is not None:
            return planned.steps.unit
        if planned.last_weight is not None:
            return planned.last_weight.unit
    loads = [planned.drill.load for planned in plan.drills if planned.drill.load is not None]
    return loads[0].step.unit if loads else None
