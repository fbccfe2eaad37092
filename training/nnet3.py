"""A feed-forward nnet3 network as layers, written and read in Kaldi's binary form; ``export`` puts a model around it.

Sources of the form: ``nnet3/nnet-nnet.cc``, ``nnet3/nnet-simple-component.cc``, ``nnet3/nnet-descriptor.h``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from training.kaldi import Array, BadModelError, Reader, Writer, bytes_of

FEATURES = 40
"""Cepstral coefficients that go into the network."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One affine layer, followed by a rectifier, the last by a log-softmax."""

    offsets: tuple[int, ...]
    """Which frames of the layer below it sees, in 10 ms from its own."""
    weights: Array
    """Shape (outputs, inputs); inputs are the frames in the order of ``offsets``, one after another."""
    bias: Array
    """Shape (outputs,)."""
    rectified: bool = True
    """False for one with few outputs that only sums up what the next one looks at: the two are one layer's halves."""
    around: int = 0
    """What lies below so many layers, this one counted, is added to its outputs; 0 for nothing."""


def _spliced(node: str, offsets: Sequence[int]) -> str:
    return "Append(" + ", ".join(node if at == 0 else f"Offset({node}, {at})" for at in offsets) + ")"


def write_network(out: Writer, layers: Sequence[Layer], *, compressed: bool) -> None:
    """Write the wiring and the components of a network; ``compressed`` gives a weight one byte."""
    *hidden, last = layers
    below = _nodes(layers)
    lines = [f"input-node name=input dim={FEATURES}"]
    for number, layer in enumerate(hidden):
        name = f"l{number}"
        lines.append(f"component-node name={name}a component={name}a input={_spliced(below[number], layer.offsets)}")
        if layer.rectified:
            lines.append(f"component-node name={name}r component={name}r input={name}a")
        if layer.around:
            added = f"Sum({name}{'r' if layer.rectified else 'a'}, {below[number + 1 - layer.around]})"
            lines.append(f"component-node name={name}s component={name}s input={added}")
    lines += [
        f"component-node name=out component=out input={below[-1]}",
        "component-node name=lsm component=lsm input=out",
        "output-node name=output input=lsm objective=linear",
    ]
    out.token("<Nnet3>")
    out.raw(("\n" + "\n".join(lines) + "\n\n").encode())
    out.token("<NumComponents>")
    out.integer(len(lines) - 2)
    for number, layer in enumerate(hidden):
        _write_affine(out, f"l{number}a", layer, compressed=compressed)
        _write_behind(out, number, layer)
    _write_affine(out, "out", last, compressed=compressed)
    _write_softmax(out, len(last.bias))
    out.token("</Nnet3>")


def _nodes(layers: Sequence[Layer]) -> list[str]:
    """Name of the node that each layer looks at: the features, or the last one of the layer below."""
    kinds = ["s" if layer.around else "r" if layer.rectified else "a" for layer in layers[:-1]]
    return ["input", *(f"l{number}{kind}" for number, kind in enumerate(kinds))]


def _write_affine(out: Writer, name: str, layer: Layer, *, compressed: bool) -> None:
    for token in ("<ComponentName>", name, "<FixedAffineComponent>", "<LinearParams>"):
        out.token(token)
    (out.compressed if compressed else out.matrix)(layer.weights)
    out.token("<BiasParams>")
    out.vector(layer.bias)
    out.token("</FixedAffineComponent>")


def _write_plain(out: Writer, name: str, kind: str, size: int) -> None:
    """A component without parameters, and without the statistics that training of Kaldi's own would keep in it."""
    for token in ("<ComponentName>", name, f"<{kind}>", "<Dim>"):
        out.token(token)
    out.integer(size)
    for token in ("<ValueAvg>", "<DerivAvg>"):
        out.token(token)
        out.vector(np.zeros(0, np.float32))
    out.token("<Count>")
    out.double(0.0)
    out.token(f"</{kind}>")


def read_network(reader: Reader) -> tuple[Layer, ...]:
    """Read what ``write_network`` wrote. Raises BadModelError for anything else."""
    reader.token("<Nnet3>")
    lines = reader.lines()
    spliced = [line for line in lines if re.search(r"name=(l\d+a|out) ", line)]
    reader.token("<NumComponents>")
    if reader.integer() != sum(line.startswith("component-node") for line in lines):
        raise BadModelError("The network has other components than its wiring names.")
    layers: list[Layer] = []
    for number, line in enumerate(spliced):
        last = number == len(spliced) - 1
        for token in ("<ComponentName>", "out" if last else f"l{number}a", "<FixedAffineComponent>", "<LinearParams>"):
            reader.token(token)
        weights = reader.matrix()
        reader.token("<BiasParams>")
        bias = reader.vector()
        reader.token("</FixedAffineComponent>")
        rectified = last or any(f"name=l{number}r " in other for other in lines)
        layer = Layer(tuple(_offsets(line)), weights, bias, rectified, _around(lines, number, layers))
        layers.append(layer)
        behind = partial(_write_softmax, size=len(bias)) if last else partial(_write_behind, number=number, layer=layer)
        reader.exactly(bytes_of(behind))
    reader.token("</Nnet3>")
    return tuple(layers)


def _around(lines: Sequence[str], number: int, below: Sequence[Layer]) -> int:
    """How many layers a layer goes around, by the wiring's line of what is added to it."""
    added = [found[1] for line in lines if (found := re.search(rf"name=l{number}s .*Sum\(\w+, (\w+)\)", line))]
    if not added:
        return 0
    nodes = _nodes([*below, *below[-1:]])
    if added[0] not in nodes:
        raise BadModelError(f"Nothing below layer {number} is called {added[0]}.")
    return number + 1 - nodes.index(added[0])


def _write_behind(out: Writer, number: int, layer: Layer) -> None:
    """The components without parameters that stand behind a hidden layer's affine one."""
    if layer.rectified:
        _write_plain(out, f"l{number}r", "RectifiedLinearComponent", len(layer.bias))
    if layer.around:
        _write_plain(out, f"l{number}s", "NoOpComponent", len(layer.bias))


def _write_softmax(out: Writer, size: int) -> None:
    _write_plain(out, "lsm", "LogSoftmaxComponent", size)


def _offsets(line: str) -> list[int]:
    inside = line.partition("input=")[2]
    if not inside.startswith("Append("):
        return [0]
    return [
        int(part[1] or 0) for part in re.findall(r"(Offset\(\w+, (-?\d+)\)|\w+)(?:, |\)$)", inside[len("Append(") :])
    ]
