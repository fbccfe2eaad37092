"""Rounds that begin on the minute."""

from __future__ import annotations

import shutil

import pytest
from stagehand import SCRIPTS, Stagehand, training

from voicecoach.coach.commands import Kind
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library


def swinging() -> Stagehand:
    session = Stagehand(training("kettlebell swing")).begin().wait_for("asking weight").wait(3)
    session.say("sixteen kilos")
    session.wait_for("ready")
    session.say("start")
    return session.wait_for("working")


def begins(session: Stagehand) -> list[float]:
    """Session seconds at which each round began: a second before its first count."""
    return [say.at - 1 for say in session.says.values() if say.kind is Kind.COUNT and say.text == "one"]


def test_every_round_begins_a_minute_after_the_one_before():
    session = swinging().wait(480)
    starts = begins(session)
    assert len(starts) == 8
    assert [b - starts[0] for b in starts] == pytest.approx([60 * n for n in range(8)], abs=1e-3)
    assert any("to breathe. Then round two of eight." in text for text in session.spoken())


def test_a_round_that_ended_early_leaves_more_rest_and_the_minute_stays():
    session = swinging().wait(9)
    session.say("done")
    session.wait(60)
    first, second = begins(session)[:2]
    assert second - first == pytest.approx(60, abs=1e-3)


def test_a_round_that_took_too_long_is_followed_at_once():
    session = swinging().wait(9)
    session.say("pause")
    session.wait(70)
    session.say("resume")
    session.wait_for("resting").wait(12)
    assert session.coach.state == "working"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("every: 1m", "every: 20s", "leaves no rest"),
        ("every: 1m", "every: 1m\nrest: 30s", "keep one of them"),
        ("every: 1m\n", "", "'rest' is missing"),
    ],
)
def test_a_minute_that_holds_no_rest_is_pointed_at(tmp_path, old, new, message):
    folder = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, folder)
    path = folder / "kettlebell-swing.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert any(message in one.message + one.hint for one in check_paths([path], Library([folder])))
