"""A programme of which nothing can be done with what there is."""

from __future__ import annotations

from datetime import date

import pytest
from stagehand import SCRIPTS

from voicecoach.app.training import prepare
from voicecoach.drills.equipment import Trainee, read_equipment
from voicecoach.drills.library import Library
from voicecoach.errors import CoachError

PAIR = """\
kind: programme
version: 1
name: heavy
drills: [goblet squat, kettlebell swing]
"""


def test_each_reason_is_told_once(tmp_path):
    (tmp_path / "heavy.yaml").write_text(PAIR, encoding="utf-8")
    trainee = Trainee(equipment=read_equipment(kettlebells="none", dumbbells="none"))
    with pytest.raises(CoachError) as refused:
        prepare("heavy", Library([tmp_path, SCRIPTS]), (), date(2026, 1, 5), trainee=trainee)
    assert str(refused.value).count("because there is no kettlebell") == 1
