"""The script writer's commands as they are typed: new, say, graph, install, watch, check --fix."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.app import watching
from voicecoach.app.graph import Arrow, Graph, as_dot, as_mermaid, as_svg
from voicecoach.app.homes import Homes
from voicecoach.cli import check, graph, install, new, rehearse, say, schema
from voicecoach.cli import list as listing
from voicecoach.cli.guard import guarded
from voicecoach.drills.kinds import KINDS
from voicecoach.drills.library import shipped_scripts


@pytest.fixture
def voicecoach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs one command in an empty folder, with a home of its own."""
    (tmp_path / "desk").mkdir()
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path / "desk")
    app = typer.Typer()
    for module in (check, graph, install, listing, new, rehearse, say, schema):
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


@pytest.mark.parametrize(("template", "said"), [("wall tap", "That was the heel slide."), ("RDL", "heel slide")])
def test_a_copied_drill_does_not_say_at_its_end_that_it_was_the_other_one(voicecoach, template, said) -> None:
    made = Path(voicecoach("new", "heel-slide", "--from", template).stdout.strip())
    assert said in made.read_text(encoding="utf-8")
    assert f"That was the {template}" not in voicecoach("rehearse", "heel-slide").stdout


@pytest.mark.parametrize("greeting", ['["Today it is the first day."]', "\n  - Hello.\n  - The First Day begins.\n"])
def test_a_copied_programme_does_not_greet_as_the_other_one(voicecoach, greeting) -> None:
    Path("first.yaml").write_text(
        f"kind: programme\nversion: 1\nname: first day\ngreeting: {greeting}\ndrills: [wall tap]\n", encoding="utf-8"
    )
    made = Path(voicecoach("new", "monday", "--from", "first.yaml").stdout.strip())
    assert "# greeting:" in made.read_text(encoding="utf-8")
    assert voicecoach("check", "monday").stderr == "no errors, no warnings.\n"
    said = voicecoach("rehearse", "monday").stdout
    assert "Hello. Today's session: monday." in said
    assert "wall tap" in said
    assert "first day" not in said.lower()


def test_a_rehearsal_goes_on_and_warns_of_words_that_the_ear_does_not_know(voicecoach) -> None:
    path = Path(voicecoach("new", "evening").stdout.strip())
    assert voicecoach("rehearse", "evening").stderr == ""
    path.write_text(path.read_text(encoding="utf-8") + "phrases: {stop: [blorgify]}\n", encoding="utf-8")
    for more in ([], ["--json"], ["--weeks", "1"]):
        rehearsed = voicecoach("rehearse", "evening", *more)
        assert rehearsed.exit_code == 0
        assert rehearsed.stdout
        assert "evening.yaml:" in rehearsed.stderr
        assert "warning: the recogniser does not know the word 'blorgify'" in rehearsed.stderr
    assert ": error: the recogniser does not know the word 'blorgify'" in voicecoach("check", "evening").stdout


def test_a_folder_called_scripts_is_preferred(voicecoach) -> None:
    Path("scripts").mkdir()
    assert voicecoach("new", "evening").stdout == "scripts/evening.yaml\n"
    written = sorted(p.stem for p in Path("scripts/schema").iterdir())
    assert written == sorted(KINDS)


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
    assert "wall tap  (your own, in place of the shipped one)" in listed
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


def test_nothing_is_made_or_installed_where_the_schema_beside_it_cannot_be_written(voicecoach, tmp_path: Path) -> None:
    gift, own = tmp_path / "gift.yaml", tmp_path / "home" / "scripts"
    gift.write_text((shipped_scripts() / "wall-tap.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    own.mkdir(parents=True)
    (own / "schema").write_text("in the way", encoding="utf-8")
    for command in (("new", "mine"), ("install", str(gift), "--yes")):
        refused = voicecoach(*command)
        assert refused.exit_code == 1
        assert "drill.json cannot be written: " in refused.stderr
        assert [path.name for path in own.iterdir()] == ["schema"]


def test_a_template_with_errors_is_not_copied(voicecoach) -> None:
    Path("bad.yaml").write_text("kind: drill\nversion: 1\nname: bad\n", encoding="utf-8")
    refused = voicecoach("new", "worse", "--from", "bad.yaml")
    assert refused.exit_code == 1
    assert "bad.yaml:1:1: error: the key 'goal' is missing" in refused.stderr


def test_every_sentence_is_listed_with_its_length_and_an_estimate_is_called_one(voicecoach) -> None:
    lines = [json.loads(line) for line in voicecoach("say", "RDL", "--estimate", "--json").stdout.splitlines()]
    assert all(line["estimated"] for line in lines)
    asked = next(line for line in lines if line["key"] == "load: ask")
    assert asked == {**asked, "script": "RDL", "text": "What weight is it?"}
    assert 0.5 < asked["seconds"] < 1.5
    assert {line["script"] for line in lines} == {"RDL", "dowel hinge", "wall tap", "standard"}  # pain leads down there
    assert "  ~ 1." in voicecoach("say", "RDL", "from now on", "--estimate").stdout
    none = voicecoach("say", "RDL", "from then on", "--estimate")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "", "No sentence holds 'from then on'.\n")


def test_sentences_are_as_a_first_session_says_them(voicecoach) -> None:
    texts = {
        json.loads(line)["text"] for line in voicecoach("say", "hip hinge", "--estimate", "--json").stdout.splitlines()
    }
    assert {"Stand with your back to the wall. Heels seven inches away.", "Fifteen pounds from now on."} <= texts
    assert "{summary}" in texts or "No sets today." in texts
    assert not any(text.startswith(".") or "  " in text for text in texts)


def test_with_a_voice_the_lengths_are_those_of_the_sound(voicecoach, tmp_path: Path) -> None:
    config = tmp_path / "home" / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    engine = tmp_path / "engine.py"
    engine.write_text(
        "import sys, wave\nout = wave.open(sys.argv[1], 'wb')\nout.setnchannels(1)\nout.setsampwidth(2)\n"
        "out.setframerate(22050)\nout.writeframes(b'\\x00\\x30' * 11025)\nout.close()\n",
        encoding="utf-8",
    )
    config.write_text(f"engine = '{sys.executable} {engine} {{out}}'\n", encoding="utf-8")
    (line,) = voicecoach("say", "wall tap", "Clean work", "--json").stdout.splitlines()
    assert json.loads(line)["estimated"] is False
    assert json.loads(line)["seconds"] == pytest.approx(0.5, abs=0.1)


def test_a_flow_alone_keeps_its_variables(voicecoach) -> None:
    assert "Hello. Today's session: {programme}." in voicecoach("say", "standard", "--estimate").stdout


def test_what_an_action_says_without_a_line_is_listed_too(voicecoach) -> None:
    text = Path(voicecoach("new", "my flow", "--from", "standard").stdout.strip())
    text.write_text(
        text.read_text(encoding="utf-8").replace("enter: [say: paused]", "enter: [say: Take your time.]"),
        encoding="utf-8",
    )
    assert "Take your time." in voicecoach("say", "my flow", "--estimate").stdout


def test_a_flow_is_drawn_with_what_is_said_on_the_arrows(voicecoach) -> None:
    mermaid = voicecoach("graph", "standard").stdout
    assert mermaid.startswith("stateDiagram-v2\n")
    assert "    [*] --> greeting\n" in mermaid
    assert re.search(r"^    countdown --> working: .*counted", mermaid, re.MULTILINE)
    assert re.search(r"^    in_any_state --> hurting: “back hurts”<br/>“hurts”$", mermaid, re.MULTILINE)
    dot = voicecoach("graph", "standard", "--format", "dot").stdout
    assert dot.startswith('digraph "standard" {')
    assert '"in any state" -> "hurting" [label="“back hurts”\\n“hurts”"' in dot


def test_the_picture_shows_every_state_and_every_arrow(voicecoach) -> None:
    shown = voicecoach("graph", "hip hinge", "--format", "svg", "--out", "flow.svg")
    assert (shown.exit_code, shown.stdout) == (0, "flow.svg\n"), shown.stderr
    root = ET.parse("flow.svg").getroot()
    groups = [group.get("class") for group in root.iter("{http://www.w3.org/2000/svg}g")]
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    dot = voicecoach("graph", "hip hinge", "--format", "dot").stdout
    assert groups.count("edge") == dot.count(" -> ") > 30
    assert {"greeting", "working", "asking weight", "red flag", "in any state", "“back hurts”"} <= texts


def test_what_a_script_says_cannot_leave_its_label() -> None:
    odd = """a"]; b -> c [label="&lt; \\\\ <script>x</script> %%{init}%% ; d --> e"""
    drawn = Graph("odd", "a", {"a": (odd,), "b": ()}, frozenset({"b"}), (Arrow("a", "b", (odd, odd), spoken=True),))
    edges = [line for line in as_dot(drawn).splitlines() if re.match(r'  "\w+" -> "\w+" \[', line)]
    assert len(edges) == 1
    root = ET.fromstring(as_svg(drawn))
    assert [g.get("class") for g in root.iter("{http://www.w3.org/2000/svg}g")].count("edge") == 1
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    (arrow,) = [line for line in as_mermaid(drawn).splitlines() if "a --> b" in line]
    assert not set(arrow.replace("<br/>", "").partition(": ")[2]) & set('<>"%{}')


@pytest.fixture
def gift(voicecoach) -> Path:
    """A zip with a drill and a programme that somebody made."""
    for name, template in (("gift", "dowel hinge"), ("giving", "hip hinge")):
        path = Path(voicecoach("new", name, "--from", template).stdout.strip())
        text = path.read_text(encoding="utf-8").replace("[wall tap", "[gift")
        Path(path.name).write_text(
            text + 'phrases: {pain: ["[my] elbow hurts"]}\n' * (name == "gift"), encoding="utf-8"
        )
        path.unlink()
    with zipfile.ZipFile("pack.zip", "w") as archive:
        for name in ("gift.yaml", "giving.yaml"):
            archive.write(name, f"pack-main/{name}")
            Path(name).unlink()
    return Path("pack.zip")


def test_what_somebody_gave_is_shown_and_then_installed(voicecoach, gift: Path, tmp_path: Path) -> None:
    asked = voicecoach("install", str(gift))
    assert asked.exit_code == 1
    assert "Nothing was installed. If this is what you want, add --yes." in asked.stderr
    assert not list((tmp_path / "home" / "scripts").glob("*.yaml"))
    shown = voicecoach("install", str(gift), "--yes")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout == asked.stdout
    assert "drill gift\n  says   Hold the stick upright along your spine.\n" in shown.stdout
    assert "  hears  pain: [my] elbow hurts\n" in shown.stdout
    assert "gift  (your own, from pack.zip)" in voicecoach("list").stdout
    assert voicecoach("check", "giving").exit_code == 0
    assert "how finished" in voicecoach("rehearse", "giving").stdout


def test_your_own_is_written_over_only_when_you_say_so(voicecoach, gift: Path) -> None:
    mine = Path(voicecoach("new", "gift").stdout.strip())
    before = mine.read_text(encoding="utf-8")
    refused = voicecoach("install", str(gift), "--yes")
    assert refused.exit_code == 1
    assert "You have 'gift' already." in refused.stderr
    assert mine.read_text(encoding="utf-8") == before
    assert not mine.with_name("giving.yaml").exists()
    assert voicecoach("install", str(gift), "--yes", "--replace").exit_code == 0
    assert mine.read_text(encoding="utf-8") != before
    assert not list(mine.parent.glob("*.part"))


def test_one_that_takes_the_place_of_a_shipped_script_says_so(voicecoach) -> None:
    path = Path(voicecoach("new", "wall tap").stdout.strip())
    Path("wall-tap.yaml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    path.unlink()
    shown = voicecoach("install", "wall-tap.yaml", "--yes")
    assert re.search(r"^wall tap: used in place of .*wall-tap.yaml\.$", shown.stderr, re.MULTILINE)
    listed = voicecoach("list").stdout
    assert "wall tap  (your own, from wall-tap.yaml, in place of the shipped one)" in listed


def test_a_script_with_errors_is_not_installed_and_its_own_file_is_named(voicecoach, tmp_path: Path) -> None:
    Path("bad.yaml").write_text("kind: drill\nversion: 1\nname: bad\ngoals: none\n", encoding="utf-8")
    refused = voicecoach("install", "bad.yaml", "--yes")
    assert refused.exit_code == 1
    assert "bad.yaml:4:1: error: unknown key 'goals'" in refused.stderr
    assert tempfile.gettempdir() + "/voicecoach-" not in refused.stderr
    assert not (tmp_path / "home" / "scripts").exists()


def test_check_puts_a_misspelt_key_right_and_keeps_the_file_as_it_was(voicecoach) -> None:
    path = Path(voicecoach("new", "evening").stdout.strip())
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace("\nsets: 3", "\nstes: 3"), encoding="utf-8")
    fixed = voicecoach("check", "--fix", "evening")
    assert fixed.exit_code == 0
    assert "put right: 'stes' is 'sets' now\n" in fixed.stderr
    assert fixed.stderr.endswith("no errors, no warnings.\n")
    assert path.read_text(encoding="utf-8") == right
    assert "stes: 3" in Path(f"{path}.bak").read_text(encoding="utf-8")
    assert "evening.yaml.bak" not in voicecoach("list").stdout


def test_a_watched_script_is_looked_at_on_every_save(voicecoach, tmp_path: Path, monkeypatch) -> None:
    path = Path(voicecoach("new", "evening").stdout.strip())
    right = path.read_text(encoding="utf-8")
    (tmp_path / "home" / "config").mkdir()
    (tmp_path / "home" / "config" / "config.toml").write_text('engine = "tones"\n', encoding="utf-8")
    saves = iter(
        [
            right.replace("lower: Hips back", "lower: Sit back"),
            right.replace("\nsets: 3", "\nstes: 3"),
            right.replace("lower: Hips back", "lower: Sit back"),
        ]
    )

    def save(_seconds: float) -> None:
        """In place of waiting, somebody saves."""
        os.utime(path, ns=(0, 0))
        path.write_text(next(saves), encoding="utf-8")

    monkeypatch.setattr(watching.time, "sleep", save)
    watch = watching.Watch("evening", Homes.find(), ())
    looks = watching.every_save(watch)
    assert re.fullmatch(r"no errors; checked in \d+\.\d\d s\.", *next(looks))
    new, took = next(looks)
    assert new.endswith("Sit back")
    assert re.fullmatch(r"no errors; checked in \d+\.\d\d s, rendered in \d+\.\d\d s\.", took)
    wrong, count = next(looks)
    assert "unknown key 'stes'" in wrong
    assert count.startswith("1 error, found in ")
    assert next(looks)[0].startswith("no errors; checked in ")
    watch.close()


def files_below(folder: Path):
    return [path for path in folder.rglob("*") if path.is_file()]
