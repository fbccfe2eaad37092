"""After a sign that needs a doctor nobody is coached before they have said that they are well again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stagehand import Stagehand, training

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import FIRST_DAY, Order, rehearse
from voicecoach.app.story import Line
from voicecoach.app.training import library_of, prepare
from voicecoach.coach.events import Heard
from voicecoach.journal.fold import read_sessions
from voicecoach.words.meaning import Meaning

QUESTION = "Last time ended with a sign that needs a doctor. Are you well again? Say yes or no."
AROUND = {"greeting", "asking well", "not well", "ending", "leaving", "finished", "red flag", "sore"}
"""States in which nothing is trained."""
GOODBYE = "Then nothing today. Please see a doctor first. Your plan waits for you."


def session() -> Stagehand:
    here = training()
    return Stagehand(replace(here, plan=replace(here.plan, sessions_before=3, red_flagged=True))).begin()


def test_a_yes_goes_on_with_less_of_everything():
    coached = session().wait_for("asking well").wait(5)
    sets = [planned.sets for planned in coached.coach.workout.drills]
    coached.say("yes")
    said = coached.wait_for("ready").spoken()
    assert QUESTION in said
    assert [planned.sets for planned in coached.coach.workout.drills] == [max(1, count - 1) for count in sets]
    assert coached.events("checked_in")[0]["how"] == "well again"


@pytest.mark.parametrize("answer", ["no", "hurts", "my back hurts", ""])
def test_anything_but_a_yes_ends_the_session_kindly(answer):
    coached = session().wait_for("asking well").wait(5)
    if answer:
        coached.say(answer)
    coached.wait(60)
    assert coached.ended == "stopped"
    assert GOODBYE in coached.spoken()
    assert coached.events("set_started") == []


@pytest.mark.parametrize("word", ["start", "skip", "ready", "stop", "pause", "give me a minute"])
def test_nothing_that_is_said_in_the_greeting_leads_past_the_question(word):
    coached = session().wait(0.5)
    coached.say(word)
    assert coached.wait(8).coach.state == "asking well"


@given(st.lists(st.sampled_from([*sorted(training().flow.commands)]), max_size=6), st.booleans())
@settings(max_examples=12, deadline=None)
def test_whatever_is_said_no_set_begins_before_a_yes(commands, in_greeting):
    coached = session()
    coached.wait(0.5) if in_greeting else coached.wait_for("asking well")
    for command in commands:
        if command == "yes" and coached.coach.state == "asking well":
            break
        coached.handle(Heard(coached.now, command, Meaning(command=command)))
        coached.wait(3)
        assert coached.coach.state in AROUND
    assert coached.events("set_started") == []


def test_a_yes_that_comes_late_is_still_taken():
    coached = session().wait_for("asking well").wait(5)
    coached.say("no")
    coached.say("yes")
    assert coached.coach.state == "asking well"


def test_it_is_asked_until_something_was_trained_again_and_nobody_goes_on_in_the_middle(tmp_path):
    folders = (tmp_path / name for name in ("own.jsonl", "cache", "models", "config", "scripts"))
    homes, journal = Homes(*folders), tmp_path / "rehearsal.jsonl"
    start = [Line(18, "yes"), Line(24, "start"), Line(30, "start"), Line(36, "start")]

    def plan(day):
        now = (FIRST_DAY + timedelta(days=day)).isoformat() + "T12:00:00+00:00"
        return prepare(
            "hip-hinge", library_of(homes), read_sessions(journal), FIRST_DAY, datetime.fromisoformat(now)
        ).plan

    rehearse(Order("hip-hinge", story=(*start, Line(70, "i'm dizzy")), journal=journal), homes)
    assert (plan(0).red_flagged, plan(0).unfinished) == (True, None)
    rehearse(Order("hip-hinge", story=(Line(20, "no"),), journal=journal), homes)
    assert plan(1).red_flagged
    story = (
        Line(20, "yes"),
        *(Line(t, "start") for t in range(30, 80, 6)),
        Line(130, "stop"),
        Line(134, "end session"),
    )
    done = rehearse(Order("hip-hinge", story=(*story, Line(138, "yes")), journal=journal), homes)
    assert QUESTION in [line.get("say") for line in done.transcript.sorted()]
    assert not plan(2).red_flagged
