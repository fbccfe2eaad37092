"""The settings file: defaults, and every mistake in it pointed at."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

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


def test_every_setting_is_documented():
    page = (Path(__file__).resolve().parents[2] / "docs" / "voices.md").read_text(encoding="utf-8")
    table = page.partition("## Your settings")[2].partition("##")[0]
    keys = re.findall(r"`\[?(\w+)\]?`", "".join(row.split("|")[1] for row in table.splitlines() if row.startswith("|")))
    assert sorted(keys) == sorted(item.name for item in fields(Settings) if item.name != "chosen")
