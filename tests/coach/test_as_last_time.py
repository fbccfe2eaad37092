"""What somebody asked for stays: volume, words, tempo and pace begin as the last session left them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from stagehand import Stagehand, training

from voicecoach.coach.liking import NUMBERS, REMINDERS
from voicecoach.journal.fold import fold
from voicecoach.journal.session import Session
from voicecoach.words.meaning import Quantity

BEGAN = datetime(2026, 1, 4, 18, tzinfo=UTC)
SLOWER = "More time for each rep, as last time."


def after(
    *words: str, drill: str = "wall tap", at: str = "", sessions: tuple[Session, ...] = ()
) -> tuple[Session, ...]:
    """The journal after one more session in which a set was done, or begun, and this was said; ``at`` is its load."""
    held = Stagehand(training(drill, sessions=sessions)).begin()
    if at:
        held.wait_for("asking weight").say(at)
    held.wait_for("ready")
    held.say("start")
    held.wait_for("following" if held.coach.workout.trainee_counts else "resting")
    for word in words:
        held.say(word)
    held.say("stop")
    name = f"s{len(sessions)}"
    when = BEGAN.replace(minute=len(sessions)).isoformat()
    records = [
        {"v": 1, "id": f"{name}-{log.ref}", "t": when, "session": name, "n": log.ref, "event": log.event, **log.fields}
        | ({} if log.corrects is None else {"of": f"{name}-{log.corrects}"})
        for log in held.logs
    ]
    return (*sessions, *fold(records))


def next_session(sessions: tuple[Session, ...], drill: str = "wall tap") -> Stagehand:
    return Stagehand(training(drill, sessions=sessions)).begin().wait_for("ready")


def test_the_volume_stays_until_the_opposite_is_said():
    quiet = after("quieter", "quieter")
    assert next_session(quiet).volume == -6
    assert next_session(after("louder", "louder", sessions=quiet)).volume == 0


def test_what_was_undone_does_not_stay():
    assert next_session(after("quieter", "undo")).volume == 0


def test_fewer_words_stay_fewer():
    fewer = after("fewer words", "just count")
    assert next_session(fewer).coach.workout.talk == NUMBERS
    assert next_session(after("more words", sessions=fewer)).coach.workout.talk == REMINDERS


def test_a_slower_tempo_stays_and_is_said_once():
    session = next_session(after("slower"))
    assert session.coach.workout.percent == 115
    assert session.spoken().count(SLOWER) == 1
    session.say("start")
    session.wait_for("resting")
    assert session.events("set_done")[0]["tempo"] == "2.3-1.15-1.15-0"
    assert session.spoken().count(SLOWER) == 1


def test_faster_takes_the_slower_tempo_back_and_nothing_is_said_of_it():
    session = next_session(after("faster", sessions=after("slower")))
    assert session.coach.workout.percent == 100
    assert not any("as last time" in text for text in session.spoken())


def test_who_counted_counts_again_until_the_coach_is_asked_to():
    mine = after("you count", "my count")
    session = next_session(mine)
    assert session.coach.workout.trainee_counts
    assert "You set the beat, as last time." in session.spoken()
    assert not next_session(after("count for me", sessions=mine)).coach.workout.trainee_counts


@pytest.mark.parametrize(("drill", "percent"), [("wall tap", 115), ("dowel hinge", 100)])
def test_the_tempo_belongs_to_its_drill(drill, percent):
    assert next_session(after("slower"), drill).coach.workout.percent == percent


def at_the_rdl(*, sessions: tuple[Session, ...] = ()) -> Stagehand:
    session = Stagehand(training("RDL", sessions=sessions)).begin()
    return session.wait_for("asking weight").wait(8)


def test_same_again_is_the_load_of_the_set_before_rather_than_that_of_last_time():
    heavier = at_the_rdl(sessions=after(drill="RDL", at="fifteen pounds"))
    heavier.say("same again")
    assert heavier.coach.workout.weight == Quantity(15, "lb"), "before the first set it is that of last time"
    heavier.say("seventeen and a half pounds")
    heavier.say("start")
    heavier.wait_for("resting").say("too easy")
    heavier.say("the same weight")
    assert heavier.coach.workout.weight == Quantity(17.5, "lb")


def test_same_again_is_the_load_said_a_moment_ago_where_there_was_none_before():
    first = at_the_rdl()
    first.say("thirty five pounds")
    first.say("same again")
    assert first.coach.workout.weight == Quantity(35, "lb")
    assert "I have no weight to go by. Say the number." not in first.spoken()
