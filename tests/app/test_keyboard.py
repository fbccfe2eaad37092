"""Everything that can be said can be typed."""

from __future__ import annotations

import os
import pty

import pytest
from stagehand import training

from voicecoach.app.keyboard import Keyboard, Keys, keys_line
from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard, Interrupted, NotUnderstood

WEIGHT = Listen("asking weight", frozenset({"same again", "yes", "stop"}), frozenset({"weight", "relative"}))


@pytest.fixture
def typed():
    events = []
    keys = Keys(training().flow.commands, training().table, "lb", lambda: 3.0)
    keys.start(events.append)
    keys.listen(WEIGHT)
    return keys, events


def press(keys: Keys, text: str) -> None:
    for key in text:
        keys.press(key)


def test_one_key_is_one_command_at_once(typed):
    keys, events = typed
    press(keys, "s")
    assert [(e.meaning.command, e.by, e.t) for e in events] == [("stop", "keyboard", 3.0)]


def test_the_enter_key_starts(typed):
    keys, events = typed
    press(keys, "\n")
    assert events[0].meaning.command == "start"


def test_digits_make_a_number_that_enter_sends_as_a_weight(typed):
    keys, events = typed
    press(keys, "35")
    assert events == []
    press(keys, "\r")
    assert (events[0].meaning.weight.value, events[0].phrase) == (35, "35")


def test_a_slash_begins_a_sentence_and_backspace_mends_it(typed):
    keys, events = typed
    press(keys, "/same agaim\x7fn\n")
    assert events[0].meaning.command == "same again"


def test_escape_throws_away_what_was_typed(typed):
    keys, events = typed
    press(keys, "99\x1b")
    press(keys, "s")
    assert [e.meaning.command for e in events] == ["stop"]


def test_what_is_no_phrase_is_said_to_be_none(typed):
    keys, events = typed
    press(keys, "/what a nice day\n")
    assert isinstance(events[0], NotUnderstood)


def test_ctrl_c_interrupts(typed):
    keys, events = typed
    press(keys, "\x03")
    assert isinstance(events[0], Interrupted)


def test_a_line_from_a_pipe_is_a_key_or_a_sentence(typed):
    keys, events = typed
    keys.line("s\n")
    keys.line("thirty five pounds\n")
    assert isinstance(events[0], Heard)
    assert events[1].meaning.weight.value == 35


def test_every_command_that_a_state_waits_for_has_a_key():
    flow = training().flow
    waited_for = {name for state in flow.states.values() for name in state.hears} & set(flow.commands)
    without = {name for name in waited_for if not flow.commands[name].key and not flow.commands[name].safety}
    assert without == set()
    keys = [command.key for command in flow.commands.values() if command.key]
    assert len(keys) == len(set(keys)), "no key twice"
    assert "enter start" in keys_line(flow.commands)


def test_a_terminal_hands_over_single_keys_and_is_put_back_afterwards():
    import termios
    import threading

    leader, follower = pty.openpty()
    before = termios.tcgetattr(follower)
    came, events = threading.Event(), []

    def deliver(event) -> None:
        events.append(event)
        came.set()

    with os.fdopen(follower, "r", buffering=1) as stream:
        keys = Keys(training().flow.commands, training().table, "lb", lambda: 0.0)
        keyboard = Keyboard(keys, stream)
        keyboard.start(deliver)
        keyboard.listen(WEIGHT)
        os.write(leader, b"h")
        assert came.wait(10)
        keyboard.close()
        assert events[0].meaning.command == "pain"
        assert termios.tcgetattr(follower)[3] == before[3]
    os.close(leader)
