"""When it hurts: the set ends now, the rule is named, and something gentler is offered (DESIGN section 3)."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.loads import Loads
from voicecoach.coach.plan import PlannedDrill
from voicecoach.coach.sets import Sets
from voicecoach.coach.stage import Stage

HIGH_SCORE = 5.0
"""From this score of ten on pain is more than an exercise may cause."""


class Pain:
    """Steps and conditions about pain."""

    def __init__(self, stage: Stage, sets: Sets, loads: Loads) -> None:
        self._stage = stage
        self._sets = sets
        self._loads = loads
        self._ref = 0
        self._where = ""

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "report pain": lambda _: self.report(),
            "note place": lambda _: self.note_place(),
            "note how bad": self.note_how_bad,
            "note score": lambda _: self.note_score(),
            "report red flag": lambda _: self.report_red_flag(),
            "note pain": lambda _: self.note(),
            "offer again": lambda _: self.offer(),
            "go lighter": lambda _: self.go_lighter(),
            "go easier": lambda _: self.go_easier(),
        }

    def conditions(self) -> dict[str, Callable[[], bool]]:
        """The conditions a flow may name."""
        table: dict[str, Condition] = {
            "can go lighter": self.can_go_lighter,
            "easier drill": self.has_easier,
            "high score": lambda: (self._stage.meaning.rpe or 0.0) >= HIGH_SCORE,
            "pain place known": lambda: bool(self._where),
        }
        return table

    def report(self) -> None:
        """End the set, write down what was counted and what was said, and name the rule."""
        self.note()
        self._stage.say_line("pain")

    def note_place(self) -> None:
        """Add to what was written down where it hurts, as it was said when asked."""
        where = self._stage.language.place_in(self._stage.phrase)
        if where and self._ref:
            self._where = where
            self._stage.correct(self._ref, "asked", where=where)

    def note_how_bad(self, answer: str | None) -> None:
        """Add to what was written down how bad it is; no answer is taken for bad."""
        if self._ref:
            self._stage.correct(self._ref, "asked", how_bad=answer or "no answer")

    def note(self) -> None:
        """End the set, and write down what was counted and what was said."""
        stage, work = self._stage, self._stage.work
        last = work.place_of_last
        if not work.set_open and last is not None and last != work.index:
            work.go_to(last)  # its partner has the turn, but nothing of that was done since
        drill, number, rep = work.drill.name, work.set, work.rep
        self._sets.end_set(pain=True)
        self._where = stage.language.place_in(stage.phrase)
        self._ref = stage.log("pain", where=self._where, drill=drill, set=number, rep=rep, said=stage.phrase)
        work.hurt = (*work.hurt, drill)

    def note_score(self) -> None:
        """Add to the last set how much it hurt, from one to ten."""
        score = self._stage.meaning.rpe
        if score is not None and self._stage.work.set_ref:
            self._stage.correct(self._stage.work.set_ref, "asked", pain_score=score)

    def report_red_flag(self) -> None:
        """Write down a sign that needs a doctor; the set is logged as far as it went."""
        self._sets.end_set(pain=True)
        self._stage.log("red_flag", said=self._stage.phrase)

    def offer(self) -> None:
        """Say what there is to choose from."""
        stage = self._stage
        if self.can_go_lighter() and self.has_easier():
            stage.say_line("pain offer both")
        elif self.can_go_lighter():
            stage.say_line("pain offer lighter")
        elif self.has_easier():
            stage.say_line("pain offer easier")
        else:
            stage.say_line("pain offer rest")

    def can_go_lighter(self) -> bool:
        """True where a set is still to come, and what the script takes off is not at its limit."""
        work = self._stage.work
        plan = work.drill.pain
        if work.set > work.planned.sets:
            return False
        if plan.lighter is not None and self._loads.lighter(plan.lighter) is not None:
            return True
        return plan.turn is not None and self._loads.turned(plan.turn) is not None

    def has_easier(self) -> bool:
        """True where the script names an easier drill that is at hand."""
        return self._easier() is not None

    def go_lighter(self) -> None:
        """Take the load down, or turn the dial down, and go on with the same drill."""
        stage, plan = self._stage, self._stage.work.drill.pain
        if plan.lighter is not None and self._loads.lighten(plan.lighter):
            stage.say_line("lighter now")
        elif plan.turn is not None and self._loads.turn(plan.turn, "pain"):
            stage.say_line("lighter dial")

    def go_easier(self) -> None:
        """Go to the easier drill; it is the last of today, since what follows in a programme is heavier."""
        stage, work = self._stage, self._stage.work
        easier = self._easier()
        if easier is None:
            return
        stage.log("moved", **{"from": work.drill.name, "to": easier.drill.name, "why": "pain"})
        work.drills[work.index + 1 :] = [easier]
        work.reached.clear()  # no partner goes on either: it may be what hurt
        work.go_to(work.index + 1)
        stage.say_line("easier now")

    def _easier(self) -> PlannedDrill | None:
        work, name = self._stage.work, self._stage.work.drill.pain.go_to
        if name is None or name in work.hurt:
            return None
        for planned in self._stage.plan.drills:
            if planned.drill.name == name:
                return planned
        drill = self._stage.plan.spare.get(name)
        return None if drill is None else PlannedDrill(drill, drill.sets, drill.reps)
