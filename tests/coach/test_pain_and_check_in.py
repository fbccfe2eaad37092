"""What is asked when it hurts, what follows from each answer, and how a session begins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stagehand import Stagehand, training

from voicecoach.coach.commands import Hush, Kind, Say
from voicecoach.words.meaning import Quantity

FLOW = training().flow


def in_a_set(script: str = "dowel hinge") -> Stagehand:
    session = Stagehand(training(script)).begin().wait_for("ready")
    session.say("start")
    return session.wait_for("working").wait(16)


def later(script: str = "hip hinge") -> Stagehand:
    trained = training(script)
    drills = tuple(
        replace(one, weight=Quantity(40, "lb"), last_weight=Quantity(40, "lb")) if one.drill.load else one
        for one in trained.plan.drills
    )
    return Stagehand(replace(trained, plan=replace(trained.plan, sessions_before=2, drills=drills))).begin()


def test_after_the_rule_it_is_asked_where_and_how_bad_and_the_answers_are_in_the_journal():
    session = in_a_set()
    session.say("it hurts")
    session.wait_for("asking where").wait(4)
    session.say("the knee")
    session.wait_for("asking how bad").wait(3)
    session.say("a little")
    (pain,) = session.events("pain")
    assert (pain["where"], pain["how_bad"]) == ("knee", "a little")
    assert session.coach.state == "relieving"
    assert any("dowel" in text or "wall tap" in text for text in session.spoken()[-1:])


@pytest.mark.parametrize("text", ["something hurts", "hurts", "my wrist hurts", "elbow hurts"])
def test_whatever_hurts_in_a_set_ends_it(text):
    session = in_a_set()
    session.say(text)
    assert (session.coach.state, session.coach.workout.set_open) == ("hurting", False)


def test_a_place_may_be_told_as_ones_own():
    session = in_a_set()
    session.say("it hurts")
    session.wait_for("asking where").wait(4)
    session.say("it's my knee")
    session.wait_for("asking how bad")


def test_a_place_that_was_named_is_not_asked_for():
    session = in_a_set()
    session.say("my lower back hurts")
    session.wait_for("asking how bad")
    assert not any(text.startswith("Where?") for text in session.spoken())


@pytest.mark.parametrize("answer", ["bad", "it's sharp", "it hurts", None])
def test_bad_and_no_answer_alike_lead_to_the_easier_drill(answer):
    session = in_a_set()
    session.say("my back hurts")
    session.wait_for("asking how bad").wait(3)
    if answer:
        session.say(answer)
    session.wait_for("briefing")
    assert session.coach.workout.drill.name == "wall tap"
    assert session.events("pain")[0]["how_bad"] == ("bad" if answer else "no answer")


@pytest.mark.parametrize("answer", ["bad", None])
def test_bad_pain_in_the_gentlest_drill_ends_the_session(answer):
    session = in_a_set("wall tap")
    session.say("my back hurts")
    session.wait_for("asking how bad").wait(3)
    if answer:
        session.say(answer)
    session.wait(60)
    assert session.ended == "finished"
    assert "Then that is enough for today. Rest." in session.spoken()


def test_a_little_pain_in_the_gentlest_drill_can_go_on_with_less():
    session = in_a_set("wall tap")
    session.say("my back hurts")
    session.say("a little")
    session.wait(3)
    session.say("lighter")
    assert session.coach.state == "ready"
    assert session.coach.workout.all_dials()["distance"].value == 6


@pytest.mark.parametrize("state", sorted(FLOW.states))
@pytest.mark.parametrize("phrase", ["i'm dizzy", "my back hurts", "stop"])
def test_a_safety_phrase_works_in_every_state_there_is(state, phrase):
    session = later()
    session.coach._machine.put(state)
    commands = session.say(phrase)
    assert isinstance(commands[0], Hush)
    assert all(say.kind is Kind.SAFETY for say in commands if isinstance(say, Say))
    if phrase == "i'm dizzy":
        assert session.events("red_flag")
        session.wait(30)
        assert session.ended == "red flag"


def test_the_first_session_asks_nothing_and_later_ones_how_the_trainee_is():
    first = Stagehand(training()).begin().wait_for("briefing")
    assert not any("How are you" in text for text in first.spoken())
    session = later().wait_for("checking in").wait(3)
    session.say("ready")
    assert session.coach.state == "briefing"
    assert session.events("checked_in") == [{"how": "ready", "said": "ready"}]
    assert [one.sets for one in session.coach.workout.drills] == [3, 3, 3]


def test_no_answer_goes_on_as_planned():
    session = later().wait_for("briefing")
    assert session.events("checked_in")[0]["how"] == "no answer"
    assert len(session.coach.workout.drills) == 3


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("tired", "Then one set less of everything today."),
        ("i'm sore", "Sore hamstrings and glutes are a good sign. One set less of everything today."),
    ],
)
def test_a_tired_or_sore_day_has_one_set_less_and_lighter_loads(phrase, answer):
    session = later().wait_for("checking in").wait(3)
    session.say(phrase)
    assert [one.sets for one in session.coach.workout.drills] == [2, 2, 2]
    assert session.coach.workout.drills[2].weight == Quantity(35, "lb")
    assert answer in session.spoken()


@pytest.mark.parametrize("phrase", ["hurts", "my back hurts"])
def test_somebody_who_hurts_does_only_the_gentlest_and_the_journal_knows(phrase):
    session = later().wait_for("checking in").wait(3)
    session.say(phrase)
    assert [(one.drill.name, one.sets) for one in session.coach.workout.drills] == [("wall tap", 2)]
    (pain,) = session.events("pain")
    assert pain["drill"] == "RDL"
    assert session.events("moved")[0]["to"] == "wall tap"
    session.wait_for("ready")
    assert session.coach.workout.drill.name == "wall tap"


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["hip hinge", "RDL", "deadlift", "wall tap"]), st.floats(0, 900), st.booleans())
def test_pain_at_any_time_is_silence_within_one_step(script, at, starts):
    session = Stagehand(training(script)).begin()
    if starts:
        session.wait_for("ready")
        session.say("start")
    session.wait(at)
    if session.ended:
        return
    commands = session.say("my back hurts")
    assert isinstance(commands[0], Hush)
    assert session.events("pain")
