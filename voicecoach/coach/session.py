"""The frame of a session: greeting, sound check, going on where the last one broke off, "undo", and the end."""

from __future__ import annotations

from voicecoach.coach.commands import Kind
from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.stage import Stage
from voicecoach.words.meaning import Quantity


class Frame:
    """Steps and conditions about the session as a whole."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "greet": lambda _: self.greet(),
            "offer to resume": lambda _: self.offer_to_resume(),
            "resume session": lambda _: self.resume(),
            "close old session": lambda _: self.close_old(),
            "say": self.say,
            "say not heard": lambda _: self.say_not_heard(),
            "sum up": lambda _: self.sum_up(),
            "end session": lambda how: self._stage.end(how or "finished"),
        }

    def conditions(self) -> dict[str, Condition]:
        """The conditions a flow may name."""
        return {
            "unfinished session": lambda: self._unfinished_index() is not None,
            "red flag last time": lambda: self._stage.plan.red_flagged and not self._stage.well_again,
            "asked twice": lambda: self._stage.asked >= 2,  # noqa: PLR2004 - twice is two
            "first time": lambda: self._stage.plan.sessions_before == 0,
            "misheard": lambda: self._stage.misheard,
            "sound check wanted": lambda: self._stage.plan.sound_check and not self._stage.heard,
        }

    def greet(self) -> None:
        """Say hello; on the very first use also that this is no medical advice."""
        stage = self._stage
        stage.say_line("greeting", Kind.BRIEF)
        if stage.plan.sessions_before == 0:
            stage.say_line("first use", Kind.BRIEF)
        for text in stage.plan.opening:
            stage.say(stage.filled(stage.language.in_words(text)), Kind.BRIEF)

    def say(self, line: str | None) -> None:
        """Say a line of the flow by its name, or the text itself."""
        if line:
            self._stage.say_line(line)

    def say_not_heard(self) -> None:
        """Say that the trainee was not heard, or not understood.

        Nothing where no voice can be expected, or the reason was said before.
        """
        stage = self._stage
        if stage.plan.sound_check and not stage.heard and not stage.microphone_in_trouble:
            stage.say_line("not understood" if stage.misheard else "not heard")

    def offer_to_resume(self) -> None:
        """Tell where the last session broke off and ask whether to go on from there."""
        stage, old = self._stage, self._stage.plan.unfinished
        if old is None:
            return
        there = {
            "drill": old.drill,
            "set": stage.language.number(old.set),
            "rep": stage.language.number(old.rep),
            "reps word": stage.language.say("reps word", old.rep),
            "counted": stage.language.quantity(Quantity(old.rep, "reps")),
        }
        stage.say_line("resumable" if old.rep else "resumable between sets", extra=there)

    def resume(self) -> None:
        """Go on at the drill, set and rep where the last session broke off."""
        stage, work, old = self._stage, self._stage.work, self._stage.plan.unfinished
        index = self._unfinished_index()
        if old is None or index is None:
            return
        stage.log("session_resumed", of=old.session)
        work.index, work.set, work.rep = index, old.set, old.rep
        work.done = list(old.done)
        work.set_ref = old.done[-1].ref if old.done else 0
        for place in work.partners:
            number = old.reached.get(work.drills[place].drill.name, 1)
            work.reached[place] = number or work.drills[place].sets + 1
        work.side = work.drill.sides.index(old.side) if old.side in work.drill.sides else 0
        work.set_open = old.rep > 0
        if old.weight is not None:
            work.weights[work.drill.name] = old.weight

    def close_old(self) -> None:
        """Leave the last session as it stands."""
        old = self._stage.plan.unfinished
        if old is not None:
            self._stage.log("session_ended", how="left", of=old.session)

    def sum_up(self) -> None:
        """Say what was done today."""
        self._stage.say_line("summary", Kind.BRIEF)

    def _unfinished_index(self) -> int | None:
        old = self._stage.plan.unfinished
        if old is None:
            return None
        names = [planned.drill.name for planned in self._stage.work.drills]
        return names.index(old.drill) if old.drill in names else None
