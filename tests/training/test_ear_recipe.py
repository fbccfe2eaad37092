from __future__ import annotations

import dataclasses
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.config import ROOT, load_config
from training.export import BadModelError, read_model, shaped_priors, write_model
from training.graph import TALK, WORDS, GraphError, build_graph
from training.lexicon import load_lexicon
from training.network import log_outputs, new_layers
from training.phones import ENGLISH, ENGLISH_IN_CONTEXT
from training.shapes import told_apart
from voicecoach.hearing.model_folder import built_in_model, check_model_folder
from voicecoach.hearing.pronunciations import read_pronunciations

MODEL = built_in_model()
SMOKE = ROOT / "training" / "smoke" / "config.toml"
CONFIGS = sorted(path for path in (ROOT / "training").rglob("*.toml") if "seed =" in path.read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("compressed", [False, True])
def test_a_network_that_was_written_is_read_and_written_again_bit_for_bit(tmp_path, compressed):
    model = read_model(MODEL / "am/final.mdl")
    write_model(model.layers, model.phones, model.priors, tmp_path / "one.mdl", compressed=compressed)
    again = read_model(tmp_path / "one.mdl")
    write_model(again.layers, again.phones, again.priors, tmp_path / "two.mdl", compressed=compressed)
    assert (tmp_path / "two.mdl").read_bytes() == (tmp_path / "one.mdl").read_bytes()


def test_one_byte_for_a_weight_is_near_enough_and_vosk_reads_it(tmp_path):
    model = read_model(MODEL / "am/final.mdl")
    shutil.copytree(MODEL, tmp_path / "ear")
    write_model(model.layers, model.phones, model.priors, tmp_path / "four.mdl")
    write_model(model.layers, model.phones, model.priors, tmp_path / "ear/am/final.mdl", compressed=True)
    assert (tmp_path / "ear/am/final.mdl").stat().st_size < 0.27 * (tmp_path / "four.mdl").stat().st_size
    for exact, near in zip(model.layers, read_model(tmp_path / "ear/am/final.mdl").layers, strict=True):
        assert np.std(near.weights - exact.weights) < 0.02 * np.std(exact.weights)
    assert heard(tmp_path / "ear", "stop") == "stop"


def test_weights_far_from_the_others_of_their_input_are_kept_where_a_weight_has_one_byte(tmp_path):
    model = read_model(MODEL / "am/final.mdl")
    *hidden, last = model.layers
    last.weights[5, 7], last.weights[:, 9] = 40.0, 0.25
    write_model((*hidden, last), model.phones, model.priors, tmp_path / "one.mdl", compressed=True)
    read = read_model(tmp_path / "one.mdl").layers[-1].weights
    assert read[5, 7] == pytest.approx(40.0, abs=1e-3)
    assert read[:, 9] == pytest.approx(0.25, abs=2e-3)


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
    build_graph(lexicon, read_model(MODEL / "am/final.mdl").phones, tmp_path)
    for part in ("words.txt", "phones.txt", "disambig_tid.int", "phones/word_boundary.int", "HCLr.fst", "Gr.fst"):
        built, shipped = ((folder / "graph" / part).read_bytes() for folder in (tmp_path, MODEL))
        assert hashlib.sha256(built).hexdigest() == hashlib.sha256(shipped).hexdigest(), part


def toy_graph(phones, folder):
    """A model folder like the shipped one, over a graph of four words."""
    shutil.copytree(MODEL, folder, ignore=shutil.ignore_patterns("graph", "*.md"))
    talk = folder.parent / "talk.txt"
    talk.write_text("0 0 stop stop 1\n0 0 yes yes 1\n0 0\n")
    build_graph(TOY, phones, folder, talk)
    return folder


@pytest.mark.parametrize("word", ["stop", "yes", "no"])
def test_a_graph_of_four_words_recognises_them(tmp_path, word):
    folder = toy_graph(read_model(MODEL / "am/final.mdl").phones, tmp_path / "toy")
    assert heard(folder, word) == word


@pytest.mark.parametrize("phones", [ENGLISH, ENGLISH_IN_CONTEXT], ids=["alone", "in context"])
def test_the_pronunciations_are_read_back_out_of_a_graph_with_and_without_neighbours(tmp_path, phones):
    dice, folder = np.random.default_rng(3), toy_graph(phones, tmp_path / "toy")
    layers = new_layers(dataclasses.replace(load_config(SMOKE).network, width=16), phones, 1)
    write_model(layers, phones, dice.uniform(1, 2, phones.pdf_count), folder / "am/final.mdl")
    held = read_pronunciations(check_model_folder(folder))
    assert {word: held.of(word) for word in TOY} == {word: (" ".join(rows[0]),) for word, rows in TOY.items()}


def test_outputs_told_apart_by_their_neighbours_say_together_what_one_said_before():
    dice = np.random.default_rng(4)
    settings = dataclasses.replace(load_config(SMOKE).network, width=16)
    *hidden, last = new_layers(settings, ENGLISH, 1)
    start = (*hidden, dataclasses.replace(last, weights=dice.normal(0, 1, last.weights.shape).astype(np.float32)))
    counts = dice.uniform(1, 50, ENGLISH_IN_CONTEXT.pdf_count)
    sound = dice.normal(0, 1, (60, 40)).astype(np.float32)
    apart = np.exp(log_outputs(told_apart(start, ENGLISH, ENGLISH_IN_CONTEXT, counts), sound).astype(np.float64))
    assert ENGLISH_IN_CONTEXT.summed(apart) == pytest.approx(np.exp(log_outputs(start, sound)), rel=1e-3)


def test_a_network_that_tells_phones_apart_is_not_trained_further_without_that():
    layers = new_layers(dataclasses.replace(load_config(SMOKE).network, width=16), ENGLISH_IN_CONTEXT, 1)
    with pytest.raises(BadModelError, match="in_context"):
        told_apart(layers, ENGLISH_IN_CONTEXT, ENGLISH, np.ones(ENGLISH.pdf_count))


def test_priors_of_phones_told_apart_are_those_of_the_phones_alone_by_how_often_each_neighbour_is():
    counts = np.random.default_rng(5).uniform(1, 50, ENGLISH_IN_CONTEXT.pdf_count)
    apart, alone = (
        shaped_priors(counts, ENGLISH_IN_CONTEXT),
        shaped_priors(ENGLISH_IN_CONTEXT.summed(counts), ENGLISH),
    )
    assert ENGLISH_IN_CONTEXT.summed(apart.astype(np.float64)) == pytest.approx(alone, rel=1e-5)


def test_every_phone_has_transition_ids_of_its_own_after_every_kind_of_neighbour():
    phones = ENGLISH_IN_CONTEXT
    kinds = {name: 1 if name.startswith(("SIL", "SPN")) else phones.kinds for name in phones.names}
    ids = [one for name, count in kinds.items() for kind in range(count) for one in phones.transitions(name, kind)]
    assert sorted(ids) == list(range(1, phones.transition_count + 1))
    assert list(phones.tuples) == sorted(set(phones.tuples))
    assert {phones.kind(phone) for phone in (*phones.speech, "SIL", "SPN")} == set(range(phones.kinds))


def test_a_free_grammar_with_a_word_the_dictionary_lacks_is_refused(tmp_path):
    with pytest.raises(GraphError, match="which the lexicon lacks"):
        build_graph(TOY, ENGLISH, tmp_path, TALK)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_config_tells_the_phones_apart_that_the_graph_it_takes_over_tells_apart(path):
    config = load_config(path)
    if config.graph_of:
        first_symbol = int((config.path(config.graph_of) / "graph" / "disambig_tid.int").read_text())
        assert first_symbol == config.phones.transition_count + 1
