"""Keeps what was heard, for tuning: stands round the listening path and hands every utterance to a writing thread.

Only where the user asked for it. The path itself knows nothing of it; what goes wrong with a file is told once and
never disturbs hearing.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from voicecoach.coach.commands import Listen
from voicecoach.errors import CoachError
from voicecoach.hearing.decision import Decision
from voicecoach.hearing.hearing_path import HearingPath, Outcome
from voicecoach.hearing.kept import KeptFolder, KeptUtterance
from voicecoach.hearing.rates import Samples
from voicecoach.hearing.recogniser import RATE
from voicecoach.hearing.tuning import CHUNK

BEFORE_SECONDS = 0.4
"""Sound kept from before the onset: the 0.32 s that the recogniser is given, and the step in which the voice began."""
WAITING = 50
"""Utterances that may wait for the disk, of 20 s and 640 kB at most each, so that a disk that hangs costs no memory."""
NOTHING_SAID = "Too little voice to be judged."
"""Why an utterance was neither taken nor refused."""


class Keeper:
    """Writes the utterances of a session with ``script`` to a folder, in a thread of its own.

    ``tell`` is given one sentence, once, when something could not be kept; it is called from that thread or from the
    one that listens.
    """

    def __init__(self, folder: KeptFolder, script: str, tell: Callable[[str], None]) -> None:
        self._folder, self._script, self._tell = folder, script, tell
        self._waiting: queue.Queue[tuple[Samples, KeptUtterance] | None] = queue.Queue(WAITING)
        self._told = False
        self._open: KeepingPath | None = None
        self._thread = threading.Thread(target=self._write, name="voicecoach-keeper", daemon=True)
        self._thread.start()

    def around(self, build: Callable[[Callable[[Decision], None]], HearingPath], microphone: str) -> KeepingPath:
        """A path that keeps what it hears; ``build`` makes the path and is given what takes its decisions."""
        if self._open is not None:  # another microphone
            self._open.end()
        self._open = KeepingPath(build, self.put, self._script, microphone)
        return self._open

    def put(self, samples: Samples, row: KeptUtterance) -> None:
        """Have an utterance written; returns at once."""
        try:
            self._waiting.put_nowait((samples, row))
        except queue.Full:
            self._trouble("the disk is too slow")

    def close(self, patience: float = 5.0) -> None:
        """Write what is open and what waits, for ``patience`` seconds at most; whoever listens has stopped before."""
        if self._open is not None:
            self._open.end()
        try:
            self._waiting.put(None, timeout=patience)
        except queue.Full:
            return
        self._thread.join(patience)

    def _write(self) -> None:
        while (item := self._waiting.get()) is not None:
            try:
                self._folder.add(*item)
            except CoachError as error:
                self._trouble(error.message)
            except OSError as error:
                self._trouble(error.strerror or "the disk failed")

    def _trouble(self, why: str) -> None:
        if not self._told:
            self._told = True
            self._tell(f"What you say cannot be kept: {why.rstrip('.')}. Training goes on.")


class KeepingPath:
    """A listening path that hands on every utterance with what was decided about it.

    Feeds the path step by step, which changes nothing about what it decides.
    """

    def __init__(
        self,
        build: Callable[[Callable[[Decision], None]], HearingPath],
        put: Callable[[Samples, KeptUtterance], None],
        script: str = "",
        microphone: str = "",
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._decisions: list[Decision] = []
        self._path = build(self._decisions.append)
        self._put, self._now = put, now
        self._about = KeptUtterance(script=script, microphone=microphone)
        self._listen = Listen("", frozenset())
        self._decided_in: Listen | None = None
        self._before: Samples = np.zeros(0, np.int16)
        self._clip: list[Samples] | None = None

    def listen(self, listen: Listen) -> None:
        """From the next decision on, hear what this state hears."""
        self._listen = listen
        self._path.listen(listen)

    def hear(self, samples: Samples, t0: float) -> list[Outcome]:
        """As the path's own; what it decides and when is the same."""
        outcomes: list[Outcome] = []
        for at in range(0, len(samples), CHUNK):
            piece = samples[at : at + CHUNK]
            outcomes += self._path.hear(piece, t0 + at / RATE)
            self._note(piece)
        return outcomes

    @property
    def speaking(self) -> bool:
        """Whether somebody is speaking now."""
        return self._path.speaking

    def break_off(self) -> list[Outcome]:
        """As the path's own; what was being said is handed on as far as it came."""
        outcomes = self._path.break_off()
        self.end()
        return outcomes

    def end(self) -> None:
        """Hand on what is still open: the session is over."""
        if self._clip is not None:
            self._hand_on(self._clip)

    def _note(self, piece: Samples) -> None:
        if self._clip is None and self._path.speaking:
            self._clip = [self._before]
        if self._clip is not None:
            self._clip.append(piece.copy())
            if self._decisions and self._decided_in is None:
                self._decided_in = self._listen
            if not self._path.speaking:
                self._hand_on(self._clip)
        self._before = np.concatenate([self._before, piece])[-int(BEFORE_SECONDS * RATE) :]

    def _hand_on(self, clip: list[Samples]) -> None:
        samples = np.concatenate(clip)
        began = self._now() - timedelta(seconds=(len(samples) - len(clip[0])) / RATE)
        self._put(samples, _row(self._decisions, self._decided_in or self._listen, self._about, began))
        self._clip, self._decided_in = None, None
        self._decisions.clear()


def _row(decisions: list[Decision], listen: Listen, about: KeptUtterance, began: datetime) -> KeptUtterance:
    """What is written about an utterance; several decisions about one stand side by side."""
    return replace(
        about,
        time=began.isoformat(timespec="milliseconds"),
        state=listen.state,
        expects=tuple(sorted(listen.expects)),
        commands=tuple(sorted(listen.commands)),
        playing=decisions[0].look.playing if decisions else (),
        heard=" | ".join(decision.look.text for decision in decisions),
        verdict=" | ".join(decision.verdict for decision in decisions) or "none",
        rule=" | ".join(decision.rule for decision in decisions),
        why=" | ".join(decision.reason for decision in decisions) or NOTHING_SAID,
    )
