"""Scripts are found by name, file name and path, and loaded as frozen values."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from voicecoach.drills.flow import Flow
from voicecoach.drills.library import Library, search_folders, shipped_scripts
from voicecoach.drills.load import load_programme, load_script
from voicecoach.drills.model import Drill, Programme
from voicecoach.errors import CoachError


@pytest.mark.parametrize("name", ["easy plank", "Easy Plank", "easy-plank", "EASY_PLANK", " easy  plank "])
def test_capitals_hyphens_and_spaces_do_not_matter(shelf, name: str) -> None:
    assert shelf().find(name).name == "easy-plank.yaml"


def test_the_name_of_the_file_finds_it_too(shelf, texts) -> None:
    assert shelf(drill=texts["drill"].replace("name: plank", "name: forearm plank")).find("plank").name == "plank.yaml"


def test_an_unknown_name_suggests_the_nearest(shelf) -> None:
    with pytest.raises(CoachError) as error:
        shelf().find("easi plank")
    assert "'easi plank'" in error.value.message
    assert "Did you mean 'easy plank'?" in error.value.hint


def test_a_path_that_is_not_there_says_so(shelf) -> None:
    with pytest.raises(CoachError, match="There is no file"):
        shelf().find("scripts/none.yaml")


def test_the_first_folder_wins_and_the_other_is_shown_as_hidden(shelf, texts, tmp_path: Path) -> None:
    shelf()
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.yaml").write_text(texts["drill"], encoding="utf-8")
    library = Library([own, tmp_path])
    assert library.find("plank") == own / "mine.yaml"
    assert [(e.path.name, e.shadowed) for e in library.names() if e.name == "plank"] == [
        ("mine.yaml", False),
        ("plank.yaml", True),
    ]


def test_a_programme_comes_with_its_flow_and_every_drill_that_pain_leads_to(shelf, texts) -> None:
    only = texts["programme"].replace("drills: [plank, easy plank]", "drills: [Plank]")
    programme, flow, drills = load_programme("morning", shelf(programme=only))
    assert [drill.name for drill in programme.drills] == ["plank"]
    assert set(drills) == {"plank", "easy plank"}
    assert drills["plank"].pain.go_to == "easy plank"
    assert flow.commands["ignored"].ignored
    assert flow.commands["stop"].safety


def test_a_single_drill_is_a_programme_of_one(shelf) -> None:
    programme, _, drills = load_programme("plank", shelf())
    assert (programme.name, [d.name for d in programme.drills]) == ("plank", ["plank"])
    assert set(drills) == {"plank", "easy plank"}


def test_a_flow_is_nothing_to_train(shelf) -> None:
    with pytest.raises(CoachError, match="is a flow"):
        load_programme("standard", shelf())


def test_a_file_given_by_path_finds_the_scripts_beside_it(shelf, tmp_path: Path) -> None:
    shelf()
    programme = load_script(tmp_path / "morning.yaml", Library([]))
    assert isinstance(programme, Programme)
    assert isinstance(programme.drills[0], Drill)


def test_every_error_is_in_the_message_and_the_next_step_in_the_hint(shelf, texts, tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"].replace("sets: 3", "sets: x").replace("reps: 10", "repps: 10"))
    with pytest.raises(CoachError) as error:
        load_script(tmp_path / "plank.yaml", library)
    assert "plank.yaml:6:7: error: a whole number is needed here" in error.value.message
    assert "plank.yaml:7:1: error: unknown key 'repps'" in error.value.message
    assert "voicecoach check" in error.value.hint


def test_values_cannot_be_changed(shelf) -> None:
    drill = load_script(shelf().find("plank"), shelf())
    assert isinstance(drill, Drill)
    with pytest.raises(FrozenInstanceError):
        drill.reps = 5  # type: ignore[misc]  # the point of the test
    assert drill.cues.every == {5: ("Shins vertical.", "Chest up.")}
    assert drill.dials["distance"].high == 16


def test_the_shipped_scripts_load(tmp_path: Path) -> None:
    library = Library(search_folders(tmp_path)[1:])
    programme, flow, drills = load_programme("hip hinge", library)
    assert [d.name for d in programme.drills] == ["wall tap", "dowel hinge", "RDL", "deadlift"]
    assert set(drills) == {"wall tap", "dowel hinge", "RDL", "deadlift"}
    assert isinstance(flow, Flow)
    assert load_script(library.find("deadlift"), library).tempo.starts_with == "lift"
    assert shipped_scripts().is_dir()


@pytest.mark.parametrize(
    ("file", "asked", "hint"),
    [
        ("scripts/Deep-Squat.yaml.txt", "deep squat", "scripts/Deep-Squat.yaml.txt is no script by its name: rename"),
        ("scripts/deep-squat.txt", "deep-squat", "scripts/deep-squat.txt is no script by its name: rename it to deep-"),
        ("deep-squat.yaml", "deep squat", "There is deep-squat.yaml: name the file itself, or put it into a folder"),
        ("scripts/deep-squat.yaml", "scripts/deep-squat", "There is scripts/deep-squat.yaml: name the file itself"),
    ],
)
def test_a_file_that_was_meant_is_named_where_no_script_is_found(tmp_path, monkeypatch, file, asked, hint) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scripts").mkdir()
    Path(file).write_text("kind: drill\nname: another one\n", encoding="utf-8")
    with pytest.raises(CoachError) as error:
        Library(search_folders(tmp_path / "own")).find(asked)
    assert error.value.hint.startswith(hint)


def test_an_ending_in_capitals_is_the_same_ending(shelf, texts, tmp_path: Path) -> None:
    library = shelf()
    (tmp_path / "SQUAT.YAML").write_text(texts["drill"].replace("name: plank", "name: deep squat"), encoding="utf-8")
    assert library.find("deep squat") == library.find("squat") == tmp_path / "SQUAT.YAML"
