from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.words.marks import emphasised, parts_of, pause_seconds, plain, wrong_marks
from voicecoach.words.respelling import Respelling


@pytest.mark.parametrize(
    ("written", "words", "parts"),
    [
        ("Hips back.", "Hips back.", ("Hips back.",)),
        ("Hips back (pause 1s) and up.", "Hips back and up.", ("Hips back", 1.0, "and up.")),
        ("Hips *back*. (pause) Hold.", "Hips back. Hold.", ("Hips *back*.", 0.5, "Hold.")),
        ("(Pause 250ms) Go (pause 1,5 s)", "Go", (0.25, "Go", 1.5)),
        ("Back (pause 2 sec) . (pause) Up", "Back. Up", ("Back", 2.0, 0.5, "Up")),
        ("Not (this) one", "Not (this) one", ("Not (this) one",)),
    ],
)
def test_marks_are_neither_read_nor_spoken(written, words, parts):
    assert plain(written) == words
    assert parts_of(written) == parts
    assert pause_seconds(written) == sum(part for part in parts if isinstance(part, float))
    assert not list(wrong_marks(written))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("Hold (pause 1 minute)", "a pause is written"),
        ("Hold (pause 0s)", "a pause is written"),
        ("Hold (pause 60s)", "at most 10 seconds"),
        ("Hold *still", "without its partner"),
        ("Hold ** still", "no word between"),
        ("Hold *still (pause 1s) now*", "inside an emphasis"),
    ],
)
def test_a_mark_that_no_voice_could_follow_is_told(written, says):
    assert any(says in message for _, message in wrong_marks(written))


def test_emphasis_is_cut_out_of_a_text_word_for_word():
    assert list(emphasised("Hips *straight back*, *now*")) == [
        ("Hips ", False),
        ("straight back", True),
        (", ", False),
        ("now", True),
    ]


@given(st.text(alphabet="ab *().1pauses", max_size=60))
def test_no_star_is_ever_spoken_and_every_letter_still_is(text):
    pieces = [part for part in parts_of(text) if isinstance(part, str)]
    spoken = "".join(words for piece in pieces for words, _ in emphasised(piece))
    assert "*" not in spoken
    assert "*" not in plain(text)
    assert "".join(plain(" ".join(pieces)).split()) == "".join(spoken.split())


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("RDL time", "R D L time"),
        ("rdl, then an *RDL*.", "R D L, then an *R D L*."),
        ("RDLs and the RDL's", "RDLs and the R D L's"),
        ("A Romanian deadlift, a romanian-deadlift", "A row main, a row main"),
        ("Deadlift", "dead lift"),
    ],
)
def test_whole_words_are_respelled_in_any_case_the_longest_first(written, spoken):
    respell = Respelling({"RDL": "R D L", "deadlift": "dead lift", "Romanian deadlift": "row main"})
    assert respell(written) == spoken


def test_what_was_put_in_is_not_looked_at_again():
    assert Respelling({"a": "b", "b": "a"})("a b") == "b a"
    assert Respelling({})("as it is") == "as it is"
