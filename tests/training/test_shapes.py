"""A network of another shape says at first what it said before, and is what Vosk hears with."""

from __future__ import annotations

import dataclasses
import shutil

import numpy as np
import pytest

from tests.training.test_ear_recipe import heard
from training.config import ROOT, Perturbation, load_config
from training.export import BadModelError, read_model, write_model
from training.features import Examples
from training.network import Batches, context, log_outputs, moments, new_layers, train
from training.phones import ENGLISH
from training.shapes import deeper, factored, widened

MODEL = ROOT / "models" / "voicecoach-small-en"
SMOKE = load_config(ROOT / "training" / "smoke" / "config.toml").network
ADDED = ((-3, 0, 3), (0,))


def small():
    """A network with random outputs, of 24 units, that looks at every frame below and at every third above."""
    network = dataclasses.replace(SMOKE, offsets=((-1, 0, 1), (-1, 0, 1), (-3, 0, 3)), width=24)
    *hidden, last = new_layers(network, ENGLISH, 1)
    weights = np.random.default_rng(2).normal(0, 1, last.weights.shape).astype(np.float32)
    return (*hidden, dataclasses.replace(last, weights=weights))


def random_examples(steps=240):
    dice = np.random.default_rng(0)
    features, targets = dice.normal(0, 1, (3 * steps, 40)), dice.integers(0, ENGLISH.pdf_count, steps)
    return Examples(features.astype(np.float16), targets.astype(np.int16), np.array([steps], np.int32))


SMALL, EXAMPLES = small(), random_examples()
SOUND = np.random.default_rng(4).normal(0, 1, (90, 40)).astype(np.float32)


def seen(layers):
    return moments(layers, Batches(EXAMPLES, context(layers), 4), 1)


@pytest.mark.parametrize("width", [24, 31, 48])
def test_a_network_made_wider_says_what_it_said_and_no_two_units_are_heard_alike(width):
    start, wide = SMALL, widened(SMALL, width, 5)
    assert [len(layer.bias) for layer in wide] == [width, width, width, ENGLISH.pdf_count]
    assert log_outputs(wide, SOUND) == pytest.approx(log_outputs(start, SOUND), abs=1e-3)
    for layer in wide[1:]:
        columns = layer.weights.reshape(len(layer.weights), len(layer.offsets), width)[:, 0]
        assert len({column.tobytes() for column in columns.T}) == width


def test_a_network_in_two_halves_says_what_it_said_where_its_layers_have_no_more_to_say():
    poor = []
    for layer in SMALL:
        upper, sizes, lower = np.linalg.svd(layer.weights, full_matrices=False)
        poor.append(dataclasses.replace(layer, weights=((upper * sizes)[:, :6] @ lower[:6]).astype(np.float32)))
    halves = factored(poor, 6, seen(poor))
    assert [layer.rectified for layer in halves] == [True, *[False, True] * 3]
    assert [len(layer.bias) for layer in halves] == [24, 6, 24, 6, 24, 6, ENGLISH.pdf_count]
    assert log_outputs(halves, SOUND) == pytest.approx(log_outputs(poor, SOUND), abs=2e-2)
    assert factored(halves, 6, seen(halves)) == halves


def test_what_is_given_up_is_what_matters_least_for_what_is_heard():
    quiet = EXAMPLES.features.copy()
    quiet[:, 5:] *= 0.01
    heard_alike = dataclasses.replace(EXAMPLES, features=quiet)
    found = moments(SMALL, Batches(heard_alike, context(SMALL), 4), 1)
    plain = [np.eye(len(moment)) for moment in found]
    sound = SOUND * np.where(np.arange(40) < 5, 1, 0.01).astype(np.float32)
    off = [
        np.abs(log_outputs(factored(SMALL, 12, of), sound) - log_outputs(SMALL, sound)).mean() for of in (found, plain)
    ]
    assert off[0] < off[1]


def test_added_layers_say_nothing_at_first_and_learn():
    deep = deeper(SMALL, ADDED, 8, 3)
    assert log_outputs(deep, SOUND) == pytest.approx(log_outputs(SMALL, SOUND), abs=1e-5)
    assert deeper(deep, ADDED, 8, 3) == deep
    settings = dataclasses.replace(SMOKE, epochs=6.0, minutes=1e3, batch=2, averaging=0.0)
    trained = train(deep, EXAMPLES, settings, Perturbation(0.5, 0.5, 0.5), 1, lambda _: None)
    changed = [np.abs(after.weights - before.weights).max() for before, after in zip(deep, trained, strict=True)]
    assert min(changed) > 0
    assert [layer.around for layer in trained] == [0, 0, 0, 0, 2, 0, 2, 0]


def test_what_a_step_says_comes_only_from_the_frames_an_added_layer_sees():
    dice = np.random.default_rng(7)
    deep = tuple(
        dataclasses.replace(layer, weights=dice.normal(0, 0.3, layer.weights.shape).astype(np.float32))
        for layer in deeper(SMALL, ADDED, 8, 3)
    )
    side, before = context(deep), log_outputs(deep, SOUND)
    changed = SOUND.copy()
    changed[45] += 50
    touched = np.flatnonzero(np.abs(log_outputs(deep, changed) - before).max(axis=1) > 1e-4)
    assert side == context(SMALL) + 3
    assert 45 - side <= touched.min() * 3 <= touched.max() * 3 <= 45 + side
    assert len(touched) > len(range(45 - context(SMALL), 45 + context(SMALL), 3))


def test_narrow_and_added_layers_are_written_and_read_bit_for_bit(tmp_path):
    deep = deeper(SMALL, ADDED, 8, 3)
    shaped, priors = factored(deep, 8, seen(deep)), np.ones(ENGLISH.pdf_count, np.float32)
    write_model(shaped, ENGLISH, priors, tmp_path / "one.mdl")
    read = read_model(tmp_path / "one.mdl").layers
    write_model(read, ENGLISH, priors, tmp_path / "two.mdl")
    assert (tmp_path / "one.mdl").read_bytes() == (tmp_path / "two.mdl").read_bytes()
    wiring = [[(layer.offsets, layer.rectified, layer.around) for layer in layers] for layers in (read, shaped)]
    assert wiring[0] == wiring[1]


def test_a_layer_that_goes_around_one_of_another_size_is_refused(tmp_path):
    *hidden, last = SMALL
    wrong = (*hidden, dataclasses.replace(hidden[-1], around=4), last)
    with pytest.raises(BadModelError, match="goes around"):
        write_model(wrong, ENGLISH, np.ones(ENGLISH.pdf_count), tmp_path / "final.mdl")


@pytest.mark.parametrize("word", ["stop", "yes"])
def test_vosk_hears_the_same_with_the_shipped_ear_made_deeper_and_narrow(tmp_path, word):
    """Without the sum that goes around, or with a half in a wrong place, nothing could be heard at all."""
    model = read_model(MODEL / "am/final.mdl")
    deep = deeper(model.layers, ADDED * 2, 64, 1)
    assert len(deep) > len(model.layers)
    moved = [np.eye(layer.weights.shape[1]) for layer in deep]
    halves = factored(deep, 560, moved)
    assert sum(not layer.rectified for layer in halves) > len(ADDED)
    shutil.copytree(MODEL, tmp_path / "ear")
    write_model(halves, model.phones, model.priors, tmp_path / "ear/am/final.mdl", compressed=True)
    assert heard(tmp_path / "ear", word) == heard(MODEL, word) == word
