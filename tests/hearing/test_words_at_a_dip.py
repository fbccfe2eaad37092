"""What is made final at the first quiet step, and what it costs to hear it out."""

from __future__ import annotations

import pytest

from voicecoach.coach.events import Heard
from voicecoach.hearing.decision import Judge
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.recogniser import Alternative
from voicecoach.hearing.replay import Count, replay


class Recorder:
    """A recogniser that hears, each time it is asked for the final words, what comes next of ``finals``."""

    def __init__(self, partial, *finals):
        self.so_far, self.finals, self.finished = partial, list(finals), 0

    def limit_to(self, phrases):
        pass

    def accept(self, samples):
        pass

    def partial(self):
        return self.so_far

    def finish(self):
        self.finished += 1
        return self.finals.pop(0) if len(self.finals) > 1 else self.finals[0]

    def reset(self):
        pass


class Same:
    """A second opinion that hears the same thing whenever it is asked."""

    knows_talk = False

    def __init__(self, text):
        self.text, self.asked = text, 0

    def freely(self, _chunks):
        return self.text

    def prepare(self, _chunks):
        pass

    def alternatives(self, _chunks):
        self.asked += 1
        return (Alternative(self.text),)


def decisions(recogniser, second, table, listen, sound):
    path = HearingPath(recogniser, table, second=second)
    path.listen(listen)
    return [o.phrase for o in replay(path, [sound], Count()) if isinstance(o, Heard)], path.tally.decoded


@pytest.fixture
def word(recording):
    return recording("start")


def test_words_that_the_second_opinion_hears_too_are_not_decoded_again(table, everything, word):
    recogniser, second = Recorder("", "start"), Same("start")
    said, decoded = decisions(recogniser, second, table, everything, word)
    assert (said, recogniser.finished, second.asked) == (["start"], 1, 1)
    assert decoded < len(word) / 16_000


def test_words_that_it_hears_otherwise_are_decoded_again_with_the_sound_since(table, everything, word):
    recogniser, second = Recorder("", "easy", "too easy"), Same("too easy")
    assert decisions(recogniser, second, table, everything, word)[0] == ["too easy"]
    assert (recogniser.finished, second.asked) == (2, 1)


def test_without_a_second_opinion_they_are_decoded_again(table, everything, word):
    recogniser = Recorder("", "easy", "too easy")
    assert decisions(recogniser, None, table, everything, word)[0] == ["too easy"]


def test_words_that_begin_no_safety_phrase_are_made_final_once_at_their_end(table, everything, word):
    recogniser = Recorder("how many", "how many left")
    assert decisions(recogniser, Same("how many left"), table, everything, word)[0] == ["how many left"]
    assert recogniser.finished == 1


def test_a_safety_phrase_acts_at_the_dip_whatever_the_second_opinion_hears(table, everything, word):
    second = Same("start")
    assert decisions(Recorder("", "stop"), second, table, everything, word)[0] == ["stop"]
    assert second.asked == 0


@pytest.mark.parametrize("text", ["", "up", "my", "my back", "stop", "stop up", "my up"])
def test_the_last_word_so_far_may_still_become_another_so_that_it_is_a_safety_phrase(table, text):
    assert Judge(table).may_be_safety(text)


@pytest.mark.parametrize("text", ["my up hurts", "up stop", "[unk] [unk]", "how many"])
def test_words_before_the_last_have_to_begin_a_safety_phrase(table, text):
    assert not Judge(table).may_be_safety(text)
