"""How much is said, and praise that does not repeat itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from stagehand import Stagehand, training

from voicecoach.coach.commands import Kind
from voicecoach.coach.liking import EVERYTHING, NUMBERS, REMINDERS
from voicecoach.coach.talk import level_of


def with_experience(sessions: int, script: str = "wall tap") -> Stagehand:
    trained = training(script)
    drills = tuple(replace(d, last_time="Last Tuesday you did 3 sets of 15.") for d in trained.plan.drills)
    plan = replace(trained.plan, sessions_before=sessions, drills=drills if sessions else trained.plan.drills)
    return Stagehand(replace(trained, plan=plan)).begin()


def words_on_the_beat(session: Stagehand) -> int:
    return sum(say.text in ("Hips back", "Tap", "Squeeze") for say in session.says.values())


def a_set(session: Stagehand) -> Stagehand:
    session.wait_for("ready")
    session.say("start")
    return session.wait_for("resting")


def test_a_beginner_hears_everything_and_somebody_in_month_three_counts_and_warnings():
    assert [level_of(n) for n in (0, 2, 3, 11, 12, 40)] == [EVERYTHING] * 2 + [REMINDERS] * 2 + [NUMBERS] * 2


@pytest.mark.parametrize(("sessions", "first", "second"), [(0, 40, 40), (5, 40, 6), (40, 0, 0)])
def test_words_on_the_beat_become_fewer_with_the_sessions(sessions, first, second):
    session = a_set(with_experience(sessions))
    assert words_on_the_beat(session) == pytest.approx(first, abs=5)
    before = words_on_the_beat(session)
    session.wait_for("working").wait_for("resting")
    assert words_on_the_beat(session) - before == pytest.approx(second, abs=5)
    counts = [say for say in session.says.values() if say.kind is Kind.COUNT]
    assert len(counts) == 30
    assert "Last one." in session.spoken()


def test_who_knows_the_drill_is_reminded_and_can_ask_for_all_of_it():
    session = with_experience(5).wait_for("ready")
    assert not any("tap the wall" in text for text in session.spoken())
    assert "Three sets of fifteen." in session.spoken()
    session.say("repeat")
    assert any("tap the wall" in text for text in session.spoken())


def test_fewer_and_more_words_by_voice():
    session = with_experience(0).wait_for("ready")
    session.say("fewer words")
    session.say("just count")
    session = a_set(session)
    assert words_on_the_beat(session) == 0
    session.say("be quiet")
    assert "That is as far as this goes." in session.spoken()
    session.say("tell me more")
    session.wait_for("working").wait(10)
    assert words_on_the_beat(session) > 0


@pytest.mark.parametrize("script", ["hip hinge", "deadlift"])
def test_the_same_praise_is_never_heard_twice_in_a_row(script):
    session = Stagehand(training(script)).begin()
    while not session.ended:
        session.say("start")
        session.wait(5)
    praise = [say.text for say in sorted(session.says.values(), key=lambda s: s.at) if say.kind is Kind.PRAISE]
    assert len(praise) >= 2
    assert all(first != second for first, second in pairwise(praise))
