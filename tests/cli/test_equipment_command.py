"""``equipment``, and what ``plan`` and ``rehearse --weeks`` make of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli import equipment, plan, rehearse
from voicecoach.cli.guard import guarded


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def voicecoach(home):  # noqa: ARG001 - commands find it by VOICECOACH_HOME
    app = typer.Typer()
    for module in (equipment, plan, rehearse):
        name = module.__name__.rpartition(".")[2]
        app.command(name)(guarded(getattr(module, name)))
    return lambda *arguments: CliRunner().invoke(app, [*arguments])


def test_what_is_said_is_kept_and_shown(voicecoach):
    said = voicecoach("equipment", "--kettlebells", "8 12 16 kg", "--unit", "kg", "--without", "wall")
    assert said.exit_code == 0
    assert voicecoach("equipment").stdout == said.stdout
    assert "kettlebells  8 12 16 kg\ndumbbells    none\nbar          none\n" in said.stdout
    assert json.loads(voicecoach("equipment", "--json").stdout)["kettlebells"] == "8 12 16 kg"


def test_the_other_settings_stay_as_they_are(voicecoach, home):
    config = home / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text('# mine\nrate = 150 # slowly\nbar = "20 kg"')
    voicecoach("equipment", "--bar", "15 kg", "--plates", "10 5 kg")
    assert config.read_text() == '# mine\nrate = 150 # slowly\nbar = "15 kg"\nplates = "10 5 kg"\n'
    voicecoach("equipment", "--forget")
    assert config.read_text() == "# mine\nrate = 150 # slowly\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kettlebells", "heavy"), "kettlebells: loads are written as"),
        (("--plates", "10 kg"), "a bar is needed"),
        (("--unit", "stone"), "unit: lb or kg"),
        (("--trainee", "robot"), "'robot' is not known"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(voicecoach, home, options, said):
    refused = voicecoach("equipment", *options)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert not (home / "config" / "config.toml").exists()


def test_settings_that_are_a_link_stay_one(voicecoach, home):
    (home / "dotfiles.toml").write_text("rate = 150\n")
    (home / "config").mkdir()
    (home / "config" / "config.toml").symlink_to(home / "dotfiles.toml")
    voicecoach("equipment", "--bar", "20 kg")
    assert (home / "dotfiles.toml").read_text() == 'rate = 150\nbar = "20 kg"\n'
    assert (home / "config" / "config.toml").is_symlink()


@pytest.mark.parametrize("in_the_way", ["config.toml/", "config.toml.new/", "no text"])
def test_settings_that_cannot_be_read_or_written_are_named(voicecoach, home, in_the_way):
    config = home / "config" / "config.toml"
    config.parent.mkdir()
    if in_the_way == "no text":
        config.write_bytes(b"\xff")
    else:
        (config.parent / in_the_way).mkdir()
    refused = voicecoach("equipment", "--bar", "20 kg")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"{config} cannot be " in refused.stderr


def test_the_plan_has_only_what_there_is_and_says_what_is_left_out(voicecoach):
    voicecoach("equipment", "--nothing", "--unit", "kg")
    (today,) = json.loads(voicecoach("plan", "hip-hinge", "--weeks", "0", "--json").stdout)
    assert [one["drill"] for one in today["drills"]] == ["wall tap", "dowel hinge"]
    assert [one["drill"] for one in today["left_out"]] == ["RDL", "deadlift"]
    assert (today["week"], today["phase"]) == (1, "unlearning")
    assert any("no barbell" in sentence for sentence in today["opening"])


def test_weeks_are_rehearsed_with_what_there_is_and_the_plates_are_named(voicecoach):
    voicecoach("equipment", "--bar", "20 kg", "--plates", "10 5 2.5 1.25 kg", "--kettlebells", "12 16 kg")
    text = voicecoach("rehearse", "hip-hinge", "--weeks", "3").stdout
    assert "deadlift: 3 x 5 at 20 kg (that is the empty bar)" in text
    assert "deadlift: 3 x 5 at 25 kg (on each side 2.5)" in text


def test_weeks_make_no_sound(voicecoach):
    refused = voicecoach("rehearse", "hip-hinge", "--weeks", "1", "--wav", "x.wav")
    assert refused.exit_code == 2
    assert "--weeks prints plans" in refused.stderr
