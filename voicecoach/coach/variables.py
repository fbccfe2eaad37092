"""The ``{variables}`` that a script's texts may hold, and their values at this moment as spoken words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from voicecoach.coach.plan import SessionPlan
from voicecoach.coach.workout import WEIGHT, DoneSet, Workout
from voicecoach.words.meaning import Quantity
from voicecoach.words.numbers import in_words, spoken
from voicecoach.words.units import say_quantity

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of ``{variables}``; the first letter of the whole becomes a capital.

    Raises KeyError for an unknown variable; ``check`` has pointed at those before anything is said.
    """
    filled = _VARIABLE.sub(lambda found: values[found[1].strip()], text).strip()
    return filled[:1].upper() + filled[1:] if text.startswith("{") else filled


def variables_of(plan: SessionPlan, work: Workout, now: float = 0.0) -> dict[str, str]:
    """Every variable's value at a time of the session, as words that read well aloud."""
    planned, drill = work.planned, work.drill
    following = work.drills[work.partners.stop].drill.name if work.partners.stop < len(work.drills) else ""
    weight = work.weight
    values = {
        "programme": plan.programme,
        "drill": drill.name,
        "next drill": following,
        "goal": drill.goal,
        "set": spoken(work.set),
        "sets": spoken(planned.sets),
        "rep": spoken(work.rep),
        "reps": spoken(planned.reps),
        "reps word": reps_word(work.rep),
        **_course(work, now),
        "rest": say_quantity(Quantity(work.rest, "s")),
        "hold": say_quantity(Quantity(work.hold or 0.0, "s")),
        "amrap": say_quantity(Quantity(work.amrap or 0.0, "s")),
        "held": say_quantity(Quantity(round(work.timed or 0.0), "s")),
        "side": work.side_name or "",
        "rest left": _span(now, work.rest_until),
        "rest over by": _span(work.rest_until, now),
        WEIGHT: say_quantity(weight) if weight else "no weight",
        "noted weight": say_quantity(work.noted) if work.noted else "",
        "planned weight": say_quantity(planned.weight) if planned.weight else "",
        "last weight": say_quantity(planned.last_weight) if planned.last_weight else "",
        "last time": in_words(planned.last_time),
        "weight limit": "",  # given where it is said
        "microphone trouble": "",  # as well
        "why": in_words(planned.why),
        "loading": in_words(planned.loading),
        "easier drill": drill.pain.go_to or "",
        "last set": amount_of(work.done[-1]) if work.done else "",
        "summary": summary_of(work),
    }
    for name, value in work.all_dials().items():
        values[name] = say_quantity(value)
    return values


def _course(work: Workout, now: float) -> dict[str, str]:
    """How far the set is, in reps, or in seconds where the clock ends it."""
    if work.time is None:
        left = max(0, work.planned.reps - work.rep)
        return {"so far": spoken(work.rep), "left": spoken(left), "next": f"rep {spoken(work.rep + 1)}"}
    done = (work.worked if work.set_open else 0.0) + max(0.0, now - work.clock.began if work.clock else 0.0)
    left_of_it = say_quantity(Quantity(max(0, round(work.time - done)), "s"))
    return {"so far": say_quantity(Quantity(round(done), "s")), "left": left_of_it, "next": f"{left_of_it} to go"}


def _span(begins: float | None, ends: float | None) -> str:
    """The time between two moments in words, whole seconds; none at all where either is missing."""
    seconds = 0.0 if begins is None or ends is None else max(0.0, ends - begins)
    return say_quantity(Quantity(round(seconds), "s"))


def _amount(done: DoneSet) -> str:
    """What a set was: "twelve", "thirty seconds", "twelve in one minute"."""
    seconds = done.hold or done.amrap
    if seconds is None or (done.amrap is not None and done.reps):
        within = "" if seconds is None else f" in {say_quantity(Quantity(seconds, 's'))}"
        return f"{spoken(done.reps)}{within}"
    return say_quantity(Quantity(seconds, "s"))


def reps_word(reps: int) -> str:
    """``rep`` or ``reps``."""
    return "rep" if reps == 1 else "reps"


def amount_of(done: DoneSet) -> str:
    """A set in a few words: "ten reps at thirty five pounds"."""
    if done.hold is not None:
        return say_quantity(Quantity(round(done.hold), "s"))
    load = f" at {say_quantity(done.weight)}" if done.weight is not None else ""
    return f"{spoken(done.reps)} {reps_word(done.reps)}{load}"


def summary_of(work: Workout) -> str:
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
        first = group[0]
        number = ceil(len(group) / 2) if first.each_side else len(group)
        what = _amount(first)
        part = f"{spoken(number)} {'set' if number == 1 else 'sets'} of {what}"
        if first.each_side:
            part += " each side" if len(group) > 1 else " on one side"
        if first.weight is not None:
            part += f" at {say_quantity(first.weight)}"
        if first.drill == drill:
            sentences[-1] += f", {part}"
        else:
            name = first.drill[:1].upper() + first.drill[1:]
            sentences.append(f"{name}, {part}")
        drill = first.drill
    return ". ".join(sentences) + "." if sentences else "No sets today."
