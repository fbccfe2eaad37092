"""OpenFst's network files as far as a model folder needs them: whether one is whole, the words and the arcs inside."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MAGIC = 2125659606  # kFstMagicNumber
_SYMBOLS_MAGIC = 2125658996  # kSymbolTableMagicNumber
_ADDED_MAGIC = 446681434  # kAddOnMagicNumber
_HAS_ISYMBOLS, _HAS_OSYMBOLS, _IS_ALIGNED = 1, 2, 4
_ALIGNED_VERSION = 1
_ALIGNMENT = 16
STATE_BYTES, ARC_BYTES = 20, 16
"""Of a state and of an arc in a constant network of standard arcs."""


class NetworkError(ValueError):
    """The file is no network, or its beginning is damaged."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the states and arcs of a constant network lie in its file."""

    states: int
    """How many there are."""
    states_at: int
    """Byte of the first."""
    arcs: int
    """How many there are."""
    arcs_at: int
    """Byte of the first."""


@dataclass(frozen=True, slots=True)
class _Header:
    kind: str
    arc: str
    version: int
    flags: int
    states: int
    arcs: int


def missing_bytes(path: Path) -> int:
    """How much shorter a file is than its states and arcs; 0 where it is whole or of a kind that does not tell.

    Raises NetworkError, struct.error or OSError for what is no network.
    """
    found = extent(path)
    return 0 if found is None else max(0, found.arcs_at + ARC_BYTES * found.arcs - path.stat().st_size)


def extent(path: Path) -> Extent | None:
    """Where states and arcs lie, also of a constant network inside a lookahead one; None for other kinds."""
    with path.open("rb") as file:
        header = _header(file)
        if header.kind.endswith("lookahead"):
            if struct.unpack("<i", file.read(4))[0] != _ADDED_MAGIC:
                raise NetworkError(path)
            header = _header(file)
        if (header.kind, header.arc) != ("const", "standard"):
            return None
        for _ in _tables(file, header):
            pass
        aligned = header.version == _ALIGNED_VERSION or bool(header.flags & _IS_ALIGNED)
        first = _aligned(file.tell()) if aligned else file.tell()
        end = first + STATE_BYTES * header.states
        return Extent(header.states, first, header.arcs, _aligned(end) if aligned else end)


def symbols_inside(path: Path) -> Iterator[str]:
    """Output symbols stored in a network; the vendor's small models carry their words only there."""
    with path.open("rb") as file:
        header = _header(file)
        yield from (word for word, is_output in _tables(file, header) if is_output)


def _header(file: BinaryIO) -> _Header:
    if struct.unpack("<i", file.read(4))[0] != _MAGIC:
        raise NetworkError(file.name)
    kind, arc = _text(file), _text(file)
    version, flags = struct.unpack("<ii", file.read(8))
    _properties, _start, states, arcs = struct.unpack("<Qqqq", file.read(32))
    return _Header(kind, arc, version, flags, states, arcs)


def _tables(file: BinaryIO, header: _Header) -> Iterator[tuple[str, bool]]:
    """Symbols of the tables after a header, each with whether it is of the output's."""
    for flag in (_HAS_ISYMBOLS, _HAS_OSYMBOLS):
        if header.flags & flag:
            yield from ((word, flag == _HAS_OSYMBOLS) for word in _table(file))


def _table(file: BinaryIO) -> Iterator[str]:
    if struct.unpack("<i", file.read(4))[0] != _SYMBOLS_MAGIC:
        raise NetworkError(file.name)
    _text(file)  # name of the table
    _next_key, size = struct.unpack("<qq", file.read(16))
    for _ in range(size):
        word = _text(file)
        file.seek(8, 1)
        yield word


def _text(file: BinaryIO) -> str:
    length = int(struct.unpack("<i", file.read(4))[0])
    if not 0 <= length <= 1_000_000:  # noqa: PLR2004 - no name or word is that long; a damaged length would be
        raise NetworkError(file.name)
    return file.read(length).decode("utf-8")


def _aligned(at: int) -> int:
    return at + -at % _ALIGNMENT
