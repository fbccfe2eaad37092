"""``check``, ``list`` and ``schema`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli.check import check
from voicecoach.cli.list import list_scripts
from voicecoach.cli.schema import schema
from voicecoach.drills.kinds import KINDS


@pytest.fixture
def voicecoach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command("check")(check)
    app.command("list")(list_scripts)
    app.command("schema")(schema)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_right_scripts_exit_with_0_and_say_nothing_on_stdout(voicecoach) -> None:
    result = voicecoach("check", "hip hinge", "deadlift")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no errors, no warnings.\n")


def test_any_error_exits_with_1_and_points_at_it(voicecoach, shelf, texts) -> None:
    shelf(drill=texts["drill"].replace("sets: 3", "sets: three"))
    result = voicecoach("check", "plank.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "plank.yaml:6:7: error: a whole number is needed here\n6 | sets: three\n  |       ^~~~~"
    )


def test_json_is_one_document_even_when_nothing_is_wrong(voicecoach) -> None:
    assert json.loads(voicecoach("check", "--format", "json", "wall tap").stdout) == []


def test_github_commands_name_the_file(voicecoach, shelf, texts) -> None:
    shelf(drill=texts["drill"].replace("sets: 3", "sets: three"))
    assert "::error file=plank.yaml,line=6,col=7::" in voicecoach("check", "--format", "github", "plank.yaml").stdout


def test_list_says_what_each_script_is_and_where_it_comes_from(voicecoach) -> None:
    text = voicecoach("list").stdout
    assert "  wall tap  (shipped)  Push the hips back" in text
    entries = json.loads(voicecoach("list", "--json").stdout)
    assert {"kind": "programme", "name": "hip hinge", "from": "shipped"}.items() <= next(
        e for e in entries if e["name"] == "hip hinge"
    ).items()


def test_schema_prints_json_schema_of_one_kind_or_all(voicecoach) -> None:
    drill = json.loads(voicecoach("schema", "drill").stdout)
    assert drill["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert drill["properties"]["tempo"]["description"].startswith("Seconds to lower")
    assert "^every ([1-9][0-9]{0,2}) reps?$" in drill["$defs"]["CuesPart"]["patternProperties"]
    assert len(json.loads(voicecoach("schema").stdout)["anyOf"]) == len(KINDS)


def test_a_folder_without_a_script_is_not_called_right(voicecoach, tmp_path: Path) -> None:
    (tmp_path / "mine" / "scripts").mkdir(parents=True)
    empty = voicecoach("check", "mine")
    assert str(empty.exception.message) == "There is no script in the folder mine."
    assert empty.exception.hint == "The name of a script ends in .yaml."
    (tmp_path / "mine" / "scripts" / "squat.yaml").write_text("kind: drill\n", encoding="utf-8")
    assert voicecoach("check", "mine").exception.hint == "Name the folder mine/scripts."


def test_a_script_that_an_editor_named_txt_is_told_to_be_left_out(voicecoach, shelf, texts, tmp_path: Path) -> None:
    shelf()
    (tmp_path / "squat.yaml.txt").write_text(texts["drill"], encoding="utf-8")
    told = "squat.yaml.txt is left out: the name of a script ends in .yaml, and nothing more.\n"
    assert told in voicecoach("check", ".").stderr


def test_the_words_are_those_of_the_model_that_the_settings_name(voicecoach, tmp_path: Path) -> None:
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "home" / "config" / "config.toml").write_text('model = "nowhere"\n', encoding="utf-8")
    assert "no model named 'nowhere'" in voicecoach("check", "wall tap").exception.message
    assert voicecoach("check", "--model", "voicecoach-small-en", "wall tap").exit_code == 0
