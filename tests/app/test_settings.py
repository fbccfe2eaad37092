"""The settings file: defaults, and every mistake in it pointed at."""

from __future__ import annotations

import pytest

from voicecoach.app.settings import FILE, Settings
from voicecoach.errors import CoachError


def test_without_a_file_the_defaults_hold(tmp_path):
    assert Settings.read(tmp_path) == Settings()


def test_what_is_written_holds(tmp_path):
    (tmp_path / FILE).write_text('rate = 150\nengine = "tones"\n', encoding="utf-8")
    assert Settings.read(tmp_path) == Settings(rate=150, engine="tones")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("raet = 150", "Did you mean 'rate'"),
        ('rate = "fast"', "a whole number"),
        ("rate = true", "a whole number"),
        ("engine = 3", "text in quotes"),
        ("rate 150", "line 1"),
    ],
)
def test_a_mistake_is_pointed_at(tmp_path, text, says):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CoachError) as error:
        Settings.read(tmp_path)
    assert says in str(error.value)
    assert FILE in str(error.value)
