from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import CoachError
from voicecoach.journal import records
from voicecoach.journal.disk import RealDisk
from voicecoach.journal.file import JournalFile, NotWritten, encode
from voicecoach.journal.fold import read_sessions
from voicecoach.journal.memory import MemoryJournal, counted_ids

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class CountingDisk(RealDisk):
    def __init__(self):
        self.calls = []

    def write(self, fd, data):
        self.calls.append(("write", data))
        return super().write(fd, data)

    def sync(self, fd):
        self.calls.append(("sync", b""))
        super().sync(fd)


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_each_event_is_one_write_of_one_line_and_one_sync(tmp_path, clock):
    disk = CountingDisk()
    journal = JournalFile(tmp_path / "journal.jsonl", clock, disk=disk)
    journal.append("rep", {"drill": "RDL", "set": 1, "rep": 1})
    journal.append("rep", {"drill": "RDL", "set": 1, "rep": 2})
    assert [call for call, _ in disk.calls] == ["write", "sync", "write", "sync"]
    assert all(data.count(b"\n") == 1 and data.endswith(b"\n") for call, data in disk.calls if call == "write")


def test_a_record_is_returned_as_it_stands_in_the_file(tmp_path, clock):
    with JournalFile(tmp_path / "journal.jsonl", clock, counted_ids("id")) as journal:
        record = journal.append("session_started", {"programme": "hip hinge", "drills": ["RDL"]})
    assert lines_of(tmp_path / "journal.jsonl") == [record]
    assert list(record)[:6] == ["v", "id", "t", "session", "n", "event"]
    assert record["t"] == "2026-11-16T18:00:02.000+01:00"


def test_the_journal_can_be_read_by_its_owner_alone(tmp_path, clock):
    path = tmp_path / "home" / "journal.jsonl"
    with JournalFile(path, clock) as journal:
        journal.append("rep", {})
        for file in (path, path.with_name("journal.jsonl.lock")):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_journal_that_others_could_read_is_closed_to_them(tmp_path, clock):
    path = tmp_path / "journal.jsonl"
    path.touch(mode=0o644)
    JournalFile(path, clock).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_second_writer_is_told_who_holds_the_journal(tmp_path, clock):
    with JournalFile(tmp_path / "journal.jsonl", clock), pytest.raises(CoachError) as caught:
        JournalFile(tmp_path / "journal.jsonl", clock)
    assert f"process {os.getpid()} on " in caught.value.message
    assert "2026-11-16T18:00:01+01:00" in caught.value.message
    JournalFile(tmp_path / "journal.jsonl", clock).close()


def test_the_lock_of_a_killed_process_does_not_stay(tmp_path, clock):
    path = tmp_path / "journal.jsonl"
    code = (
        "import os, signal, sys; from pathlib import Path; from voicecoach.journal.file import JournalFile\n"
        f"journal = JournalFile(Path({str(path)!r})); journal.append('rep', {{}}); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -9
    JournalFile(path, clock).close()
    assert len(lines_of(path)) == 1


def test_a_torn_last_line_is_set_aside_on_opening(tmp_path, clock):
    path = tmp_path / "journal.jsonl"
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 1})
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"v":1,"id":"x","t":"20')
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 2})
    assert [line["rep"] for line in lines_of(path)] == [1, 2]
    (note,) = lines_of(tmp_path / "journal.jsonl.torn")
    assert note["text"] == '{"v":1,"id":"x","t":"20'
    assert note["at_byte"] == len(whole)


def test_a_torn_line_stays_where_it_is_while_there_is_no_room_to_set_it_aside(tmp_path, clock, faulty):
    path, torn = tmp_path / "journal.jsonl", tmp_path / "journal.jsonl.torn"
    path.write_bytes(whole := b'{"v":1,"id":"x","t":"20')
    torn.write_bytes(b"{}\n")
    JournalFile(path, clock, disk=faulty(lambda call, file: 9 if call == "write" and file == torn else None)).close()
    assert path.read_bytes() == whole
    assert torn.read_bytes() == b"{}\n"
    JournalFile(path, clock).close()
    assert path.read_bytes() == b""
    assert lines_of(torn)[1]["text"] == whole.decode()


def test_a_last_line_that_only_lacks_its_end_is_kept(tmp_path, clock):
    path = tmp_path / "journal.jsonl"
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 1})
    path.write_bytes(path.read_bytes().rstrip())
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 2})
    assert [record["rep"] for record in records.read(path).records] == [1, 2]
    assert not (tmp_path / "journal.jsonl.torn").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"Milk\nEggs",
        b"kind: drill\nname: wall tap\n",
        b'{\n  "v": 1\n}',
        b'{"event":"rep"}\n{"event":"rep"}\n',
        b"RIFF\0\0\xff",
    ],
)
def test_a_file_that_is_no_journal_is_refused_and_stays_as_it_is(tmp_path, clock, content):
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    path.chmod(0o644)
    with pytest.raises(CoachError, match=r"list\.txt is no journal") as caught:
        JournalFile(path, clock)
    assert "another file" in caught.value.hint
    assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [path], "nor is anything put beside it"


@pytest.mark.parametrize("content", [b"", b"\n", b"\0\0\0", b"{", b'{"v":1,"id":"x","t', b'{"v":2,"id":"x"}\n'])
def test_a_journal_of_which_next_to_nothing_is_left_is_still_a_journal(tmp_path, clock, content):
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 1})
    assert [record["rep"] for record in records.read(path).records] == [1]


def test_one_whole_line_among_foreign_ones_makes_a_journal(tmp_path, clock):
    path = tmp_path / "journal.jsonl"
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 1})
    path.write_bytes(b"foreign\n" + path.read_bytes() + b"torn")
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 2})
    assert [record["rep"] for record in records.read(path).records] == [1, 2]
    assert (tmp_path / "journal.jsonl.torn").exists()


@given(cut=st.integers(min_value=0, max_value=400))
def test_wherever_the_file_is_cut_off_every_whole_line_stays(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("cut") / "journal.jsonl"
    written = [
        encode({"v": 1, "id": str(n), "t": "2026-11-16T18:00:00+01:00", "session": "s", "event": "rep", "rep": n})
        for n in range(4)
    ]
    data = b"".join(written)[:cut]
    path.write_bytes(data)
    with JournalFile(path) as journal:
        journal.append("rep", {"rep": 99})
    found = [record["rep"] for record in records.read(path).records]
    whole = sum(data.startswith(b"".join(written[: n + 1]).rstrip()) for n in range(4))
    assert found == [*range(whole), 99]
    assert not records.read(path).odd


def test_a_full_disk_is_said_once_and_everything_is_written_when_there_is_room(tmp_path, clock, faulty):
    full = True
    disk = faulty(lambda call, path: FULL if full and call == "write" and path.name == "journal.jsonl" else None)
    journal = JournalFile(tmp_path / "journal.jsonl", clock, rescue_dir=tmp_path, disk=disk)
    with pytest.raises(NotWritten, match="no space left") as caught:
        journal.append("rep", {"rep": 1})
    assert caught.value.record["rep"] == 1
    journal.append("rep", {"rep": 2})
    assert journal.waiting == 2
    (rescue,) = tmp_path.glob("voicecoach-rescue-*.jsonl")
    assert [line["rep"] for line in lines_of(rescue)] == [1, 2]
    full = False
    journal.append("rep", {"rep": 3})
    journal.close()
    assert [line["rep"] for line in lines_of(tmp_path / "journal.jsonl")] == [1, 2, 3]
    assert not list(tmp_path.glob("voicecoach-rescue-*"))


def test_after_a_recovery_the_next_trouble_is_said_again(tmp_path, clock, faulty):
    full = True
    journal = JournalFile(
        tmp_path / "j", clock, disk=faulty(lambda call, _: FULL if full and call == "write" else None)
    )
    with pytest.raises(NotWritten, match="kept in memory"):
        journal.append("rep", {})
    full = False
    journal.append("rep", {})
    full = True
    with pytest.raises(NotWritten):
        journal.append("rep", {})
    with pytest.raises(CoachError, match="1 event could not be written"):
        journal.close()


def test_a_line_that_half_fits_leaves_no_torn_line(tmp_path, clock, faulty):
    room: list[int | None] = [20]
    disk = faulty(lambda call, path: room[0] if call == "write" and path.name == "j" else None)
    journal = JournalFile(tmp_path / "j", clock, disk=disk)
    with pytest.raises(NotWritten):
        journal.append("rep", {"rep": 1})
    room[0] = None
    journal.append("rep", {"rep": 2})
    journal.close()
    assert [line["rep"] for line in lines_of(tmp_path / "j")] == [1, 2]


def test_a_sync_that_fails_is_not_trusted_and_the_event_written_again(tmp_path, clock, faulty):
    bad = [OSError(errno.EIO, "Input/output error")]
    journal = JournalFile(
        tmp_path / "j", clock, disk=faulty(lambda call, _: bad.pop() if bad and call == "sync" else None)
    )
    with pytest.raises(NotWritten):
        journal.append("rep", {"rep": 1})
    journal.append("rep", {"rep": 2})
    journal.close()
    reading = records.read(tmp_path / "j")
    assert [record["rep"] for record in reading.records] == [1, 2]
    assert [line.harmless for line in reading.odd] == [True]


def test_the_next_session_takes_in_what_was_rescued(tmp_path, clock, faulty):
    disk = faulty(lambda call, path: FULL if call == "write" and path.name == "j" else None)
    journal = JournalFile(tmp_path / "j", clock, rescue_dir=tmp_path, disk=disk)
    with pytest.raises(NotWritten):
        journal.append("rep", {"rep": 1})
    with pytest.raises(CoachError, match="the next session takes that file in"):
        journal.close()
    JournalFile(tmp_path / "j", clock, rescue_dir=tmp_path).close()
    assert [line["rep"] for line in lines_of(tmp_path / "j")] == [1]
    assert not list(tmp_path.glob("voicecoach-rescue-*"))


def test_what_only_half_fits_the_place_of_rescue_is_taken_in_once_there_is_room(tmp_path, clock, faulty):
    room = [9]

    def broken(call, path):
        if call != "write":
            return None
        return FULL if path.name == "j" else room.pop() if room and "rescue" in path.name else None

    journal = JournalFile(tmp_path / "j", clock, rescue_dir=tmp_path, disk=faulty(broken))
    with pytest.raises(NotWritten):
        journal.append("rep", {"rep": 1})
    journal.append("rep", {"rep": 2})
    with pytest.raises(CoachError, match="the next session takes that file in"):
        journal.close()
    JournalFile(tmp_path / "j", clock, rescue_dir=tmp_path).close()
    assert [line["rep"] for line in lines_of(tmp_path / "j")] == [1, 2]
    assert not list(tmp_path.glob("voicecoach-rescue-*"))


def test_a_journal_replaced_or_removed_by_another_program_is_opened_again(tmp_path, clock):
    path = tmp_path / "journal.jsonl"
    with JournalFile(path, clock) as journal:
        journal.append("rep", {"rep": 1})
        other = tmp_path / "other"
        other.write_bytes(path.read_bytes())
        other.replace(path)
        journal.append("rep", {"rep": 2})
        assert [line["rep"] for line in lines_of(path)] == [1, 2]
        path.unlink()
        journal.append("rep", {"rep": 3})
    assert [line["rep"] for line in lines_of(path)] == [3]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, clock):
    (tmp_path / "file").touch()
    with pytest.raises(CoachError, match="cannot be opened for writing") as caught:
        JournalFile(tmp_path / "file" / "journal.jsonl", clock)
    assert "VOICECOACH_HOME" in caught.value.hint


def test_any_words_can_be_written_and_read_back(tmp_path, clock):
    said = "ça va\n\u2028 half \ud83d emoji 🏋 \x00"
    with JournalFile(tmp_path / "j", clock) as journal:
        journal.append("pain", {"said": said})
    (record,) = records.read(tmp_path / "j").records
    assert record["said"] == said


def test_a_rehearsal_keeps_the_same_records_each_time(monday):
    def rehearse():
        journal = MemoryJournal(lambda: monday)
        journal.append("session_started", {"programme": "hip hinge", "drills": []})
        return journal.records()

    assert rehearse() == rehearse()
    assert rehearse()[0]["id"] == "rehearsal-1"


def test_the_records_of_a_file_hold_what_still_waits(tmp_path, clock, faulty):
    disk = faulty(lambda call, _: FULL if call == "write" else None)
    journal = JournalFile(tmp_path / "j", clock, disk=disk)
    with pytest.raises(NotWritten):
        journal.append("session_started", {"programme": "p", "drills": []})
    assert [record["event"] for record in journal.records()] == ["session_started"]
    assert read_sessions(tmp_path / "j") == ()
