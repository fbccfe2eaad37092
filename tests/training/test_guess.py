from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.config import ROOT
from training.guess import guess, with_guesses
from training.lexicon import load_lexicon
from training.phones import CMU
from training.texts import lines
from training.voices import Espeak


@pytest.fixture(scope="module")
def espeak():
    return Espeak()


def test_guesses_of_everyday_words_are_mostly_what_the_dictionary_says(espeak):
    lexicon = load_lexicon(ROOT / "training" / "words")
    words = [word for word in lines(ROOT / "training" / "words" / "common.txt") if word in lexicon][::10]
    right = sum(guess(espeak, word) in lexicon[word] for word in words)
    assert right > 0.6 * len(words) > 100
    assert all(set(guess(espeak, word)) <= set(CMU) for word in words)


def test_a_name_is_said_as_it_is_spelt(espeak):
    assert guess(espeak, "fauchelevent") == ("F", "AO", "CH", "IH", "L", "EH", "V", "AH", "N", "T")


def test_only_words_that_the_lexicon_lacks_are_guessed():
    lexicon = {"stop": (("S", "T", "AA", "P"),)}
    more = with_guesses(lexicon, ["stop hadouken", "''"])
    assert more["stop"] == lexicon["stop"]
    assert more.keys() == {"stop", "hadouken"}
    assert with_guesses(lexicon, ["stop"]) is lexicon
