"""Kept utterances: what is written, for whom, and that hearing neither changes nor suffers."""

from __future__ import annotations

import csv
import errno
import stat
import wave
from datetime import datetime

import numpy as np
import pytest

from voicecoach.coach.commands import Listen
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.keeping import BEFORE_SECONDS, WAITING, Keeper
from voicecoach.hearing.kept import COLUMNS, TABLE, KeptFolder, KeptUtterance, folders_of, is_kept, read_kept
from voicecoach.hearing.replay import quiet_room

NAMES = ("stop", "talk", "thirty-five-pounds", "yes")
SILENCE = np.zeros(0, np.int16)


@pytest.fixture
def sound(recording):
    parts = [quiet_room(2.0)]
    for name in NAMES:
        parts += [recording(name), quiet_room(2.0)]
    return np.concatenate(parts)


def hear(path, sound, listen, block=320):
    path.listen(listen)
    return [
        (type(outcome), outcome.phrase, round(outcome.t, 6))
        for at in range(0, len(sound), block)
        for outcome in path.hear(sound[at : at + block], at / 16_000)
    ]


def keep(folder, model, table, sound, listen, tell, block=320):
    keeper = Keeper(folder, "hip-hinge", tell)
    path = keeper.around(lambda explain: build_path(model, table, explain=explain), "a microphone")
    outcomes = hear(path, sound, listen, block)
    keeper.close()
    return outcomes


@pytest.mark.parametrize("block", [320, 5000])
def test_a_path_that_keeps_decides_the_same_at_the_same_times(tmp_path, model, table, sound, everything, block):
    plain = hear(build_path(model, table), sound, everything)
    told = []
    assert keep(KeptFolder(tmp_path / "kept", "one"), model, table, sound, everything, told.append, block) == plain
    assert not told


def test_every_utterance_is_kept_whole_with_what_was_decided(tmp_path, model, table, sound, everything):
    folder = KeptFolder(tmp_path / "kept", "one")
    keep(folder, model, table, sound, Listen("resting", everything.commands, frozenset({"weight"})), print)
    rows = read_kept(folder.path)
    assert [row.file for row in rows] == [f"{n:04d}.wav" for n in range(1, len(rows) + 1)]
    taken = [row.heard for row in rows if row.verdict == "accept"]
    assert (taken[0], taken[-1]) == ("stop", "yes")
    assert "thirty five pounds" in taken
    assert rows[0].rule == "safety"
    assert {row.verdict for row in rows} == {"accept", "refuse"}
    for row in rows:
        assert (row.script, row.microphone, row.state, row.expects) == (
            *("hip-hinge", "a microphone", "resting"),
            ("weight",),
        )
        assert row.why
        assert row.label == ""
        assert datetime.fromisoformat(row.time).utcoffset() is not None
    with wave.open(str(folder.path / "0001.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        first = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    before = first[: int(0.1 * 16_000)]
    assert np.abs(before).max() < np.abs(first).max() / 20, "the room before the onset"
    after = first[-int(0.3 * 16_000) :]
    assert np.abs(after).max() < np.abs(first).max() / 20, "past the end of the word, though it acted in its middle"


def test_a_kept_utterance_heard_again_leads_to_the_same(tmp_path, model, table, sound, everything):
    import soundfile

    folder = KeptFolder(tmp_path / "kept", "one")
    keep(folder, model, table, sound, everything, print)
    rows = read_kept(folder.path)
    assert rows
    for row in rows:
        again = []
        path = build_path(model, table, explain=again.append)
        samples, _ = soundfile.read(folder.path / row.file, dtype="int16")
        hear(path, np.concatenate([quiet_room(), samples]), row.listen)
        path.finish()
        assert " | ".join(d.verdict for d in again) == row.verdict, row


def test_only_the_owner_can_read_what_is_kept(tmp_path, model, table, sound, everything):
    root = tmp_path / "kept"
    root.mkdir(mode=0o755)
    folder = KeptFolder(root, "one")
    keep(folder, model, table, sound, everything, print)
    assert stat.S_IMODE(root.stat().st_mode) == stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    files = list(folder.path.iterdir())
    assert len(files) > len(NAMES)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_an_utterance_that_is_open_at_the_end_is_kept(tmp_path, model, table, recording, everything):
    folder = KeptFolder(tmp_path / "kept", "one")
    keep(folder, model, table, np.concatenate([quiet_room(2.0), recording("stop")]), everything, print)
    (row,) = read_kept(folder.path)
    assert row.heard == "stop"


class FullFolder(KeptFolder):
    """A folder whose disk has room for the sound, but not for its line."""

    def _write_line(self, row):  # noqa: ARG002 - as the real one
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_once_leaves_no_part_and_hearing_goes_on(tmp_path, model, table, sound, everything):
    folder, told = FullFolder(tmp_path / "kept", "one"), []
    plain = hear(build_path(model, table), sound, everything)
    assert keep(folder, model, table, sound, everything, told.append) == plain
    assert told == ["What you say cannot be kept: No space left on device. Training goes on."]
    assert list(folder.path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_once_and_hearing_goes_on(tmp_path, model, table, sound, everything):
    (tmp_path / "kept").write_text("a file where the folder should be")
    told = []
    outcomes = keep(KeptFolder(tmp_path / "kept", "one"), model, table, sound, everything, told.append)
    assert outcomes
    assert len(told) == 1


def test_a_disk_that_hangs_costs_no_memory(tmp_path):
    import threading

    class Hanging(KeptFolder):
        def add(self, samples, row):  # noqa: ARG002 - as the real one
            go_on.wait(20)

    go_on, told = threading.Event(), []
    keeper = Keeper(Hanging(tmp_path / "kept", "one"), "hip-hinge", told.append)
    for _ in range(WAITING + 10):
        keeper.put(SILENCE, KeptUtterance())
    assert len(told) == 1
    go_on.set()
    keeper.close()


def test_tabs_and_line_ends_in_a_reason_stay_in_their_cell(tmp_path):
    folder = KeptFolder(tmp_path, "one")
    row = KeptUtterance(why='a\ttab, "quotes"\nand a line', playing=("wait", "five"), commands=("skip rest", "stop"))
    folder.add(np.zeros(100, np.int16), row)
    (read,) = read_kept(folder.path)
    assert (read.why, read.playing, read.commands) == (row.why, row.playing, row.commands)
    with (folder.path / TABLE).open(newline="") as file:
        assert next(csv.reader(file, delimiter="\t")) == list(COLUMNS)


@pytest.mark.parametrize("name", ["../secret.wav", "gone.wav", ""])
def test_a_line_that_names_no_file_beside_it_is_refused_with_its_number(tmp_path, name):
    (tmp_path / "secret.wav").touch()
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / TABLE).write_text(f"file\tlabel\n{name}\tstop\n")
    assert is_kept(folder)
    with pytest.raises(CoachError, match=r"utterances\.tsv:2"):
        read_kept(folder)


def test_no_session_is_called_so_that_another_folder_is_found(tmp_path):
    root = tmp_path / "kept"
    (root / "one").mkdir(parents=True)
    (tmp_path / "journal").mkdir()
    assert list(folders_of(root, ["../journal", "..", "", "one"])) == [root / "one"]


def test_what_is_kept_before_the_onset_is_at_least_what_the_recogniser_was_given():
    from voicecoach.hearing.tuning import CHUNK_SECONDS, Tuning

    assert (Tuning().preroll + 1) * CHUNK_SECONDS <= BEFORE_SECONDS
