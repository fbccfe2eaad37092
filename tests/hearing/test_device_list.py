"""Devices that are plugged in later: seen from outside first, then made known while nobody holds a stream."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise

import pytest

from voicecoach.errors import CoachError
from voicecoach.hearing.device_list import DeviceList
from voicecoach.hearing.microphone import Device


def device(name, inputs=0, outputs=0, default_input=False):
    return Device(0, name, "ALSA", inputs, outputs, 48000, default_input, False)


EARBUDS = device("earbuds", outputs=2)
CLIP = device("clip", inputs=1)


class System:
    """What a computer would show, and what was done to it."""

    def __init__(self, *known):
        self.there = self.known = known
        self.done, self.now = [], 0.0
        self.list = DeviceList(lambda: self.there, lambda: self.known, self.renew, lambda: self.now)

    def renew(self):
        self.done.append("renew")
        self.known = self.there

    def look(self):
        self.now += 60.0
        return self.list.look_again()

    @contextmanager
    def parted(self):
        self.done.append("let go")
        yield True
        self.done.append("take")


@pytest.fixture
def system():
    system = System(EARBUDS)
    system.list.join(system)
    return system


def test_while_nothing_is_new_nobody_is_disturbed(system):
    assert not system.look()
    system.there = ()
    assert not system.look()
    assert system.done == []


def test_a_new_device_is_made_known_while_nobody_holds_a_stream(system):
    system.there = (EARBUDS, CLIP)
    assert system.look()
    assert system.done == ["let go", "renew", "take"]
    assert not system.look(), "now it is known"


def test_another_default_microphone_counts_as_new(system):
    system.there = system.known = (device("built-in", 1), device("clip", 1, default_input=True))
    system.there = (device("built-in", 1, default_input=True),)
    assert system.look()


def test_what_a_child_process_sees_and_this_one_never_does_is_tried_once(system):
    system.renew = lambda: system.done.append("renew")
    system.list = DeviceList(lambda: (CLIP,), lambda: (EARBUDS,), system.renew, lambda: system.now)
    assert [system.look() for _ in range(3)] == [True, False, False]


def test_it_looks_ever_less_often_while_there_is_nothing_new(system):
    looks = []
    system.list = DeviceList(lambda: looks.append(system.now), lambda: (), system.renew, lambda: system.now)
    while system.now < 120.0:
        system.list.look_again()
        system.now += 0.5
    gaps = [after - before for before, after in pairwise(looks)]
    assert gaps == sorted(gaps)
    assert gaps[0] <= 2.0
    assert 10.0 <= gaps[-1] <= 10.5


def test_who_cannot_let_go_of_a_device_keeps_the_list_as_it_is(system):
    @contextmanager
    def stuck():
        system.done.append("stuck")
        yield False

    system.parted = stuck
    system.there = (EARBUDS, CLIP)
    assert not system.look()
    assert system.done == ["stuck"]


def test_a_list_that_could_not_be_made_is_tried_again(system):
    def fails():
        system.known = ()
        raise CoachError("The sound devices cannot be listed.", "")

    tries = iter([fails, system.renew])

    def renew():
        next(tries)()

    system.list = DeviceList(lambda: (CLIP,), lambda: system.known, renew, lambda: system.now)
    system.list.join(system)
    assert not system.look()
    assert system.done[-1] == "take"
    assert system.look()
