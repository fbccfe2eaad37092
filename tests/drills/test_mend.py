"""``check --fix`` puts simple mistakes right, and leaves everything else alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.app.mending import mend_files
from voicecoach.drills.check import check_paths
from voicecoach.drills.mend import mend

MISTAKES = {
    "a misspelt key": ("sets: 3", "stes: 3"),
    "a misspelt key below another": ("  setup:", "  set-up:"),
    "two misspelt keys": ("sets: 3\nreps: 10", "set: 3\nrep: 10"),
    "a misspelt variable": ("{distance} from", "{distanse} from"),
    "a colon in a text": ("goal: Hold a straight line.", "goal: One thing: a straight line."),
    "a variable without quotes": (
        '"{sets} sets of {reps}. Say start when ready."',
        "{sets} sets of {reps}. Say start when ready.",
    ),
    "a variable in a list without quotes": ("after set: [Good.]", "after set: [Good., {sets} are done.]"),
    "a text that begins with a star": ("lift: Squeeze", "lift: *Squeeze*"),
    "a text that begins with an at": ("lift: Squeeze", "lift: @ease"),
    "a colon that is missing": ("  setup:\n", "  setup\n"),
    "a colon that is missing before brackets": ("  distance: {", "  distance {"),
    "no space after a colon": ("sets: 3", "sets:3"),
    "an apostrophe in single quotes": ("lift: Squeeze", "lift: 'Don't rush'"),
    "every fifth rep": ("every 5 reps:", "every 5th rep:"),
    "tabs": ("  lower: Hips back\n  lift: Squeeze", "\tlower: Hips back\n\tlift: Squeeze"),
    "no-break spaces": ("  lower: Hips back\n  lift:", "\u00a0 lower:\u00a0Hips back\n\u00a0\u00a0lift:"),
    "a space without width": ("sets: 3", "sets: 3\u200b"),
    "tabs and a misspelt key": ("  lower: Hips back", "\tlowr: Hips back"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_simple_mistake_is_put_right(shelf, texts, tmp_path: Path, case: str) -> None:
    right, wrong = MISTAKES[case]
    assert right in texts["drill"]
    library = shelf(drill=texts["drill"].replace(right, wrong))
    path = tmp_path / "plank.yaml"
    assert [d for d in check_paths([path], library) if d.severity == "error"]
    broken = path.read_bytes()
    said = list(mend_files([path], library))
    assert said
    assert all("plank.yaml:" in line and ": put right: " in line for line in said)
    assert [d.message for d in check_paths([path], library) if d.severity == "error"] == []
    assert path.with_name("plank.yaml.bak").read_bytes() == broken


LEFT = {
    "a wrong value": ("sets: 3", "sets: three"),
    "a key like no other": ("needs: [mat]", "colour: [mat]"),
    "a missing key": ("goal: Hold a straight line.\n", ""),
    "an odd indent": ("  lower: Hips back", "   lower: Hips back"),
    "an unknown drill": ("or go to: easy plank", "or go to: easier plank"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_takes_a_person_is_left_alone(shelf, texts, tmp_path: Path, case: str) -> None:
    right, wrong = LEFT[case]
    assert right in texts["drill"]
    library = shelf(drill=texts["drill"].replace(right, wrong))
    before = (tmp_path / "plank.yaml").read_bytes()
    assert list(mend_files([tmp_path / "plank.yaml"], library)) == []
    assert (tmp_path / "plank.yaml").read_bytes() == before
    assert not (tmp_path / "plank.yaml.bak").exists()


def test_a_right_script_is_not_touched(shelf, tmp_path: Path) -> None:
    library = shelf()
    for path in tmp_path.rglob("*.yaml"):
        text, changes = mend(path, library)
        assert (text, changes) == (path.read_text(encoding="utf-8"), ())


def test_a_file_that_is_no_text_is_left_to_check(shelf, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe\x00")
    assert list(mend_files([tmp_path / "odd.yaml"], shelf())) == []
