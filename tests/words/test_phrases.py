"""Templates to phrases, and the table that finds whole phrases only."""

from __future__ import annotations

import pytest
from hassil.parse_expression import parse_sentence
from hassil.sample import sample_sentence
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.flow import SpokenCommand
from voicecoach.words.grammar import NUMBER_PHRASES, NUMBER_WORDS
from voicecoach.words.phrases import IGNORED, PhraseTable, expand, normalise
from voicecoach.words.templates import LIMIT, TemplateError


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("stop", ("stop",)),
        ("Stop!", ("stop",)),
        ("[my] [lower] back hurts", ("back hurts", "lower back hurts", "my back hurts", "my lower back hurts")),
        ("(all|set|I\N{RIGHT SINGLE QUOTATION MARK}m) done", ("all done", "set done", "i'm done")),
        ("[okay|i'm] ready", ("ready", "okay ready", "i'm ready")),
        ("(left;right)", ("left right", "right left")),
        ("push-up", ("push up",)),
        ("(a|a) b", ("a b",)),
        ("à droite", ("à droite",)),
    ],
)
def test_a_template_stands_for_its_phrases_in_the_order_written(template, phrases):
    assert expand(template) == phrases


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("[stop]", "no words"),
        ("(stop|)", "no words"),
        ("(stop", "not closed or opened"),
        ("stop]", "not closed or opened"),
        ("a]b[", "brackets do not match"),
        ("(a [b|c)]", "brackets do not match"),
        ("()", "nothing in them"),
        ("stop 🛑", "cannot be spoken"),
        ("a & b", "cannot be spoken"),
        ("{weight} now", "list"),
        ("<rule>", "rule"),
        ("a\\", "not a phrase template"),
        ("(a|b;c)", "side by side"),
        (("[(a|b|c|d|e)] " * 6), "more than 500"),
        ("(a;b;c;d;e;f;g;h;i;j)", "more than 500"),
        ("(" * 400 + "a" + ")" * 400, "more than 20 deep"),
    ],
)
def test_a_bad_template_is_refused_in_one_sentence(template, part):
    with pytest.raises(TemplateError, match=part) as caught:
        expand(template)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@given(st.text(alphabet="ab ()[]|;{}<>\\'é🛑1-", max_size=40))
def test_any_text_is_expanded_or_refused_with_a_sentence(template):
    try:
        phrases = expand(template)
    except TemplateError as error:
        sentence = str(error)
    else:
        sentence = "Fine."
        assert 0 < len(phrases) <= LIMIT
        assert len(set(phrases)) == len(phrases)
        assert all(phrase == " ".join(phrase.split()) for phrase in phrases)
    assert sentence.endswith(".")


WORDS = st.sampled_from(["my", "back", "hurts", "i'm", "done"])
PARTS = st.recursive(
    WORDS | st.tuples(WORDS, WORDS, WORDS).map(lambda three: "{}({}|{})".format(*three)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=1, max_size=3).map("|".join).map("({})".format),
        st.lists(inner, min_size=1, max_size=3).map("|".join).map("[{}]".format),
        st.lists(inner, min_size=2, max_size=3).map(";".join).map("({})".format),
    ),
    max_leaves=8,
)


@given(PARTS)
def test_a_template_means_what_it_means_to_hassil(template):
    theirs = {normalise(text) for text in sample_sentence(parse_sentence(template))}
    try:
        ours = set(expand(template))
    except TemplateError:
        assert "" in theirs or len(theirs) > LIMIT
    else:
        assert ours == theirs


def table():
    return PhraseTable.build(
        [
            SpokenCommand("stop", ("stop [now]",), safety=True),
            SpokenCommand("done", ("[all|i'm] done", "that's it")),
            SpokenCommand("finish", ("that's it",)),
            SpokenCommand("chatter", ("go on then",), ignored=True),
        ],
        ["up", "done it", "done"],
    )


def test_only_whole_phrases_are_found():
    assert table().find("stop").command == "stop"
    assert table().find(" STOP, now! ").command == "stop"
    for text in ("stop it", "please stop", "sto", "stopped", ""):
        assert table().find(text) is None


def test_what_is_said_of_a_command_is_said_of_its_phrases():
    assert table().find("stop").safety
    assert table().find("go on then").ignored
    assert table().find("up").command == IGNORED


def test_a_command_wins_over_a_decoy_and_the_live_one_over_the_first():
    assert table().find("done").command == "done"
    assert table().find("that's it").command == "done"
    assert table().find("that's it", frozenset({"finish"})).command == "finish"


def test_a_safety_phrase_cannot_be_taken_by_another_command():
    both = PhraseTable.build([SpokenCommand("next", ("stop",)), SpokenCommand("stop", ("stop",), safety=True)])
    assert both.find("stop", frozenset({"next"})).command == "stop"


def test_an_article_that_was_swallowed_is_put_back_but_never_makes_one_word_a_phrase():
    table = PhraseTable.build(
        [
            SpokenCommand("easier drill", ("(an|the) easier (exercise|one)",)),
            SpokenCommand("too hard", ("easier",)),
            SpokenCommand("short", ("the end",)),
            SpokenCommand("own", ("same again",)),
            SpokenCommand("other", ("the same again",)),
        ]
    )
    assert table.find("Easier one.").text == "an easier one"
    assert table.find("easier exercise").command == "easier drill"
    assert table.find("easier").command == "too hard"
    assert table.find("end") is None
    assert table.find("same again").command == "own"


def test_the_grammar_holds_phrases_decoys_and_numbers_where_wanted():
    plain = table().grammar()
    assert {"stop now", "i'm done", "done it", "up"} <= set(plain)
    assert "[unk]" not in plain
    assert "thirty five" not in plain
    assert {"thirty five", "one thirty", "five pounds"} <= set(table().grammar(words_for_numbers=True))
    assert len(set(plain)) == len(plain)
    assert "i'm" in table().words()


def test_every_number_word_is_known_to_the_built_in_model(request):
    words = request.config.rootpath / "models" / "voicecoach-small-en" / "graph" / "words.txt"
    known = {line.split()[0] for line in words.read_text(encoding="utf-8").splitlines()}
    assert known >= NUMBER_WORDS
    assert len(NUMBER_PHRASES) < 1000
