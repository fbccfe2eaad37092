from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.coach.commands import Listen
from voicecoach.drills.flow import SpokenCommand
from voicecoach.hearing.decision import Judge
from voicecoach.hearing.recogniser import Alternative
from voicecoach.hearing.rules import RULES, Look, bare_number
from voicecoach.hearing.second_hearing import SecondHearing, confirmed
from voicecoach.hearing.tuning import Tuning
from voicecoach.hearing.utterance import Utterance
from voicecoach.words.meaning import NAMED_REPS, NAMED_WEIGHT, Quantity
from voicecoach.words.phrases import PhraseTable

HEARS = frozenset({"start", "wait", "done", "too easy", "undo", "skip", "skip rest", "yes", "no"})


@pytest.fixture
def judge(table):
    return Judge(table, listen=Listen("working", HEARS))


def end(text, **more):
    return Look(**{"text": text, "kind": "end", "t": 10.0, "quiet": 3, **more})


def test_a_whole_phrase_of_the_state_is_accepted(judge):
    decision = judge.judge(end("too easy"))
    assert (decision.verdict, decision.meaning.command) == ("accept", "too easy")


@pytest.mark.parametrize(
    ("look", "rule"),
    [
        (end(""), "nothing recognised"),
        (end("[unk] done"), "unknown words"),
        (end("story"), "decoy"),
        (end("done done"), "left-over words"),
        (end("too"), "left-over words"),
        (end("how many left"), "not in this state"),
        (end("done", voiced=9.0), "length"),
        (end("done", voiced=0.03), "length"),
        (end("done", before=2.5), "end of talk"),
        (end("done", level=-57.0, floor=-60.0), "level"),
        (end("done", level=-70.0, floor=-90.0), "level"),
        (end("done", playing=("When you are done, rest.",)), "echo of the coach"),
        (end("done", spent=True), "one command an utterance"),
    ],
)
def test_each_rule_refuses_by_name_and_says_why(judge, look, rule):
    decision = judge.judge(look)
    assert (decision.verdict, decision.rule) == ("refuse", rule)
    assert decision.reason.endswith(".)")


def test_a_safety_phrase_that_grows_out_of_the_words_acted_on_is_the_same_one_and_later_it_is_another(judge):
    judge.took(judge.judge(end("stop")))
    assert judge.judge(end("stop now", t=10.8)).rule == "too soon"
    assert judge.judge(end("stop", t=10.8)).verdict == "accept"
    assert judge.judge(end("my back hurts", t=10.1)).verdict == "accept"
    assert judge.judge(end("stop now", t=12.1)).verdict == "accept"


def test_after_talk_without_a_pause_only_safety_and_the_number_that_was_asked_for_are_taken(table):
    judge = Judge(table, listen=Listen("asking reps", HEARS, frozenset({"reps"})))
    assert judge.judge(end("too easy", before=1.5)).verdict == "accept"
    assert judge.judge(end("too easy", before=2.5)).rule == "end of talk"
    assert judge.judge(end("twelve", before=2.5, quiet=20)).meaning.reps == 12
    assert judge.judge(end("my back hurts", before=2.5)).meaning.command == "pain"
    judge.listen = Listen("switching", HEARS, frozenset({NAMED_REPS}))
    assert judge.judge(end("that was ten reps", before=1.5, quiet=20)).meaning.reps == 10
    assert judge.judge(end("that was ten reps", before=2.5, quiet=20)).rule == "end of talk"


def test_from_open_speakers_only_safety_is_taken_while_the_coach_speaks(table):
    judge = Judge(table, listen=Listen("working", HEARS), tuning=Tuning(speakers=True))
    assert judge.judge(end("done", playing=("Hips back.",))).rule == "echo of the coach"
    assert judge.judge(end("stop", playing=("Hips back.",))).verdict == "accept"
    assert judge.judge(end("done")).verdict == "accept"


def test_a_second_command_within_the_refractory_time_is_refused(judge):
    judge.took(judge.judge(end("done")))
    assert judge.judge(end("done", t=10.5)).rule == "too soon"
    assert judge.judge(end("done", t=10.8)).verdict == "accept"


def test_safety_passes_refractory_time_spent_utterance_echo_and_state(judge):
    judge.took(judge.judge(end("done")))
    look = end("stop", t=10.1, spent=True, playing=("Say stop at any time.",), level=-56.0, floor=-60.0)
    assert judge.judge(look).meaning.command == "stop"


def test_the_same_safety_phrase_is_taken_once_and_another_at_once(judge):
    judge.took(judge.judge(end("stop")))
    assert judge.judge(end("stop", t=10.4)).rule == "too soon"
    assert judge.judge(end("back hurts", t=10.4)).verdict == "accept"


def test_safety_acts_at_the_first_quiet_step_and_others_wait(judge):
    assert judge.judge(end("back hurts", kind="dip", quiet=1)).verdict == "accept"
    assert judge.judge(end("done", kind="dip", quiet=1)).verdict == "wait"


def test_safety_acts_on_a_partial_result_that_was_seen_twice(judge):
    assert judge.judge(end("stop", kind="partial", quiet=0)).verdict == "wait"
    assert judge.judge(end("stop", kind="partial", quiet=0, held=1)).verdict == "accept"


def test_an_ordinary_partial_result_acts_only_when_held_and_the_sound_has_fallen(judge):
    assert judge.judge(end("done", kind="partial", quiet=0, held=2)).verdict == "wait"
    assert judge.judge(end("done", kind="partial", quiet=0, held=1, drop=9.0)).verdict == "wait"
    assert judge.judge(end("done", kind="partial", quiet=0, held=2, drop=9.0)).verdict == "accept"


def test_a_phrase_that_another_command_goes_on_from_waits_longer(judge):
    assert judge.judge(end("skip")).verdict == "wait"
    assert judge.judge(end("skip", quiet=9)).verdict == "accept"


def test_a_beginning_with_an_article_too_many_waits_for_the_pain_that_it_may_go_on_to():
    commands = [
        SpokenCommand("body part", ("the lower back",)),
        SpokenCommand("pain", ("lower back hurts",), safety=True),
    ]
    judge = Judge(PhraseTable.build(commands, []), listen=Listen("asking", frozenset({"body part", "pain"})))
    assert judge.judge(end("the lower back")).verdict == "wait"
    assert judge.judge(end("the lower back", quiet=9)).meaning.command == "body part"
    assert judge.judge(end("lower back hurts", quiet=1)).meaning.command == "pain"


def test_a_phrase_whose_longer_form_means_the_same_does_not_wait(judge):
    assert judge.judge(end("undo")).verdict == "accept"


def test_numbers_wait_for_more_and_less_long_when_the_unit_was_said(judge):
    judge.listen = Listen("asking weight", HEARS, frozenset({"weight"}))
    assert judge.judge(end("forty", quiet=6)).verdict == "wait"
    assert judge.judge(end("forty", quiet=14)).meaning.weight == Quantity(40.0)
    assert judge.judge(end("forty five pounds", quiet=6)).meaning.weight == Quantity(45.0, "lb")


def test_numbers_mean_nothing_where_none_is_expected(judge):
    assert judge.judge(end("forty")).verdict == "refuse"


def test_without_a_state_a_bare_number_is_refused_and_one_with_a_unit_taken(table):
    judge = Judge(table, rules=(*RULES[:-1], ("bare number", bare_number), RULES[-1]))
    judge.listen = Listen("any", HEARS, frozenset({"weight"}))
    assert judge.judge(end("forty", quiet=14)).rule == "bare number"
    assert judge.judge(end("forty pounds", quiet=14)).verdict == "accept"


def test_a_word_that_sounds_the_same_is_the_same_word(judge):
    decision = judge.judge(end("weight"))
    assert (decision.meaning.command, decision.look.text) == ("wait", "wait")


def test_a_second_opinion_takes_back_an_ordinary_command_only(judge):
    done, stop = judge.judge(end("done")), judge.judge(end("stop"))
    assert confirmed(done, ["[unk]", "done"], judge).rule == "second opinion"
    assert confirmed(done, ["all done"], judge) == done
    assert confirmed(done, [], judge) == done
    assert confirmed(stop, ["[unk]"], judge) == stop


class Again:
    """A second opinion that hears what the test says, and remembers how often it was asked."""

    def __init__(self, freely, *, knows_talk=True, closed=("done",)):
        self.heard, self.closed, self.knows_talk, self.asked = freely, closed, knows_talk, 0

    def freely(self, _chunks):
        self.asked += 1
        return self.heard

    def prepare(self, _chunks):
        pass

    def alternatives(self, _chunks):
        return tuple(one if isinstance(one, Alternative) else Alternative(one) for one in self.closed)


def partial(text):
    """A look that the rules accept while the voice goes on."""
    return end(text, kind="partial", quiet=0, held=2, drop=9.0)


@pytest.mark.parametrize(
    ("look", "second", "verdict"),
    [
        (partial("done"), Again("dunno about that"), "refuse"),
        (partial("done"), Again("all done"), "accept"),
        (partial("done"), Again("dunno about that", knows_talk=False), "accept"),
        (partial("stop"), Again("stoppage"), "accept"),
        (end("done"), Again("dunno about that"), "accept"),
        (end("done"), Again("done", closed=("[unk]",)), "refuse"),
    ],
)
def test_before_the_voice_has_ended_a_model_that_knows_talk_has_to_hear_the_command_freely_too(
    judge, look, second, verdict
):
    assert SecondHearing(judge, second).judged(Utterance(9.0), look).verdict == verdict


def test_about_words_that_were_something_else_it_is_asked_again_only_at_their_end(judge):
    second, speech = Again("dunno about that"), Utterance(9.0)
    again = SecondHearing(judge, second)
    assert [again.judged(speech, partial("done")).verdict for _ in range(3)] == ["refuse", "wait", "wait"]
    assert second.asked == 1
    assert again.judged(speech, end("done")).verdict == "accept"


@pytest.mark.parametrize(
    ("said", "under", "verdict"),
    [("done", 0.5, "accept"), ("done", 0.7, "refuse"), ("stop", 0.7, "accept"), ("stop", 1.9, "accept")],
)
def test_a_refused_word_is_taken_after_all_where_it_is_nearly_as_likely_as_the_first_and_a_safety_phrase_always(
    judge, said, under, verdict
):
    second = Again(said, closed=("up", Alternative(said, under)))
    assert SecondHearing(judge, second).judged(Utterance(9.0), end("up")).verdict == verdict


@pytest.mark.parametrize(
    ("expects", "refused", "freely", "under", "verdict"),
    [
        ("reps", "van", "one", 1.4, "accept"),
        ("weight", "van", "one", 1.4, "accept"),
        ("reps", "van", "one", 1.6, "refuse"),
        ("reps", "van", "fan", 0.2, "refuse"),
        ("reps", "[unk]", "one", 0.2, "refuse"),
        (NAMED_WEIGHT, "van", "one", 0.2, "refuse"),
        (NAMED_REPS, "van", "one", 0.2, "refuse"),
        (None, "van", "one", 0.2, "refuse"),
    ],
)
def test_a_number_that_was_asked_for_is_taken_after_all_where_it_is_heard_freely_and_not_much_less_likely(
    judge, expects, refused, freely, under, verdict
):
    judge.listen = Listen("asking", HEARS, frozenset([expects] if expects else []))
    second = Again(freely, closed=(refused, Alternative("fan", 0.1), Alternative("one", under)))
    decision = SecondHearing(judge, second).judged(Utterance(9.0), end(refused, quiet=14))
    assert decision.verdict == verdict


def test_what_is_taken_after_all_waits_for_more_as_it_would_have_if_it_had_been_heard_at_once(judge):
    judge.listen = Listen("asking reps", HEARS, frozenset({"reps"}))
    speech, second = Utterance(9.0), Again("one", closed=("van", Alternative("one", 0.3)))
    again = SecondHearing(judge, second)
    verdicts = [again.judged(speech, end("van", quiet=quiet)).verdict for quiet in range(2, 15)]
    assert verdicts == ["wait"] * 12 + ["accept"]
    assert second.asked == 1


def test_a_safety_phrase_is_not_kept_waiting_by_a_number_that_may_go_on(judge):
    judge.listen = Listen("asking reps", HEARS, frozenset({"reps"}))
    number = ("van", Alternative("one hundred", 0.3))
    back = SecondHearing(
        judge, Again("one hundred", knows_talk=False, closed=(*number, Alternative("my back hurts", 0.4)))
    )
    alone = SecondHearing(judge, Again("one hundred", knows_talk=False, closed=number))
    assert alone.judged(Utterance(9.0), end("van")).verdict == "wait"
    decision = back.judged(Utterance(9.0), end("van"))
    assert (decision.verdict, decision.look.text) == ("accept", "my back hurts")


@pytest.mark.parametrize("expects", ["weight", NAMED_WEIGHT, "reps", NAMED_REPS])
def test_a_word_that_people_put_right_with_waits_for_the_number_where_one_is_expected(judge, expects):
    assert judge.judge(end("no", quiet=2)).verdict == "accept"
    judge.listen = Listen("confirming", HEARS, frozenset({expects}))
    assert [judge.judge(end("no", quiet=quiet)).verdict for quiet in (2, 8, 9)] == ["wait", "wait", "accept"]
    assert judge.judge(end("undo", quiet=2)).verdict == "accept"


def test_who_counts_aloud_in_one_breath_may_end_it_with_done(judge):
    judge.listen = Listen("following", HEARS, frozenset({"reps"}))
    for text in ("done", "done twelve", "twelve done"):
        assert judge.judge(end(text, quiet=20, before=4.0, spent=True)).meaning.command == "done"
    assert judge.judge(end("skip", quiet=20, before=4.0)).rule == "end of talk"
    judge.listen = Listen("working", HEARS)
    assert judge.judge(end("done", quiet=20, before=4.0)).rule == "end of talk"


def test_reps_in_the_breath_of_done_are_taken_once_they_have_ended(judge):
    judge.listen = Listen("following", HEARS, frozenset({"reps"}))
    speech, again = Utterance(9.0), SecondHearing(judge, Again("", closed=("done twelve",)))
    decisions = [again.judged(speech, end("done twelve", quiet=quiet)) for quiet in range(2, 15)]
    assert [one.verdict for one in decisions] == ["wait"] * 12 + ["accept"]
    assert (decisions[-1].meaning.command, decisions[-1].meaning.reps) == ("done", 12)
    other = SecondHearing(judge, Again("", closed=("done twenty",)))
    assert other.judged(speech, end("done twelve", quiet=14)).rule == "second opinion"


@pytest.mark.parametrize("freely", ["wait", "weight"])
def test_a_phrase_heard_freely_as_a_word_that_sounds_the_same_is_heard_freely(judge, freely):
    second = Again(freely, closed=("what", Alternative("wait", 0.5)))
    assert SecondHearing(judge, second).judged(Utterance(9.0), end("what")).meaning.command == "wait"


def test_a_refused_word_stays_refused_where_it_is_none_of_the_alternatives(judge):
    assert SecondHearing(judge, Again("stop", closed=("up",))).judged(Utterance(9.0), end("up")).verdict == "refuse"


@pytest.mark.parametrize(
    ("refused", "said", "under", "knows_talk", "verdict"),
    [
        ("how many", "how many left", 1.4, False, "accept"),
        ("[unk]", "how many left", 1.4, False, "accept"),
        ("how many", "how many left", 1.6, False, "refuse"),
        ("how many", "how many left", 0.2, True, "refuse"),
        ("too", "too easy", 0.2, False, "refuse"),
        ("[unk]", "too easy", 0.2, False, "refuse"),
    ],
)
def test_a_phrase_of_three_words_is_taken_after_all_where_a_model_without_talk_hears_something_else_freely(
    judge, refused, said, under, knows_talk, verdict
):
    judge.listen = Listen("working", HEARS | {"how many left"})
    second = Again("something else", knows_talk=knows_talk, closed=(refused, Alternative(said, under)))
    assert SecondHearing(judge, second).judged(Utterance(9.0), end(refused)).verdict == verdict


@pytest.mark.parametrize(
    ("refused", "rule", "knows_talk", "verdict"),
    [
        ("many left", "left-over words", False, "accept"),
        ("how many lift", "left-over words", False, "accept"),
        ("many left", "left-over words", True, "refuse"),  # the vendor's models hear talk as talk
        ("many", "left-over words", False, "refuse"),
        ("[unk] many left", "unknown words", False, "refuse"),
        ("skip nest", "left-over words", False, "accept"),
        ("undo fat", "left-over words", False, "refuse"),  # only seven sounds
    ],
)
def test_what_has_nearly_all_the_sounds_of_one_long_phrase_is_that_phrase(judge, refused, rule, knows_talk, verdict):
    judge.listen = Listen("working", HEARS | {"how many left"})
    decision = SecondHearing(judge, Again("", knows_talk=knows_talk, closed=(refused,))).judged(
        Utterance(9.0), end(refused)
    )
    assert (decision.verdict, judge.judge(end(refused)).rule) == (verdict, rule)


@pytest.mark.parametrize("hears", [frozenset(), frozenset({"bench harder", "bench farther"})])
def test_what_two_commands_have_nearly_all_the_sounds_of_or_none_of_this_state_is_no_phrase(hears):
    spoken = [SpokenCommand(text, (text,)) for text in ("bench harder", "bench farther")]
    judge = Judge(PhraseTable.build(spoken), listen=Listen("working", hears))
    assert judge.nearly("bench arther") is None
    judge.listen = Listen("working", frozenset({"bench farther"}))
    assert judge.nearly("bench arther").text == "bench farther"


def in_pieces(steps, quiet=6):
    """An utterance of which so many steps were put aside before a pause, and as many have followed it."""
    speech = Utterance(9.0, chunks=[b"%d" % step for step in range(steps)], voiced=steps - quiet, quiet=quiet)
    speech.put_aside()
    speech.chunks, speech.repeated, speech.quiet = [*speech.chunks[-3:], *[b"after"] * steps], 3, 0
    return speech


class AgainInPieces(Again):
    """A second opinion that hears one thing in the end of an utterance and another in all of it."""

    def __init__(self, whole, last):
        super().__init__("", closed=(last,))
        self.whole = whole

    def alternatives(self, chunks):
        return (Alternative(self.whole),) if b"0" in chunks else super().alternatives(chunks)


@pytest.mark.parametrize(
    ("last", "whole", "verdict", "text"),
    [
        (end("easy"), "too easy", "accept", "too easy"),
        (end("[unk]"), "too easy", "accept", "too easy"),
        (end("done"), "all done", "accept", "all done"),
        (end("done"), "up done", "accept", "done"),
        (end("easy"), "[unk] easy", "refuse", "easy"),
        (end("easy", kind="dip"), "too easy", "refuse", "easy"),
        (end("stop"), "all done", "accept", "stop"),
    ],
)
def test_what_is_a_phrase_only_with_what_was_said_before_the_pause_is_taken_as_that(judge, last, whole, verdict, text):
    decision = SecondHearing(judge, AgainInPieces(whole, last.text)).judged(in_pieces(20), last)
    assert (decision.verdict, decision.look.text) == (verdict, text)


def test_a_number_that_may_go_on_after_a_pause_is_asked_about_until_it_has_ended(judge):
    judge.listen = Listen("asking weight", HEARS, frozenset({"weight"}))
    speech, again = in_pieces(20), SecondHearing(judge, Again("", closed=("one hundred and ten",)))
    verdicts = [again.judged(speech, end("and ten", quiet=quiet)).verdict for quiet in range(2, 15)]
    assert verdicts == ["wait"] * 12 + ["accept"]


def test_pieces_of_an_utterance_are_put_together_without_what_they_repeat_and_without_most_of_a_pause():
    speech = in_pieces(40, quiet=12)
    whole = speech.together(100)
    assert whole.chunks == tuple([b"%d" % step for step in (*range(30), *range(37, 40))] + [b"after"] * 40)
    assert whole.voiced == 56
    assert speech.together(60) is None


def test_leaving_a_rule_out_lets_its_case_through(table):
    rules = tuple(rule for rule in RULES if rule[0] != "level")
    judge = Judge(table, rules=rules, listen=Listen("working", HEARS))
    assert judge.judge(end("done", level=-57.0, floor=-60.0)).verdict == "accept"


WORDS = st.sampled_from(["stop", "my", "back", "hurts", "done", "all", "too", "easy", "[unk]", "up", "seven", ""])


@given(st.lists(WORDS, max_size=4), st.sampled_from(["partial", "dip", "end", "closed"]), st.integers(0, 16))
def test_only_whole_phrases_are_ever_accepted(table, words, kind, quiet):
    judge = Judge(table, listen=Listen("working", HEARS))
    look = Look(" ".join(words).strip(), kind, 10.0, quiet=quiet, held=3, drop=9.0)
    decision = judge.judge(look)
    if decision.verdict == "accept":
        assert judge.phrase_of(look.text) is not None
        assert "[unk]" not in look.text
    if table.find(look.text) and table.find(look.text).safety and kind != "partial" and quiet >= 1:
        assert decision.verdict == "accept"
        assert judge.judge(replace(look, spent=True)).verdict == "accept"


@pytest.mark.parametrize("text", ["four", "nineteen", "one thirty five", "two and a half"])
def test_a_number_alone_is_a_weight_only_where_the_coach_asks_for_one(judge, text):
    judge.listen = Listen("resting", HEARS, frozenset({"named weight", "relative", "named reps"}))
    assert judge.judge(end(text, quiet=14)).rule == "number not asked for"
    judge.listen = Listen("asking weight", HEARS, frozenset({"weight", "relative", "named reps"}))
    assert judge.judge(end(text, quiet=14)).verdict == "accept"


@pytest.mark.parametrize("text", ["forty pounds", "make it forty", "i have forty"])
def test_a_weight_that_is_named_as_one_needs_no_question(judge, text):
    judge.listen = Listen("resting", HEARS, frozenset({"named weight", "relative", "named reps"}))
    decision = judge.judge(end(text, quiet=14))
    assert decision.verdict == "accept"
    assert decision.meaning.weight.value == 40.0
