"""How far something is: a bar where somebody looks at a terminal, a line now and then elsewhere."""

from __future__ import annotations

import io

import pytest

from voicecoach.app.gauge import Gauge


class Terminal(io.StringIO):
    def isatty(self):
        return True


def written(stream, parts, **how):
    with Gauge(stream, **how) as gauge:
        gauge.tell("Be quiet.")
        for part in parts:
            gauge.show(part, f"{part:.2f}")
        gauge.tell("Say stop.")
    return stream.getvalue()


def test_elsewhere_a_line_is_written_for_each_step_and_none_at_the_end():
    lines = written(io.StringIO(), [n / 100 for n in range(101)]).splitlines()
    assert lines == ["Be quiet.", "0.25", "0.50", "0.75", "Say stop."]


def test_what_goes_in_great_leaps_is_written_once_a_leap():
    assert written(io.StringIO(), [0.6, 0.7, 0.9, 1.0]).splitlines() == ["Be quiet.", "0.60", "0.90", "Say stop."]


@pytest.mark.parametrize("name", ["dumb", "xterm-256color"])
def test_a_terminal_keeps_the_sentences(monkeypatch, name):
    monkeypatch.setenv("TERM", name)
    text = written(Terminal(), [0.1, 0.5, 1.0])
    assert "Be quiet." in text
    assert "Say stop." in text
