"""A cooperative trainee to whom things happen: said in the middle of a set, or answered in place of what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from voicecoach.app.story import CooperativeTrainee
from voicecoach.app.weeks_story import Moment
from voicecoach.coach.commands import Say
from voicecoach.coach.events import Event, Heard
from voicecoach.drills.library import same_name

AFTER_THE_COUNT = 0.3
"""Seconds from a count to what is said about it."""


class TraineeOfAStory(CooperativeTrainee):
    """Does what the coach says, but for the moments and the answers of a story; each of them comes once."""

    _moments: list[Moment]
    _answers: dict[str, str]

    def follow(self, moments: Sequence[Moment], answers: Mapping[str, str]) -> None:
        """Take in what is to happen."""
        self._moments, self._answers = list(moments), dict(answers)

    def unsaid(self) -> tuple[str, ...]:
        """What never came."""
        missed = [f"{one.drill}, set {one.set}, rep {one.rep}: {one.text}" for one in self._moments]
        return (*missed, *(f"{state}: {words}" for state, words in self._answers.items()))

    def event(self, event: Event) -> None:
        """An answer that was heard is not given again."""
        if isinstance(event, Heard):
            state = self._listen.state
            if self._answers.get(state) == event.phrase:
                del self._answers[state]
        super().event(event)

    def logged(self, t: float, record: dict[str, object]) -> None:
        """A rep was counted: something may be said about it."""
        if record.get("event") != "rep":
            return
        for moment in self._moments:
            place = (record.get("set"), record.get("rep"))
            if same_name(moment.drill) == same_name(str(record.get("drill"))) and place == (moment.set, moment.rep):
                self._moments.remove(moment)
                self._at(t + AFTER_THE_COUNT, partial(self._speak, moment.text))
                return

    def _answer(self, line: Say) -> str | None:
        return self._answers.get(self._listen.state) or super()._answer(line)
