"""YAML means what its version 1.2 says, and what scripts may not hold is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.source import BadScript
from voicecoach.drills.yaml_text import read_source


@pytest.fixture
def read(tmp_path: Path):
    def read_text(text: str | bytes):
        path = tmp_path / "script.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_source(path)

    return read_text


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "Yes", "NO", "y", "n", "1:30", "010", "0x1f", "1_000", "0o7"]
)
@pytest.mark.parametrize("place", ["value", "key"])
def test_words_that_older_yaml_turns_into_something_else_stay_text(read, word: str, place: str) -> None:
    source = read(f"a: {word}\n" if place == "value" else f"{word}: a\n")
    assert source.data == ({"a": word} if place == "value" else {word: "a"})


@pytest.mark.parametrize("word", ["2024-01-02", "=", "<<", ".inf", ".nan", "1e5", "12:30:45", "9" * 5000])
def test_dates_signs_and_huge_numbers_stay_text(read, word: str) -> None:
    assert read(f"a: {word}\n").data == {"a": word}


@pytest.mark.parametrize(("word", "value"), [("true", True), ("False", False), ("10", 10), ("-3", -3), ("1.50", 1.5)])
def test_booleans_and_numbers_are_what_they_look_like(read, word: str, value: object) -> None:
    assert read(f"a: {word}\n").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("a: \x1b[31mred\n", "a control character"),
        ("a: left \u202eright\n", "a control character"),
        ("a: x\x00\n", "a control character"),
        (b"a: \xff\xfe\n", "not UTF-8"),
        ("a: " + "x" * 300_000, "too large"),
        ("[" * 5000, "nested too deeply"),
        ("a: " + "{a: " * 30 + "1" + "}" * 30, "nested too deeply"),
        ('a: "\\UFFFFFFFF"\n', "a character that no text can hold"),
        ("a: 1\n---\nb: 2\n", "a second document"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(read, text: str | bytes, message: str) -> None:
    with pytest.raises(BadScript) as refused:
        read(text)
    assert message in refused.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("a: 1\na: 2\n", "the key 'a' is written twice", (2, 1)),
        ("a: &x 1\nb: *x\n", "aliases", (2, 4)),
        ("a: &x 1\n", "anchors", (1, 4)),
        ("a: !!python/object/apply:os.system [ls]\n", "tags", (1, 4)),
        ("a: !x y\n", "tags", (1, 4)),
        ("? [a, b]\n: 1\n", "a key must be plain text", (1, 3)),
        ('a: "\\e[31mred"\n', "holds a control character", (1, 4)),
        ('a: "\\ud800"\n', "holds a control character", (1, 4)),
        ("a:\n", "'a' has no value", (1, 1)),
        ("- {weight}\n", "needs quotes", (1, 3)),
    ],
)
def test_what_scripts_may_not_hold_is_refused_where_it_stands(read, text: str, message: str, place: tuple) -> None:
    found = [d for d in read(text).refused if message in d.message]
    assert [(d.line, d.column) for d in found] == [place]


def test_what_is_no_file_is_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml", Path(os.devnull)):
        with pytest.raises(BadScript) as refused:
            read_source(path)
        assert "cannot be read" in refused.value.diagnostics[0].message


def test_windows_line_ends_and_a_byte_order_mark_do_not_move_columns(read) -> None:
    source = read(b"\xef\xbb\xbfa: 1\r\nb: &x 2\r\n")
    assert [(d.line, d.column) for d in source.refused] == [(2, 4)]


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(data: bytes) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(data)
        file.flush()
        try:
            read_source(Path(file.name))
        except BadScript as refused:
            assert refused.diagnostics  # noqa: PT017 - any diagnostic will do
