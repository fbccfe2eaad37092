"""Louder and quieter by voice."""

from __future__ import annotations

from stagehand import Stagehand, training

from voicecoach.coach.commands import Say, Volume


def ready() -> Stagehand:
    return Stagehand(training("wall tap")).begin().wait_for("ready")


def test_louder_turns_the_voice_up_before_the_answer_and_is_written_down():
    session = ready()
    commands = session.say("louder")
    order = [type(command) for command in commands if isinstance(command, Say | Volume)]
    assert order == [Volume, Say]
    assert session.volume == 3
    assert session.events("volume") == [{"from": 0, "to": 3, "why": "louder"}]
    assert session.spoken()[-1] == "More volume."


def test_the_volume_ends_at_six_above_and_twelve_below():
    session = ready()
    for _ in range(4):
        session.say("louder")
    assert session.volume == 6
    assert session.spoken()[-1] == "That is as far as this goes."
    for _ in range(9):
        session.say("quieter")
    assert session.volume == -12
    assert [event["to"] for event in session.events("volume")] == [3, 6, 3, 0, -3, -6, -9, -12]


def test_in_a_running_set_the_counts_go_on():
    session = ready()
    session.say("start")
    session.wait_for("working").wait(10)
    session.say("too loud")
    session.wait_for("resting")
    assert session.volume == -3
    assert session.events("set_done")[0]["reps"] == 15


def test_undo_turns_the_volume_back():
    session = ready()
    session.say("quieter")
    session.say("undo")
    assert session.volume == 0
    assert session.events("volume") == []
    session.say("quieter")
    assert session.volume == -3
