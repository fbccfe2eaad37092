"""From drill to drill and set to set: briefing, the log of a set, and what comes next."""

from __future__ import annotations

from voicecoach.coach.commands import Kind
from voicecoach.coach.counting import Counting, weight_fields
from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.liking import EVERYTHING
from voicecoach.coach.pace import recall
from voicecoach.coach.plan import DoneSet
from voicecoach.coach.stage import Stage

COUNTDOWN_SECONDS = 3.4
"""How long before the end of a rest the next countdown begins, so that the first rep falls on the end of the rest."""
SHORTEST_TIME = 1.0
"""Seconds that must have been done of a set which the clock ends for it to be written down."""


class Sets:
    """Steps and conditions about sets and drills."""

    def __init__(self, stage: Stage, counting: Counting) -> None:
        self._stage = stage
        self._counting = counting

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "brief": lambda _: self.brief(),
            "remind": lambda _: self.remind(),
            "end set": lambda _: self.end_set(),
            "switch sides": lambda _: self.switch_sides(),
            "change over": lambda _: self.change_over(),
            "leave set": lambda _: self.leave_set(),
            "finish drill": lambda _: self.finish_drill(),
            "next drill": lambda _: self.next_drill(),
        }

    def conditions(self) -> dict[str, Condition]:
        """The conditions a flow may name."""
        work = self._stage.work
        return {
            "more sides": lambda: work.more_sides,
            "sets left": lambda: work.set <= work.planned.sets,
            "more sets": lambda: work.coming is not None,
            "partner next": lambda: work.partner_next,
            "more drills": lambda: work.next_place is not None,
            "in a set": lambda: work.set_open,
        }

    def brief(self) -> None:
        """Tell how to set the drill up, what was done last time, and why today's target is what it is.

        Somebody who knows the drill gets its reminder; "repeat" brings all of it.
        """
        stage, planned = self._stage, self._stage.work.planned
        drill = planned.drill
        if stage.work.set > 1:
            self.remind()
            return
        known = stage.work.talk < EVERYTHING and planned.last_time and stage.due(drill.cues.reminder)
        if known and stage.meaning.command != "repeat":
            self.remind()
            stage.say_line(self._target(), Kind.BRIEF)
        else:
            for text in stage.due(drill.cues.setup):
                stage.say(stage.filled(text), Kind.BRIEF)
            if drill.amrap is not None:
                stage.say_line(self._target(), Kind.BRIEF)
        if drill.sides:
            stage.say_line("first side", Kind.BRIEF)
        if planned.last_time and not (planned.why and planned.tells_last_time):
            stage.say_line("last time", Kind.BRIEF)
        if planned.why:
            stage.say_line("why", Kind.BRIEF)
        if planned.loading:
            stage.say_line("loading", Kind.BRIEF)
        recall(stage)

    def _target(self) -> str:
        """Name of the line that says what is to be done."""
        drill = self._stage.work.drill
        return "target hold" if drill.hold is not None else "target amrap" if drill.amrap is not None else "target"

    def remind(self) -> None:
        """Say the drill's short reminder, or its set-up where it has none."""
        stage, cues = self._stage, self._stage.work.drill.cues
        for text in stage.due(cues.reminder or cues.setup):
            stage.say(stage.filled(text), Kind.BRIEF)

    def end_set(self, *, pain: bool = False, quietly: bool = False) -> None:
        """Write the set down as far as it was counted and move on to the next.

        A set in which nothing was counted is not a set; nothing is written then (pain has an event of its own).
        """
        stage, work = self._stage, self._stage.work
        self._counting.halt()
        if not work.set_open:
            return
        timed, each_side = work.timed, work.side_name is not None
        if work.rep > 0 or (timed is not None and timed >= SHORTEST_TIME):
            self._log_set(pain=pain)
            at, ref = (work.set, work.side), work.set_ref
            held, amrap = (timed, None) if work.hold is not None else (None, timed)
            work.done.append(DoneSet(work.drill.name, work.rep, work.lifted, held, each_side, amrap, at, ref))
            if not (pain or quietly):
                self._acknowledge()
        work.set_open = False
        if work.more_sides:
            work.side += 1
            turn = None
        else:
            turn = None if pain or quietly or work.coming is None else work.coming[1]
            work.set, work.side = work.set + 1, 0
        work.rep = 0
        if turn is not None and turn != work.index:
            if work.set > work.planned.sets:
                self.finish_drill()
            work.go_to(turn)
        work.rest_from, work.rest_until = stage.now, None

    def leave_set(self) -> None:
        """The trainee goes somewhere else: what was counted is written down, without a word."""
        self.end_set(quietly=True)

    def switch_sides(self) -> None:
        """Say which side comes, and give the time to change over."""
        stage = self._stage
        stage.say_line("switch sides", Kind.BRIEF)
        end = stage.now + stage.work.drill.change_over
        stage.wake("time over", max(end - COUNTDOWN_SECONDS, stage.speech.last_word(stage.now)))

    def change_over(self) -> None:
        """Name the drill that takes its turn, at first tell how to set it up, and give the time to change."""
        stage, work = self._stage, self._stage.work
        stage.say_line("partner next", Kind.BRIEF)
        began = stage.now
        if work.set == 1:
            self.brief()
            began = stage.speech.last_word(stage.now)
        elif work.drill.sides:
            stage.say_line("first side", Kind.BRIEF)
        end = began + work.drill.change_over
        stage.wake("time over", max(end - COUNTDOWN_SECONDS, stage.speech.last_word(stage.now)))

    def finish_drill(self) -> None:
        """The drill is done: say so and write it down."""
        stage, drill = self._stage, self._stage.work.drill
        stage.log("drill_done", drill=drill.name)
        stage.say(stage.filled(stage.wording(f"{drill.name} finish", drill.cues.finish)), Kind.BRIEF)

    def next_drill(self) -> None:
        """Go on to the next drill; sets that were left out are written down as skipped."""
        stage, work = self._stage, self._stage.work
        if work.set <= work.planned.sets:
            stage.log("skipped", drill=work.drill.name, set=work.set)
        work.next_drill()

    def _log_set(self, *, pain: bool) -> None:
        work = self._stage.work
        work.set_ref = self._stage.log(
            "set_done",
            drill=work.drill.name,
            set=work.set,
            sets=work.planned.sets,
            reps=work.rep,
            target=None if work.amrap is not None else work.planned.reps,
            **weight_fields(work.lifted),
            side=work.side_name,
            seconds=round(work.worked if work.timed is None else work.timed, 1),
            hold=work.hold,
            amrap=work.amrap,
            dials={name: {"value": q.value, "unit": q.unit} for name, q in work.all_dials().items()},
            tempo=str(work.tempo) if work.time is None and not work.trainee_counts else None,
            rpe=None,
            pain=pain,
            superset=work.superset,
        )

    def _acknowledge(self) -> None:
        """Say that the set is over, with a word of praise where it was whole, and how long the rest is."""
        stage, work = self._stage, self._stage.work
        whole = work.whole
        if whole:
            stage.praise(f"{work.drill.name} after set", work.drill.cues.after_set)
        if work.more_sides:
            return  # the change-over says what comes
        if whole and work.partner_next:
            return  # the change-over names the drill that comes
        more = work.coming is not None and not work.partner_next
        short_hold = work.time is not None and not whole
        if more and whole and work.in_rounds:
            return  # the rest says what is left of the round
        if more:
            stage.say_line("set done" if whole else "hold short" if short_hold else "set short", Kind.BRIEF)
        elif not whole:
            stage.say_line("last hold short" if short_hold else "last set short", Kind.BRIEF)
