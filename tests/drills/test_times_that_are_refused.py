"""What is said of a time that cannot be read: how to write the one that was meant."""

from __future__ import annotations

import pytest

from voicecoach.drills.measures import read_duration, read_quantity


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.5m", "minutes have no decimals: 1m30s or 90s"),
        ("1.5 minutes", "minutes have no decimals: 1m30s or 90s"),
        ("0.5m", "minutes have no decimals: 30s"),
        ("1000m", "a time is at most one hour: 60m"),
        ("90.5m", "a time is at most one hour: 60m"),
        ("1,5m", "a decimal has a point here: 1.5m"),
        ("1,5s", "a decimal has a point here: 1.5s"),
        ("2 minutes", "a time is written like 2m, with its unit beside it"),
        ("1,500s", "a time is written like 45s, 1m30s or 1:30"),
    ],
)
def test_the_message_says_how_to_write_what_was_meant(text, message):
    with pytest.raises(ValueError, match="^" + message + "$"):
        read_duration(text)


@pytest.mark.parametrize("text", ["1m30s", "90s", "60m"])
def test_what_a_message_names_can_be_written(text):
    assert read_duration(text) in {90, 3600}


def test_a_decimal_comma_is_seen_with_the_unit_beside_it():
    with pytest.raises(ValueError, match=r"a decimal has a point here: 7\.5kg"):
        read_quantity("7,5kg")
