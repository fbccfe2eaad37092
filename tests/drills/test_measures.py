"""Durations, quantities and tempos say the same after being written and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.measures import (
    SHORTEST_REP,
    UNITS,
    read_duration,
    read_quantity,
    read_tempo,
    rep_seconds,
    write_duration,
)
from voicecoach.drills.values import Tempo
from voicecoach.words.meaning import Quantity

thousandths = st.integers(0, 9_999_000).map(lambda n: n / 1000)
phases = st.one_of(st.none(), st.integers(0, 120_000).map(lambda n: n / 1000))


@given(st.integers(0, 3_600_000))
def test_a_duration_survives_writing(milliseconds: int) -> None:
    seconds = milliseconds / 1000
    assert read_duration(write_duration(seconds)) == pytest.approx(seconds, abs=1e-6)


@given(thousandths, st.sampled_from([None, *UNITS]))
def test_a_quantity_is_read_as_it_is_written(value: float, unit: str | None) -> None:
    assert read_quantity(f"{value:.3f} {unit or ''}") == Quantity(value, unit)


@given(phases, phases, phases, phases)
def test_a_tempo_survives_writing(lower, hold, lift, top) -> None:
    tempo = Tempo(lower, hold, lift, top)
    text = "-".join("X" if s is None else f"{s:.3f}" for s in (lower, hold, lift, top))
    if rep_seconds(tempo) < SHORTEST_REP:
        with pytest.raises(ValueError, match="at least one second"):
            read_tempo(text)
    else:
        assert read_tempo(text) == tempo


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("45s", 45), ("1m30s", 90), ("1m 30s", 90), ("1:30", 90), ("2m", 120), ("0:05", 5), ("90s", 90), ("1.5s", 1.5)],
)
def test_durations_are_read_in_every_way_they_are_written(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "45", "soon", "1:70", "s", "m", "1h", "-5s", "1m30", "٤s"[:0] + "1:3"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a time is written like"):
        read_duration(text)


@given(st.text(max_size=12))
def test_no_text_makes_a_parser_fall_over(text: str) -> None:
    for read in (read_duration, read_quantity, read_tempo):
        try:
            read(text)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - any sentence will do


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("7 in", Quantity(7, "in")),
        ("7in", Quantity(7, "in")),
        ("50%", Quantity(50, "%")),
        ("-20 %", Quantity(-20, "%")),
        ("2.5 kilos", Quantity(2.5, "kg")),
        ("15 Pounds", Quantity(15, "lb")),
        ("8", Quantity(8, None)),
    ],
)
def test_quantities_are_read_in_every_way_they_are_written(text: str, quantity: Quantity) -> None:
    assert read_quantity(text) == quantity
