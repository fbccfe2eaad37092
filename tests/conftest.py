"""What tests of several rooms share."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from kit.pulse import Pulse, missing

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's business
settings.load_profile("untimed")


@pytest.fixture
def new_pulse():
    """Makes headless sound cards that one test has to itself; they are gone when it ends."""
    if missing():
        pytest.skip(f"no headless sound card without {missing()}")
    cards = []

    def make() -> Pulse:
        folder = Path(tempfile.mkdtemp(prefix="vc", dir="/tmp"))  # a socket's name must be short
        card = Pulse(folder)
        cards.append((card, folder))
        card.start()
        return card

    yield make
    for card, folder in cards:
        card.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pulse():
    """A headless PulseAudio for all tests that only speak and listen; see ``bench/kit/pulse.py``."""
    if missing():
        pytest.skip(f"no headless sound card without {missing()}")
    folder = Path(tempfile.mkdtemp(prefix="vc", dir="/tmp"))
    card = Pulse(folder)
    try:
        card.start()
        yield card
    finally:
        card.stop()
        shutil.rmtree(folder, ignore_errors=True)
