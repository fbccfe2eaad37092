"""One voice at a time, and who makes room for whom."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.coach.commands import Kind, Say, Unsay
from voicecoach.coach.speech import Speech


def speech() -> Speech:
    return Speech(lambda text: len(text) / 10)


def test_sentences_follow_one_another():
    voice = speech()
    first, second = voice.follow("a" * 10, Kind.BRIEF, 0.0) + voice.follow("b" * 10, Kind.BRIEF, 0.0)
    assert isinstance(first, Say)
    assert isinstance(second, Say)
    assert second.at > first.at + first.seconds


def test_a_count_takes_its_beat_from_a_cue_that_has_not_started():
    voice = speech()
    (cue,) = voice.fit("c" * 10, Kind.CUE, 1.0, 9.0, 0.0)
    assert isinstance(cue, Say)
    commands = voice.fixed("1", Kind.COUNT, 1.5, 0.0)
    assert commands[0] == Unsay(cue.id)
    assert isinstance(commands[1], Say)
    assert commands[1].at == 1.5


def test_a_count_gives_way_to_an_answer_that_is_being_spoken():
    voice = speech()
    voice.fit("a" * 20, Kind.REPLY, 1.0, 9.0, 0.0)
    assert voice.fixed("1", Kind.COUNT, 2.0, 1.5) == []


def test_a_cue_that_does_not_fit_its_gap_is_not_said():
    voice = speech()
    voice.fixed("1", Kind.COUNT, 2.0, 0.0)
    assert voice.fit("c" * 18, Kind.CUE, 0.5, 2.0, 0.0) == []


def test_a_cue_waits_for_the_end_of_the_count_before_it():
    voice = speech()
    voice.fixed("ab", Kind.COUNT, 2.0, 0.0)
    (cue,) = voice.fit("c" * 5, Kind.CUE, 2.0, 4.0, 0.0)
    assert isinstance(cue, Say)
    assert cue.at > 2.2


def test_hush_names_what_is_cut_off_and_leaves_nothing_planned():
    voice = speech()
    voice.follow("one", Kind.BRIEF, 0.0)
    voice.follow("two", Kind.BRIEF, 0.0)
    assert voice.hush(0.1).cut == ("one", "two")
    assert voice.last_word(0.1) == 0.1
    (answer,) = voice.follow("yes", Kind.SAFETY, 0.1)
    assert isinstance(answer, Say)
    assert answer.at > 0.1


steps = st.lists(
    st.tuples(
        st.sampled_from(["follow", "fixed", "fit", "hush"]),
        st.sampled_from(list(Kind)),
        st.text("ab", min_size=1, max_size=30),
        st.floats(0, 5),
        st.floats(0, 3),
    ),
    max_size=40,
)


@given(steps)
def test_two_voices_never_sound_at_once_whatever_is_asked_for(steps):
    voice, now, said = speech(), 0.0, {}
    for what, kind, text, ahead, wait in steps:
        now += wait
        if what == "hush":
            voice.hush(now)
            said = {i: (a, min(b, now)) for i, (a, b) in said.items() if a < now}
            continue
        if what == "follow":
            commands = voice.follow(text, kind, now)
        elif what == "fixed":
            commands = voice.fixed(text, kind, now + ahead, now)
        else:
            commands = voice.fit(text, kind, now + ahead, now + ahead + 5, now)
        for command in commands:
            if isinstance(command, Unsay):
                begins, _ = said.pop(command.id)
                assert begins > now, "a line that is being heard is never taken back"
            else:
                said[command.id] = (command.at, command.at + command.seconds)
    ordered = sorted(said.values())
    for (_, end), (begins, _) in pairwise(ordered):
        assert begins >= end - 1e-6
