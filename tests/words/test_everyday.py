"""Everyday words that a recogniser may hear in place of a phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.hearing.model_folder import built_in_model, check_model_folder
from voicecoach.hearing.pronunciations import read_pronunciations
from voicecoach.words.everyday import EVERYDAY, everyday_words
from voicecoach.words.sounds import sounds, within_one

LETTERS = dict(
    pair.split("=")
    for pair in """
        AA=o AE=a AH=u AO=o AW=W AY=I B=b CH=C D=d DH=T EH=e ER=ur EY=A F=f G=g HH=h IH=i IY=E JH=j K=k L=l M=m N=n
        NG=N OW=O OY=J P=p R=r S=s SH=S T=t TH=T UH=u UW=U V=v W=w Y=y Z=z ZH=S
    """.split()  # noqa: SIM905 - a table
)


def test_the_built_in_ear_knows_every_word_and_says_it_as_the_table_has_it():
    held = read_pronunciations(check_model_folder(built_in_model()))
    said: dict[str, set[str]] = {}
    for word, row in zip(held.words, held.rows, strict=True):
        if word in EVERYDAY:
            said.setdefault(word, set()).add("".join(LETTERS[held.names[code]] for code in row if code >= 0))
    assert said.keys() == EVERYDAY.keys()
    assert {word: row for word, row in EVERYDAY.items() if row not in said[word]} == {}


@pytest.mark.parametrize("word", ["knows", "snow", "now", "so", "though", "know"])
def test_words_near_no_are_not_heard_for_it_however_they_are_spelt(word):
    assert word in EVERYDAY
    assert word not in everyday_words(["no"])
    assert word in everyday_words(["my back hurts"])


def test_a_word_of_a_phrase_is_no_other_word():
    assert {"before", "morning"} <= set(everyday_words(["stop"]))
    assert "before" not in everyday_words(["as before"])
    assert "morning" in everyday_words(["as before"])


@given(st.lists(st.sampled_from([*EVERYDAY, "stop", "yes", "hurts", "too easy", "my back hurts"]), max_size=8))
def test_no_everyday_word_sounds_like_a_single_word_that_is_listened_for(phrases):
    single = [sounds(phrase) for phrase in phrases if " " not in phrase]
    held = {word for phrase in phrases for word in phrase.split()}
    assert set(everyday_words(phrases)) == {
        word for word, row in EVERYDAY.items() if word not in held and not any(within_one(row, one) for one in single)
    }
