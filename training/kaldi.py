"""Kaldi's binary primitives, written and read; ``export`` puts a model together from them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
_STEPS = 65535
"""Between the least and the greatest value of a matrix with two bytes for each."""


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

    def halved(self, values: Array) -> None:
        """Rows of values in two bytes each, with their shape; Kaldi reads it wherever it reads the other."""
        least, reach, steps = _steps(values)
        self.token("CM2")
        self._file.write(struct.pack("<ff", least, reach) + struct.pack("<ii", *values.shape))
        self._file.write(steps.astype("<u2").tobytes())


def _steps(values: Array) -> tuple[np.float32, np.float32, Array]:
    """Least value, distance to the greatest, and how many of ``_STEPS`` steps each value lies above the least."""
    least = np.float32(values.min(initial=0))
    reach = np.float32(values.max(initial=0)) - least
    for _ in range(2):  # rounded so that what is read is written as the same bytes
        reach = np.float32(least + reach) - least
    scale = _STEPS / np.float64(reach or 1)
    return least, reach, np.round((np.float64(values) - least) * scale).astype(np.float32)


def _values(least: float, reach: float, steps: npt.NDArray[np.uint16]) -> Array:
    return (np.float64(least) + steps.astype(np.float64) * (reach / _STEPS)).astype(np.float32)


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
        """Rows of values, of four bytes each or of two."""
        if self._data.startswith(b"CM2 ", self._at):
            self.token("CM2")
            least, reach, rows, columns = struct.unpack("<ffii", self._take(16))
            steps = np.frombuffer(self._take(2 * rows * columns), "<u2")
            return _values(least, reach, steps).reshape(rows, columns)
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
