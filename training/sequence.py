"""Sequence training: what was said against every other row of phones, on the scale on which decoding weighs them.

The step after the last round of frame training. Cross-entropy asks of each frame alone which phone it is; this asks of
1.8 seconds at a time that the phones spoken be likelier than all others together (maximum mutual information), with a
bigram of phones in the place of words, as in D. Povey et al., "Purely sequence-trained neural networks for ASR based on
lattice-free MMI", Interspeech 2016. What is spoken is taken from the alignment as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from training.network import cross_entropy
from training.phones import SILENCE, SPOKEN_NOISE, PhoneSet

SCALE = 0.3
"""How much decoding counts the network's scores: ``--acoustic-scale`` of the model's ``conf/model.conf``."""
SEEN_BEFORE = 0.5
"""Added to how often each phone followed each, so that no pair is impossible."""
IMPOSSIBLE = 1e-9
"""In place of a chance of 0, which a row has that was cut in a phone."""
Floats = npt.NDArray[np.float32]


def bigram(rows: Iterable[Sequence[str]], phones: PhoneSet) -> Floats:
    """How likely each pdf is to follow each in 30 ms, shape (pdfs, pdfs), from rows of phones without position.

    Staying in a phone and leaving it are equally likely, as in the model's topology.
    """
    names = [SILENCE, SPOKEN_NOISE, *phones.speech]
    number = {name: at for at, name in enumerate(names)}
    counts = np.full((len(names), len(names)), SEEN_BEFORE)
    for row in rows:
        for before, after in pairwise(row):
            counts[number[before], number[after]] += 1
    follows = counts / counts.sum(axis=1, keepdims=True)
    chances = np.zeros((phones.pdf_count, phones.pdf_count))
    for row, name in enumerate(names):
        entries = [phones.pdfs(after, name)[0] for after in names]
        for first, rest in {phones.pdfs(name, before) for before in names}:
            for at in {first, rest}:
                chances[at, entries] = follows[row] / 2
                chances[at, rest] += 0.5
    return chances.astype(np.float32)


def all_rows(scores: Any, known: Any, chances: Any) -> Any:  # noqa: ANN401 - jax's arrays
    """Log of the sum over all rows of pdfs of what ``scores`` and ``chances`` make of them, shape (batch,).

    ``scores`` are logs of shape (batch, steps, pdfs), ``known`` is of shape (batch, steps). A step that is not known is
    left out, and a row begins anew behind it.
    """
    import jax  # noqa: PLC0415 - a tool of training only
    import jax.numpy as jnp  # noqa: PLC0415

    count = chances.shape[0]
    anew = jnp.full((scores.shape[0], count), 1.0 / count)

    def step(held: Any, now: Any) -> Any:  # noqa: ANN401
        score, here = now
        highest = jax.lax.stop_gradient(score.max(axis=-1, keepdims=True))
        moved = (held @ chances) * jnp.exp(score - highest)
        total = moved.sum(axis=-1, keepdims=True)
        found = jnp.where(here, (jnp.log(total) + highest)[:, 0], 0.0)
        return jnp.where(here[:, None], moved / total, anew), found

    _, sums = jax.lax.scan(step, anew, (scores.swapaxes(0, 1), known.swapaxes(0, 1)))
    return sums.sum(axis=0)


def mutual_information(chances: Floats, priors: Floats, share: float) -> Callable[[Any, Any], Any]:
    """A loss for ``training.network.train``: this for ``share`` of it, cross-entropy for the rest; nats a frame."""
    import jax  # noqa: PLC0415 - a tool of training only
    import jax.numpy as jnp  # noqa: PLC0415

    offsets = np.log(priors / priors.sum())

    def loss(outputs: Any, targets: Any) -> Any:  # noqa: ANN401 - jax's arrays
        known = targets >= 0
        scores = SCALE * (jax.nn.log_softmax(outputs) - offsets)
        at = jnp.maximum(targets, 0)
        before = jnp.pad(targets, ((0, 0), (1, 0)), constant_values=-1)[:, :-1]
        moved = jnp.where(before < 0, -np.log(len(chances)), jnp.log(jnp.asarray(chances)[before, at] + IMPOSSIBLE))
        said = jnp.take_along_axis(scores, at[..., None], -1)[..., 0] + moved
        behind = (all_rows(scores, known, chances) - (said * known).sum(axis=1)).sum() / known.sum()
        return share * behind / SCALE + (1 - share) * cross_entropy(outputs, targets)

    return loss
