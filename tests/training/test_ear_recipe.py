from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.export import BadModelError, read_model, write_model
from training.graph import TALK, WORDS, GraphError, build_graph
from training.lexicon import load_lexicon
from training.phones import ENGLISH
from voicecoach.hearing.model_folder import built_in_model

MODEL = built_in_model()
RECORDINGS = Path(__file__).parents[1] / "hearing" / "recordings"
TOY = {
    "stop": (("S", "T", "AA", "P"),),
    "stops": (("S", "T", "AA", "P", "S"),),
    "yes": (("Y", "EH", "S"),),
    "no": (("N", "OW"),),
}
HEAR = """
import json, sys, vosk
vosk.SetLogLevel(-1)
recogniser = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000, json.dumps(["stop", "yes", "no", "[unk]"]))
recogniser.AcceptWaveform(sys.stdin.buffer.read())
print(json.loads(recogniser.FinalResult())["text"])
"""


def heard(model, word):
    """What a recording of a word is to a model, in a process of its own: the library answers a broken one by abort."""
    samples, rate = soundfile.read(RECORDINGS / f"{word}.flac", dtype="int16")
    assert rate == 16_000
    run = subprocess.run(
        [sys.executable, "-c", HEAR, str(model)], input=samples.tobytes(), capture_output=True, check=True
    )
    return run.stdout.decode().strip()


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon(WORDS)


@pytest.mark.parametrize("halved", [False, True])
def test_a_network_that_was_written_is_read_and_written_again_bit_for_bit(tmp_path, halved):
    model = read_model(MODEL / "am/final.mdl")
    write_model(model.layers, model.phones, model.priors, tmp_path / "one.mdl", halved=halved)
    again = read_model(tmp_path / "one.mdl")
    write_model(again.layers, again.phones, again.priors, tmp_path / "two.mdl", halved=halved)
    assert (tmp_path / "two.mdl").read_bytes() == (tmp_path / "one.mdl").read_bytes()


def test_two_bytes_for_a_weight_are_near_enough_and_vosk_reads_them(tmp_path):
    model = read_model(MODEL / "am/final.mdl")
    shutil.copytree(MODEL, tmp_path / "ear")
    write_model(model.layers, model.phones, model.priors, tmp_path / "four.mdl")
    write_model(model.layers, model.phones, model.priors, tmp_path / "ear/am/final.mdl", halved=True)
    assert (tmp_path / "ear/am/final.mdl").stat().st_size < 0.51 * (tmp_path / "four.mdl").stat().st_size
    for exact, near in zip(model.layers, read_model(tmp_path / "ear/am/final.mdl").layers, strict=True):
        assert near.weights == pytest.approx(exact.weights, abs=float(np.ptp(exact.weights)) / 65_535)
    assert heard(tmp_path / "ear", "stop") == "stop"


def test_a_network_that_does_not_fit_together_is_refused_and_a_cut_one_is_not_read(tmp_path):
    model = read_model(MODEL / "am/final.mdl")
    with pytest.raises(BadModelError, match="Layer"):
        write_model(model.layers[1:], model.phones, model.priors, tmp_path / "final.mdl")
    whole = (MODEL / "am/final.mdl").read_bytes()
    for size in (0, 3, 2000, 100_000, len(whole) - 1):
        (tmp_path / "cut.mdl").write_bytes(whole[:size])
        with pytest.raises(BadModelError):
            read_model(tmp_path / "cut.mdl")


def test_a_network_whose_training_failed_is_not_written(tmp_path):
    model = read_model(MODEL / "am/final.mdl")
    model.layers[2].weights[0, 0] = float("nan")
    with pytest.raises(BadModelError, match="training has failed"):
        write_model(model.layers, model.phones, model.priors, tmp_path / "final.mdl")


def test_the_dictionary_is_large_and_holds_only_phones_of_the_network(lexicon):
    assert len(lexicon) >= 30_000
    assert {phone for rows in lexicon.values() for row in rows for phone in row} <= set(ENGLISH.speech)
    asked = "numb weak feel feels ouch hurt let's drill harder thanks nope plate sore pace shins kettlebell hamstring"
    assert set(asked.split()) <= lexicon.keys()
    assert lexicon["rdl"] == (("AA", "R", "D", "IY", "EH", "L"),)


def test_the_shipped_graph_is_what_the_recipe_builds_from_the_dictionary(lexicon, tmp_path):
    build_graph(lexicon, ENGLISH, tmp_path)
    for part in ("words.txt", "phones.txt", "disambig_tid.int", "phones/word_boundary.int", "HCLr.fst", "Gr.fst"):
        built, shipped = ((folder / "graph" / part).read_bytes() for folder in (tmp_path, MODEL))
        assert hashlib.sha256(built).hexdigest() == hashlib.sha256(shipped).hexdigest(), part


@pytest.mark.parametrize("word", ["stop", "yes", "no"])
def test_a_graph_of_four_words_recognises_them(tmp_path, word):
    folder = tmp_path / "toy"
    shutil.copytree(MODEL, folder, ignore=shutil.ignore_patterns("graph", "*.json", "*.md"))
    talk = tmp_path / "talk.txt"
    talk.write_text("0 0 stop stop 1\n0 0 yes yes 1\n0 0\n")
    build_graph(TOY, ENGLISH, folder, talk)
    assert heard(folder, word) == word


def test_a_free_grammar_with_a_word_the_dictionary_lacks_is_refused(tmp_path):
    with pytest.raises(GraphError, match="which the lexicon lacks"):
        build_graph(TOY, ENGLISH, tmp_path, TALK)
