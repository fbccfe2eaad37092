from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journal.conftest import MONDAY, Diary
from voicecoach.journal import recall as recalling
from voicecoach.journal.file import encode
from voicecoach.journal.fold import read_sessions
from voicecoach.journal.recall import NAME, forget, recall


def diary_of(dice: random.Random, sessions: int) -> Diary:
    """Sessions with everything that can happen in one; some broken off, gone on with, closed later, or corrected."""
    diary = Diary()
    for number in range(sessions):
        when, name = MONDAY + timedelta(days=2 * number), f"s{number}"
        diary.event(when, name, "session_started", programme="hip hinge", drills=["wall tap", "RDL"])
        if number and dice.random() < 0.2:
            diary.event(when, name, "session_resumed", of=f"s{number - 1}")
        elif number and dice.random() < 0.1:
            diary.event(when, name, "session_ended", of=f"s{dice.randrange(number)}", how="left")
        for count in range(dice.randint(0, 4)):
            write_set(diary, dice, when, name, count + 1)
        if dice.random() < 0.8:
            diary.event(when, name, "session_ended", how=dice.choice(["finished", "red flag", "interrupted"]))
        if dice.random() < 0.2:
            of = dice.choice(diary.records)["id"]
            diary.event(when, f"edit {number}", "correction", of=of, reps=9, deleted=dice.random() < 0.3)
    return diary


def write_set(diary: Diary, dice: random.Random, when: datetime, name: str, number: int) -> None:
    drill, kind = dice.choice(["wall tap", "RDL"]), dice.random()
    diary.event(when, name, "set_started", drill=drill, set=number, sets=3, reps=5)
    for rep in range(dice.randint(0, 5)):
        diary.event(when, name, "rep", drill=drill, set=number, rep=rep + 1)
    if kind < 0.8:
        load = {"weight": dice.choice([None, 35, 22.5]), "unit": dice.choice(["lb", "kg"])}
        dials = dice.choice([{}, {"distance": {"value": 6, "unit": "in"}}])
        extra = dice.choice([{}, {"hold": 30}, {"amrap": 60}, {"superset": 1, "side": "left", "rpe": 8.5}])
        diary.event(when, name, "set_done", drill=drill, set=number, sets=3, reps=dice.randint(0, 5), target=5,
                    seconds=20.5, tempo="3-1-1-0", pain=kind < 0.1, dials=dials, **load, **extra)  # fmt: skip
    if kind < 0.1:
        diary.event(when, name, "pain", where="back", drill=drill, set=number, rep=2, said="my back hurts")
        diary.event(when, name, "moved", **{"from": drill, "to": "wall tap", "why": "pain"})
    if kind > 0.6:
        diary.event(when, name, "weight", drill=drill, value=40, unit="lb", before=35, why="too easy")
        diary.event(when, name, "dial", drill=drill, dial="tempo", value=110, unit="%", before=100)
    if kind > 0.7:
        diary.event(when, name, dice.choice(["volume", "talk", "pace", "skipped", "checked_in"]), drill=drill,
                    set=1, value=dice.choice([0, 1, 2]), own=True, answer="tired")  # fmt: skip


@given(seed=st.integers(0, 10**6), sessions=st.integers(1, 12), cuts=st.lists(st.floats(0, 1), max_size=4))
def test_what_is_recalled_is_what_the_whole_journal_says_however_it_grew(tmp_path_factory, seed, sessions, cuts):
    folder = tmp_path_factory.mktemp("recall")
    lines = [encode(record) for record in diary_of(random.Random(seed), sessions).records]
    if seed % 3 == 0:
        lines.insert(len(lines) // 2, lines[0])  # a line that was written twice
    if seed % 5 == 0:
        lines[-2:] = reversed(lines[-2:])
    journal = folder / "journal.jsonl"
    for cut in [*sorted(cuts), 1.0]:
        journal.write_bytes(b"".join(lines[: round(cut * len(lines))]))
        assert recall(journal, folder / "cache", worth_it=0) == read_sessions(journal)


@pytest.fixture
def grown(tmp_path):
    """A journal of thirty sessions that was recalled once."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"".join(encode(record) for record in diary_of(random.Random(1), 30).records))
    recall(path, tmp_path, worth_it=0)
    return path


def test_sessions_that_were_read_before_are_not_read_from_the_journal_again(grown, monkeypatch):
    expected = read_sessions(grown)
    monkeypatch.setattr(recalling.fold, "read_sessions", lambda *_: pytest.fail("the whole journal was read"))
    assert recall(grown, grown.parent, worth_it=0) == expected
    later = Diary()
    later.event(MONDAY + timedelta(days=90), "later", "set_done", drill="RDL", set=1, sets=3, reps=12, target=12)
    with grown.open("ab") as file:
        for record in later.records:
            file.write(encode({**record, "id": f"later {record['id']}"}))
    assert [one.id for one in recall(grown, grown.parent, worth_it=0)] == [*(one.id for one in expected), "later"]


def test_a_number_changed_by_hand_in_the_journal_counts_at_once(grown):
    text = grown.read_text()
    grown.write_text(text.replace('"reps":5', '"reps":4'))
    assert recall(grown, grown.parent, worth_it=0) == read_sessions(grown)


@pytest.mark.parametrize("at", [10, 70, 200, -2])
def test_a_damaged_copy_is_never_believed(grown, at):
    copy = grown.parent / NAME
    held = bytearray(copy.read_bytes())
    held[at] ^= 1
    copy.write_bytes(held)
    assert recall(grown, grown.parent, worth_it=0) == read_sessions(grown)
    assert copy.read_bytes() != bytes(held)


def test_a_copy_made_by_other_code_is_not_believed(grown):
    copy = grown.parent / NAME
    body = json.loads(copy.read_bytes().partition(b"\n")[2])
    body["made"], body["sessions"] = "by an older version", []
    sealed = json.dumps(body).encode()
    copy.write_bytes(recalling.hashlib.sha256(sealed).hexdigest().encode() + b"\n" + sealed)
    assert recall(grown, grown.parent, worth_it=0) == read_sessions(grown)


def test_a_cache_folder_that_cannot_be_made_costs_nothing_but_time(grown, tmp_path):
    (tmp_path / "no folder").write_text("")
    assert recall(grown, tmp_path / "no folder" / "cache", worth_it=0) == read_sessions(grown)


def test_the_copy_is_for_its_owner_alone_and_goes_with_the_journal(grown):
    copy = grown.parent / NAME
    assert copy.stat().st_mode & 0o077 == 0
    grown.unlink()
    assert recall(grown, grown.parent, worth_it=0) == ()
    assert not copy.exists()


def test_a_small_journal_leaves_no_copy_and_removes_one_that_was_there(grown):
    assert (grown.parent / NAME).exists()
    recall(grown, grown.parent)
    assert not (grown.parent / NAME).exists()
    forget(grown.parent)
