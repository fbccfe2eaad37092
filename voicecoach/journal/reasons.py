"""Sentences about what was done and why today's target is what it is; spoken, printed and put into reports.

Loads and reps are figures and the rest is words; ``words.numbers.in_words`` makes of each what a voice says.

None of them may hold words of a safety phrase ("hurts", "stop", "my back"): the coach would hear itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from voicecoach.drills.model import Drill
from voicecoach.journal.outings import Outing
from voicecoach.journal.session import Session, SetDone
from voicecoach.words.dates import say_day
from voicecoach.words.meaning import Quantity
from voicecoach.words.numbers import spoken
from voicecoach.words.units import say_quantity

TWICE = 2


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
        return f"sets of {listed(reps)}{_at(weight, unit=unit)}"
    parts = [
        f"{count} {'set' if count == 1 else 'sets'} of {reps}{_at(weight, unit=unit)}"
        for (reps, weight), count in kinds.items()
    ]
    return listed(parts)


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


def back_again(new: Quantity, axis: str, outing: Outing, today: date) -> str:
    """A dial that was turned down on the way comes back before anything gets heavier."""
    return f"{named(new, axis)}, because {say_day(outing.day, today)} was clean, and only as far as it feels easy."


def as_last_time(value: Quantity, axis: str) -> str:
    """A dial that was turned down on the way and stays there."""
    return f"{named(value, axis)}, no more."


def once_more(value: Quantity, axis: str, left: int, outing: Outing, today: date, far: float | None = None) -> str:
    """A clean session, but not enough of them yet; ``far`` is the next load where that is a big step."""
    times = "one more clean session" if left == 1 else f"{spoken(left)} more clean sessions"
    day = say_day(outing.day, today)
    ahead = "before it changes" if far is None else f"before the big step to {far:g}"
    return f"{named(value, axis)} again, because {day} was clean and it takes {times} {ahead}."


def missed(value: Quantity, axis: str, outing: Outing, today: date) -> str:
    """Reps were missing once: the same again."""
    short = sum(done.missed for done in outing.sets)
    return f"{named(value, axis)} again, because {say_day(outing.day, today)} {_sets(short)} short of reps."


def missed_often(new: Quantity, axis: str, old: Quantity, times: int, outing: Outing, today: date) -> str:
    """Reps were missing as often in a row as the programme bears: a step back."""
    if times == 1:
        return f"{named(new, axis)}, because {say_day(outing.day, today)} was short of reps at {old.value:g}."
    return f"{named(new, axis)}, because {spoken(times)} sessions in a row were short of reps at {old.value:g}."


def away(new: Quantity, axis: str, weeks: int) -> str:
    """Weeks were missed: a step back for each."""
    missed = "a week was" if weeks == 1 else f"{spoken(weeks)} weeks were"
    return f"{named(new, axis)}, because {missed} missed."


def pain(new: Quantity, axis: str, old: Quantity | None, outing: Outing, today: date) -> str:
    """Pain last time: lighter."""
    at = f" at {old.value:g}" if old is not None and old.value != new.value else ""
    return f"{named(new, axis)}, because there was pain{at} {say_day(outing.day, today)}."


def pain_only(drill: Drill, outing: Outing, today: date) -> str:
    """Pain last time in a drill that has nothing to turn down: a set less, where there are several."""
    less = "One set less, and only" if drill.sets > 1 else "Only"
    return f"{less} as far as it feels fine, because there was pain in the {drill.name} {say_day(outing.day, today)}."


def instead(drill: str, waiting: Sequence[str], left: int, outing: Outing, today: date) -> str:
    """Why an easier drill is done in place of others."""
    brings = "one more clean session brings" if left == 1 else f"{spoken(left)} clean sessions bring"
    back = "it" if len(waiting) == 1 else "them"
    day = say_day(outing.day, today)
    return f"The {drill} instead of the {both(waiting)}, because there was pain {day}; {brings} {back} back."


def next_rung(drill: str, below: str, times: int) -> str:
    """A rung is climbed for the first time."""
    return f"The {drill} joins today, because the {below} was clean{_often(times)}."


def rung_again(drill: str, below: str, times: int) -> str:
    """A rung is climbed again."""
    return f"The {drill} is back, because the {below} was clean{_often(times)}."


def rung_below(drill: str, waiting: Sequence[str], left: int, times: int) -> str:
    """A drill at its easiest was short of reps time after time: the one below instead."""
    brings = "one clean session brings" if left == 1 else f"{spoken(left)} clean sessions bring"
    back = "it" if len(waiting) == 1 else "them"
    short = "the last session was" if times == 1 else f"{spoken(times)} sessions in a row were"
    return f"The {drill} instead of the {both(waiting)}, because {short} short of reps; {brings} {back} back."


def waits(drill: str, until: str, hurt: str, outing: Outing, today: date) -> str:
    """A rung above one that was painful; ``until`` is the one to be clean before it."""
    where, day = "it" if until == hurt else f"the {hurt}", say_day(outing.day, today)
    return f"The {drill} waits until the {until} is clean again, because there was pain in {where} {day}."


def not_yet(drill: str, phase: str, week: int | None, after: Mapping[str, int]) -> str:
    """A drill of a later phase: ``week`` where it is too early for it, else the clean sessions it needs, by drill."""
    joins = f"The {drill} joins in the {phase} phase"
    if week is not None:
        return f"{joins}, in week {week} at the earliest."
    needed = [f"{_clean(count)} of the {name}" for name, count in after.items()]
    return f"{joins}, which needs {' and '.join(needed)}." if needed else f"{joins}, from the next session on."


def not_climbed(drill: str, below: str, left: int) -> str:
    """The next rung of the ladder."""
    clean = "one more clean session" if left == 1 else f"{spoken(left)} clean sessions in a row"
    return f"The {drill} joins after {clean} of the {below}."


def missing(drills: Sequence[str], need: str) -> str:
    """What cannot be done for want of equipment."""
    are = "is" if len(drills) == 1 else "are"
    lacking = listed([f"no {thing}" for thing in need.split(" or ")])
    return f"The {both(drills)} {are} left out, because there is {lacking}."


def too_heavy(drill: str, lightest: Quantity) -> str:
    """The lightest load there is is more than a phase allows."""
    least = figures(lightest)
    return f"The {drill} is left out, because {least} is too heavy to begin with and there is nothing lighter."


def stays(value: Quantity, phase: str) -> str:
    """A phase in which the load does not rise."""
    return f"{named(value, 'weight')} again, because in the {phase} phase only the form counts."


def end_of_phase(value: Quantity, phase: str) -> str:
    """As heavy as the phase allows."""
    return f"{named(value, 'weight')} again, because that is as far as the {phase} phase goes."


def heaviest(value: Quantity) -> str:
    """As heavy as the equipment goes."""
    return f"{named(value, 'weight')} again, because you have nothing heavier for this drill."


def too_far(value: Quantity, following: float) -> str:
    """The next load there is is too big a step."""
    return f"{named(value, 'weight')} again, because the step to {following:g} is too big unless you say too easy."


def enough_for_a_week(value: Quantity, most: Quantity) -> str:
    """As much as a week may bring has been added."""
    return f"{named(value, 'weight')} again, because {figures(most)} more in a week is enough."


def held_back(value: Quantity, axis: str, hurt: str, outing: Outing, today: date) -> str:
    """Nothing gets harder while the way back from pain is not done."""
    day = say_day(outing.day, today)
    return f"{named(value, axis)} again, because there was pain in the {hurt} {day} and it comes back first."


def not_after_pain(value: Quantity, axis: str) -> str:
    """More was asked for too soon after pain."""
    return f"{named(value, axis)} again, because after pain it takes two clean sessions before it gets harder."


def easy_day(value: Quantity, axis: str, outing: Outing, today: date) -> str:
    """The last session was made easier, because the trainee was tired or sore; what came before it counts."""
    return f"{named(value, axis)} again, because {say_day(outing.day, today)} was an easy day."


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
    were = "was" if done == 1 else "were"
    return f"{named(value, axis)} again, because {day} {spoken(done)} of {spoken(planned)} sets {were} done."


def plates(side: Sequence[float]) -> str:
    """What to put on the bar: "On each side 10 and 2.5."; the empty bar where that is nothing."""
    if not side:
        return "That is the empty bar."
    return f"On each side {listed([f'{plate:g}' for plate in side])}."


def both(names: Sequence[str]) -> str:
    """``RDL``, ``RDL and the deadlift``."""
    return listed(names, "and the")


def listed(parts: Sequence[str], last: str = "and") -> str:
    """``12``, ``12 and 9``, ``12, 12 and 9``; ``last`` stands before the last of several."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def figures(value: Quantity) -> str:
    """``35 pounds``, ``1 inch``, ``2.5 kilos``: what is printed, and what most voices read well."""
    one = value.value == 1
    name = say_quantity(Quantity(1.0 if one else 2.0, value.unit)).removeprefix(spoken(1.0 if one else 2.0))
    return f"{value.value:g}{name}"


def named(value: Quantity, axis: str) -> str:
    """``35 pounds`` for a load, ``45 seconds`` for an AMRAP, ``Distance 8 inches`` for a dial."""
    said = figures(value)
    return said if axis in {"weight", "amrap"} else f"{_capital(axis)} {said}"


def _clean(count: int) -> str:
    return "one clean session" if count == 1 else f"{spoken(count)} clean sessions"


def _often(times: int) -> str:
    return "" if times == 1 else " twice in a row" if times == TWICE else f" {spoken(times)} times in a row"


def _sets(count: int) -> str:
    return "one set was" if count == 1 else f"{spoken(count)} sets were"


def _at(weight: Quantity | None, *, unit: bool) -> str:
    if weight is None:
        return ""
    return f" at {figures(weight) if unit else f'{weight.value:g}'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
