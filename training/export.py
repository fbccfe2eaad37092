"""Kaldi's ``am/final.mdl``, written and read: a transition model, a feed-forward nnet3 network and its priors.

The format is Kaldi's binary one (``hmm/transition-model.cc``, ``nnet3/nnet-nnet.cc``, ``nnet3/am-nnet-simple.cc``):
tokens end with a blank, numbers begin with their size in bytes, vectors and matrices are little-endian float32. Where
a quarter of the size is wanted, matrices have one byte for a value (``matrix/compressed-matrix.cc``). What
``write_model`` writes ``read_model`` reads, so that an older model's weights can be trained further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.kaldi import Array, BadModelError, Reader, Writer, bytes_of
from training.nnet3 import FEATURES, Layer, read_network, write_network
from training.phones import ENGLISH, ENGLISH_IN_CONTEXT, PhoneSet

_EXACT = 1e-6
_HALF = float(np.float32(0.5))


@dataclass(frozen=True, slots=True)
class AcousticModel:
    """What a ``final.mdl`` holds."""

    layers: tuple[Layer, ...]
    """From the features up."""
    phones: PhoneSet
    """Its phones."""
    priors: Array
    """Shape (pdfs,): what the outputs are divided by, on the scale of probabilities."""


def write_model(
    params: Sequence[Layer], phones: PhoneSet, priors: npt.ArrayLike, path: Path, *, compressed: bool = False
) -> None:
    """Write a network with the topology of ``phones`` to ``path``; makes the folder.

    Where it is ``compressed`` a weight takes one byte, as in what is shipped; else four, as what is to be trained
    further wants.

    Raises BadModelError where the shapes do not fit together, and for weights that are no numbers: Vosk would only
    abort over either.
    """
    vector = np.asarray(priors, np.float32)
    _check_shapes(params, phones, vector)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(b"\0B")
        out = Writer(file)
        _write_transitions(out, phones)
        write_network(out, params, compressed=compressed)
        out.token("<LeftContext>")
        out.integer(0)  # Kaldi works out both contexts itself when it loads the network
        out.token("<RightContext>")
        out.integer(0)
        out.token("<Priors>")
        out.vector(vector)


def read_model(path: Path, phones: PhoneSet | None = None) -> AcousticModel:
    """Read what ``write_model`` wrote. Raises BadModelError for anything else, OSError where there is no file.

    Where no ``phones`` are given it may have either of the project's own.
    """
    held = path.read_bytes()
    reader = Reader(held, str(path))
    reader.exactly(b"\0B")
    if phones is None:
        in_context = held[2:].startswith(_transition_bytes(ENGLISH_IN_CONTEXT))
        phones = ENGLISH_IN_CONTEXT if in_context else ENGLISH
    reader.exactly(_transition_bytes(phones))
    layers = read_network(reader)
    for side in ("<LeftContext>", "<RightContext>"):
        reader.token(side)
        reader.integer()
    reader.token("<Priors>")
    priors = reader.vector()
    reader.end()
    _check_shapes(layers, phones, priors)
    return AcousticModel(layers, phones, priors)


def shaped_priors(
    counts: npt.ArrayLike,
    phones: PhoneSet,
    *,
    exponent: float = 0.25,
    silence_boost: float = -0.5,
) -> Array:
    """Priors as the model ships them, from how often each pdf of the phones was seen.

    ``exponent`` under 1 flattens them; a boost above 0 makes silence or spoken noise likelier. The values of version 2
    were chosen on recordings of people (see the model's README). How often a kind of phone stands before one is divided
    out whole, or words of rare neighbours would lose (docs/model-log.md, version 9).
    """
    seen = np.asarray(counts, np.float64)
    whole = phones.summed(seen)[phones.alone]
    priors = (whole / seen.sum()) ** exponent * (seen / whole)
    priors[0] *= np.exp(-silence_boost)
    return priors.astype(np.float32)


def mixed(models: Sequence[AcousticModel], shares: Sequence[float]) -> AcousticModel:
    """The mean of some networks, weight by weight, each with its share.

    Weights of one training's beginning, middle and end lie in one valley, so that their mean hears what any of them
    does. The priors are mixed as logarithms, of each model's sum. Raises BadModelError for networks of different
    shapes, and for shares that are not one for each network and 1 together.
    """
    if len(shares) != len(models) or abs(sum(shares) - 1) > _EXACT:
        raise BadModelError(f"{len(models)} networks need as many shares, 1 together, not {list(shares)}.")
    shapes = [
        [(layer.offsets, layer.weights.shape, layer.rectified, layer.around) for layer in model.layers]
        for model in models
    ]
    if any(shape != shapes[0] for shape in shapes):
        raise BadModelError(f"Networks of different shapes cannot be mixed: {shapes}.")

    def mean(parts: Sequence[Array]) -> Array:
        return np.tensordot(shares, np.asarray(parts, np.float64), 1).astype(np.float32)

    layers = tuple(
        replace(same[0], weights=mean([layer.weights for layer in same]), bias=mean([layer.bias for layer in same]))
        for same in zip(*(model.layers for model in models), strict=True)
    )
    logs = [np.log(model.priors / model.priors.sum()) for model in models]
    return AcousticModel(layers, models[-1].phones, np.exp(mean(logs)))


def _check_shapes(layers: Sequence[Layer], phones: PhoneSet, priors: Array) -> None:
    below, sizes = FEATURES, [FEATURES, *(len(layer.weights) for layer in layers)]
    for number, layer in enumerate(layers):
        outputs, inputs = layer.weights.shape
        if inputs != below * len(layer.offsets) or layer.bias.shape != (outputs,):
            raise BadModelError(
                f"Layer {number} takes {inputs} values and gives {outputs}; below it are {below} times "
                f"{len(layer.offsets)}, and its bias has the shape {layer.bias.shape}."
            )
        if not (np.isfinite(layer.weights).all() and np.isfinite(layer.bias).all()):
            raise BadModelError(f"Layer {number} holds numbers that are none: training has failed.")
        if layer.around and (layer.around > number + 1 or sizes[number + 1 - layer.around] != outputs):
            raise BadModelError(f"Layer {number} gives {outputs} values, what it goes around does not.")
        below = outputs
    if below != phones.pdf_count or priors.shape != (phones.pdf_count,):
        raise BadModelError(
            f"The phones need {phones.pdf_count} outputs; the network has {below}, the priors {priors.shape}."
        )


def _write_transitions(out: Writer, phones: PhoneSet) -> None:
    """The topology and the transition model: two kinds of phone, with one pdf and with two, even chances throughout."""
    numbers = list(range(1, len(phones.names) + 1))
    tuples = phones.tuples
    kinds = [0 if len(set(phones.pdfs(name))) == 1 else 1 for name in phones.names]
    out.token("<TransitionModel>")
    out.token("<Topology>")
    out.integers(numbers)
    out.integers([-1, *kinds])
    out.integer(-1)  # says that pdf classes of self-loops are written
    out.integer(2)
    for loop_class in (0, 1):
        out.integer(2)  # states: the emitting one and the final one
        out.integer(0)
        out.integer(loop_class)
        out.integer(2)
        for target in (0, 1):
            out.integer(target)
            out.single(_HALF)
        out.integer(-1)
        out.integer(-1)
        out.integer(0)
    out.token("</Topology>")
    out.token("<Tuples>")
    out.integer(len(tuples))
    for number, entering, staying in tuples:
        for value in (number, 0, entering, staying):
            out.integer(value)
    out.token("</Tuples>")
    out.token("<LogProbs>")
    chances = np.full(phones.transition_count + 1, np.log(0.5), np.float32)
    chances[0] = 0.0
    out.vector(chances)
    out.token("</LogProbs>")
    out.token("</TransitionModel>")


def _transition_bytes(phones: PhoneSet) -> bytes:
    return bytes_of(lambda out: _write_transitions(out, phones))
