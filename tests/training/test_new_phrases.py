from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.clips import Clip, write_clips, write_sound
from training.config import ROOT, Evaluation, load_config
from training.trials import Phrases, Recordings
from voicecoach.hearing.model_folder import built_in_model, check_model_folder

WORDS = check_model_folder(built_in_model()).words
SAID = {
    "look at the garden": (True, "anna"),  # a new phrase
    "we call it bear": (True, "ben"),  # said in training, too
    "my back hurts": (True, "anna"),  # the script's own
    "forty five pounds": (True, "ben"),  # a quantity
    "zero three tango": (True, "ben"),  # has a number
    "tomatoes": (True, "ben"),  # a new word
    "somebody": (True, "ben"),  # a word of training's sentences
    "five of them went home early today": (True, "ben"),  # long
    "hadouken right now": (True, "ben"),  # a word the model lacks
    "somebody else there": (False, "carl"),  # in training
    "nobody knows me": (True, ""),  # by somebody whom the source does not name
}


@pytest.fixture
def recordings(tmp_path):
    clips = []
    for number, (text, (dev, speaker)) in enumerate([*SAID.items(), ("we call it bear", (False, "carl"))]):
        path = tmp_path / f"{number}.wav"
        write_sound(path, np.ones(1600, np.float32))
        clips.append(Clip(str(path), text, speaker or path.name, "person", dev))
    write_clips(tmp_path / "people.jsonl", clips)
    config = load_config(ROOT / "training" / "smoke" / "config.toml")
    return lambda most: Recordings(
        dataclasses.replace(config, work=str(tmp_path), evaluation=Evaluation(new_phrases=most))
    )


def test_a_new_phrase_is_a_short_sentence_of_a_dev_speaker_that_nobody_in_training_says(recordings):
    assert recordings(60).unheard(Phrases("hip-hinge", None), WORDS, range(2, 5)) == ["look at the garden"]
    assert recordings(0).unheard(Phrases("hip-hinge", None), WORDS, range(2, 5)) == []


def test_a_new_word_is_one_that_is_nowhere_in_what_training_hears(recordings):
    assert recordings(60).unheard(Phrases("hip-hinge", None), WORDS, range(1, 2)) == ["tomatoes"]


def test_new_phrases_are_listened_for_as_commands_of_the_script(recordings):
    group = recordings(60).made_commands("unheard phrases", Phrases("hip-hinge", None, ["look at the garden"]))
    assert [(trial.label, trial.command) for trial in group.trials] == [("look at the garden",) * 2]
    assert {"look at the garden", "stop"} <= group.listen.commands
