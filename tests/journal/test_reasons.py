"""How the journal is told in sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from voicecoach.journal.outings import Outing
from voicecoach.journal.reasons import Reasons, sets_phrase
from voicecoach.journal.session import Session
from voicecoach.journal.telling import set_done
from voicecoach.words.meaning import Quantity

WHEN = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)


def done(**fields: object):
    return set_done({"id": "1", "drill": "plank", "set": 1, "sets": 2, "reps": 1, "target": 1, **fields}, WHEN)


def test_sets_of_reps_are_told_with_their_load():
    assert sets_phrase([done(reps=12, target=12, weight=35.0, unit="lb", set=n) for n in (1, 2, 3)]) == (
        "3 sets of 12 at 35 pounds"
    )


def test_holds_are_told_in_seconds_not_as_sets_of_one():
    assert sets_phrase([done(hold=30.0, seconds=30.0), done(hold=30.0, seconds=30.0, set=2)]) == "2 sets of 30 seconds"


def test_a_hold_that_ended_early_is_told_as_long_as_it_was_held():
    held = [done(hold=30.0, seconds=30.0), done(hold=30.0, seconds=12.4, reps=0, set=2)]
    assert sets_phrase(held) == "sets of 30 seconds and 12 seconds"


@pytest.mark.parametrize(
    ("axis", "unit", "new", "fields", "did"),
    [
        ("hold", "s", 35.0, {"hold": 30.0, "seconds": 30.0}, "2 sets of 30 seconds"),
        ("reps", "reps", 10.0, {"reps": 9, "target": 9}, "2 sets of 9"),
        ("seat", "cm", 42.5, {"reps": 9, "target": 9}, "2 sets of 9 at 45"),
    ],
)
def test_why_it_gets_harder_tells_the_value_of_before_once(axis, unit, new, fields, did):
    old = {"reps": 9.0, "hold": 30.0, "seat": 45.0}[axis]
    dials = {axis: {"value": old, "unit": unit}}
    sets = tuple(done(**fields, set=n, dials=dials) for n in (1, 2))
    session = Session("1", ("1",), "morning", ("plank",), WHEN, WHEN)
    reason = Reasons(date(2026, 1, 8)).up(
        Quantity(new, unit), axis, Outing(session, "plank", sets, pained=False, moved_to=None)
    )
    named = {"hold": "Hold 35 seconds", "reps": "10 reps", "seat": "Seat 42.5 centimeters"}[axis]
    assert reason == f"{named}, because last Monday you did {did} without a miss."
