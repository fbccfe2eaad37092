"""Every sentence a session is likely to say, so that the voice can render them before they are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from voicecoach.coach.counting import COUNTDOWN
from voicecoach.coach.plan import SessionPlan
from voicecoach.coach.variables import fill, variables_of
from voicecoach.coach.workout import Workout
from voicecoach.drills.flow import Flow
from voicecoach.drills.model import Cues, Drill


def texts_of(plan: SessionPlan, flow: Flow) -> tuple[str, ...]:
    """The sentences of a session with today's values filled in, in about the order they are needed, each once.

    What depends on the course of the session (a weight that is said, reps cut short) is rendered when it is said.
    """
    found: dict[str, None] = {}
    for text in _texts(plan, flow):
        if text:
            found.setdefault(text)
    return tuple(found)


def _texts(plan: SessionPlan, flow: Flow) -> Iterator[str]:
    work, language = Workout(list(plan.drills)), flow.language
    values = variables_of(plan, work, language=language)
    first = [name for name in ("greeting", "first use", "resumable", "paused") if name in flow.lines]
    for name in first:
        yield from (fill(text, values) for text in flow.lines[name])
    yield from (fill(language.in_words(text), values) for text in plan.opening)
    for number in COUNTDOWN:
        yield language.number(number)
    for index, planned in enumerate(plan.drills):
        work.index = index
        values = variables_of(plan, work, language=language)
        yield from (fill(text, values) for text in cue_texts(planned.drill))
        yield from (language.number(rep) for rep in range(1, planned.reps + 1))
        for texts in flow.lines.values():
            yield from (fill(text, values) for text in texts)


def cue_texts(drill: Drill) -> Iterator[str]:
    """Every text of a drill, variables not filled in, in the order of the script."""
    for item in fields(Cues):
        value = getattr(drill.cues, item.name)
        if isinstance(value, tuple):
            yield from value
        else:
            for texts in value.values():
                yield from texts
    if drill.load is not None:
        yield drill.load.ask
    for response in drill.hears.values():
        yield from response.say
