"""Gives a network another shape that begins as what it was: more units, other outputs, more layers, narrow ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from training.kaldi import BadModelError
from training.nnet3 import Layer
from training.phones import PhoneSet

_UNEVEN = 0.35
"""The smaller part of a weight that two units share has at least so much of it."""
_LEAST = 1e-9
"""Of the greatest direction of what goes into a layer: what is less is taken for so much, to be divided by."""


def widened(layers: Sequence[Layer], width: int, seed: int) -> tuple[Layer, ...]:
    """The same network with more units in each hidden layer, which learns from where it stands.

    New units repeat random ones, and what is above them shares out their weights unevenly, so that the outputs stay
    what they were and the repeated units learn different things; see T. Chen, I. Goodfellow, J. Shlens, "Net2Net:
    accelerating learning via knowledge transfer", ICLR 2016. At most twice the units.
    One that is as wide stays what it is. Raises BadModelError for one with narrow layers.
    """
    if width <= len(layers[0].bias):
        return tuple(layers)
    if not all(layer.rectified for layer in layers):
        raise BadModelError("A network with narrow layers cannot be widened.")
    dice, made = np.random.default_rng(seed), []
    units: npt.NDArray[np.int64] | None = None  # which unit of before each unit below is
    for number, layer in enumerate(layers):
        weights, bias = layer.weights.astype(np.float64), layer.bias
        if units is not None:
            weights = _shared_out(weights.reshape(len(weights), len(layer.offsets), -1), units, dice)
        if number < len(layers) - 1:
            more = dice.choice(len(bias), max(0, width - len(bias)), replace=False)
            units = np.concatenate([np.arange(len(bias)), more])
            weights, bias = weights[units], bias[units]
        made.append(Layer(layer.offsets, weights.astype(np.float32), bias))
    return tuple(made)


def _shared_out(
    weights: npt.NDArray[np.float64], units: npt.NDArray[np.int64], dice: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Weights of shape (outputs, offsets, units of before) for the units below; those of a repeated one in two."""
    first, again = np.arange(weights.shape[2]), units[weights.shape[2] :]
    parts = weights[:, :, again] * dice.uniform(_UNEVEN, 1 - _UNEVEN, (*weights.shape[:2], len(again)))
    kept = weights[:, :, first].copy()
    kept[:, :, again] -= parts
    return np.concatenate([kept, parts], axis=2).reshape(len(weights), -1)


def told_apart(
    layers: Sequence[Layer], phones: PhoneSet, wanted: PhoneSet, counts: npt.NDArray[np.float64]
) -> tuple[Layer, ...]:
    """The same network with an output for each kind of phone that stands before one, as often as ``counts`` has it.

    ``counts`` are of the pdfs of ``wanted``, which tells phones apart that ``phones`` does not, or is the same. Raises
    BadModelError the other way round.
    """
    if phones == wanted:
        return tuple(layers)
    if phones.before:
        raise BadModelError("The network that training starts from tells phones apart: set in_context = true.")
    *hidden, last = layers
    old = wanted.alone
    bias = last.bias[old] + np.log(counts / wanted.summed(counts)[old])
    return (*hidden, Layer(last.offsets, last.weights[old], bias.astype(np.float32)))


def deeper(layers: Sequence[Layer], added: Sequence[tuple[int, ...]], narrow: int, seed: int) -> tuple[Layer, ...]:
    """The same network with layers before its outputs that add to what is below them, nothing at first.

    Each of ``added`` is the offsets of one, in two halves with ``narrow`` values between. Those that the network has
    already are counted. K. He et al., "Identity mappings in deep residual networks", ECCV 2016.
    """
    dice, made = np.random.default_rng(seed), []
    top = max(number for number, layer in enumerate(layers[:-1]) if layer.rectified)
    width = len(layers[top].bias)
    for offsets in added[sum(layer.around > 0 for layer in layers) :]:
        inputs = width * len(offsets)
        weights = dice.normal(0, np.sqrt(1 / inputs), (narrow, inputs)).astype(np.float32)
        made += [
            Layer(offsets, weights, np.zeros(narrow, np.float32), rectified=False),
            Layer((0,), np.zeros((width, narrow), np.float32), np.zeros(width, np.float32), around=2),
        ]
    return (*layers[: top + 1], *made, *layers[top + 1 :])


def factored(layers: Sequence[Layer], narrow: int, moments: Sequence[npt.NDArray[np.float64]]) -> tuple[Layer, ...]:
    """Nearly the same network, each layer but the first in two halves with ``narrow`` values between.

    ``moments`` are the mean products of what goes into each layer, so that what is given up is what matters least for
    what it has to say. D. Povey et al., "Semi-orthogonal low-rank matrix factorization for deep neural networks",
    Interspeech 2018, trains such a network from nothing. Layers that are as narrow already stay what they are.
    """
    made = [layers[0]]
    for layer, moment in zip(layers[1:], moments[1:], strict=True):
        if min(layer.weights.shape) <= narrow:
            made.append(layer)
            continue
        powers, axes = np.linalg.eigh(moment)
        spreads = np.sqrt(np.maximum(powers, _LEAST * powers.max()))
        upper, sizes, lower = np.linalg.svd((layer.weights @ axes) * spreads, full_matrices=False)
        half = np.sqrt(sizes[:narrow])
        into = half[:, None] * lower[:narrow] / spreads @ axes.T
        made += [
            Layer(layer.offsets, into.astype(np.float32), np.zeros(narrow, np.float32), rectified=False),
            replace(layer, offsets=(0,), weights=(upper[:, :narrow] * half).astype(np.float32)),
        ]
    return tuple(made)
