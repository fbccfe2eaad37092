"""Numbers in words, both ways."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.words.numbers import readings, spoken, ways, without_slips

PAGE = Path(__file__).parents[2] / "docs" / "words.md"


def value_of(text):
    """The one value that a text can be; None where there is none or there are several."""
    found = readings(without_slips(text.lower().replace("-", " ").split()))
    return next(iter(found)) if len(found) == 1 else None


def test_every_way_of_every_value_is_read_back_and_means_nothing_else():
    meanings = defaultdict(set)
    for quarters in range(4 * 1000):
        for text in ways(quarters / 4):
            meanings[text].add(quarters / 4)
    for text, values in meanings.items():
        assert readings(without_slips(text.replace("-", " ").split())) == values, text
    digits = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    assert {text for text, values in meanings.items() if len(values) > 1} == {f"{digit} five" for digit in digits}


@given(st.integers(min_value=0, max_value=99_999).map(lambda hundredths: hundredths / 100))
def test_what_the_coach_says_is_read_back(value):
    assert value_of(spoken(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "zero"), (0.5, "a half"), (1, "one"), (2.5, "two and a half"), (2.25, "two and a quarter"),
        (22, "twenty two"), (100, "one hundred"), (135, "one hundred and thirty five"),
        (105, "one hundred and five"), (1.3, "one point three"), (1.05, "one point zero five"),
        (1250, "one thousand two hundred and fifty"), (-2.5, "minus two and a half"),
        (1005, "one thousand and five"), (12_000, "12000"), (6.75, "six and three quarters"), (7.0, "seven"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(value, text):
    assert spoken(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "and", "and a half", "oh", "oh five", "one two three", "twenty twenty", "fifteen hundred",
        "ten five", "hundred hundred", "five hundred and", "twenty oh five", "ten ten", "one five five five",
        "two plates", "thirty and five", "zero hundred", "point", "two point", "two point five five five", "1000",
        "12 5", "1 35", "half half",
    ],
)  # fmt: skip
def test_other_words_are_no_number(text):
    assert readings(tuple(text.split())) == frozenset()


def test_slips_are_put_right_only_when_asked():
    assert readings(("too", "and", "half")) == frozenset()
    assert value_of("too and have") == 2.5
    assert value_of("one thirty for") == 134
    assert value_of("won hundred and ate") == 108


def test_values_outside_the_range_have_no_ways():
    for value in (-1, 1000, 2.3):
        with pytest.raises(ValueError, match="not a value"):
            ways(value)


def test_the_page_lists_the_ways():
    section = PAGE.read_text(encoding="utf-8").split("## Ways of saying a number", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 10
    for value, listed in rows:
        assert tuple(listed.split("; ")) == ways(float(value))
