"""At the start of a session the coach makes sure that it hears the trainee, once, and never waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from stagehand import SCRIPTS, TODAY, Stagehand, training

from voicecoach.app.training import prepare
from voicecoach.coach.events import HealthChanged, Heard, NotUnderstood
from voicecoach.coach.plan import Unfinished
from voicecoach.drills.library import Library
from voicecoach.words.meaning import Meaning

QUESTION = "So that I know I hear you, say ready."
NOT_HEARD = "I did not hear you. Use the keyboard; voicecoach doctor tells why."
MUTED = "The microphone is muted."


def session(*, wanted: bool = True, before: int = 0, unfinished: Unfinished | None = None) -> Stagehand:
    """A session that has begun, with a microphone unless it is not wanted."""
    here = training().with_sound_check(wanted=wanted)
    return Stagehand(replace(here, plan=replace(here.plan, sessions_before=before, unfinished=unfinished))).begin()


def health(coached: Stagehand, *, ok: bool) -> None:
    coached.handle(HealthChanged(coached.now, "microphone", ok=ok, sentence="I can hear you again." if ok else MUTED))


@pytest.mark.parametrize("answer", ["ready", "i'm ready", "start", "yes", "skip"])
def test_the_first_session_asks_for_a_word_and_goes_on_with_the_same_drill(answer):
    coached = session().wait_for("sound check").wait(2.5)
    first = coached.show.drill
    coached.say(answer)
    assert coached.coach.state == "briefing"
    assert coached.show.drill == first
    assert coached.wait_for("ready").spoken().count(QUESTION) == 1
    assert NOT_HEARD not in coached.spoken()


def test_who_says_nothing_is_told_once_and_the_session_goes_on_within_four_seconds_of_the_question():
    coached = session().wait_for("sound check")
    asked = next(say for say in coached.says.values() if say.text == QUESTION)
    coached.wait_for("briefing")
    assert 4.0 <= coached.now - (asked.at + asked.seconds) < 4.1
    said = coached.wait_for("ready").spoken()
    assert said.count(NOT_HEARD) == said.count(QUESTION) == 1


def mumble(coached: Stagehand) -> None:
    coached.handle(NotUnderstood(coached.now, "reddish", "no phrase"))


def test_who_is_heard_but_not_understood_is_asked_once_more_and_never_told_not_to_be_heard():
    coached = session().wait_for("sound check").wait(2.5)
    mumble(coached)
    coached.wait(6.5)
    assert coached.coach.state == "sound check"
    assert coached.spoken()[-1] == "I heard you, but not that word. Say ready."
    coached.wait(1)
    mumble(coached)
    said = coached.wait_for("ready").spoken()
    assert sum("Say ready." in text or "say ready." in text for text in said) == 2
    assert "I heard you, but no word that I know. Come closer to the microphone, or use the keyboard." in said
    assert NOT_HEARD not in said


def test_an_answer_that_is_none_of_the_three_is_asked_back_once():
    coached = session(before=3).wait_for("checking in").wait(3)
    mumble(coached)
    coached.wait(12)
    assert coached.coach.state == "checking in"
    assert coached.spoken()[-1] == "I heard you, but none of the three. Say ready, tired, or hurts."
    coached.say("tired")
    assert coached.coach.state == "briefing"
    assert [event["how"] for event in coached.events("checked_in")] == ["tired"]


def test_what_was_not_understood_before_the_question_is_no_answer_to_it():
    coached = session().wait(0.5)
    mumble(coached)
    said = coached.wait_for("ready").spoken()
    assert said.count(NOT_HEARD) == said.count(QUESTION) == 1


def test_where_the_microphone_is_known_to_be_in_trouble_that_is_said_once_and_is_enough():
    coached = session().wait_for("sound check")
    health(coached, ok=False)
    said = coached.wait_for("ready").spoken()
    assert said.count(MUTED) == 1
    assert NOT_HEARD not in said


def test_trouble_that_is_over_is_no_reason():
    coached = session().wait_for("sound check")
    health(coached, ok=False)
    health(coached, ok=True)
    said = coached.wait_for("ready").spoken()
    assert NOT_HEARD in said


def test_without_a_microphone_nobody_is_asked():
    assert QUESTION not in session(wanted=False).wait_for("ready").spoken()


def test_who_was_heard_in_the_greeting_already_is_not_asked():
    coached = session().wait(0.5)
    coached.say("slower")
    assert QUESTION not in coached.wait_for("ready").spoken()


def test_another_command_than_the_one_asked_for_has_been_heard_too():
    coached = session().wait_for("sound check").wait(2.5)
    coached.say("slower")
    assert coached.coach.state == "sound check"
    assert NOT_HEARD not in coached.wait_for("ready").spoken()


def test_keys_tell_nothing_about_the_microphone():
    coached = session().wait_for("sound check").wait(2.5)
    coached.handle(Heard(coached.now, "", Meaning(command="slower"), by="keyboard"))
    assert NOT_HEARD in coached.wait_for("ready").spoken()


def test_the_question_is_put_again_when_it_was_missed():
    coached = session().wait_for("sound check").wait(2.5)
    coached.say("say that again")
    assert coached.coach.state == "sound check"
    assert coached.wait_for("ready").spoken().count(QUESTION) == 2


@pytest.mark.parametrize(("phrase", "state"), [("stop", "ready"), ("my back hurts", "hurting"), ("dizzy", "red flag")])
def test_safety_phrases_work_in_the_sound_check(phrase, state):
    coached = session().wait_for("sound check").wait(1)
    coached.say(phrase)
    assert coached.coach.state == state


@pytest.mark.parametrize(("answer", "told"), [("", True), ("ready", False)])
def test_a_later_session_is_not_asked_twice_and_silence_is_told(answer, told):
    coached = session(before=3).wait_for("checking in").wait(3)
    if answer:
        coached.say(answer)
    said = coached.wait_for("ready").spoken()
    assert QUESTION not in said
    assert (NOT_HEARD in said) is told


def test_a_later_session_without_a_microphone_says_nothing_about_hearing():
    assert NOT_HEARD not in session(wanted=False, before=3).wait_for("ready").spoken()


def test_an_offer_to_go_on_that_nobody_answers_tells_it_as_well():
    old = Unfinished("old", "wall tap", 2, 3)
    said = session(before=3, unfinished=old).wait_for("ready").spoken()
    assert QUESTION not in said
    assert said.count(NOT_HEARD) == 1


def test_a_flow_that_extends_the_standard_one_checks_too(tmp_path):
    (tmp_path / "squats.yaml").write_text(
        "kind: programme\nversion: 1\nname: squats\nflow: rate pain\ndrills: [air squat]\n", encoding="utf-8"
    )
    now = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
    here = prepare("squats", Library([tmp_path, SCRIPTS]), (), TODAY, now).with_sound_check(wanted=True)
    assert QUESTION in Stagehand(here).begin().wait_for("ready").spoken()
