"""Sentences about what was done and why today's target is what it is; spoken, printed and put into reports.

None of them may hold words of a safety phrase ("hurts", "stop", "my back"): the coach would hear itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from voicecoach.journal.outings import Outing
from voicecoach.journal.session import Session, SetDone
from voicecoach.words.dates import say_day
from voicecoach.words.meaning import Quantity
from voicecoach.words.numbers import spoken
from voicecoach.words.units import say_quantity

_FIGURES = re.compile(r"\d+(?:\.\d+)?")


def sets_phrase(sets: Sequence[SetDone], *, unit: bool = True) -> str:
    """``3 sets of 12 at 35 pounds``; sets that differ are named one kind after the other.

    ``unit=False`` leaves the unit away, for a sentence that has just named it.
    """
    kinds: Counter[tuple[str, Quantity | None]] = Counter()
    for done in sets:
        if done.side != "right" or not any(other.side == "left" and other.set == done.set for other in sets):
            kinds[done.amount, done.weight] += 1
    if len(kinds) > 1 and len({weight for _, weight in kinds}) == 1:
        weight = sets[0].weight
        reps = [done.amount for done in sets if done.side != "right"]
        return f"sets of {', '.join(reps[:-1])} and {reps[-1]}{_at(weight, unit=unit)}"
    parts = [
        f"{count} {'set' if count == 1 else 'sets'} of {reps}{_at(weight, unit=unit)}"
        for (reps, weight), count in kinds.items()
    ]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def last_time(outing: Outing, today: date) -> str:
    """Say what was done: "Last Tuesday you did 3 sets of 12 at 35 pounds."; empty when it was nothing."""
    if not outing.sets:
        return ""
    return f"{_capital(say_day(outing.day, today))} you did {sets_phrase(outing.sets)}."


def describe(session: Session) -> str:
    """Sum up a session at its end: "Wall tap, 3 sets of 15. RDL, 3 sets of 12 at 35 pounds."."""
    names = list(dict.fromkeys(done.drill for done in session.sets))
    sentences = [f"{_capital(name)}, {sets_phrase(session.of(name))}." for name in names]
    if not sentences:
        return "Nothing was done this time."
    hurt = dict.fromkeys(pain.drill for pain in session.pains)
    sentences += [f"There was pain in the {drill}, so next time starts easier." for drill in hurt]
    return " ".join(sentences)


def up(new: Quantity, axis: str, outing: Outing, today: date) -> str:
    """Say why more: "40 pounds, because last Tuesday you did 3 sets of 12 at 35 without a miss."."""
    did = sets_phrase(outing.sets, unit=False)
    if axis != "weight" and (old := outing.did(axis)):
        did += f" at {old.value:g}"
    return f"{named(new, axis)}, because {say_day(outing.day, today)} you did {did} without a miss."


def once_more(value: Quantity, axis: str, left: int, outing: Outing, today: date) -> str:
    """A clean session, but not enough of them yet."""
    times = "one more clean session" if left == 1 else f"{left} more clean sessions"
    day = say_day(outing.day, today)
    return f"{named(value, axis)} again, because {day} was clean and it takes {times} before it changes."


def missed(value: Quantity, axis: str, outing: Outing, today: date) -> str:
    """Reps were missing once: the same again."""
    short = sum(done.missed for done in outing.sets)
    return f"{named(value, axis)} again, because {say_day(outing.day, today)} {_sets(short)} short of reps."


def missed_twice(new: Quantity, axis: str, old: Quantity) -> str:
    """Reps were missing twice: a step back."""
    return f"{named(new, axis)}, because two sessions in a row were short of reps at {old.value:g}."


def away(new: Quantity, axis: str, weeks: int) -> str:
    """Weeks were missed: a step back for each."""
    return f"{named(new, axis)}, because the last time was {weeks} weeks ago."


def pain(new: Quantity, axis: str, old: Quantity | None, outing: Outing, today: date) -> str:
    """Pain last time: lighter."""
    at = f" at {old.value:g}" if old is not None and old.value != new.value else ""
    return f"{named(new, axis)}, because there was pain{at} {say_day(outing.day, today)}."


def pain_only(drill: str, outing: Outing, today: date) -> str:
    """Pain last time in a drill that has nothing to turn down."""
    return f"Only as far as it feels fine, because there was pain in the {drill} {say_day(outing.day, today)}."


def instead(drill: str, waiting: Sequence[str], left: int, outing: Outing, today: date) -> str:
    """Why an easier drill is done in place of others."""
    names = waiting[0] if len(waiting) == 1 else f"{', '.join(waiting[:-1])} and the {waiting[-1]}"
    brings = "one more clean session brings" if left == 1 else f"{left} clean sessions bring"
    back = "it" if len(waiting) == 1 else "them"
    day = say_day(outing.day, today)
    return f"The {drill} instead of the {names}, because there was pain {day}; {brings} {back} back."


def asked_for(new: Quantity, axis: str, old: Quantity, outing: Outing, today: date) -> str:
    """The trainee turned it after the last set."""
    day, asked = say_day(outing.day, today), outing.asked(axis)
    if asked in {"too easy", "too hard"}:
        return f"{named(new, axis)}, because {old.value:g} was {asked} {day}."
    return f"{named(new, axis)}, because that is what you chose {day}."


def at_the_end(value: Quantity, axis: str) -> str:
    """Clean, and there is nothing above."""
    return f"{named(value, axis)} again, because that is as far as this drill goes."


def incomplete(value: Quantity, axis: str, outing: Outing, today: date) -> str:
    """Sets were left out, or it was as hard as can be: the same again."""
    day = say_day(outing.day, today)
    if outing.complete:
        return f"{named(value, axis)} again, because {day} it was hard enough."
    planned = max((done.sets for done in outing.sets), default=0)
    done = len({one.set for one in outing.sets})
    return f"{named(value, axis)} again, because {day} {done} of {planned} sets {'was' if done == 1 else 'were'} done."


def in_words(sentence: str) -> str:
    """The same sentence with its figures spelled out, for a voice: "2.5 kilos" is "two and a half kilos"."""
    return _FIGURES.sub(lambda match: spoken(float(match[0])), sentence)


def figures(value: Quantity) -> str:
    """``35 pounds``, ``1 inch``, ``2.5 kilos``: what is printed, and what most voices read well."""
    one = value.value == 1
    name = say_quantity(Quantity(1.0 if one else 2.0, value.unit)).removeprefix(spoken(1.0 if one else 2.0))
    return f"{value.value:g}{name}"


def named(value: Quantity, axis: str) -> str:
    """``35 pounds`` for a load, ``Distance 8 inches`` for a dial."""
    said = figures(value)
    return said if axis == "weight" else f"{_capital(axis)} {said}"


def _sets(count: int) -> str:
    return "1 set was" if count == 1 else f"{count} sets were"


def _at(weight: Quantity | None, *, unit: bool) -> str:
    if weight is None:
        return ""
    return f" at {figures(weight) if unit else f'{weight.value:g}'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
