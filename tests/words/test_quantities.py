"""Sentences to meanings: the table of docs/words.md, and what a state does and does not hear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.flow import SpokenCommand
from voicecoach.words.meaning import QUANTITIES, Meaning, Quantity
from voicecoach.words.numbers import readings, ways
from voicecoach.words.phrases import PhraseTable
from voicecoach.words.quantities import understand, understand_anything

PAGE = Path(__file__).parents[2] / "docs" / "words.md"
TABLE = PhraseTable.build(
    [
        SpokenCommand("stop", ("stop",), safety=True),
        SpokenCommand("done", ("[all|i'm] done", "that's (it|all)")),
        SpokenCommand("yes", ("yes",)),
        SpokenCommand("no", ("no",)),
        SpokenCommand("same again", ("[the] same [again]",)),
        SpokenCommand("pause", ("pause", "give me a minute")),
    ],
    ["to", "a", "of", "zero", "left", "right", "tree"],
)


def shown(meaning: Meaning) -> str:
    """A meaning as docs/words.md writes it."""
    if meaning.empty:
        return "nothing"
    if meaning.ask:
        return f"asks: {meaning.ask}"
    parts = [meaning.command] if meaning.command else []
    if meaning.weight:
        parts.append(f"weight {meaning.weight.value:g} {meaning.weight.unit or ''}".strip())
    if meaning.reps is not None:
        parts.append(f"{meaning.reps} reps")
    if meaning.rpe is not None:
        parts.append(f"RPE {meaning.rpe:g}")
    if meaning.seconds is not None:
        parts.append(f"{meaning.seconds:g} s")
    if meaning.relative:
        parts.append(f"change {meaning.relative.value:+g} {meaning.relative.unit or ''}".strip())
    if meaning.side:
        parts.append(meaning.side)
    if meaning.correction:
        parts.append("correction")
    return ", ".join(parts)


def rows(heading: str) -> list[tuple[str, str]]:
    """The sentences and meanings of one table of the page."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| ([^|]+?) +\| ([^|]+?) +\|$", section, re.MULTILINE)[1:]


SENTENCES = rows("Sentences")
HARD = rows("Hard ones")
NOT_QUANTITIES = [(text, "nothing") for text, _ in rows("Not quantities")]


@pytest.mark.parametrize(("text", "expected"), SENTENCES + HARD + NOT_QUANTITIES)
def test_every_sentence_of_the_page_means_what_the_page_says(text, expected):
    assert shown(understand_anything(text, table=TABLE, unit="lb")) == expected


def test_the_page_holds_enough_sentences():
    assert len(SENTENCES) >= 60
    assert len(HARD) >= 40
    assert len(NOT_QUANTITIES) >= 30


def ambiguous(text):
    """Whether a way of saying a number can be two of them, as "two five" can."""
    return len(readings(tuple(text.replace("-", " ").split()))) > 1


def weight_of(text, **kwargs):
    meaning = understand(text, table=TABLE, expects=frozenset({"weight"}), **kwargs)
    return meaning.weight


@given(st.integers(min_value=2, max_value=1000).map(lambda halves: halves / 2), st.data())
def test_every_way_of_saying_a_weight_is_that_weight(value, data):
    text = data.draw(st.sampled_from([way for way in ways(value) if not ambiguous(way)]))
    assert weight_of(text) == Quantity(value)
    assert weight_of(f"{text} pounds") == Quantity(value, "lb")
    assert weight_of(f"No, {text} kilos!") == Quantity(value, "kg")


def test_ambiguous_ways_are_asked_back():
    for value in (2.5, 25.0):
        for text in filter(ambiguous, ways(value)):
            assert understand(text, expects=frozenset({"weight"})).ask == "Two and a half, or twenty five?"


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text):
    assert isinstance(understand(text), Meaning)
    assert isinstance(understand(text, table=TABLE, expects=QUANTITIES), Meaning)


_WORDS = (
    "one two five ten thirty hundred and a half point oh plate plates each side for at pounds kilos reps minus more no"
)


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=12).map(" ".join))
def test_any_row_of_number_words_gives_one_meaning_or_one_question(text):
    meaning = understand(text, expects=QUANTITIES, unit="lb")
    if meaning.ask is not None:
        assert meaning == Meaning(ask=meaning.ask)
        assert meaning.ask.endswith("?")


def test_with_no_quantity_expected_digits_mean_nothing():
    for text in ("one", "five", "thirty five pounds", "twelve reps", "two", "ten seconds", "plus five"):
        assert understand(text, table=TABLE).empty


def test_commands_never_become_numbers_and_come_first():
    for text in ("stop", "done", "yes", "no", "same again", "give me a minute"):
        assert understand(text, table=TABLE, expects=QUANTITIES).command is not None
        assert understand(text, table=TABLE, expects=QUANTITIES).weight is None


def test_a_command_that_the_state_does_not_hear_means_nothing():
    assert understand("done", table=TABLE, commands=frozenset({"pause"})).empty
    assert understand("stop", table=TABLE, commands=frozenset()).command == "stop"


def test_what_is_not_expected_means_nothing():
    weight = frozenset({"weight"})
    assert understand("twelve reps", table=TABLE, expects=weight).empty
    assert understand("thirty seconds", table=TABLE, expects=weight).empty
    assert understand("plus five", table=TABLE, expects=weight).empty
    assert understand("rpe eight", table=TABLE, expects=weight).empty


def test_a_bare_number_is_what_the_state_expects():
    def bare(text, *expects):
        return shown(understand(text, expects=frozenset(expects)))

    assert bare("twelve", "reps") == "12 reps"
    assert bare("seven and a half", "rpe") == "RPE 7.5"
    assert bare("seven five", "rpe") == "RPE 7.5"
    assert bare("ninety", "seconds") == "90 s"
    assert bare("one thirty five", "weight", "reps") == "weight 135"
    assert bare("eleven", "rpe") == "nothing"
    assert bare("two and a half", "reps") == "nothing"
    assert bare("zero", "reps") == "0 reps"
    assert bare("twelve", "weight", "reps") == "asks: A weight of twelve, or twelve reps?"


def test_slips_of_the_recogniser_count_only_where_a_number_is_expected():
    assert understand("for", expects=frozenset({"reps"})).reps == 4
    assert understand("ate", expects=frozenset({"reps"})).reps == 8
    assert weight_of("too and half") == Quantity(2.5)
    assert understand("for").empty
    assert understand("ate").empty


def test_a_word_that_the_script_ignores_is_never_a_slip():
    assert weight_of("to") is None
    assert weight_of("tree") is None


def test_reps_may_follow_done():
    meaning = understand("done, twelve", table=TABLE, expects=frozenset({"reps"}))
    assert (meaning.command, meaning.reps) == ("done", 12)
    assert understand("stop twelve", table=TABLE, expects=frozenset({"reps"})).empty
    assert understand("done twelve", table=TABLE).empty


def test_plates_depend_on_the_users_unit():
    assert weight_of("two plates and a ten", unit="lb") == Quantity(245, "lb")
    assert weight_of("two plates and a ten", unit="kg") == Quantity(120, "kg")
    asked = understand("two plates", expects=frozenset({"weight"}))
    assert asked.ask == "One hundred kilos, or two hundred and twenty five pounds?"


def test_a_side_alone_counts_where_a_side_is_expected():
    assert understand("left side", expects=frozenset({"side"})).side == "left"
    assert understand("on the right", expects=frozenset({"side"})).side == "right"
    assert understand("left", table=TABLE, expects=frozenset({"weight"})).empty


def test_a_speech_to_somebody_else_is_no_quantity():
    assert understand(" ".join(["thirty"] * 500)).empty
    assert understand("so " * 40 + "thirty five").empty
