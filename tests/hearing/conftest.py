"""The built-in ear, a table of phrases and recordings of a synthetic voice for every test of this room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voicecoach.coach.commands import Listen
from voicecoach.drills.flow import SpokenCommand
from voicecoach.hearing.model_folder import built_in_model, check_model_folder
from voicecoach.hearing.replay import read_blocks
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.words.phrases import PhraseTable

RECORDINGS = Path(__file__).parent / "recordings"
COMMANDS = (
    SpokenCommand("stop", ("stop", "stop now"), safety=True),
    SpokenCommand("pain", ("[my] back hurts", "my back"), safety=True),
    SpokenCommand("start", ("start", "ready")),
    SpokenCommand("wait", ("wait",)),
    SpokenCommand("done", ("[all] done",)),
    SpokenCommand("too easy", ("too easy",)),
    SpokenCommand("how many left", ("how many left",)),
    SpokenCommand("undo", ("undo", "undo that")),
    SpokenCommand("skip", ("skip",)),
    SpokenCommand("skip rest", ("skip rest",)),
    SpokenCommand("yes", ("yes",)),
    SpokenCommand("no", ("no",)),
)


@pytest.fixture(scope="session")
def table():
    return PhraseTable.build(COMMANDS, ["up", "down", "go", "not", "top", "story", "the", "and", "was"])


@pytest.fixture(scope="session")
def model():
    return VoskModel(check_model_folder(built_in_model()))


@pytest.fixture(scope="session")
def everything():
    return Listen("any", frozenset(command.name for command in COMMANDS))


@pytest.fixture(scope="session")
def recording():
    def read(name):
        return np.concatenate(list(read_blocks(RECORDINGS / f"{name}.flac")))

    return read
