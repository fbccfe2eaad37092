"""Sequence training: what it asks of the network, and that learning by it does what it asks."""

from __future__ import annotations

import dataclasses
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.config import ROOT, Perturbation, load_config
from training.features import Examples
from training.network import log_outputs, new_layers, train
from training.phones import ENGLISH
from training.sequence import SCALE, all_rows, bigram, mutual_information

CONF = ROOT / "models" / "voicecoach-small-en" / "conf" / "model.conf"
ROWS = [("SIL", "S", "T", "AA", "P", "SIL"), ("SIL", "G", "OW", "SIL"), ("SIL", "N", "OW", "SIL")]


def test_scores_count_as_much_as_when_decoding():
    assert f"--acoustic-scale={SCALE}" in CONF.read_text(encoding="utf-8").split()


def test_each_output_is_followed_by_something_and_by_what_was_seen_most():
    chances = bigram(ROWS, ENGLISH)
    assert chances.sum(axis=1) == pytest.approx(1, abs=1e-5)
    (first, rest), (t, _) = ENGLISH.pdfs("S"), ENGLISH.pdfs("T")
    assert chances[first, rest] == chances[rest, rest] == pytest.approx(0.5)
    assert set(np.flatnonzero(chances[first] == np.delete(chances[first], rest).max())) == {t}
    assert (chances[:, [first for first, _ in map(ENGLISH.pdfs, ("SIL", "S", "ZH"))]] > 0).all()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**31), st.lists(st.booleans(), min_size=4, max_size=4))
def test_all_rows_are_summed_as_one_by_one_and_begin_anew_behind_what_is_not_known(seed, known):
    dice = np.random.default_rng(seed)
    scores = dice.normal(0, 3, (1, 4, 3)).astype(np.float32)
    chances = dice.dirichlet(np.ones(3), 3).astype(np.float32)
    expected, run = 0.0, []
    for at, here in enumerate([*known, False]):
        if here:
            run.append(scores[0, at])
        elif run:
            expected += by_hand(run, chances)
            run = []
    assert float(all_rows(scores, np.array([known]), chances)[0]) == pytest.approx(expected, abs=1e-3)


def by_hand(scores, chances):
    total = 0.0
    for row in product(range(3), repeat=len(scores)):
        weight = chances[:, row[0]].mean()
        for before, after in pairwise(row):
            weight *= chances[before, after]
        total += weight * np.exp(sum(score[one] for score, one in zip(scores, row, strict=True)))
    return np.log(total)


def test_learning_by_it_makes_what_was_said_likelier_than_before_against_all_else():
    network = load_config(ROOT / "training" / "smoke" / "config.toml").network
    network = dataclasses.replace(
        network, offsets=((-1, 0, 1), (0,)), width=32, epochs=60.0, minutes=1e3, batch=2, rate=1e-2
    )
    dice = np.random.default_rng(5)
    pdfs = [ENGLISH.pdfs(phone)[first] for phone in ROWS[0] for first in (0, 1, 1)]
    targets = np.array(10 * pdfs, np.int16)
    shapes = dice.normal(0, 1, (ENGLISH.pdf_count, 40))
    features = np.repeat(shapes[targets], 3, axis=0) + dice.normal(0, 1, (3 * len(targets), 40))
    examples = Examples(features.astype(np.float16), targets, np.array([len(targets)], np.int32))
    chances, priors = bigram(ROWS, ENGLISH), np.ones(ENGLISH.pdf_count, np.float32)
    loss = mutual_information(chances, priors, 1.0)
    start = new_layers(network, ENGLISH, 1)
    trained = train(start, examples, network, Perturbation(), 1, lambda _: None, loss)
    before, after = (float(loss(log_outputs(net, features)[None], targets[None])) for net in (start, trained))
    assert 0 < after < before / 2, "one row is never likelier than all rows together"
