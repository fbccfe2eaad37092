"""Sound devices that were plugged in since the program began: noticed without disturbing a stream, then made known.

PortAudio's list is made once, and making it again ends every stream of the process. So a child process looks first, and
only where there is something new do all who hold a stream let go of it for the moment that it takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict
from typing import Protocol

from voicecoach.errors import CoachError
from voicecoach.hearing.microphone import Device, list_devices, renew_devices

PATIENCE = 10.0
"""Seconds for the child process to answer."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 10.0
"""Seconds between two looks, growing while there is nothing new: a look costs a quarter of a second of one core."""

_LOOK = (
    "import json; from dataclasses import asdict; from voicecoach.hearing.microphone import list_devices; "
    "print(json.dumps([asdict(device) for device in list_devices()]))"
)

Seen = tuple[Device, ...]


class Holder(Protocol):
    """Somebody with a stream open."""

    def parted(self) -> AbstractContextManager[bool]:
        """Let go of the device while the block runs, and take it again after; gives False where that is impossible."""


def look_afresh() -> Seen | None:
    """The devices there are now, seen by a child process; None where it does not answer."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _LOOK],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return tuple(Device(**fields) for fields in json.loads(done.stdout))
    except (OSError, subprocess.TimeoutExpired, ValueError, TypeError):
        return None


class DeviceList:
    """Makes new devices known to the process. Asked by whoever has lost theirs, from any thread."""

    def __init__(
        self,
        afresh: Callable[[], Seen | None] = look_afresh,
        known: Callable[[], Seen] = list_devices,
        renew: Callable[[], None] = renew_devices,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._afresh, self._known, self._renew, self._monotonic = afresh, known, renew, monotonic
        self._holders: list[Holder] = []
        self._lock = threading.Lock()
        self._pause, self._next = FIRST_PAUSE, 0.0
        self._tried: object = None

    def join(self, holder: Holder) -> None:
        """Have somebody let go of their stream whenever the list is made anew."""
        self._holders.append(holder)

    def look_again(self) -> bool:
        """Look whether there is a new device, and make it known; True where that was done.

        Returns at once where somebody else is looking, or it was done a moment ago.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self._monotonic() < self._next:
                return False
            new = self._is_new(self._afresh())
            self._pause = FIRST_PAUSE if new else min(1.5 * self._pause, LONGEST_PAUSE)
            done = new and self._make_known()
            self._next = self._monotonic() + self._pause
            return done
        finally:
            self._lock.release()

    def _is_new(self, seen: Seen | None) -> bool:
        """Whether there is more than is known, or another default; the same finding counts once only.

        Less is nothing new: a device that this process holds may be shown to the child as busy, or not at all.
        """
        if seen is None:
            return False
        try:
            known = self._known()
        except CoachError:  # it could not be made anew the last time
            known = ()
        if not _more(seen, known) and _default(seen) == _default(known):
            self._tried = None
            return False
        finding = [asdict(device) for device in seen]
        before, self._tried = self._tried, finding
        return finding != before

    def _make_known(self) -> bool:
        with ExitStack() as stack:
            for holder in self._holders:
                if not stack.enter_context(holder.parted()):
                    return False
            try:
                self._renew()
            except CoachError:
                self._tried = None
                return False
        return True


def _more(seen: Sequence[Device], known: Sequence[Device]) -> bool:
    """Whether a device was seen that is not known, or can do more than was known."""
    best = {(device.host, device.name): device for device in known}
    for device in seen:
        same = best.get((device.host, device.name))
        if same is None or device.inputs > same.inputs or device.outputs > same.outputs:
            return True
    return False


def _default(devices: Sequence[Device]) -> str:
    """Name of the microphone that is used unless told otherwise."""
    return next((device.name for device in devices if device.default_input), "")
