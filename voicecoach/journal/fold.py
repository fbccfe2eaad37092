"""Records become sessions: pure, in one pass, with every correction applied; progress and reports start from these."""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from voicecoach.coach.plan import DoneSet, Unfinished
from voicecoach.journal.fields import ENVELOPE
from voicecoach.journal.records import Record, SetRun, parse_line, read, skim
from voicecoach.journal.session import Session, SetDone
from voicecoach.journal.telling import Telling, text_of, when_of, whole_of

RESUMABLE_FOR = timedelta(hours=12)
"""How long a session that broke off is offered again: the same day's training, and a night between at most."""

_ABOUT_SESSIONS = frozenset({"session_resumed", "session_ended"})
_NOT_COPIED = frozenset({*ENVELOPE, "of", "deleted", "why"})
"""Keys of a correction that say something about itself."""


def fold(records: Sequence[Record]) -> tuple[Session, ...]:
    """Sessions in the order they began; linear in the number of records, whatever their order."""
    try:
        return _fold(records)
    except _Shuffled:
        return _fold(arranged(records), in_order=True)


def arranged(records: Iterable[Record]) -> list[Record]:
    """Records session by session, each in the order it was lived: by ``n``, or by time where a line has no ``n``.

    Lines with one ``n``, as an import and a union can bring them together, stand by time, then by id.
    """
    sessions: dict[object, list[Record]] = {}
    for record in records:
        sessions.setdefault(record["session"], []).append(record)
    for own in sessions.values():
        numbered = all(isinstance(record.get("n"), int) for record in own)
        own.sort(key=(lambda one: (whole_of(one, "n"), when_of(one), str(one["id"]))) if numbered else when_of)
    return [record for own in sessions.values() for record in own]


class _Shuffled(Exception):  # noqa: N818 - a turn in the road, no error
    """Lines of a session are out of order, so that reps may have been forgotten too early."""


def _fold(records: Iterable[Record | SetRun], *, in_order: bool = False) -> tuple[Session, ...]:
    """Raises _Shuffled where lines are out of order; never for records that were ``arranged``, with ``in_order``."""
    drafts: dict[str, _Draft] = {}
    corrections: dict[str, list[Record]] = {}
    carried_on: dict[str, str] = {}
    closed: dict[str, Record] = {}
    for record in records:
        if isinstance(record, SetRun):
            drafts.setdefault(record.session, _Draft(record.session, in_order)).add_run(record)
            continue
        event, session = record["event"], str(record["session"])
        if event == "correction":
            corrections.setdefault(str(record.get("of")), []).append(record)
            continue
        if event in _ABOUT_SESSIONS and (older := older_session(record)):
            if event == "session_resumed":
                carried_on[session] = older
            elif older != session:
                closed[older] = record
                continue
        draft = drafts.get(session)
        if draft is None:
            draft = drafts[session] = _Draft(session, in_order)
        draft.add(record)
    whole: dict[str, list[_Draft]] = {}
    for draft in drafts.values():
        whole.setdefault(_first_part(draft.id, carried_on, drafts), []).append(draft)
    sessions = (_finish(parts, corrections, closed) for parts in whole.values())
    return tuple(sorted((s for s in sessions if s is not None), key=lambda s: s.started))


def read_sessions(path: Path, seen: set[object] | None = None) -> tuple[Session, ...]:
    """The sessions of a journal file; odd lines are passed over (``log check`` names them), a missing file has none.

    The ids of its records, without those of most reps, are added to ``seen``.
    """
    with uncollected():
        try:
            return _fold(skim(path, seen))
        except _Shuffled:
            records = read(path).records
            if seen is not None:
                seen.update(record["id"] for record in records)
            return _fold(arranged(records), in_order=True)


def fold_more(records: Sequence[Record | SetRun], known: Container[str]) -> tuple[Session, ...] | None:
    """The sessions of records that follow others, whose sessions have the ids ``known``.

    None where these records say something about those before, so that only reading all of them tells what holds.
    """
    ids = {record["id"] for record in records if not isinstance(record, SetRun)}
    for record in records:
        if isinstance(record, SetRun):
            if record.session in known:
                return None
            continue
        about = older_session(record) if record["event"] in _ABOUT_SESSIONS else ""
        if (
            record["session"] in known
            or about in known
            or (record["event"] == "correction" and record.get("of") not in ids)
        ):
            return None
    try:
        return _fold(records)
    except _Shuffled:
        return None


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: looking for cycles where there are none would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def unfinished(sessions: Sequence[Session], now: datetime) -> Unfinished | None:
    """Where the latest session stands, if it broke off less than ``RESUMABLE_FOR`` ago with something left to do.

    A session that began later and in which nothing was done does not stand in the way; ``now`` has an offset.
    """
    for session in reversed(sessions):
        if session.red_flag is not None:
            return None  # nobody goes on in the middle of that
        broke_off = session.how in {None, "interrupted"}
        if broke_off and session.place and session.trained:
            if now - session.last > RESUMABLE_FOR:
                return None
            place = session.place
            return Unfinished(
                session.parts[-1],
                place.drill,
                place.set,
                place.rep,
                place.weight,
                place.side,
                place.reached,
                tuple(_done(one, session) for one in session.sets),
            )
        if session.trained or not broke_off:
            return None
    return None


def red_flagged(sessions: Sequence[Session]) -> bool:
    """Whether a sign that needs a doctor was told in the latest session, or in one after which nothing was trained."""
    for session in reversed(sessions):
        if session.red_flag is not None:
            return True
        if session.trained:
            return False
    return False


def _done(done: SetDone, session: Session) -> DoneSet:
    """A set that was logged, as the coach remembers those of today."""
    held = done.seconds if done.hold is not None else None
    sides = list(dict.fromkeys(one.side for one in session.of(done.drill)))
    at = (done.set, sides.index(done.side))
    return DoneSet(done.drill, done.reps, done.weight, held, done.side is not None, done.amrap, at, done.id)


def older_session(record: Record) -> str:
    """The other session that a ``session_resumed`` or ``session_ended`` is about; empty for none."""
    return text_of(record, "of")


class _Draft:
    """What is kept of one session id while reading: everything but the reps of sets that are done."""

    __slots__ = ("done", "id", "in_order", "kept", "number", "reps")

    def __init__(self, session: str, in_order: bool) -> None:
        self.id = session
        self.in_order = in_order
        self.kept: list[Record] = []
        self.reps: list[Record | SetRun] = []
        self.done: str | None = None
        self.number = 0

    def add(self, record: Record) -> None:
        number = record.get("n")
        if not isinstance(number, int):
            self.kept.append(record)  # written by hand: kept whole, and put in order by time
            self.number = -1
            return
        event = record["event"]
        if event in {"rep", "set_started"}:
            self._count(number)
            self._forget()
            self.reps.append(record)
            return
        self._count(number)
        if event == "set_done":
            self.done = str(record["id"])
        self.kept.append(record)

    def add_run(self, run: SetRun) -> None:
        self._count(run.first)
        if self.number >= 0:
            if run.last - run.first != len(run.lines) - 1:
                raise _Shuffled
            self.number = run.last
        self._forget()
        self.reps.append(run)

    def _forget(self) -> None:
        """The reps of a set that is done matter no more once the next set's begin."""
        if self.done:
            self.reps, self.done = [], None

    def _count(self, number: int) -> None:
        if self.number >= 0:
            if number <= self.number and not self.in_order:
                raise _Shuffled
            self.number = number

    def all(self, corrections: Mapping[str, list[Record]]) -> list[Record]:
        """What was kept, in order.

        The reps of the last set count while it is open, or open again because its end was taken back.
        """
        if not self.reps or (self.done and self.done not in corrections and self.number >= 0):
            return arranged(self.kept) if self.number < 0 else self.kept
        reps: list[Record] = []
        for rep in self.reps:
            if isinstance(rep, SetRun):
                reps += [record for line in rep.lines if (record := parse_line(line)) is not None]
            else:
                reps.append(rep)
        return arranged([*self.kept, *reps])


def _first_part(session: str, carried_on: Mapping[str, str], drafts: Mapping[str, _Draft]) -> str:
    seen = {session}
    while (older := carried_on.get(session)) in drafts and older is not None and older not in seen:
        seen.add(older)
        session = older
    return session


def _finish(
    parts: list[_Draft], corrections: Mapping[str, list[Record]], closed: Mapping[str, Record]
) -> Session | None:
    ordered = [(part.id, part.all(corrections)) for part in parts]
    ordered.sort(key=lambda part: when_of(part[1][0]))
    told = Telling()
    for index, (_, records) in enumerate(ordered):
        for record in records:
            if index and record["event"] == "session_started":
                continue
            effective = corrected(record, corrections) if corrections else record
            if effective is not None:
                told.tell(effective, changed=effective is not record)
        if index + 1 < len(ordered):
            told.how = None  # it went on
    ids = tuple(part for part, _ in ordered)
    for part in ids:
        if told.how in {None, "interrupted"} and part in closed and part == ids[-1]:
            told.how = text_of(closed[part], "how") or "left"
    return told.session(ids)


def corrected(record: Record, corrections: Mapping[str, list[Record]]) -> Record | None:
    """A record as its corrections leave it: itself when there are none, None when it was deleted.

    ``corrections`` holds the correction records by the id they correct; one that is itself deleted has no effect.
    """
    given = corrections.get(str(record["id"]))
    if not given:
        return record
    result: dict[str, object] | None = None
    for one in sorted(given, key=when_of):
        effective = corrected(one, corrections)
        if effective is None:
            continue
        if effective.get("deleted") is True:
            return None
        if result is None:
            result = dict(record)
        result.update({key: value for key, value in effective.items() if key not in _NOT_COPIED})
    return record if result is None else result
