from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.clips import RATE, STEP, Aligned, Clip, Segment, read_clips, write_aligned, write_clips, write_sound
from training.config import ROOT, Evaluation, load_config
from training.excerpts import excerpts
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

    def made(most, left_out=()):
        people = dataclasses.replace(config.people, left_out=left_out)
        evaluation = Evaluation(new_phrases=most)
        return Recordings(dataclasses.replace(config, work=str(tmp_path), people=people, evaluation=evaluation))

    return made


def test_a_new_phrase_is_a_short_sentence_of_a_dev_speaker_that_nobody_in_training_says(recordings):
    assert recordings(60).unheard(Phrases("hip-hinge", None), WORDS, range(2, 5)) == ["look at the garden"]
    assert recordings(0).unheard(Phrases("hip-hinge", None), WORDS, range(2, 5)) == []


def test_a_new_word_is_one_that_is_nowhere_in_what_training_hears(recordings):
    assert recordings(60).unheard(Phrases("hip-hinge", None), WORDS, range(1, 2)) == ["tomatoes"]


def test_a_word_left_out_of_training_on_purpose_is_none_of_them(recordings):
    assert recordings(60, ("tomatoes",)).unheard(Phrases("hip-hinge", None), WORDS, range(1, 2)) == []


def test_who_says_something_in_training_is_not_counted_as_unheard_for_a_left_out_word(recordings, tmp_path):
    before = recordings(60).unheard_speakers()
    clips = read_clips(tmp_path / "people.jsonl")
    trained = next(clip for clip in clips if not clip.dev and not clip.path.endswith(clip.speaker))
    write_clips(tmp_path / "people.jsonl", [*clips, dataclasses.replace(trained, text="tomatoes", dev=True)])
    assert recordings(60).unheard_speakers() == before > 0


def test_new_phrases_are_listened_for_as_commands_of_the_script(recordings):
    group = recordings(60).made_commands("unheard phrases", Phrases("hip-hinge", None, ["look at the garden"]))
    assert [(trial.label, trial.command) for trial in group.trials] == [("look at the garden",) * 2]
    assert {"look at the garden", "stop"} <= group.listen.commands


WAYS = {
    "go": (("G", "OW"),),
    "on": (("AA", "N"), ("AO", "N")),
    "then": (("DH", "EH", "N"),),
    "a": (("AH",), ("EY",)),
    "stop": (("S", "T", "AA", "P"),),
}
SPOKEN = "SIL:9 G OW AO N SIL:6 DH EH N SIL:2 G OW SIL:5 AH S T AA P SIL:20"


def spoken(text="go on then go a stop", rows=SPOKEN, source="librispeech"):
    """A clip, what its words sound like, and a sound whose samples are the numbers of their steps."""
    segments, start = [], 0
    for row in rows.split():
        phone, _, frames = row.partition(":")
        segments.append(Segment(phone, start, int(frames or 3)))
        start += int(frames or 3)
    clip = Clip("reader.wav", text, "anna", "person", True, source)
    sound = np.repeat(np.arange(start, dtype=np.float32), round(STEP * RATE))
    return Aligned(clip, tuple(segments)), [WAYS[word] for word in text.split()], sound


def test_a_stretch_of_a_sentence_is_cut_out_in_the_middle_of_its_pauses():
    found = dict(excerpts(*spoken(), range(1, 5)))
    assert list(found) == ["go on", "then go", "a stop"]
    for text, first, last in (("go on", 4, 23), ("then go", 24, 46), ("a stop", 46, 70)):
        sound = found[text][3_200:-3_200]
        assert (sound[0], sound[-1]) == (first, last)
        assert not found[text][:3_200].any()
        assert not found[text][-3_200:].any()


@pytest.mark.parametrize("rows", ["SIL:9 G OW SIL:9 AO SIL:9 N SIL:9", "SIL:9 G OW T SIL:9", "SIL:9 G OW AO N"])
def test_nothing_is_cut_out_of_a_recording_whose_words_are_not_found(rows):
    assert [text for text, _ in excerpts(*spoken("go on", rows), range(2, 5))] == []


def test_stretches_of_readers_sentences_are_new_phrases_but_for_what_training_says_and_numbers(tmp_path):
    config = load_config(ROOT / "training" / "smoke" / "config.toml")
    clips = [Clip("a.wav", "then go", "carl", "person", False), Clip("b.wav", "you", "dora", "person", True)]
    write_clips(tmp_path / "people.jsonl", clips)
    aligned, _, sound = spoken()
    write_sound(tmp_path / "reader.wav", sound)
    recordings = Recordings(dataclasses.replace(config, work=str(tmp_path)))
    assert recordings.in_sentences(WORDS) == ()
    elsewhere = dataclasses.replace(aligned, clip=dataclasses.replace(aligned.clip, source="speechocean762"))
    write_aligned(tmp_path / f"alignment-{config.network.rounds}.jsonl", [aligned, elsewhere])
    assert sorted(trial.label for trial in recordings.in_sentences(WORDS)) == ["a stop", "go on"]
