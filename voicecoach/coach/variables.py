"""The ``{variables}`` that a script's texts may hold, and their values at this moment as spoken words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from voicecoach.coach.plan import DoneSet, SessionPlan
from voicecoach.coach.workout import WEIGHT, Workout
from voicecoach.words.agreement import agreeing
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language, capital
from voicecoach.words.meaning import Quantity

NAMED = frozenset({"set", "side", "drill", "next drill", "easier drill", "programme", "goal", "next"})
"""Variables that are no amount of what follows them: ``Set {set} starts.``"""
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of ``{variables}``; the first letter of the whole becomes a capital.

    A noun after a number follows it: ``{sets} sets`` is "one set" where there is one.
    Raises KeyError for an unknown variable; ``check`` has pointed at those before anything is said.
    """
    filled, rest = "", text
    while (found := _VARIABLE.search(rest)) is not None:
        name = found[1].strip()
        filled += rest[: found.start()] + values[name]
        rest = rest[found.end() :]
        rest = rest if name in NAMED else agreeing(values[name], rest)
    filled = (filled + rest).strip()
    return filled[:1].upper() + filled[1:] if text.startswith("{") else filled


def variables_of(plan: SessionPlan, work: Workout, now: float = 0.0, language: Language = ENGLISH) -> dict[str, str]:
    """Every variable's value at a time of the session, as words that read well aloud."""
    planned, drill = work.planned, work.drill
    following = work.drills[work.partners.stop].drill.name if work.partners.stop < len(work.drills) else ""
    weight, number, said = work.weight, language.number, language.quantity
    values = {
        "programme": plan.programme,
        "drill": drill.name,
        "next drill": following,
        "goal": drill.goal,
        "set": number(work.set),
        "sets": number(planned.sets),
        "rep": number(work.rep),
        "reps": number(planned.reps),
        "reps word": language.say("reps word", work.rep),
        "counted": said(Quantity(work.rep, "reps")),
        **_course(work, now, language),
        "rest": said(Quantity(work.rest, "s")),
        "hold": said(Quantity(work.hold or 0.0, "s")),
        "amrap": said(Quantity(work.amrap or 0.0, "s")),
        "held": said(Quantity(round(work.timed or 0.0), "s")),
        "side": language.sides[work.side_name] if work.side_name else "",
        "rest left": _span(now, work.rest_until, language),
        "rest over by": _span(work.rest_until, now, language),
        WEIGHT: said(weight) if weight else language.say("no weight"),
        "noted weight": said(work.noted) if work.noted else "",
        "planned weight": said(planned.weight) if planned.weight else "",
        "last weight": said(planned.last_weight) if planned.last_weight else "",
        "last time": language.in_words(planned.last_time),
        "weight limit": "",  # given where it is said
        "why": language.in_words(planned.why),
        "loading": language.in_words(planned.loading),
        "easier drill": drill.pain.go_to or "",
        "last set": amount_of(work.done[-1], language) if work.done else "",
        "summary": summary_of(work, language),
    }
    for name, value in work.all_dials().items():
        values[name] = said(value)
    return values


def _course(work: Workout, now: float, language: Language) -> dict[str, str]:
    """How far the set is, in reps, or in seconds where the clock ends it."""
    if work.time is None:
        left = max(0, work.planned.reps - work.rep)
        following = language.say("next rep", number=language.number(work.rep + 1))
        return {"so far": language.number(work.rep), "left": language.number(left), "next": following}
    done = (work.worked if work.set_open else 0.0) + max(0.0, now - work.clock.began if work.clock else 0.0)
    left_of_it = language.duration(max(0, round(work.time - done)))
    following = language.say("time to go", time=left_of_it)
    return {"so far": language.duration(round(done)), "left": left_of_it, "next": following}


def _span(begins: float | None, ends: float | None, language: Language) -> str:
    """The time between two moments in words, whole seconds; none at all where either is missing."""
    return language.duration(round(0.0 if begins is None or ends is None else max(0.0, ends - begins)))


def _amount(done: DoneSet, language: Language) -> str:
    """What a set was: "twelve", "thirty seconds", "twelve in one minute"."""
    seconds = done.hold or done.amrap
    if seconds is None:
        return language.say("reps of a set", done.reps, number=language.number(done.reps))
    time = language.duration(seconds)
    if done.amrap is not None and done.reps:
        return language.say("reps in time", reps=language.number(done.reps), time=time)
    return time


def amount_of(done: DoneSet, language: Language) -> str:
    """A set in a few words: "ten reps at thirty five pounds"."""
    if done.hold is not None:
        return language.duration(round(done.hold))
    return _loaded(language.quantity(Quantity(done.reps, "reps")), done.weight, language)


def _loaded(what: str, weight: Quantity | None, language: Language) -> str:
    """Something with the load it was done with, where there was one."""
    return what if weight is None else language.say("at a load", what=what, load=language.quantity(weight))


def summary_of(work: Workout, language: Language) -> str:
    """The session in a few words: "Wall tap, three sets of fifteen. RDL, one set of twelve at thirty five pounds."."""
    groups: list[list[DoneSet]] = []
    names = [one.drill for one in work.done]
    for one in sorted(work.done, key=lambda one: names.index(one.drill)):  # drills of a superset took turns
        hold, amrap = (None if seconds is None else round(seconds) for seconds in (one.hold, one.amrap))
        done = replace(one, hold=hold, amrap=amrap)
        if groups and groups[-1][0] == done:
            groups[-1].append(done)
        else:
            groups.append([done])
    sentences: list[str] = []
    drill = ""
    for group in groups:
        part = _group(group, language)
        if group[0].drill == drill:
            sentences[-1] += f", {part}"
        else:
            sentences.append(language.say("drill and sets", drill=capital(group[0].drill), sets=part))
        drill = group[0].drill
    return ". ".join(sentences) + "." if sentences else language.say("no sets")


def _group(group: list[DoneSet], language: Language) -> str:
    """Sets that were the same: "three sets of twelve at thirty five pounds"."""
    first = group[0]
    count = ceil(len(group) / 2) if first.each_side else len(group)
    part = language.say("sets of", count, number=language.number(count), amount=_amount(first, language))
    if first.each_side:
        part = language.say("each side" if len(group) > 1 else "one side", sets=part)
    return _loaded(part, first.weight, language)
