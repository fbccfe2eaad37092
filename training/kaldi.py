"""Kaldi's binary primitives, written and read; ``export`` puts a model together from them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
_STEPS = 65535
"""Between the least and the greatest value of a matrix, for the marks of its columns."""
_ENDS = (0, 64, 192, 255)
"""What a byte is at each mark of its column; between two marks its value lies on a line."""


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

    def compressed(self, values: Array) -> None:
        """Rows of values in one byte each, with their shape; Kaldi reads it wherever it reads the other.

        Each column has marks at its least value, at a quarter, at three quarters and at its greatest, and its values
        lie on steps between them: ``kOneByteWithColHeaders`` of ``matrix/compressed-matrix.cc``.
        """
        least, reach = _range(values)
        marks = _marks(values, least, reach)
        self.token("CM")
        self._file.write(struct.pack("<ff", least, reach) + struct.pack("<ii", *values.shape))
        self._file.write(marks.T.astype("<u2").tobytes())
        for column, at in zip(values.T, _at(marks, least, reach).T, strict=True):
            self._file.write(np.round(np.interp(column, at, _ENDS)).astype(np.uint8).tobytes())


def bytes_of(write: Callable[[Writer], None]) -> bytes:
    """What something writes, by itself; where it must stand when it is read."""
    held = BytesIO()
    write(Writer(held))
    return held.getvalue()


def _range(values: Array) -> tuple[float, float]:
    """Least value, and the distance to the greatest, as float32 has them."""
    least = np.float32(values.min(initial=0))
    reach = np.float32(values.max(initial=0)) - least
    for _ in range(2):  # rounded so that what is read is written as the same bytes
        reach = np.float32(least + reach) - least
    return float(least), float(reach)


def _marks(values: Array, least: float, reach: float) -> npt.NDArray[np.int64]:
    """Of each column its least value, two quartiles and its greatest in ``_STEPS``; each above the one before.

    Shape (4, columns).
    """
    chosen = np.sort(values, axis=0)[[0, len(values) // 4, 3 * len(values) // 4, -1]]
    order = np.arange(len(chosen))[:, None]
    steps = np.round((chosen.astype(np.float64) - least) * (_STEPS / (reach or 1)))
    apart = np.maximum.accumulate(steps - order) + order
    return np.asarray(np.minimum(apart, _STEPS + 1 - len(chosen) + order), np.int64)


def _at(marks: npt.NDArray[np.int64], least: float, reach: float) -> npt.NDArray[np.float64]:
    return np.asarray(least + marks * (reach / _STEPS))


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
        """Rows of values, of four bytes each or compressed."""
        if self._data.startswith(b"CM ", self._at):
            self.token("CM")
            least, reach, rows, columns = struct.unpack("<ffii", self._take(16))
            marks = np.frombuffer(self._take(8 * columns), "<u2").reshape(columns, 4).astype(np.int64)
            held = np.frombuffer(self._take(rows * columns), np.uint8).reshape(columns, rows)
            lines = zip(held, _at(marks, least, reach), strict=True)
            return np.stack([np.interp(one, _ENDS, at) for one, at in lines], axis=1).astype(np.float32)
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
