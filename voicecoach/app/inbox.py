"""Where events wait for the session: a thread-safe queue in real time, a heap in virtual time."""

from __future__ import annotations

import heapq
import queue
from collections.abc import Callable

from voicecoach.coach.events import Event, Interrupted

LONGEST_WAIT = 0.25
"""Seconds waited at a stretch, so that a session clock that runs apart from the system's is noticed."""


class QueueInbox:
    """Events from several threads, in real time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._queue: queue.Queue[Event] = queue.Queue()

    def put(self, event: Event) -> None:
        """Add an event; any thread may."""
        self._queue.put(event)

    def next(self, until: float | None) -> Event | None:
        """The next event, or None once the clock has reached ``until``."""
        while True:
            left = LONGEST_WAIT if until is None else min(LONGEST_WAIT, until - self._clock())
            try:
                return self._queue.get(timeout=left) if left > 0 else self._queue.get_nowait()
            except queue.Empty:
                if until is not None and self._clock() >= until:
                    return None


class VirtualInbox:
    """Events in virtual time: waiting costs nothing, the clock jumps to what comes next.

    ``advance`` moves the virtual clock; ``patience`` is how many seconds may pass without anything that the session
    could wait for before it is interrupted, so that a rehearsal always ends.
    """

    def __init__(self, advance: Callable[[float], None], now: Callable[[], float]) -> None:
        self._advance = advance
        self._now = now
        self._heap: list[tuple[float, int, Event | Callable[[], None]]] = []
        self._count = 0

    def put(self, event: Event) -> None:
        """Add an event at its own time, or now if that is past."""
        self.at(event.t, event)

    def at(self, t: float, what: Event | Callable[[], None]) -> None:
        """Have an event, or a call, happen at a session second."""
        self._count += 1
        heapq.heappush(self._heap, (max(t, self._now()), self._count, what))

    def next(self, until: float | None) -> Event | None:
        """The next event, or None once the clock has reached ``until``; calls that are due are made on the way."""
        while self._heap and (until is None or self._heap[0][0] <= until):
            t, _, what = heapq.heappop(self._heap)
            self._advance(t)
            if not callable(what):
                return what
            what()
        if until is None:  # nothing will ever happen again
            return Interrupted(self._now())
        self._advance(until)
        return None
