from __future__ import annotations

import numpy as np
import pytest

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard, NotUnderstood
from voicecoach.hearing.assembly import build_path, grammar_of
from voicecoach.hearing.replay import Count, UtteranceEar, replay
from voicecoach.hearing.tuning import CHUNK

ROOM = np.random.default_rng(5)


def heard(path, samples, listen):
    path.listen(listen)
    return list(replay(path, [samples], Count()))


@pytest.mark.parametrize("name", ["stop", "start", "yes", "no", "too-easy", "undo", "how-many-left"])
def test_a_spoken_command_is_heard_once(model, table, everything, recording, name):
    outcomes = heard(build_path(model, table), recording(name), everything)
    assert [o.meaning.command for o in outcomes if isinstance(o, Heard)] == [name.replace("-", " ")]


def test_back_hurts_is_heard_as_pain_before_the_recording_is_over(model, table, everything, recording):
    (outcome,) = heard(build_path(model, table), recording("my-back-hurts"), everything)
    assert outcome.meaning.command == "pain"
    assert outcome.t < len(recording("my-back-hurts")) / 16000


@pytest.mark.parametrize("name", ["seven", "talk"])
def test_a_number_nobody_asked_for_and_talk_are_no_commands(model, table, everything, recording, name):
    outcomes = heard(build_path(model, table), recording(name), everything)
    assert not [o for o in outcomes if isinstance(o, Heard)]
    assert all(o.why for o in outcomes if isinstance(o, NotUnderstood))


def test_a_weight_is_heard_where_one_is_expected(model, table, everything, recording):
    listen = Listen("asking weight", everything.commands, frozenset({"weight"}))
    (outcome,) = heard(build_path(model, table), recording("thirty-five-pounds"), listen)
    assert (outcome.meaning.weight.value, outcome.meaning.weight.unit) == (35.0, "lb")


@pytest.mark.parametrize(("name", "pounds"), [("make-it-forty", 40), ("no-forty-five", 45)])
def test_a_sentence_about_a_weight_is_heard_as_that(model, table, everything, recording, name, pounds):
    listen = Listen("confirming", everything.commands, frozenset({"weight"}))
    (outcome,) = heard(build_path(model, table), recording(name), listen)
    assert (outcome.meaning.command, outcome.meaning.weight.value) == (None, pounds)


def test_done_with_its_reps_in_one_breath_is_both(model, table, everything, recording):
    listen = Listen("following", everything.commands, frozenset({"reps"}))
    (outcome,) = heard(build_path(model, table), recording("done-twelve"), listen)
    assert (outcome.meaning.command, outcome.meaning.reps) == ("done", 12)


@pytest.mark.parametrize(
    ("name", "at"), [("thirty-five-pounds", 14_488), ("thirty-five-pounds", 20_888), ("too-easy", 12_290)]
)
@pytest.mark.parametrize("pause", [0.1, 0.25, 0.35])
def test_what_is_said_with_a_pause_in_it_is_heard_whole(model, table, everything, recording, name, at, pause):
    listen = Listen("asking weight", everything.commands, frozenset({"weight"}))
    whole = recording(name)
    quiet = np.random.default_rng(1).normal(0, 8, int(16_000 * pause)).astype(np.int16)
    (outcome,) = heard(build_path(model, table), np.concatenate([whole[:at], quiet, whole[at:]]), listen)
    assert outcome.phrase == name.replace("-", " ")


def test_a_safety_phrase_after_a_pause_is_not_held_up_by_what_was_said_before_it(model, table, everything, recording):
    listen = Listen("asking weight", everything.commands, frozenset({"weight"}))
    said = [spoken(recording(name)) for name in ("seven", "stop")]
    quiet = np.random.default_rng(1).normal(0, 8, 4_000).astype(np.int16)
    outcomes = heard(build_path(model, table), np.concatenate([quiet, said[0], quiet, said[1], quiet]), listen)
    assert [o.meaning.command for o in outcomes if isinstance(o, Heard)] == ["stop"]


def spoken(sound):
    """A recording without the quiet around its words."""
    loud = np.flatnonzero(np.abs(sound) > 500)
    return sound[loud[0] : loud[-1]]


@pytest.mark.parametrize(("pause", "commands"), [(0.25, []), (0.7, ["too easy"])])
def test_the_end_of_talk_is_no_command_and_what_is_said_after_a_pause_is_one(
    model, table, everything, recording, pause, commands
):
    talk, quiet = spoken(recording("talk")), np.random.default_rng(1).normal(0, 8, 16_000).astype(np.int16)
    said = [quiet, talk, quiet[:4_000], talk, quiet[: int(16_000 * pause)], spoken(recording("too-easy")), quiet]
    outcomes = heard(build_path(model, table), np.concatenate(said), everything)
    assert [o.meaning.command for o in outcomes if isinstance(o, Heard)] == commands


@pytest.mark.parametrize("block", [97, 512, 4000])
def test_the_size_of_blocks_changes_nothing(model, table, everything, recording, block):
    sound = np.concatenate([recording("too-easy"), recording("stop"), recording("talk")])
    whole, cut = build_path(model, table), build_path(model, table)
    whole.listen(everything)
    cut.listen(everything)
    expected = whole.hear(sound, 0.0)
    pieces = [p for at in range(0, len(sound), block) for p in cut.hear(sound[at : at + block], at / 16000)]
    assert [(o.phrase, round(o.t, 6)) for o in pieces] == [(o.phrase, round(o.t, 6)) for o in expected]


def test_the_same_samples_give_the_same_events(model, table, everything, recording):
    sound = np.concatenate([recording("no"), recording("how-many-left")])
    first, second = (heard(build_path(model, table), sound, everything) for _ in range(2))
    assert first == second


def test_stop_is_heard_although_the_coach_says_it_and_other_phrases_are_not(model, table, everything, recording):
    def echo():
        return ("Say stop, or start.",)

    assert heard(build_path(model, table, playing=echo), recording("stop"), everything)[0].meaning.command == "stop"
    (outcome,) = heard(build_path(model, table, playing=echo), recording("start"), everything)
    assert outcome.why == "echo of the coach"


def test_speech_lowers_the_coachs_voice_and_gives_it_back(model, table, everything, recording):
    ducks = []
    heard(build_path(model, table, on_speech=ducks.append), recording("talk"), everything)
    assert ducks[0] is True
    assert ducks.count(True) == ducks.count(False)


def test_the_state_that_hears_it_decides(model, table, recording):
    (outcome,) = heard(build_path(model, table), recording("yes"), Listen("working", frozenset({"done"})))
    assert outcome.why == "not in this state"


def test_noise_is_not_even_given_to_the_recogniser(model, table, everything):
    path = build_path(model, table)
    noise = ROOM.normal(0, 300, 16000 * 5).astype(np.int16)
    assert heard(path, noise, everything) == []
    assert path.tally.decoded == 0.0


def test_an_utterance_ear_decides_about_samples_that_end_with_the_word(model, table, everything, recording):
    ear = UtteranceEar(build_path(model, table))
    ear.listen(everything)
    word = recording("start")[7000:-12500]
    for begin in (3.0, 20.0):
        (outcome,) = ear.hear(word, begin)
        assert outcome.meaning.command == "start"
        assert begin < outcome.t < begin + len(word) / 16000 + 0.6


def test_a_second_opinion_prepared_for_one_utterance_hears_nothing_of_it_in_another(model, table, recording):
    def chunks(sound):
        return [sound[at : at + CHUNK].tobytes() for at in range(0, len(sound) - CHUNK + 1, CHUNK)]

    number, phrase = chunks(recording("thirty-five-pounds")[:17_700]), chunks(recording("too-easy")[8_900:19_000])
    second = model.second_opinion(grammar_of(table))
    expected = second.alternatives(phrase)
    second.prepare(number)
    assert second.alternatives(phrase) == expected


def test_a_second_opinion_prepared_while_the_word_ends_says_the_same(model, table, recording):
    whole = recording("too-easy")
    sound = whole[: int(np.flatnonzero(np.abs(whole) > 1500)[-1]) + 1600]  # a tenth of a second of quiet after it
    chunks = [sound[at : at + CHUNK].tobytes() for at in range(0, len(sound) - CHUNK + 1, CHUNK)]
    second = model.second_opinion(grammar_of(table))
    expected = second.alternatives(chunks)
    second.prepare(chunks[:-6])
    second.prepare(chunks[:-3])
    assert second.alternatives(chunks) == expected
    second.prepare(chunks[5:15])
    assert second.alternatives(chunks) == expected
    assert expected[0].text == "too easy"


def test_nothing_of_a_forgotten_utterance_is_heard_in_the_next(model, table, recording):
    recogniser, sound = model.recogniser(grammar_of(table)), recording("stop")
    recogniser.accept(sound[: int(np.flatnonzero(np.abs(sound) > 1500)[-1])].tobytes())
    recogniser.reset()
    recogniser.accept(np.zeros(16_000, np.int16).tobytes())
    assert recogniser.finish() == ""
