from __future__ import annotations

import queue
import threading

import numpy as np
import pytest

from voicecoach.coach.events import HealthChanged, Heard
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.health import SENTENCES, WELL
from voicecoach.hearing.listener import Listener, Patience
from voicecoach.hearing.replay import quiet_room

QUICK = Patience(silence_of_device=0.05, first_block=0.05, between_tries=0.01, closing=5.0)
SLOW = Patience(silence_of_device=30.0, first_block=30.0, between_tries=0.01, closing=5.0)
ATTENTIVE = Patience(silence_of_device=30.0, first_block=30.0, between_tries=0.01, between_looks=0.0, closing=5.0)


class FakeMicrophone:
    """A microphone whose sound the test hands over."""

    rate, channels = 16000, 1

    def __init__(self, refuses=0, name="clip"):
        self.name, self.refuses, self.there = name, refuses, True
        self.opened = queue.SimpleQueue()
        self.closed = threading.Event()

    def open(self, on_block):
        if self.refuses > 0:
            self.refuses -= 1
            raise CoachError("There is no microphone here.", "Plug one in.")
        self.opened.put(on_block)

    def close(self):
        self.closed.set()

    def look(self):
        return self.there


def play(on_block, samples):
    for at in range(0, len(samples), 320):
        on_block(samples[at : at + 320].tobytes())


@pytest.fixture
def listen_with(everything):
    running = []

    def start(load, microphone, patience=SLOW, **more):
        events = queue.SimpleQueue()
        listener = Listener(load, microphone, lambda: 7.0, patience, **more)
        listener.listen(everything)
        listener.start(events.put)
        running.append(listener)
        return events

    yield start
    for listener in running:
        listener.close()


def next_of(events, kind):
    while True:
        event = events.get(timeout=20)
        if isinstance(event, kind):
            return event


def test_a_word_at_the_microphone_becomes_an_event_on_the_session_clock(model, table, recording, listen_with):
    microphone = FakeMicrophone()
    events = listen_with(lambda: build_path(model, table), microphone)
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), recording("stop")]))
    event = next_of(events, Heard)
    assert (event.phrase, event.t, event.by) == ("stop", 7.0, "voice")


def test_what_is_said_while_the_model_loads_is_heard_afterwards(model, table, recording, listen_with):
    loaded, microphone = threading.Event(), FakeMicrophone()

    def load():
        loaded.wait(10)
        return build_path(model, table)

    events = listen_with(load, microphone)
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), recording("yes")]))
    loaded.set()
    assert next_of(events, Heard).phrase == "yes"


def test_a_microphone_that_falls_silent_is_said_and_opened_again(model, table, recording, listen_with):
    microphone = FakeMicrophone()
    events = listen_with(lambda: build_path(model, table), microphone, QUICK)
    microphone.opened.get(timeout=5)
    lost = next_of(events, HealthChanged)
    assert (lost.ok, lost.sentence) == (False, SENTENCES["gone"])
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), recording("stop")]))
    back = next_of(events, HealthChanged)
    assert (back.ok, back.sentence) == (True, "I can hear you now, through clip."), "for the first time"
    assert next_of(events, Heard).phrase == "stop"


def test_a_microphone_that_is_not_there_yet_is_waited_for(model, table, recording, listen_with):
    microphone = FakeMicrophone(refuses=3)
    events = listen_with(lambda: build_path(model, table), microphone)
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), recording("stop")]))
    first = next_of(events, HealthChanged)
    assert (first.ok, first.sentence) == (False, "There is no microphone here. Plug it in, or use the keyboard.")
    back = next_of(events, HealthChanged)
    assert (back.ok, back.sentence) == (True, "I can hear you now, through clip.")
    assert next_of(events, Heard).phrase == "stop"


def test_a_listener_that_dies_is_said_and_started_again(model, table, recording, listen_with):
    microphone, tries = FakeMicrophone(), []

    def load():
        path = build_path(model, table)
        tries.append(path)
        if len(tries) == 1:
            path.hear = None
        return path

    events = listen_with(load, microphone)
    play(microphone.opened.get(timeout=5), quiet_room())
    assert next_of(events, HealthChanged).sentence == SENTENCES["listener"]
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), recording("stop")]))
    assert next_of(events, Heard).phrase == "stop"


def test_a_model_that_cannot_be_loaded_is_said_once(listen_with):
    def load():
        raise CoachError("The model is broken.", "Get it again.")

    events = listen_with(load, FakeMicrophone())
    event = next_of(events, HealthChanged)
    assert (event.part, event.ok, event.sentence) == ("microphone", False, "The model is broken. Get it again.")


def test_a_model_that_cannot_be_loaded_leaves_no_microphone_open(listen_with):
    def load():
        raise CoachError("The model is broken.", "Get it again.")

    microphone = FakeMicrophone()
    listen_with(load, microphone)
    assert microphone.closed.wait(10)


def test_new_devices_are_looked_for_as_long_as_there_is_no_microphone(model, table, listen_with):
    looks, microphone = [], FakeMicrophone(refuses=4)
    listen_with(lambda: build_path(model, table), microphone, look_again=lambda: looks.append(1))
    microphone.opened.get(timeout=5)
    assert len(looks) == 4


def test_a_listener_that_dies_again_and_again_says_so_once_and_that_it_is_well_once(
    model, table, recording, listen_with
):
    microphone, tries = FakeMicrophone(), []

    def load():
        path = build_path(model, table)
        tries.append(path)
        if len(tries) <= 3:
            path.hear = None
        return path

    events = listen_with(load, microphone)
    for _ in range(3):
        play(microphone.opened.get(timeout=5), quiet_room())
    play(microphone.opened.get(timeout=5), np.concatenate([*[quiet_room()] * 12, recording("stop")]))
    seen = []
    while not isinstance(event := events.get(timeout=20), Heard):
        seen.append((event.ok, event.sentence))
    assert seen == [(False, SENTENCES["listener"]), (True, WELL)]


def test_half_a_word_is_forgotten_when_the_microphone_goes_and_the_coach_is_loud_again(
    model, table, recording, listen_with
):
    microphone, ducked = FakeMicrophone(), []
    events = listen_with(lambda: build_path(model, table, on_speech=ducked.append), microphone, QUICK)
    word = recording("how-many-left")
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), word[: len(word) // 3]]))
    lost = next_of(events, HealthChanged)
    assert (lost.sentence, ducked) == (SENTENCES["gone"], [True, False])
    play(microphone.opened.get(timeout=5), np.concatenate([quiet_room(), recording("yes")]))
    assert next_of(events, Heard).phrase == "yes"


def test_a_safety_phrase_that_was_all_said_counts_though_the_microphone_goes_with_it(
    model, table, recording, listen_with
):
    microphone = FakeMicrophone()
    events = listen_with(lambda: build_path(model, table), microphone, QUICK)
    word = np.concatenate([quiet_room(), recording("stop")])
    loud = np.flatnonzero(np.abs(word) > 1000)[-1]
    play(microphone.opened.get(timeout=5), word[: loud + 160])
    assert next_of(events, Heard).phrase == "stop"
    assert next_of(events, HealthChanged).sentence == SENTENCES["gone"]


def test_another_microphone_gets_a_path_of_its_own_and_is_named(model, table, recording, listen_with):
    microphone, paths = FakeMicrophone(), []

    def load():
        paths.append(microphone.name)
        return build_path(model, table)

    events = listen_with(load, microphone)
    on_block = microphone.opened.get(timeout=5)
    play(on_block, np.concatenate([quiet_room(), recording("stop")]))
    assert next_of(events, Heard).phrase == "stop"
    microphone.name = "desk"  # as after the sound server has moved the stream
    play(on_block, np.concatenate([quiet_room(), recording("yes")]))
    assert next_of(events, HealthChanged).sentence == "I can hear you now, through desk."
    assert next_of(events, Heard).phrase == "yes"
    assert paths == ["clip", "desk"]


def test_a_stream_that_the_sound_server_has_left_without_a_microphone_is_lost(model, table, listen_with):
    microphone = FakeMicrophone()
    events = listen_with(lambda: build_path(model, table), microphone, ATTENTIVE)
    on_block = microphone.opened.get(timeout=5)
    microphone.there = False
    play(on_block, quiet_room())
    assert next_of(events, HealthChanged).sentence == SENTENCES["gone"]
    microphone.opened.get(timeout=5)
