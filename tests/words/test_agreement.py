"""One rep, two reps: what follows a number is said as the number asks for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.coach.variables import fill
from voicecoach.words.agreement import agreeing, phase_once, singular
from voicecoach.words.english import ENGLISH
from voicecoach.words.meaning import Quantity

NOUNS = {
    "sets": "set",
    "reps": "rep",
    "rounds": "round",
    "breaths": "breath",
    "inches": "inch",
    "pushes": "push",
    "swings": "swing",
    "boxes": "box",
    "bodies": "body",
    "passes": "pass",
    "feet": "foot",
    "raises": "raise",
}


@pytest.mark.parametrize(("plural", "one"), NOUNS.items())
def test_a_plural_has_its_singular(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize("word", ["is", "this", "less", "always", "press", "glutes", "us", "has", "plus", "as"])
def test_a_word_that_only_looks_like_a_plural_is_left_alone(word):
    assert singular(word) == word


@pytest.mark.parametrize(
    ("text", "values", "spoken"),
    [
        ("{sets} sets of {reps}.", {"sets": "one", "reps": "twelve"}, "One set of twelve."),
        ("{sets} sets of {reps} reps.", {"sets": "three", "reps": "one"}, "Three sets of one rep."),
        ("{left} more clean reps.", {"left": "one"}, "One more clean rep."),
        ("{rep} of twelve reps.", {"rep": "one"}, "One of twelve reps."),
        ("{rep} so far.", {"rep": "one"}, "One so far."),
        ("Set {set} starts.", {"set": "one"}, "Set one starts."),
        ("{drill} is next.", {"drill": "one"}, "One is next."),
        ("{reps}, always slow.", {"reps": "one"}, "One, always slow."),
        ("{sets} times {hold} each side.", {"sets": "one", "hold": "one minute"}, "One time one minute each side."),
        ("Heels {distance} inches away.", {"distance": "seven inches"}, "Heels seven inches away."),
        ("Heels {distance} inches away.", {"distance": "one inch"}, "Heels one inch away."),
        ("{reps} reps each side", {"reps": "twelve reps"}, "Twelve reps each side"),
        ("{weight} pounds.", {"weight": "thirty five pounds"}, "Thirty five pounds."),
        ("{weight} kilos.", {"weight": "one"}, "One kilo."),
        ("{sets} S\u00e4tze.", {"sets": "eins"}, "Eins S\u00e4tze."),
    ],
)
def test_a_text_is_filled_in_as_it_is_spoken(text, values, spoken):
    assert fill(text, values) == spoken


@given(st.sampled_from(sorted(NOUNS)), st.integers(0, 300), st.sampled_from(["", " each side", ", then rest", "."]))
def test_a_counted_noun_is_singular_after_one_and_after_nothing_else(noun, count, tail):
    said = fill(f"{{reps}} {noun}{tail}", {"reps": ENGLISH.number(count)})
    assert said.lower() == f"{ENGLISH.number(count)} {NOUNS[noun] if count == 1 else noun}{tail}"


@given(
    st.sampled_from(["lb", "kg", "in", "cm", "s", "reps", "%"]),
    st.integers(0, 800).map(lambda quarters: quarters / 4),
)
def test_every_unit_follows_its_number(unit, value):
    said = ENGLISH.quantity(Quantity(value, unit))
    last = said.split()[-1]
    if value == 1:
        assert said.startswith("one ")
        assert singular(last) == last
    elif said.startswith("half a"):
        assert (value, singular(last)) == (0.5, last)
    elif unit not in {"%", "s"}:
        assert singular(last) != last
    if unit != "s":  # a time can end with a number: one minute thirty
        assert fill(f"{{dial}} {last}.", {"dial": said}).lower() == f"{said}."


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_but_the_noun_is_touched(value, following):
    said = agreeing(value, following)
    assert said == following or value == "one" or following.endswith(said)


@pytest.mark.parametrize(
    ("sentence", "name", "said"),
    [
        ("It joins in the {phase} phase, later.", "learning", "It joins in the learning phase, later."),
        ("It joins in the {phase} phase, later.", "phase 2", "It joins in phase 2, later."),
        ("It joins in the {phase} phase, later.", "Phase two", "It joins in Phase two, later."),
        ("It joins in the {phase} phase, later.", "strength phase", "It joins in the strength phase, later."),
        ("Sie kommt in der Phase {phase} dazu.", "Lernen", "Sie kommt in der Phase Lernen dazu."),
        ("Sie kommt in der Phase {phase} dazu.", "Phase 2", "Sie kommt in der Phase 2 dazu."),
        ("Sie kommt in der Phase {phase} dazu.", "Aufbauphase", "Sie kommt in der Aufbauphase dazu."),
    ],
)
def test_a_phase_that_is_called_one_is_not_called_so_twice(sentence, name, said):
    assert phase_once(sentence, name).format(phase=name) == said


def test_a_sentence_about_a_phase_names_it_as_such_once():
    told = ENGLISH.say("joins next", drill="deadlift", phase="phase 2")
    assert told == "The deadlift joins in phase 2, from the next session on."
