"""A script that was copied and kept its name: nobody who asks for the name gets the copy."""

from __future__ import annotations

from pathlib import Path

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library


def test_both_scripts_of_one_name_are_told_which_of_them_is_used(shelf, texts, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    library = shelf()
    (tmp_path / "slow-plank.yaml").write_text(texts["drill"].replace("name: plank", "name: Plank"), encoding="utf-8")
    found = [
        (d.file, d.line, d.severity, d.message) for d in check_paths([tmp_path], library) if "name of" in d.message
    ]
    assert found == [
        ("plank.yaml", 3, "warning", "'plank' is the name of slow-plank.yaml too, so that one is not used"),
        (
            "slow-plank.yaml",
            3,
            "warning",
            "'Plank' is the name of plank.yaml too, and that one is used in place of this",
        ),
    ]


def test_a_script_alone_with_its_name_has_no_twin(shelf, tmp_path: Path) -> None:
    assert [d for d in check_paths([tmp_path], shelf()) if "name of" in d.message] == []


def test_in_another_folder_a_script_may_have_the_name_of_one_there(shelf, texts, tmp_path: Path) -> None:
    shelf()
    own = tmp_path / "own"
    own.mkdir()
    (own / "plank.yaml").write_text(texts["drill"], encoding="utf-8")
    assert [d for d in check_paths([own], Library([own, tmp_path])) if "name of" in d.message] == []
