"""The network: its weights, its outputs in numpy, and its training in jax, by frame cross-entropy or another loss."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from training.bfloat import Product, bfloat16, exact, fast_here
from training.config import Network, Perturbation
from training.features import FRAMES_A_STEP, Examples
from training.nnet3 import FEATURES, Layer
from training.perturb import perturbed
from training.phones import PhoneSet

CHUNK = 60
"""Steps of 30 ms that are trained on at once."""
Floats = npt.NDArray[np.float32]


def new_layers(settings: Network, phones: PhoneSet, seed: int) -> tuple[Layer, ...]:
    """Random hidden layers and an output layer of zeros."""
    dice = np.random.default_rng(seed)
    layers, below = [], FEATURES
    for offsets in settings.offsets:
        inputs = below * len(offsets)
        weights = dice.normal(0, np.sqrt(2 / inputs), (settings.width, inputs)).astype(np.float32)
        layers.append(Layer(offsets, weights, np.zeros(settings.width, np.float32)))
        below = settings.width
    outputs = phones.pdf_count
    return (*layers, Layer((0,), np.zeros((outputs, below), np.float32), np.zeros(outputs, np.float32)))


def context(layers: Sequence[Layer]) -> int:
    """Frames of 10 ms that the network sees on either side of a step."""
    return sum(max(layer.offsets) for layer in layers)


def log_outputs(layers: Sequence[Layer], cepstra: Floats) -> Floats:
    """Log probability of each pdf for each step, shape (steps, pdfs), from features of shape (frames, 40)."""
    steps = -(-len(cepstra) // FRAMES_A_STEP)
    side = context(layers)
    short = FRAMES_A_STEP * steps - len(cepstra)
    padded = np.pad(cepstra.astype(np.float32), ((side, side + short), (0, 0)), mode="edge")
    outputs: Floats = _forward(np, _weights(layers), layers, padded[None])[0]
    shifted = outputs - outputs.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


def moments(layers: Sequence[Layer], batches: Batches, seed: int, count: int = 12) -> list[npt.NDArray[np.float64]]:
    """Mean products of what goes into each layer, shape (inputs, inputs), over so many batches at the most."""
    sums: list[Any] = [0.0] * len(layers)
    seen: list[Floats] = []
    chosen = batches.one_pass(np.random.default_rng(seed))[:count]
    for first in chosen:
        seen.clear()
        _forward(np, _weights(layers), layers, batches.take(first)[0], seen.append)
        for number, values in enumerate(seen):
            rows = values.reshape(-1, values.shape[-1])[::FRAMES_A_STEP]
            sums[number] = sums[number] + rows.T.astype(np.float64) @ rows / len(rows)
    return [total / len(chosen) for total in sums]


def _weights(layers: Sequence[Layer]) -> list[tuple[Floats, Floats]]:
    return [(layer.weights, layer.bias) for layer in layers]


def _forward(
    xp: Any,  # noqa: ANN401 - numpy or jax.numpy
    weights: Sequence[tuple[Any, Any]],
    layers: Sequence[Layer],
    inputs: Any,  # noqa: ANN401 - their arrays
    look: Callable[[Any], None] = lambda _: None,
    product: Product = exact,
) -> Any:  # noqa: ANN401
    """The same for numpy and jax: inputs (batch, frames with context, 40), outputs (batch, steps, pdfs).

    Only the frames that some step needs are computed: every frame until the layers above look in steps of three.
    ``look`` is shown what goes into each layer, (batch, frames, inputs).
    """
    strides = _strides(layers)
    side = context(layers)
    steps = (inputs.shape[1] - 2 * side) // FRAMES_A_STEP
    below = [(inputs, 1, -side)]  # of each layer its values, the frames from one to the next, and that of the first
    for number, (layer, (matrix, bias)) in enumerate(zip(layers, weights, strict=True)):
        reach = sum(max(upper.offsets) for upper in layers[number + 1 :])
        step = strides[number]
        count = (FRAMES_A_STEP * (steps - 1) + 2 * reach) // step + 1
        wanted = (-reach, step, count)
        spliced = xp.concatenate([_taken(below[number], at, wanted) for at in layer.offsets], axis=-1)
        look(spliced)
        held = product(spliced, matrix) + bias
        if layer.rectified and number < len(layers) - 1:
            held = xp.maximum(held, 0)
        if layer.around:
            held = held + _taken(below[number + 1 - layer.around], 0, wanted)
        below.append((held, step, -reach))
    return below[-1][0]


def _taken(below: tuple[Any, int, int], offset: int, wanted: tuple[int, int, int]) -> Any:  # noqa: ANN401 - arrays
    """Of a layer's values those ``offset`` frames from the wanted ones: first frame, step in frames, how many."""
    (held, spacing, start), (first, step, count) = below, wanted
    at = (first + offset - start) // spacing
    return held[:, at : at + (count - 1) * (step // spacing) + 1 : step // spacing]


def _strides(layers: Sequence[Layer]) -> list[int]:
    """For each layer whether its outputs are wanted for every frame or for every third."""
    return [
        FRAMES_A_STEP if all(at % FRAMES_A_STEP == 0 for upper in layers[n + 1 :] for at in upper.offsets) else 1
        for n in range(len(layers))
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How training stands."""

    done: float
    """From 0 to 1."""
    loss: float
    """Cross-entropy of the last steps."""
    right: float
    """Share of frames whose likeliest pdf is the target."""


class Batches:
    """Chunks of examples with their context, at a new random offset in every pass."""

    def __init__(self, examples: Examples, side: int, size: int) -> None:
        gap = -(-side // FRAMES_A_STEP)
        features, targets, at = [], [], 0
        for length in examples.lengths:
            piece = examples.features[FRAMES_A_STEP * at : FRAMES_A_STEP * (at + length)]
            features += [np.repeat(piece[:1], FRAMES_A_STEP * gap, 0), piece]
            targets += [np.full(gap, -1, np.int16), examples.targets[at : at + length]]
            at += length
        tail = FRAMES_A_STEP * (CHUNK + gap)
        self.features = np.concatenate([*features, np.repeat(features[-1][-1:], tail, 0)])
        self.targets = np.concatenate([*targets, np.full(CHUNK, -1, np.int16)])
        self.steps = max(1, len(self.targets) // (CHUNK * size))
        self._gap, self._size = gap, size
        self._frames = np.arange(-side, FRAMES_A_STEP * CHUNK + side)

    def one_pass(self, dice: np.random.Generator) -> list[npt.NDArray[np.int64]]:
        """First steps of the chunks of each batch."""
        first = np.arange(self._gap + int(dice.integers(CHUNK)), len(self.targets) - CHUNK, CHUNK)
        dice.shuffle(first)
        return [np.resize(first[i : i + self._size], self._size) for i in range(0, len(first), self._size)]

    def take(self, first: npt.NDArray[np.int64]) -> tuple[Floats, npt.NDArray[np.int32]]:
        """Features and targets of the chunks; targets are -1 between clips."""
        frames = FRAMES_A_STEP * first[:, None] + self._frames
        inputs = self.features[np.clip(frames, 0, len(self.features) - 1)].astype(np.float32)
        return inputs, self.targets[first[:, None] + np.arange(CHUNK)].astype(np.int32)


def cross_entropy(outputs: Any, targets: Any) -> Any:  # noqa: ANN401 - jax's arrays
    """Mean of -log of each frame's target; outputs (batch, steps, pdfs), targets (batch, steps) with -1 for none."""
    import jax  # noqa: PLC0415 - a tool of training only
    import jax.numpy as jnp  # noqa: PLC0415

    known = targets >= 0
    logs = jnp.take_along_axis(jax.nn.log_softmax(outputs), jnp.maximum(targets, 0)[..., None], -1)[..., 0]
    return -(logs * known).sum() / known.sum()


def train(
    layers: Sequence[Layer],
    examples: Examples,
    settings: Network,
    perturbation: Perturbation,
    seed: int,
    tell: Callable[[Progress], None],
    loss: Callable[[Any, Any], Any] = cross_entropy,
    part: tuple[float, float] = (0.0, 1.0),
) -> tuple[Layer, ...]:
    """Train layers further. The features' mean and spread are folded into the first layer before and after.

    ``perturbation`` changes every chunk; ``loss`` judges outputs by targets, as ``cross_entropy``;
    ``part`` is where on its way down the learning rate begins and ends (``of_rate``).
    """
    batches = Batches(examples, context(layers), settings.batch)
    mean = examples.features[::7].astype(np.float32).mean(axis=0)
    spread = examples.features[::7].astype(np.float32).std(axis=0) + 1e-3
    total = max(1, int(settings.epochs * batches.steps))
    learner = _Learner(layers, _unfolded(layers, mean, spread), settings, loss)
    dice, start, share = np.random.default_rng(seed), time.monotonic(), 0.0
    while share < 1:
        for first in batches.one_pass(dice):
            inputs, targets = batches.take(first)
            inputs = perturbed(inputs, dice, perturbation)
            cost, right = learner.learn((inputs - mean) / spread, targets, settings.rate * of_rate(share, part))
            share = max(learner.done / total, (time.monotonic() - start) / (60 * settings.minutes))
            if learner.done % 20 == 0 or share >= 1:
                tell(Progress(min(1, share), float(cost), float(right)))
            if share >= 1:
                break
    return _folded(layers, learner.mean_weights(), mean, spread)


class _Learner:
    """The weights while they learn, with Adam's state and their running mean."""

    def __init__(
        self,
        layers: Sequence[Layer],
        weights: Sequence[tuple[Floats, Floats]],
        settings: Network,
        loss: Callable[[Any, Any], Any],
    ) -> None:
        import jax  # noqa: PLC0415 - a tool of training only
        import jax.numpy as jnp  # noqa: PLC0415
        import optax  # noqa: PLC0415

        rule = optax.chain(optax.clip_by_global_norm(2.0), optax.scale_by_adam(), optax.add_decayed_weights(1e-4))

        product = bfloat16() if fast_here() else exact

        def judged(weights: Any, inputs: Any, targets: Any) -> Any:  # noqa: ANN401 - jax's arrays
            outputs = _forward(jnp, weights, layers, inputs, product=product)
            known = targets >= 0
            return loss(outputs, targets), ((outputs.argmax(-1) == targets) & known).sum() / known.sum()

        @jax.jit
        def step(weights: Any, state: Any, inputs: Any, targets: Any, rate: Any) -> Any:  # noqa: ANN401 - jax's arrays
            (cost, right), slopes = jax.value_and_grad(judged, has_aux=True)(weights, inputs, targets)
            change, state = rule.update(slopes, state, weights)
            return jax.tree.map(lambda old, by: old - rate * by, weights, change), state, cost, right

        @jax.jit
        def averaged(mean: Any, weights: Any, kept: Any) -> Any:  # noqa: ANN401 - jax's arrays
            return jax.tree.map(lambda old, new: kept * old + (1 - kept) * new, mean, weights)

        self._weights = self._mean = [(jnp.asarray(w), jnp.asarray(b)) for w, b in weights]
        self._state = rule.init(self._weights)
        self._step, self._averaged, self._averaging = step, averaged, settings.averaging
        self.done = 0

    def learn(self, inputs: Floats, targets: npt.NDArray[np.int32], rate: float) -> tuple[Any, Any]:
        """One step; gives its loss and the share of frames that are right."""
        self._weights, self._state, cost, right = self._step(self._weights, self._state, inputs, targets, rate)
        self.done += 1
        self._mean = self._averaged(self._mean, self._weights, min(self._averaging, 1 - 1 / self.done))
        return cost, right

    def mean_weights(self) -> list[tuple[Floats, Floats]]:
        """What the weights were on the average of the last steps."""
        return [(np.asarray(w), np.asarray(b)) for w, b in self._mean]


def of_rate(share: float, part: tuple[float, float] = (0.0, 1.0)) -> float:
    """Share of the highest learning rate at a share of training: up in the first twentieth, and down a cosine.

    ``part`` is the part of the cosine that is gone down: all of it, unless other training comes before or after.
    """
    warm, (begin, end) = 0.05, part
    at = begin + (end - begin) * max(0.0, share - warm) / (1 - warm)
    return min(1.0, share / warm) * (1 + np.cos(np.pi * at)) / 2


def _unfolded(layers: Sequence[Layer], mean: Floats, spread: Floats) -> list[tuple[Floats, Floats]]:
    times = len(layers[0].offsets)
    first = layers[0].weights * np.tile(spread, times)
    bias = layers[0].bias + layers[0].weights @ np.tile(mean, times)
    return [(first, bias), *((layer.weights, layer.bias) for layer in layers[1:])]


def _folded(
    layers: Sequence[Layer], weights: Sequence[tuple[Floats, Floats]], mean: Floats, spread: Floats
) -> tuple[Layer, ...]:
    times = len(layers[0].offsets)
    first = weights[0][0] / np.tile(spread, times)
    bias = weights[0][1] - first @ np.tile(mean, times)
    both = [(first, bias), *weights[1:]]
    return tuple(
        replace(layer, weights=w.astype(np.float32), bias=b.astype(np.float32))
        for layer, (w, b) in zip(layers, both, strict=True)
    )
