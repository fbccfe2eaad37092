"""How the session loop carries events and commands, on a virtual clock."""

from __future__ import annotations

from datetime import UTC, datetime

from stagehand import training

from voicecoach.app.inbox import VirtualInbox
from voicecoach.app.loop import SessionLoop
from voicecoach.app.trainee_ears import StoryEars
from voicecoach.app.transcript import Transcript
from voicecoach.coach.coach import Coach
from voicecoach.coach.events import Interrupted
from voicecoach.errors import CoachError
from voicecoach.journal.memory import MemoryJournal
from voicecoach.speaking.mouth_virtual import VirtualMouth
from voicecoach.speaking.silent import SilentVoice


class Watched:
    """A screen that remembers what it was shown."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def show(self, show) -> None:
        self.lines.append(f"[{show.state}]")

    def said(self, say) -> None:
        self.lines.append(say.text)

    def heard(self, heard) -> None:
        self.lines.append(f"heard {heard.phrase}")

    def note(self, text) -> None:
        self.lines.append(f"note {text}")

    def close(self) -> None:
        pass


class FullDisk(MemoryJournal):
    """A journal whose disk is full between two appends."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(lambda: datetime(2026, 1, 5, tzinfo=UTC))
        self._numbers, self._count, self._kept = range(first, last), 0, 0

    @property
    def waiting(self) -> int:
        return self._kept

    def append(self, event, fields):
        record = super().append(event, fields)
        self._count += 1
        if self._count not in self._numbers:
            self._kept = 0
            return record
        self._kept += 1
        if self._kept == 1:
            error = CoachError("The disk is full.", "Make room.")
            error.record = record
            raise error
        return record


def hold(story, journal=None):
    mouth = VirtualMouth(SilentVoice())
    inbox, here = VirtualInbox(mouth.advance, mouth.now), training("wall tap")
    ears = StoryEars(here.table, here.unit, mouth.now)
    for t, text in story:
        inbox.at(t, lambda text=text: ears.speak(text))
    inbox.put(Interrupted(400.0))
    screen, transcript = Watched(), Transcript()
    journal = journal or MemoryJournal(lambda: datetime(2026, 1, 5, tzinfo=UTC))
    coach = Coach(here.plan, here.flow, mouth.seconds_of)
    how = SessionLoop(coach, mouth, inbox, journal, screen, [ears], [transcript]).run()
    return how, screen, transcript, journal


def test_lines_are_shown_when_they_are_heard_and_hushed_ones_are_never_shown():
    _, screen, _, _ = hold([(14.0, "start")])
    assert "Say start when you are ready." not in screen.lines
    assert screen.lines.index("heard start") < screen.lines.index("three")


def test_the_session_ends_only_after_its_last_word():
    how, screen, _, _ = hold([(40, "end session"), (45, "yes")])
    assert how == "finished"
    assert screen.lines[-1].startswith("Well done")


def test_a_full_disk_is_said_once_and_its_end_too_and_no_event_is_lost():
    _, screen, _, journal = hold([(30, "start")], FullDisk(3, 9))
    notes = [line for line in screen.lines if line.startswith("note")]
    assert notes == ["note The disk is full. Make room.", "note The log is being written again."]
    assert [r["n"] for r in journal.records()] == list(range(1, len(journal.records()) + 1))


def test_a_correction_names_the_id_of_what_it_corrects():
    _, _, _, journal = hold([(30, "start"), (60, "too easy"), (62, "undo")])
    (dial,) = [r for r in journal.records() if r["event"] == "dial"]
    (correction,) = [r for r in journal.records() if r["event"] == "correction"]
    assert correction["of"] == dial["id"]
