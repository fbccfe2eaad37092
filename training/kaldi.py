"""Kaldi's binary primitives, written and read; ``export`` puts a model together from them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


class BadModelError(ValueError):
    """A file that is not a model of this recipe; says at which byte."""


class Writer:
    """Kaldi's binary primitives onto a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self._file.write(data)

    def token(self, text: str) -> None:
        """A word and the blank behind it."""
        self._file.write(text.encode() + b" ")

    def integer(self, value: int) -> None:
        """A signed number of four bytes."""
        self._file.write(b"\4" + struct.pack("<i", value))

    def single(self, value: float) -> None:
        """A number of four bytes."""
        self._file.write(b"\4" + struct.pack("<f", value))

    def double(self, value: float) -> None:
        """A number of eight bytes."""
        self._file.write(b"\x08" + struct.pack("<d", value))

    def integers(self, values: Sequence[int]) -> None:
        """How many numbers, and each in four bytes without its size."""
        self._file.write(b"\4" + struct.pack("<i", len(values)) + np.asarray(values, "<i4").tobytes())

    def vector(self, values: Array) -> None:
        """Float32 values, with their count."""
        self.token("FV")
        self.integer(len(values))
        self._file.write(np.ascontiguousarray(values, "<f4").tobytes())

    def matrix(self, values: Array) -> None:
        """Rows of float32 values, with their shape."""
        self.token("FM")
        for size in values.shape:
            self.integer(size)
        self._file.write(np.ascontiguousarray(values, "<f4").tobytes())


class Reader:
    """Kaldi's binary primitives from memory; every surprise names its place."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name, self._at = data, name, 0

    def _wrong(self, expected: str) -> BadModelError:
        return BadModelError(f"{self._name}, byte {self._at}: {expected} was expected.")

    def _take(self, count: int) -> bytes:
        piece = self._data[self._at : self._at + count]
        if count < 0 or len(piece) < count:
            raise self._wrong(f"{count} more bytes")
        self._at += count
        return piece

    def exactly(self, expected: bytes) -> None:
        """Skip what must stand here."""
        if not self._data.startswith(expected, self._at):
            raise self._wrong(f"another beginning than {self._data[self._at : self._at + 20]!r}")
        self._at += len(expected)

    def token(self, expected: str) -> None:
        """Skip a word that must stand here."""
        self.exactly(expected.encode() + b" ")

    def integer(self) -> int:
        """A signed number of four bytes."""
        return int(struct.unpack("<xi", self._take(5))[0])

    def vector(self) -> Array:
        """Float32 values."""
        self.token("FV")
        return self._floats(self.integer())

    def matrix(self) -> Array:
        """Rows of float32 values."""
        self.token("FM")
        rows, columns = self.integer(), self.integer()
        return self._floats(rows * columns).reshape(rows, columns)

    def _floats(self, count: int) -> Array:
        return np.frombuffer(self._take(4 * count), "<f4").astype(np.float32)

    def lines(self) -> list[str]:
        """The text of the network's wiring, up to the empty line after it."""
        end = self._data.find(b"\n\n", self._at)
        if end < 0:
            raise self._wrong("the network's wiring")
        return self._take(end + 2 - self._at).decode("ascii", "replace").split("\n")

    def end(self) -> None:
        """Nothing may be left."""
        if self._at != len(self._data):
            raise self._wrong("the end of the file")
