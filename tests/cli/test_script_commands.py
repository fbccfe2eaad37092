"""The script writer's commands as they are typed: new, say, graph, install, watch, check --fix."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli import check, list, new, rehearse, schema  # noqa: A004 - named as the commands are
from voicecoach.cli.guard import guarded


@pytest.fixture
def voicecoach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs one command in an empty folder, with a home of its own."""
    (tmp_path / "desk").mkdir()
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path / "desk")
    app = typer.Typer()
    for module in (check, list, new, rehearse, schema):
        name = module.__name__.rpartition(".")[2]
        app.command(name)(guarded(getattr(module, "list_scripts" if name == "list" else name)))
    return lambda *arguments: CliRunner().invoke(app, [*arguments])


def test_a_new_script_can_be_checked_and_rehearsed_at_once(voicecoach, tmp_path: Path) -> None:
    made = voicecoach("new", "morning-hinge")
    assert (made.exit_code, made.stdout) == (0, f"{tmp_path}/home/scripts/morning-hinge.yaml\n")
    assert [line.strip() for line in made.stderr.splitlines()[1:]] == [
        "voicecoach check morning-hinge",
        "voicecoach rehearse morning-hinge",
        "voicecoach run morning-hinge",
    ]
    checked = voicecoach("check", "morning-hinge")
    assert (checked.exit_code, checked.stderr) == (0, "no errors, no warnings.\n")
    rehearsed = voicecoach("rehearse", "morning-hinge")
    assert rehearsed.exit_code == 0
    assert "how finished" in rehearsed.stdout


@pytest.mark.parametrize("template", ["wall tap", "dowel hinge", "RDL", "deadlift", "hip hinge", "standard"])
def test_every_shipped_script_can_be_copied_and_each_key_is_explained(voicecoach, template: str) -> None:
    made = voicecoach("new", "my own", "--from", template)
    assert made.exit_code == 0, made.stderr
    text = Path(made.stdout.strip()).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert (Path(made.stdout.strip()).parent / text.splitlines()[0].partition("=")[2]).is_file()
    assert "\nname: my own\n" in text
    keys = [n for n, line in enumerate(text.splitlines()) if line[:1].isalpha() and ":" in line]
    explained = [n for n in keys if "#" in text.splitlines()[n - 1] + text.splitlines()[n]]
    assert len(keys) - len(explained) <= 2  # kind and version
    assert voicecoach("check", "my own").stderr == "no errors, no warnings.\n"


def test_a_folder_called_scripts_is_preferred(voicecoach) -> None:
    Path("scripts").mkdir()
    assert voicecoach("new", "evening").stdout == "scripts/evening.yaml\n"
    assert sorted(p.name for p in Path("scripts/schema").iterdir()) == ["drill.json", "flow.json", "programme.json"]


def test_nothing_is_ever_overwritten(voicecoach, tmp_path: Path) -> None:
    path = Path(voicecoach("new", "evening").stdout.strip())
    path.write_text("mine\n", encoding="utf-8")
    again = voicecoach("new", "Evening")
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert sorted(p.name for p in (tmp_path / "home" / "scripts").glob("*.yaml")) == ["evening.yaml"]


def test_a_copy_of_the_same_name_says_that_it_is_used_instead(voicecoach) -> None:
    made = voicecoach("new", "wall-tap")
    assert "It is used in place of " in made.stderr
    listed = voicecoach("list").stdout
    assert "wall tap  (your own)" in listed
    assert "wall tap  (shipped, not used)" in listed


def test_a_name_of_another_kind_is_taken(voicecoach) -> None:
    taken = voicecoach("new", "hip-hinge")
    assert (taken.exit_code, taken.stderr.splitlines()[0]) == (
        1,
        "voicecoach: There is a programme called 'hip hinge' already.",
    )


@pytest.mark.parametrize("name", ["../escape", "a/b", "", ".hidden", "x" * 61, "tab\there;rm"])
def test_a_name_is_never_a_path(voicecoach, tmp_path: Path, name: str) -> None:
    refused = voicecoach("new", "--", name)
    assert refused.exit_code == 2
    assert "is not a name that can be spoken" in refused.stderr
    assert not files_below(tmp_path)


@pytest.mark.parametrize("name", ["on", "yes", "null", "true", "3rd", "12", "farmer's walk", "Übung"])
def test_any_name_that_can_be_spoken_stays_a_text(voicecoach, name: str) -> None:
    made = voicecoach("new", name)
    assert made.exit_code == 0, made.stderr
    assert voicecoach("check", made.stdout.strip()).exit_code == 0


def test_a_template_with_errors_is_not_copied(voicecoach) -> None:
    Path("bad.yaml").write_text("kind: drill\nversion: 1\nname: bad\n", encoding="utf-8")
    refused = voicecoach("new", "worse", "--from", "bad.yaml")
    assert refused.exit_code == 1
    assert "bad.yaml:1:1: error: the key 'goal' is missing" in refused.stderr


def files_below(folder: Path):
    return [path for path in folder.rglob("*") if path.is_file()]
