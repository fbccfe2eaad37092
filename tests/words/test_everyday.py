"""Everyday words that a recogniser may hear in place of a phrase."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.words.everyday import EVERYDAY, everyday_words
from voicecoach.words.sounds import near, sounds


def test_how_each_word_sounds_stands_in_the_table_as_the_rules_have_it():
    assert {word: row for word, row in EVERYDAY.items() if row != sounds(word)} == {}


def test_a_word_of_a_phrase_is_no_other_word():
    assert {"before", "morning"} <= set(everyday_words(["stop"]))
    assert "before" not in everyday_words(["as before"])
    assert "morning" in everyday_words(["as before"])


@given(st.lists(st.sampled_from([*EVERYDAY, "stop", "yes", "hurts", "too easy", "my back hurts"]), max_size=8))
def test_no_everyday_word_sounds_like_a_single_word_that_is_listened_for(phrases):
    left = everyday_words(phrases)
    single = [phrase for phrase in phrases if " " not in phrase]
    assert not [(word, phrase) for word in left for phrase in single if word == phrase or near(word, phrase)]
    far = set(EVERYDAY) - {word for phrase in phrases for word in phrase.split()}
    assert set(left) == {word for word in far if not any(near(word, p) or sounds(word) == sounds(p) for p in single)}
