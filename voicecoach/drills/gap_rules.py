"""Rules on time: every place where a text of a drill can stand, against the seconds that the drill leaves there.

A form cue that fits nowhere is never said, and what is too long for a rest or a change-over makes it longer than the
script says; both are easier to see here than in a session. Lengths are estimates (``pacing``), so all are warnings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from voicecoach.drills.cue import place_of
from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.drill_values import every_reps, rest_of, tempo_of
from voicecoach.drills.pacing import (
    COUNTDOWN,
    HOLD_CUE,
    PHASES,
    REST_WARNING,
    SENTENCE,
    SHORTEST_WARNED_REST,
    TOLERANCE,
    cue_room,
    has_cue_marks,
    phase_room,
    phase_seconds,
)
from voicecoach.drills.schema import DrillPart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.text_rules import naming, said_in

LINE_ROOM: Mapping[str, float] = {
    "hold now": 2.0,
    "go now": 7.0,
    "half way": 2.0,
    "ten seconds left": 7.0,
    "seconds left": HOLD_CUE,
}
"""Seconds until the next thing is said after a line of a set that the clock ends, in the set that leaves least."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A drill, and how long its texts and its flow's lines take."""

    source: Source
    """Its file's text."""
    file: DrillPart
    """Its file's data."""
    lines: Mapping[str, Sequence[str]]
    """The flow's lines; empty where the flow cannot be read."""
    respell: Callable[[str], str] = str
    """Puts what is spoken in place of what is written."""
    rate: int | None = None
    """Words a minute; None where no script asks for a pace."""
    why: str = ""
    """Behind every hint: which script asks for that pace, where it is not the drill."""

    def seconds(self, text: str) -> float:
        """Estimated length of a text of the drill, or of the flow when it is done."""
        return said_in(text, self.respell, self.rate)

    @property
    def praise(self) -> float:
        """Seconds that the longest word of praise takes, and the silence after it."""
        return max((self.seconds(text) + SENTENCE for text in self.file.cues.after_set), default=0.0)

    @property
    def named(self) -> float:
        """Seconds that the flow takes to say that this drill of a superset is next."""
        names = [text.replace("{drill}", self.file.name) for text in self.lines.get("partner next", ())]
        return max((self.seconds(text) + SENTENCE for text in names), default=0.0)

    def longest(self, *lines: str) -> float:
        """Seconds that the longest wordings of some lines of the flow take, one line after the other."""
        return sum(
            max((self.seconds(text) + SENTENCE for text in self.lines.get(line, ())), default=0.0) for line in lines
        )


def check_gaps(timing: Timing) -> Iterator[Diagnostic]:
    """Every cue of a drill against the time it has."""
    if timing.file.hold is not None or timing.file.amrap is not None:
        yield from _check_timed(timing)
    elif timing.file.tempo is not None:
        yield from _check_phases(timing)
        yield from _check_form_cues(timing)
    yield from _check_rest(timing)
    yield from _check_change_over(timing)


def check_line_gaps(
    source: Source, lines: Mapping[str, Sequence[str]], respell: Callable[[str], str], rate: int | None
) -> Iterator[Diagnostic]:
    """The lines of a flow that tell the time of a set, against the time until the next of them."""
    for name, room in LINE_ROOM.items():
        for number, text in enumerate(lines.get(name, ())):
            left = f"it has {room:g} until the next is said"
            home, _ = source.home(("lines", name, 0))
            yield from _too_long(home, ("lines", name), (number, text), said_in(text, respell, rate), room, left)


def check_superset(timings: Sequence[Timing]) -> Iterator[tuple[int, str, str]]:
    """What is said where a drill of a superset follows another, and in the rest after a round, against the time for it.

    Gives the place of the drill in the superset, what is wrong, and a hint.
    """
    yield from _check_rounds(timings)
    for place, (before, after) in enumerate(pairwise(timings), start=1):
        file = after.file
        if "change_over" not in file.model_fields_set or not after.lines:
            continue
        said = before.praise + after.named + (after.longest("first side") if file.sides else 0.0)
        if said > max(0.0, file.change_over - COUNTDOWN) + TOLERANCE:
            message = f"what is said before {quoted(file.name)} takes about {said:.1f} seconds; its change-over"
            left = f"leaves {max(0.0, file.change_over - COUNTDOWN):.1f} before the countdown"
            yield place, f"{message} {left}", f"'change over: {ceil(said + COUNTDOWN)}s' in the drill, or fewer words"


def _check_rounds(timings: Sequence[Timing]) -> Iterator[tuple[int, str, str]]:
    """What is said in the rest after a round, which is the longest of the drills' own: praise, then the first again."""
    if not timings or not timings[0].lines or max(timing.file.sets for timing in timings) == 1:
        return
    first, rest = timings[0], max(rest_of(timing.file) for timing in timings)
    line = ("next round",) if rest < SHORTEST_WARNED_REST else ("set done", *_load_line(first.file))
    said, room = timings[-1].praise + first.named + first.longest(*line), max(0.0, rest - COUNTDOWN)
    if said > room + TOLERANCE:
        message = f"what is said after a round takes about {said:.1f} seconds; the rest, {rest:g}s, leaves {room:.1f}"
        yield 0, message, f"'rest: {ceil(said + COUNTDOWN)}s' in one of its drills, or fewer words"


def _load_line(file: DrillPart) -> tuple[str, ...]:
    """The line that names the load of the next set, where there is one."""
    return ("next load",) if file.load is not None else ()


def _check_phases(timing: Timing) -> Iterator[Diagnostic]:
    file, source, tempo = timing.file, timing.source, tempo_of(timing.file)
    for phase in PHASES:
        texts, seconds = getattr(file.cues, phase), phase_seconds(tempo, phase)
        if texts and seconds == 0:
            message = f"{quoted(phase)} takes 0 seconds at this tempo, so this is never said"
            hint = f"give the tempo some time for it: {tempo}"
            yield source.diagnose(("cues", phase), message, hint, key=True, severity="warning")
            continue
        room = phase_room(tempo, phase, file.count_on)
        left = f"{quoted(phase)} takes {seconds:g}" + (f", {_left(room)} after the count" if room < seconds else "")
        yield from _all_too_long(timing, ("cues", phase), texts, room, left)


def _check_form_cues(timing: Timing) -> Iterator[Diagnostic]:
    """What is said in a gap of a rep: it must fit one phase whole, beside the count."""
    file, source, most = timing.file, timing.source, timing.file.reps or 1
    room = cue_room(tempo_of(file), file.count_on)
    left = f"the longest gap of a rep is {_left(room)}, so it is never said"
    for reps, (key, texts) in every_reps(file.cues).items():
        if reps >= most:
            message = f"a set has {most} {'rep' if most == 1 else 'reps'}, so this is never said"
            yield source.diagnose(("cues", key), message, "a smaller number", key=True, severity="warning")
        yield from _all_too_long(timing, ("cues", key), texts, room, left)
    if file.cues.last_rep and most == 1:
        message = "a set has one rep, so this is never said"
        yield source.diagnose(("cues", "last rep"), message, "say it in 'reminder'", key=True, severity="warning")
    yield from _all_too_long(timing, ("cues", "last rep"), file.cues.last_rep, room, left)


def _check_timed(timing: Timing) -> Iterator[Diagnostic]:
    """A set that the clock ends has one phase, and cues where nothing would be said for too long."""
    file, source = timing.file, timing.source
    what = "a hold" if file.hold is not None else "as many reps as possible"
    never: dict[str, Iterable[str]] = {phase: getattr(file.cues, phase) for phase in PHASES if phase != "hold"}
    never["last rep"] = file.cues.last_rep
    if file.hold is not None:
        never |= dict(every_reps(file.cues).values())
    for key, texts in never.items():
        if texts:
            message = f"a set is {what}, so this is never said"
            hint = "write it under 'hold', or take it away"
            yield source.diagnose(("cues", key), message, hint, key=True, severity="warning")
    seconds = file.hold if file.hold is not None else file.amrap
    if file.cues.hold and seconds is not None and not has_cue_marks(seconds, counting=file.amrap is not None):
        message = f"in {seconds:g} seconds there is no time without words, so this is never said"
        yield source.diagnose(("cues", "hold"), message, "a longer time, or take it away", key=True, severity="warning")
    yield from _all_too_long(timing, ("cues", "hold"), file.cues.hold, HOLD_CUE, f"there are {HOLD_CUE:g} for it")


def _check_rest(timing: Timing) -> Iterator[Diagnostic]:
    """What is said between two sets, against the rest: praise and the flow's line, then the reminder."""
    file, source, rest = timing.file, timing.source, rest_of(timing.file)
    if file.sets == 1 or not timing.lines or (file.rest is None and file.every is None):
        return
    rounds = rest < SHORTEST_WARNED_REST or file.every is not None
    line = ("next round",) if rounds else ("set done", *_load_line(file))
    said, room = timing.praise + timing.longest(*line), max(0.0, rest - COUNTDOWN)
    if said > room + TOLERANCE:
        loc: Loc = ("cues", "after set") if timing.praise else ("rest",) if file.rest is not None else ("every",)
        message = f"what is said after a set takes about {said:.1f} seconds; the rest leaves {_left(room)} for it"
        hint = f"a longer rest, or fewer words{timing.why}"
        yield source.diagnose(loc, message, hint, key=True, severity="warning")
    if not file.cues.reminder or rest < SHORTEST_WARNED_REST:
        return
    said = sum(timing.seconds(text) + SENTENCE for text in file.cues.reminder)
    said += max(timing.longest("rest warning"), timing.longest("last set next"))
    said += timing.longest("first side") if file.sides else 0.0
    if said > REST_WARNING - COUNTDOWN + TOLERANCE:
        message = f"what is said before a set takes about {said:.1f} seconds; there are {REST_WARNING - COUNTDOWN:.1f}"
        hint = f"fewer words here; 'setup' is for more{timing.why}"
        yield source.diagnose(("cues", "reminder"), message, hint, key=True, severity="warning")


def _check_change_over(timing: Timing) -> Iterator[Diagnostic]:
    """What is said between two sides, against a time that the script gives itself."""
    file = timing.file
    if not file.sides or "change_over" not in file.model_fields_set or not timing.lines:
        return
    said, room = timing.praise + timing.longest("switch sides"), max(0.0, file.change_over - COUNTDOWN)
    if said > room + TOLERANCE:
        message = f"what is said in it takes about {said:.1f} seconds; before the countdown there are {room:.1f}"
        hint = f"at least {ceil(said + COUNTDOWN)}s{timing.why}"
        yield timing.source.diagnose(("change over",), message, hint, severity="warning")


def _left(seconds: float) -> str:
    """Seconds that there are for something; ``nothing`` where something else takes all of them."""
    return f"{seconds:.1f}" if seconds > 0 else "nothing"


def _all_too_long(timing: Timing, loc: Loc, texts: Iterable[str], room: float, left: str) -> Iterator[Diagnostic]:
    """Each of some texts of a key of the drill that takes longer than there is room for."""
    for number, text in enumerate(texts):
        yield from _too_long(timing.source, loc, (number, text), timing.seconds(text), room, left, timing.why)


def _too_long(
    source: Source, loc: Loc, item: tuple[int, str], length: float, room: float, left: str, why: str = ""
) -> Iterator[Diagnostic]:
    """A text, with its number in its list, that takes longer than there is room for."""
    number, text = item
    if length > room + TOLERANCE:
        message = f"this takes about {length:.1f} seconds to say; {left}"
        place = (*loc, *place_of(text, number))
        yield from naming(text, [source.diagnose(place, message, f"fewer words{why}", severity="warning")])
