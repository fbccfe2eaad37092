"""The events of one session, told in order, become a Session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from voicecoach.journal.fields import is_number
from voicecoach.journal.records import Record
from voicecoach.journal.session import Moved, Pain, Place, Session, SetDone, Turned
from voicecoach.words.meaning import Quantity


class Telling:
    """The events of one session told in order; becomes a Session."""

    def __init__(self) -> None:
        self.programme = ""
        self.drills: tuple[str, ...] = ()
        self.how: str | None = None
        self.source: str | None = None
        self.red_flag: str | None = None
        self.checked_in = ""
        self.volume: float | None = None
        self.talk: int | None = None
        self.own_pace: dict[str, bool] = {}
        self.week = 0
        self.phase = ""
        self.times: list[datetime] = []
        self.sets: list[SetDone] = []
        self.pains: list[Pain] = []
        self.turned: list[Turned] = []
        self.moves: list[Moved] = []
        self.skipped: list[tuple[str, int]] = []
        self.place: Place | None = None
        self.route: list[str] = []
        self.groups: dict[str, int] = {}
        self.reached: dict[str, int] = {}

    def tell(self, record: Record, *, changed: bool) -> None:
        """Take in one event; an unknown kind only moves the clock."""
        when = when_of(record)
        self.times.append(when)
        match record["event"]:
            case "rep" if self.place:
                self.place = replace(self.place, rep=whole_of(record, "rep"))
            case "set_started":
                self._begin(record)
            case "set_done":
                self._done(set_done(record, when, corrected=changed))
            case "dial" | "weight":
                self._turn(record, when)
            case "pain":
                self.pains.append(_pain(record, when))
            case "volume" | "talk" | "pace":
                self._ask(record)
            case "moved":
                self._move(Moved(when, text_of(record, "from"), text_of(record, "to"), text_of(record, "why")))
            case _:
                self._frame(record)

    def _frame(self, record: Record) -> None:
        """Take in what begins, divides and ends a session."""
        match record["event"]:
            case "session_started":
                self._start(record)
            case "skipped":
                self.skipped.append((text_of(record, "drill"), whole_of(record, "set")))
                self._next_drill(text_of(record, "drill"))
            case "drill_done":
                self._next_drill(text_of(record, "drill"))
            case "red_flag":
                self.red_flag = text_of(record, "said") or "red flag"
            case "checked_in":
                self.checked_in = text_of(record, "how")
            case "session_ended":
                self.how = text_of(record, "how") or "left"

    def session(self, ids: tuple[str, ...]) -> Session | None:
        """The whole; None when no event is left of it."""
        if not self.times:
            return None
        return Session(
            id=ids[0],
            parts=ids,
            programme=self.programme,
            drills=self.drills or tuple(dict.fromkeys(done.drill for done in self.sets)),
            started=self.times[0],
            last=max(self.times),
            how=self.how,
            sets=tuple(self.sets),
            pains=tuple(self.pains),
            turned=tuple(self.turned),
            moves=tuple(self.moves),
            skipped=tuple(self.skipped),
            red_flag=self.red_flag,
            source=self.source,
            place=None if self.red_flag else self.place,
            week=self.week,
            phase=self.phase,
            checked_in=self.checked_in,
            volume=self.volume,
            talk=self.talk,
            own_pace=self.own_pace,
        )

    def _start(self, record: Record) -> None:
        self.programme = text_of(record, "programme")
        drills = record.get("drills")
        self.drills = tuple(str(name) for name in drills) if isinstance(drills, list) else ()
        self.source = text_of(record, "source") or None
        self.week, self.phase = whole_of(record, "week"), text_of(record, "phase")
        self.route = list(self.drills)
        numbers = record.get("supersets")
        if isinstance(numbers, list):
            self.groups = {d: n for d, n in zip(self.drills, numbers, strict=False) if isinstance(n, int) and n}
        self.place = Place(self.drills[0], 1) if self.drills else None

    def _begin(self, record: Record) -> None:
        drill, number, weight = text_of(record, "drill"), whole_of(record, "set"), quantity(record, "weight")
        side = text_of(record, "side") or None
        again = self.place and (self.place.drill, self.place.set, self.place.side) == (drill, number, side)
        self.place = Place(drill, number, self.place.rep if again and self.place else 0, weight, side, self.reached)
        if drill in self.groups:
            self.reached = {**self.reached, drill: number}
            self.place = replace(self.place, reached=self.reached)

    def _done(self, done: SetDone) -> None:
        self.sets.append(done)
        other = self._other_side(done)
        if other is not None:
            self.place = Place(done.drill, done.set, 0, done.weight, other)
        elif done.drill in self.groups:
            self._take_turns(done.drill, 0 if done.sets and done.set >= done.sets else done.set + 1)
        elif done.sets and done.set >= done.sets:
            self._next_drill(done.drill)
        else:
            self.place = Place(done.drill, done.set + 1, 0, done.weight)

    def _other_side(self, done: SetDone) -> str | None:
        """The side of a set that is still to be done; None where both are, or where it has no sides."""
        before = {one.side for one in self.sets if (one.drill, one.set) == (done.drill, done.set)}
        left = [side for side in ("left", "right") if side not in before]
        return left[0] if done.side is not None and left else None

    def _turn(self, record: Record, when: datetime) -> None:
        drill = text_of(record, "drill")
        if record["event"] == "weight":
            turned = Turned(
                str(record["id"]), when, drill, "weight", quantity(record, "value"), None, text_of(record, "why")
            )
        else:
            before = record.get("from")
            turned = Turned(
                str(record["id"]),
                when,
                drill,
                text_of(record, "dial"),
                quantity(record, "to"),
                float(before) if isinstance(before, int | float) else None,
                text_of(record, "why"),
            )
        self.turned.append(turned)
        if turned.dial == "weight" and self.place and self.place.drill == drill:
            self.place = replace(self.place, weight=turned.value)

    def _ask(self, record: Record) -> None:
        """How the trainee wants to be spoken to, and who sets the beat."""
        to = record.get("to")
        if record["event"] == "pace":
            self.own_pace[text_of(record, "drill")] = to == "me"
        elif record["event"] == "volume" and is_number(to) and isinstance(to, int | float):
            self.volume = float(to)
        elif record["event"] == "talk" and isinstance(to, int):
            self.talk = to

    def _move(self, move: Moved) -> None:
        """The easier drill is the last of the day: what follows in a programme is heavier."""
        self.moves.append(move)
        done = self.route.index(move.came_from) + 1 if move.came_from in self.route else len(self.route)
        self.route[done:] = [move.to]
        self.groups = {}
        self.place = Place(move.to, 1)

    def _take_turns(self, drill: str, number: int) -> None:
        """A drill of a superset has come to its set of this number, 0 for none: on to the one whose turn it is."""
        self.reached = {**self.reached, drill: number}
        group = [name for name in self.route if self.groups.get(name) == self.groups[drill]]
        owed = [(self.reached.get(name, 1), place) for place, name in enumerate(group) if self.reached.get(name, 1)]
        if owed:
            number, place = min(owed)
            self.place = Place(group[place], number, reached=self.reached)
        else:
            self._after(group[-1] if group else drill)

    def _next_drill(self, drill: str) -> None:
        """A drill is over; where its superset goes on, that is next."""
        if drill in self.groups:
            self._take_turns(drill, 0)
        else:
            self._after(drill)

    def _after(self, drill: str) -> None:
        last = len(self.route) - 1 - self.route[::-1].index(drill) if drill in self.route else len(self.route)
        after = self.route[last + 1 :]
        self.place = Place(after[0], 1) if after else None


def set_done(record: Record, when: datetime, *, corrected: bool = False) -> SetDone:
    """A ``set_done`` record as a value; missing or strange fields become the emptiest value that is true."""
    target, seconds, rpe = record.get("target"), record.get("seconds"), record.get("rpe")
    hold, amrap = record.get("hold"), record.get("amrap")
    dials = record.get("dials")
    return SetDone(
        id=str(record["id"]),
        t=when,
        drill=text_of(record, "drill"),
        set=whole_of(record, "set"),
        sets=whole_of(record, "sets"),
        reps=whole_of(record, "reps"),
        target=target if isinstance(target, int) else None,
        weight=quantity(record, "weight"),
        side=text_of(record, "side") or None,
        seconds=float(seconds) if isinstance(seconds, int | float) else None,
        dials=_dials(dials) if dials and isinstance(dials, dict) else {},
        tempo=text_of(record, "tempo") or None,
        rpe=float(rpe) if isinstance(rpe, int | float) else None,
        pain=record.get("pain") is True,
        corrected=corrected,
        hold=float(hold) if isinstance(hold, int | float) else None,
        amrap=float(amrap) if isinstance(amrap, int | float) else None,
        superset=whole_of(record, "superset") or None,
    )


def quantity(record: Record, key: str) -> Quantity | None:
    """The number under ``key`` with the record's ``unit``; None where there is none."""
    value, unit = record.get(key), record.get("unit")
    if not isinstance(value, int | float) or not is_number(value):
        return None
    return Quantity(float(value), unit if isinstance(unit, str) else None)


def _dials(dials: Mapping[str, object]) -> dict[str, Quantity]:
    found = {}
    for name, dial in dials.items():
        if isinstance(dial, dict) and (
            value := quantity({"value": dial.get("value"), "unit": dial.get("unit")}, "value")
        ):
            found[name] = value
    return found


def _pain(record: Record, when: datetime) -> Pain:
    return Pain(
        id=str(record["id"]),
        t=when,
        where=text_of(record, "where") or None,
        drill=text_of(record, "drill"),
        set=whole_of(record, "set"),
        rep=whole_of(record, "rep"),
        said=text_of(record, "said"),
    )


_NO_TIME = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
"""Stands for a time that cannot be read: such an event sorts first and is named by ``log check``."""


def when_of(record: Record) -> datetime:
    """Time of a record, with offset; 1970 where it cannot be read."""
    try:
        when = datetime.fromisoformat(str(record["t"]))
        return when if when.tzinfo else when.astimezone()
    except (ValueError, OverflowError):  # with this place's offset, the first and the last day have no time elsewhere
        return _NO_TIME


def text_of(record: Record, key: str) -> str:
    """A text field; empty where there is none."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


def whole_of(record: Record, key: str) -> int:
    """A whole-number field; 0 where there is none."""
    value = record.get(key)
    return value if isinstance(value, int) else 0
