from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.journal import records
from voicecoach.journal.check import check_journal, set_aside
from voicecoach.journal.file import encode


def line(number: int, **more: object) -> bytes:
    record = {"v": 1, "id": f"e{number}", "t": "2026-11-16T18:00:00+01:00", "session": "s", "n": number, "event": "rep"}
    return encode({**record, "drill": "RDL", "set": 1, "rep": number, **more})


def test_a_missing_file_is_an_empty_journal(tmp_path):
    assert records.read(tmp_path / "none") == records.Reading((), ())


ODD = [
    b"\x00\x00\x00\n", b"not json\n", b"[1]\n", b"null\n", b'{"v":1}\n',
    b'{"v":2,"id":"a","t":"x","session":"s","event":"e"}\n', b'{"v":1,"id":5,"t":"x","session":"s","event":"e"}\n',
    b"[" * 5000 + b"\n", b"\xff\xfe\n",
]  # fmt: skip
REPEATED = [line(1), line(1, rep=2), b'{"v":1,"id":"to']


def test_every_kind_of_odd_line_is_named_and_the_rest_is_read(tmp_path):
    path = tmp_path / "j"
    path.write_bytes(line(1) + b"\n" + b"".join(ODD) + line(2) + b"".join(REPEATED))
    reading = records.read(path)
    assert [record["rep"] for record in reading.records] == [1, 2]
    assert [item.number for item in reading.odd] == [*range(3, 12), 13, 14, 15]
    assert [item.harmless for item in reading.odd] == [False] * 9 + [True, False, False]


@given(
    st.lists(st.binary(max_size=40).filter(lambda raw: b"\n" not in raw and raw.strip()), max_size=8), st.integers(0, 8)
)
def test_no_foreign_bytes_hide_a_record(tmp_path_factory, foreign, place):
    path = tmp_path_factory.mktemp("bytes") / "j"
    rows = [raw + b"\n" for raw in foreign]
    rows.insert(min(place, len(rows)), line(1))
    path.write_bytes(b"".join(rows))
    reading = records.read(path)
    assert [record["id"] for record in reading.records] == ["e1"]
    assert len(reading.odd) == len(foreign)


@given(st.lists(st.sampled_from([b'{"a":1', b'"b":2}', b'{"a":{"b":1}', b"{}", b"{},{}", b'{"x":"', b'"}'])))
def test_neighbours_never_join_into_a_value_of_their_own(pieces):
    assert records._parse(pieces) == [records._parse_one(piece) for piece in pieces]


def test_long_files_are_numbered_right_across_blocks(tmp_path):
    path = tmp_path / "j"
    path.write_bytes(
        b"".join(line(n) for n in range(5000)) + b"broken\n" + b"".join(line(n) for n in range(5000, 9000))
    )
    reading = records.read(path)
    assert len(reading.records) == 9000
    assert [item.number for item in reading.odd] == [5001]


def test_a_whole_journal_has_no_findings(tmp_path, diary, monday):
    diary.session(monday, [{}, {}])
    assert check_journal(diary.write(tmp_path / "j")) == []


def test_the_check_names_missing_events_strange_fields_and_corrections_of_nothing(tmp_path):
    path = tmp_path / "j"
    path.write_bytes(
        line(1) + line(4) + line(2) + line(5, rep=-1) + line(6, event="correction", of="nobody") + line(7, t="noon")
    )
    findings = [(finding.line, finding.severity, finding.message) for finding in check_journal(path)]
    assert findings == [
        (3, "note", "stands after a later event of its session; it is read in its place."),
        (4, "error", "rep: 'rep' should be a whole number from 0."),
        (5, "error", "there is no event 'nobody' in this file."),
        (6, "error", "rep: 'noon' is no time."),
        (0, "error", "session s: 1 of its events is missing."),
    ]


def test_odd_lines_are_set_aside_and_none_is_lost(tmp_path):
    path = tmp_path / "j"
    path.write_bytes(line(1) + b"foreign\n" + line(2) + b"torn")
    moved, aside = set_aside(path)
    assert moved == 2
    assert aside.read_bytes() == b"foreign\ntorn\n"
    assert path.read_bytes() == line(1) + line(2)
    assert set_aside(path)[0] == 0
    assert [json.loads(raw)["rep"] for raw in path.read_bytes().splitlines()] == [1, 2]


@pytest.mark.parametrize("there", [None, b"", b"foreign\n", b"torn"], ids=["missing", "empty", "the same", "torn"])
@pytest.mark.parametrize(
    ("call", "ending", "fault"),
    [
        ("sync", ".new", OSError(28, "No space left on device")),
        ("sync", ".aside", OSError(28, "No space left on device")),
        ("write", ".new", KeyboardInterrupt()),
    ],
)
def test_a_second_try_to_set_lines_aside_adds_each_of_them_once(tmp_path, faulty, there, call, ending, fault):
    def broken(at, file):
        if at == call and file.name.endswith(ending):
            raise fault

    path, aside = tmp_path / "j", tmp_path / "j.aside"
    path.write_bytes(whole := line(1) + b"foreign\n" + line(2) + b"foreign\n")
    if there is not None:
        aside.write_bytes(there)
    for _ in range(2):
        with pytest.raises(type(fault)):
            set_aside(path, faulty(broken))
        assert path.read_bytes() == whole
        assert (aside.read_bytes() if aside.exists() else None) == there
        assert not (tmp_path / "j.new").exists()
    assert set_aside(path) == (2, aside)
    lead = (there or b"") + (b"\n" if there == b"torn" else b"")
    assert aside.read_bytes() == lead + b"foreign\nforeign\n"
    assert path.read_bytes() == line(1) + line(2)


def test_lines_that_have_left_the_journal_stay_aside_whatever_happens_then(tmp_path, monkeypatch):
    path = tmp_path / "j"
    path.write_bytes(line(1) + b"foreign\n")

    def late(_folder):
        if path.read_bytes() == line(1):  # the journal has been replaced
            raise KeyboardInterrupt

    monkeypatch.setattr("voicecoach.journal.disk.sync_folder", late)
    with pytest.raises(KeyboardInterrupt):
        set_aside(path)
    assert path.read_bytes() == line(1)
    assert (tmp_path / "j.aside").read_bytes() == b"foreign\n"
