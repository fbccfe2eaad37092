"""A running set on the beat: countdown, phase words, counts, form cues in the gaps, and its end."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from voicecoach.coach.commands import Kind, Tone
from voicecoach.coach.flow import Action
from voicecoach.coach.speech import BREATH
from voicecoach.coach.stage import Stage
from voicecoach.coach.talk import has_words
from voicecoach.coach.tempo import Beat, SetClock
from voicecoach.drills.time_marks import LONGEST_COUNTING, LONGEST_GAP, Mark, marks_of
from voicecoach.words.meaning import Quantity

LEAD = 0.5
"""Seconds ahead of a rep at which it is laid on the sample clock."""
COUNTDOWN = (3, 2, 1)
"""Numbers said before the first rep, one second apart."""
AFTER_LAST = 0.5
"""Seconds after the last count before the set is over, so that nothing runs into it."""
GAPS_TO_TRY = 2
"""Reps within which an answer must find its gap; after that it waits for the end of the set."""
WORD = 1.0
"""Seconds reckoned for the word with which a phase opens."""
MARK_LINES = {"begin": "hold now", "half": "half way", "ten": "ten seconds left", "cue": "seconds left"}
"""Names of the lines said in a set that the clock ends."""


class Counting:
    """Lays reps on the session clock, one at a time, and counts them as they are done."""

    def __init__(self, stage: Stage, happen: Callable[[str], bool]) -> None:
        self._stage = stage
        self._happen = happen

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "count down": lambda _: self.count_down(),
            "count reps": lambda _: self.count_reps(),
        }

    def timers(self) -> dict[str, Callable[[], None]]:
        """What to do when one of this group's wake-ups comes."""
        return {
            "countdown over": lambda: self._over_to("counted"),
            "rep": self._lay_rep,
            "count": self._count,
            "set over": lambda: self._over_to("counted"),
        }

    def halt(self) -> None:
        """The set no longer runs: nothing more is laid or counted."""
        stage, work = self._stage, self._stage.work
        if work.clock is not None:
            work.worked += max(0.0, stage.now - work.clock.began)
        stage.say_in_set = None
        stage.forget("rep", "count", "set over", "countdown over")
        stage.emit(*stage.speech.take_back_beat(stage.now))
        work.clock = None

    def count_down(self) -> None:
        """Say three, two, one, so that the first rep begins on the next beat; nothing where every rep is done."""
        stage = self._stage
        if stage.work.all_done:
            stage.wake("countdown over", stage.now)
            return
        first = max(stage.speech.last_word(stage.now) + 0.3, stage.now + 0.4)
        for i, number in enumerate(COUNTDOWN):
            stage.emit(*stage.speech.fixed(stage.language.number(number), Kind.COUNTDOWN, first + i, stage.now))
        start = round(first + len(COUNTDOWN), 6)
        stage.work.clock = SetClock(start, stage.work.rep + 1, stage.work.shape)
        stage.wake("countdown over", start - LEAD)

    def count_reps(self) -> None:
        """Start or go on with the set at the time the countdown promised."""
        stage, work = self._stage, self._stage.work
        if work.clock is None:  # a flow without a countdown: the first rep begins in a moment
            work.clock = SetClock(stage.now + LEAD, work.rep + 1, work.shape)
        self.open_set()
        stage.say_in_set = self._in_a_gap
        self._lay_rep()

    def open_set(self) -> None:
        """Write down that a set begins, unless it goes on after a pause."""
        stage, work = self._stage, self._stage.work
        if not work.set_open and work.clock is not None:
            work.timing, work.lifting, work.set_open, work.worked = work.time, work.weight, True, 0.0
            rested = None if work.rest_from is None else round(work.clock.start - work.rest_from, 1)
            work.rest_from = work.rest_until = None
            if work.side == 0:
                work.set_began = work.clock.start
            stage.log(
                "set_started",
                drill=work.drill.name,
                set=work.set,
                sets=work.planned.sets,
                reps=work.planned.reps,
                **weight_fields(work.weight),
                dials={name: {"value": q.value, "unit": q.unit} for name, q in work.all_dials().items()},
                rested=rested,
                side=work.side_name,
                hold=work.hold,
                amrap=work.amrap,
                superset=work.superset,
            )

    def add_rep(self) -> None:
        """One more rep is done: count it and write it down."""
        work = self._stage.work
        work.rep += 1
        self._stage.log("rep", drill=work.drill.name, set=work.set, rep=work.rep)

    def reshape(self) -> None:
        """Give the reps that are not laid yet the tempo that holds now."""
        work = self._stage.work
        if work.clock is None:
            return
        laid = "count" in self._stage.timers
        work.clock = work.clock.changed(work.rep + 2 if laid else work.rep + 1, work.shape)

    def _over_to(self, trigger: str) -> None:
        self._happen(trigger)

    def _lay_rep(self) -> None:
        """Put the words and the count of the next rep on the clock, and ask to be woken for it."""
        stage, work = self._stage, self._stage.work
        clock = work.clock
        rep = work.rep + 1
        if clock is None:
            return
        if rep > work.planned.reps:  # it broke off, or was stopped, between its last rep and its end
            stage.wake("set over", stage.now)
            return
        if work.hold is not None:
            self._lay_time(work.hold, clock, LONGEST_GAP)
            stage.wake("count", clock.counted(rep))
            return
        stage.emit(*stage.speech.fixed(stage.language.number(rep), Kind.COUNT, clock.counted(rep), stage.now))
        self._tick(rep, clock)
        cue = self.form_cue(rep)
        for beat in clock.shape_at(rep).beats:
            if beat.seconds > 0:
                cue = self._phase_word(rep, beat, clock, cue)
        stage.wake("count", clock.counted(rep))

    def call_time(self) -> None:
        """Call the time of a set in which the trainee counts, and end it when it is over."""
        stage, work = self._stage, self._stage.work
        if work.clock is None or work.time is None:
            return
        stage.say_in_set = self._in_a_gap
        self._lay_time(work.time, work.clock, LONGEST_COUNTING)
        stage.wake("set over", max(stage.now, work.clock.ends(work.clock.first)))

    def _lay_time(self, seconds: float, clock: SetClock, longest_gap: float) -> None:
        """Put everything that is said about the time of a set on the clock; after a pause what is left of it."""
        stage, ends = self._stage, clock.ends(clock.first)
        for mark in marks_of(seconds, longest_gap):
            at = ends - mark.left
            if at < clock.start - 1e-6:
                continue  # before the pause
            text = self._text_of(mark)
            if text and mark.what == "cue":
                stage.emit(*stage.speech.fit(text, Kind.CUE, at, at + LONGEST_GAP / 2, stage.now))
            elif text:
                kind = Kind.COUNTDOWN if mark.what == "count" else Kind.COUNT
                stage.emit(*stage.speech.fixed(text, kind, at, stage.now))

    def _text_of(self, mark: Mark) -> str | None:
        stage, drill = self._stage, self._stage.work.drill
        if mark.what == "count":
            return stage.language.number(round(mark.left))
        if mark.what == "cue" and drill.cues.hold and self._stage.work.talk:
            return stage.filled(stage.wording(f"{drill.name} hold", drill.cues.hold))
        amrap = self._stage.work.amrap is not None
        line = "go now" if amrap and mark.what == "begin" else MARK_LINES[mark.what]
        left = stage.language.duration(round(mark.left))
        return stage.filled(stage.wording(line, stage.flow.lines[line]), {"left": left})

    def _phase_word(self, rep: int, beat: Beat, clock: SetClock, cue: str | None) -> str | None:
        """Say the phase's word where it fits; a waiting form cue takes its place. Returns the cue if it still waits."""
        stage = self._stage
        start = clock.begins(rep) + beat.offset
        end = start + beat.seconds
        if cue is not None:
            said = stage.speech.fit(cue, Kind.CUE, start, end - BREATH, stage.now)
            if said:
                stage.emit(*said)
                self._fill_long_phase(start, beat, None, opened=True)
                return None
        texts = getattr(stage.work.drill.cues, beat.phase) if has_words(stage.work, rep) else ()
        word = stage.filled(stage.wording(f"{stage.work.drill.name} {beat.phase}", texts))
        if word:
            stage.emit(*stage.speech.fit(word, Kind.CUE, start, end - BREATH / 2, stage.now))
        self._fill_long_phase(start, beat, word, opened=word is not None)
        return cue

    def _fill_long_phase(self, start: float, beat: Beat, word: str | None, *, opened: bool) -> None:
        """Say a phase's word again, or what is left, where the phase is so long that somebody would wonder."""
        parts = ceil((beat.seconds - (WORD if opened else 0.0)) / LONGEST_GAP)
        for part in range(1, parts):
            at = start + beat.seconds * part / parts
            text = word or self._text_of(Mark(beat.seconds * (1 - part / parts), "cue"))
            if text:
                stage = self._stage
                stage.emit(*stage.speech.fit(text, Kind.CUE, at, at + LONGEST_GAP / 2, stage.now))

    def _tick(self, rep: int, clock: SetClock) -> None:
        """Tick on every whole second of a rep but the one on which it is counted."""
        if not self._stage.work.drill.ticks:
            return
        shape = clock.shape_at(rep)
        for second in range(ceil(shape.seconds)):
            if second != shape.count:
                self._stage.emit(Tone("tick", clock.begins(rep) + second))

    def form_cue(self, rep: int) -> str | None:
        """The cue that is due in this rep: "last one", or the form cue after every N reps."""
        stage, work = self._stage, self._stage.work
        cues = work.drill.cues
        if rep == work.planned.reps and rep > 1 and stage.due(cues.last_rep):
            return stage.filled(stage.wording(f"{work.drill.name} last rep", cues.last_rep))
        for every, texts in cues.every.items():
            if work.talk and rep > 1 and (rep - 1) % every == 0 and stage.due(texts):
                return stage.filled(stage.wording(f"{work.drill.name} every {every}", texts))
        return None

    def _count(self) -> None:
        """A rep is done: count it, write it down, lay the next one."""
        stage, work = self._stage, self._stage.work
        clock = work.clock
        if clock is None:
            return
        self.add_rep()
        if work.rep < work.planned.reps:
            stage.wake("rep", max(stage.now, clock.begins(work.rep + 1) - LEAD))
            return
        count_seconds = 0.0 if work.hold is not None else stage.speech.seconds_of(stage.language.number(work.rep))
        counted = clock.counted(work.rep) + count_seconds
        stage.wake("set over", max(clock.ends(work.rep), counted) + AFTER_LAST)

    def _in_a_gap(self, make: Callable[[], str | None], kind: Kind) -> bool:
        """Say an answer between two counts of the running set; False where it fits none of the next ones.

        The text is made for the rep after which it will be heard, so that "nine to go" is true when it is said.
        """
        stage, work = self._stage, self._stage.work
        clock, counted = work.clock, work.rep
        if clock is None:
            return False
        if work.time is not None:
            text = make()
            said = stage.speech.fit(text, kind, stage.now, clock.ends(clock.first) - BREATH, stage.now) if text else []
            stage.emit(*said)
            return bool(said) or not text
        for rep in range(counted, min(counted + GAPS_TO_TRY + 1, work.planned.reps)):
            after = stage.now if rep == counted else clock.counted(rep) + self._count_seconds(rep)
            work.rep = rep
            text = make()
            work.rep = counted
            if not text:
                return True
            said = stage.speech.fit(text, kind, after, clock.counted(rep + 1) - BREATH, stage.now)
            if said:
                stage.emit(*said)
                return True
        return False

    def _count_seconds(self, rep: int) -> float:
        return self._stage.speech.seconds_of(self._stage.language.number(rep)) + BREATH


def weight_fields(weight: Quantity | None) -> dict[str, object]:
    """A load as two journal fields."""
    return {"weight": weight.value if weight else None, "unit": weight.unit if weight else None}
