"""Sentences about what was done and why today's target is what it is; spoken, printed and put into reports.

Their wording stands in the table of a language. Loads and reps are figures and the rest is words; ``Language.in_words``
makes of each what a voice says.

None of them may hold words of a safety phrase ("hurts", "stop", "my back"): the coach would hear itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voicecoach.drills.model import Drill
from voicecoach.journal.outings import Outing
from voicecoach.journal.session import Session, SetDone
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language, capital
from voicecoach.words.meaning import Quantity

TWICE = 2


def describe(session: Session) -> str:
    """Sum up a session at its end: "Wall tap, 3 sets of 15. RDL, 3 sets of 12 at 35 pounds."; for the screen."""
    names = list(dict.fromkeys(done.drill for done in session.sets))
    sentences = [f"{capital(name)}, {sets_phrase(session.of(name))}." for name in names]
    if not sentences:
        return "Nothing was done this time."
    hurt = dict.fromkeys(pain.drill for pain in session.pains)
    sentences += [f"There was pain in the {drill}, so next time starts easier." for drill in hurt]
    return " ".join(sentences)


TOLD = frozenset({"weight", "reps", "hold", "amrap"})
"""What a phrase about sets tells anyway; of another dial its value is said behind them."""


def sets_phrase(sets: Sequence[SetDone], language: Language = ENGLISH, *, unit: bool = True) -> str:
    """``3 sets of 12 at 35 pounds``; sets that differ are named one kind after the other.

    ``unit=False`` leaves the unit away, for a sentence that has just named it.
    """

    def at(what: str, weight: Quantity | None) -> str:
        if weight is None:
            return what
        load = language.figures(weight) if unit else language.figure(weight.value)
        return language.say("at a load", what=what, load=load)

    kinds: Counter[tuple[str, Quantity | None]] = Counter()
    for done in sets:
        if done.side != "right" or not any(other.side == "left" and other.set == done.set for other in sets):
            kinds[amount(done, language), done.weight] += 1
    if len(kinds) > 1 and len({weight for _, weight in kinds}) == 1:
        amounts = [amount(done, language) for done in sets if done.side != "right"]
        return at(language.say("sets listed", amounts=language.listed(amounts)), sets[0].weight)
    parts = [
        at(language.say("sets of", count, number=count, amount=reps), weight) for (reps, weight), count in kinds.items()
    ]
    return language.listed(parts)


def amount(done: SetDone, language: Language = ENGLISH) -> str:
    """``12``, or ``30 seconds`` for a hold: as long as it was held, or as asked for where that is not known.

    ``12 in 60 seconds`` where as many as possible were done, ``60 seconds`` where nobody counted them.
    """
    if done.amrap is not None:
        time = language.figures(Quantity(done.amrap, "s"))
        return language.say("reps in time", reps=done.reps, time=time) if done.reps else time
    if done.held is None:
        return language.say("reps of a set", done.reps, number=done.reps)
    return language.figures(Quantity(round(done.held), "s"))


@dataclass(frozen=True, slots=True)
class Reasons:
    """The sentences of one language, as they are true on one day."""

    today: date
    """For "last Tuesday"."""
    language: Language = ENGLISH
    """Whose words."""

    def last_time(self, outing: Outing) -> str:
        """Say what was done: "Last Tuesday you did 3 sets of 12 at 35 pounds."; empty when it was nothing."""
        if not outing.sets:
            return ""
        return capital(
            self.language.say("last time", day=self._day(outing), sets=sets_phrase(outing.sets, self.language))
        )

    def up(self, new: Quantity, axis: str, outing: Outing) -> str:
        """Say why more: "40 pounds, because last Tuesday you did 3 sets of 12 at 35 without a miss."."""
        did = sets_phrase(outing.sets, self.language, unit=False)
        if axis not in TOLD and (old := outing.did(axis)):
            did = self.language.say("at a load", what=did, load=self.language.figure(old.value))
        return self._about(new, axis, "up", day=self._day(outing), did=did)

    def back_again(self, new: Quantity, axis: str, outing: Outing) -> str:
        """A dial that was turned down on the way comes back before anything gets heavier."""
        return self._about(new, axis, "back again", day=self._day(outing))

    def as_last_time(self, value: Quantity, axis: str) -> str:
        """A dial that was turned down on the way and stays there."""
        return self._about(value, axis, "as last time")

    def once_more(self, value: Quantity, axis: str, left: int, outing: Outing, far: float | None = None) -> str:
        """A clean session, but not enough of them yet; ``far`` is the next load where that is a big step."""
        ahead = {} if far is None else {"far": self.language.figure(far)}
        name = "once more" if far is None else "once more, far"
        return self._about(value, axis, name, left, day=self._day(outing), **ahead)

    def missed(self, value: Quantity, axis: str, outing: Outing) -> str:
        """Reps were missing once: the same again."""
        short = sum(done.missed for done in outing.sets)
        return self._about(value, axis, "missed", short, day=self._day(outing))

    def missed_often(self, new: Quantity, axis: str, old: Quantity, times: int, outing: Outing) -> str:
        """Reps were missing as often in a row as the programme bears: a step back."""
        figure = self.language.figure(old.value)
        return self._about(new, axis, "missed often", times, old=figure, day=self._day(outing))

    def away(self, new: Quantity, axis: str, weeks: int, *, again: bool) -> str:
        """Weeks were missed: a step back for each; ``again`` where it is no less than was done last time."""
        return self._about(new, axis, "away, the same" if again else "away", weeks)

    def pain(self, new: Quantity, axis: str, old: Quantity | None, outing: Outing) -> str:
        """Pain last time: lighter."""
        if old is None or old.value == new.value:
            return self._about(new, axis, "pain", day=self._day(outing))
        return self._about(new, axis, "pain at", old=self.language.figure(old.value), day=self._day(outing))

    def pain_only(self, drill: Drill, outing: Outing) -> str:
        """Pain last time in a drill that has nothing to turn down: a set less, where there are several."""
        name = "pain only, set less" if drill.sets > 1 else "pain only"
        return self.language.say(name, drill=drill.name, day=self._day(outing))

    def begins(self, value: Quantity, axis: str, drill: Drill) -> str:
        """What the script begins with."""
        return self._about(value, axis, "begins", drill=drill.name)

    def open_load(self, drill: Drill) -> str:
        """A drill whose load nobody knows yet."""
        return self.language.say("open load", drill=drill.name)

    def always(self, drill: Drill) -> str:
        """A drill with nothing that gets harder."""
        return self.language.say("always", drill=drill.name)

    def instead(self, drill: str, waiting: Sequence[str], left: int, outing: Outing) -> str:
        """Why an easier drill is done in place of others."""
        return self._counted("instead", left, drill=drill, day=self._day(outing), **self._waiting(waiting))

    def next_rung(self, drill: str, below: str, times: int) -> str:
        """A rung is climbed for the first time."""
        return self._climbed("next rung", drill, below, times)

    def rung_again(self, drill: str, below: str, times: int) -> str:
        """A rung is climbed again."""
        return self._climbed("rung again", drill, below, times)

    def rung_below(self, drill: str, waiting: Sequence[str], left: int, times: int) -> str:
        """A drill at its easiest was short of reps time after time: the one below instead."""
        short = self._counted("sessions short", times)
        return self._counted("rung below", left, drill=drill, short=short, **self._waiting(waiting))

    def waits(self, drill: str, until: str, hurt: str, outing: Outing) -> str:
        """A rung above one that was painful; ``until`` is the one to be clean before it."""
        name = "waits" if until == hurt else "waits, other"
        return self.language.say(name, drill=drill, until=until, hurt=hurt, day=self._day(outing))

    def not_yet(self, drill: str, phase: str, week: int | None, after: Mapping[str, int]) -> str:
        """A drill of a later phase: ``week`` where it is too early for it, else the clean sessions it needs."""
        if week is not None:
            return self.language.say("joins in week", drill=drill, phase=phase, week=week)
        if not after:
            return self.language.say("joins next", drill=drill, phase=phase)
        each = [self._counted("clean of", count, drill=name) for name, count in after.items()]
        needed = f" {self.language.say('and')} ".join(each)
        return self.language.say("joins after", drill=drill, phase=phase, needed=needed)

    def not_climbed(self, drill: str, below: str, left: int) -> str:
        """The next rung of the ladder."""
        return self._counted("not climbed", left, drill=drill, below=below)

    def missing(self, drills: Sequence[str], need: str) -> str:
        """What cannot be done for want of equipment."""
        things = [self.language.equipment.get(thing, thing) for thing in need.split(" or ")]
        lacking = self.language.listed([self.language.say("no thing", thing=thing) for thing in things])
        return self.language.say("missing", len(drills), drills=self._both(drills), lacking=lacking)

    def too_heavy(self, drill: str, lightest: Quantity) -> str:
        """The lightest load there is is more than a phase allows."""
        return self.language.say("too heavy", drill=drill, load=self.language.figures(lightest))

    def stays(self, value: Quantity, phase: str) -> str:
        """A phase in which the load does not rise."""
        return self._about(value, "weight", "stays", phase=phase)

    def end_of_phase(self, value: Quantity, phase: str) -> str:
        """As heavy as the phase allows."""
        return self._about(value, "weight", "end of phase", phase=phase)

    def heaviest(self, value: Quantity) -> str:
        """As heavy as the equipment goes."""
        return self._about(value, "weight", "heaviest")

    def too_far(self, value: Quantity, following: float) -> str:
        """The next load there is is too big a step."""
        return self._about(value, "weight", "too far", following=self.language.figure(following))

    def enough_for_a_week(self, value: Quantity, most: Quantity) -> str:
        """As much as a week may bring has been added."""
        return self._about(value, "weight", "enough for a week", most=self.language.figures(most))

    def held_back(self, value: Quantity, axis: str, hurt: str, outing: Outing) -> str:
        """Nothing gets harder while the way back from pain is not done."""
        return self._about(value, axis, "held back", hurt=hurt, day=self._day(outing))

    def not_after_pain(self, value: Quantity, axis: str) -> str:
        """More was asked for too soon after pain."""
        return self._about(value, axis, "not after pain")

    def easy_day(self, value: Quantity, axis: str, outing: Outing) -> str:
        """The last session was made easier, because the trainee was tired or sore; what came before it counts."""
        return self._about(value, axis, "easy day", day=self._day(outing))

    def asked_for(self, new: Quantity, axis: str, old: Quantity, outing: Outing) -> str:
        """The trainee turned it after the last set."""
        day, asked = self._day(outing), outing.asked(axis)
        if asked in {"too easy", "too hard"}:
            return self._about(new, axis, f"was {asked}", old=self.language.figure(old.value), day=day)
        return self._about(new, axis, "chosen", day=day)

    def at_the_end(self, value: Quantity, axis: str) -> str:
        """Clean, and there is nothing above."""
        return self._about(value, axis, "at the end")

    def incomplete(self, value: Quantity, axis: str, outing: Outing) -> str:
        """Sets were left out, or it was as hard as can be: the same again."""
        if outing.complete:
            return self._about(value, axis, "hard enough", day=self._day(outing))
        planned = max((done.sets for done in outing.sets), default=0)
        done = len({one.set for one in outing.sets})
        number = self.language.number(planned)
        return self._about(value, axis, "sets left out", done, planned=number, day=self._day(outing))

    def plates(self, side: Sequence[float]) -> str:
        """What to put on the bar: "On each side 10 and 2.5."; the empty bar where that is nothing."""
        if not side:
            return self.language.say("empty bar")
        return self.language.say("plates", plates=self.language.listed([self.language.figure(plate) for plate in side]))

    def dumbbells(self) -> str:
        """What the load of a drill with dumbbells means."""
        return self.language.say("each dumbbell")

    def named(self, value: Quantity, axis: str) -> str:
        """``35 pounds`` for a load, ``45 seconds`` for an AMRAP, ``12 reps``, ``Distance 8 inches`` for a dial."""
        said = self.language.figures(value)
        if axis in {"weight", "amrap", value.unit}:
            return said
        return self.language.say("dial", name=capital(axis), value=said)

    def _about(self, value: Quantity, axis: str, name: str, count: int | None = None, **values: str) -> str:
        """A sentence that begins with the value it is about."""
        return capital(self._counted(name, count, now=self.named(value, axis), **values))

    def _counted(self, name: str, count: int | None, **values: str) -> str:
        """A sentence with a number in words, which chooses its wording."""
        if count is None:
            return self.language.say(name, None, **values)
        return self.language.say(name, count, number=self.language.number(count), **values)

    def _day(self, outing: Outing) -> str:
        return self.language.day(outing.day, self.today)

    def _both(self, names: Sequence[str]) -> str:
        """``RDL``, ``RDL and the deadlift``."""
        return self.language.listed(names, "and the")

    def _waiting(self, names: Sequence[str]) -> dict[str, str]:
        return {"waiting": self._both(names), "back": self.language.say("back", len(names))}

    def _climbed(self, name: str, drill: str, below: str, times: int) -> str:
        if times == 1:
            return self.language.say(name, drill=drill, below=below)
        often = self.language.say("twice") if times == TWICE else self._counted("many times", times)
        return self.language.say(f"{name}, often", drill=drill, below=below, often=often)
