"""A journal that is thrown away: the simulated implementation of the port, used by ``rehearse`` and the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from voicecoach.journal.fields import VERSION
from voicecoach.journal.records import Record


def counted_ids(prefix: str) -> Callable[[], str]:
    """Makes ``prefix-1``, ``prefix-2``, … so that a rehearsal's log is the same bytes each time."""
    count = 0

    def next_id() -> str:
        nonlocal count
        count += 1
        return f"{prefix}-{count}"

    return next_id


class MemoryJournal:
    """Keeps one session's events in a list, after those of earlier sessions it may be given."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        new_id: Callable[[], str] | None = None,
        *,
        session: str = "rehearsal",
        earlier: Iterable[Record] = (),
    ) -> None:
        self.session = session
        self._clock = clock
        self._new_id = new_id or counted_ids(session)
        self._earlier = tuple(earlier)
        self._own: list[Record] = []

    @property
    def waiting(self) -> int:
        """Nothing ever waits: memory takes everything at once."""
        return 0

    def append(self, event: str, fields: Mapping[str, object]) -> Record:
        """Keep one event and return the whole record."""
        record: Record = {
            "v": VERSION,
            "id": self._new_id(),
            "t": self._clock().isoformat(timespec="milliseconds"),
            "session": self.session,
            "n": len(self._own) + 1,
            "event": event,
            **fields,
        }
        self._own.append(record)
        return record

    def records(self) -> tuple[Record, ...]:
        """Earlier sessions' events, then this one's."""
        return (*self._earlier, *self._own)

    def close(self) -> None:
        """Nothing waits, nothing is held."""
