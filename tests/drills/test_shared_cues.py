"""Lists of cues that several scripts say: found by name, said like local ones, and wrong with file and line."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from voicecoach.app.homes import Homes
from voicecoach.app.install import put_away, unpack
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.sentences import sentences_of
from voicecoach.app.watching import Watch
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.load import load_script
from voicecoach.errors import CoachError

DRILL = """\
kind: drill
version: 1
name: hip lift
goal: Hips.
sets: 3
reps: 4
tempo: 2-0-1-1
rest: 20s
cues:
  after set: [shared: cheers]
  finish: That was it.
"""


def cues(name: str, entries: str) -> str:
    return f"kind: cues\nversion: 1\nname: {name}\ncues: {entries}\n"


def write(folder: Path, **texts: str) -> Library:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return Library([folder, shipped_scripts()])


def homes_in(folder: Path) -> Homes:
    return Homes(folder / "journal.jsonl", folder / "cache", folder / "models", folder / "config", folder / "scripts")


def found(library: Library, *paths: Path) -> list[tuple[str, int, int, str]]:
    return [(Path(d.file).name, d.line, d.column, d.message) for d in check_paths(paths, library)]


def test_a_list_is_said_as_if_it_stood_in_the_drill_wordings_in_turn(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "scripts", hip_lift=DRILL, cheers=cues("cheers", "[Fine., Strong., last set: The last one.]"))
    heard = rehearse(Order("hip lift"), homes_in(tmp_path / "home")).transcript.text()
    said = [text for text in ("Fine.", "Strong.", "The last one.") if text in heard]
    assert said == ["Fine.", "Strong.", "The last one."]
    assert heard.index("Fine.") < heard.index("Strong.") < heard.index("The last one.")


def test_a_list_can_stand_beside_texts_and_hold_another(tmp_path):
    drill = DRILL.replace("[shared: cheers]", "[Good., shared: cheers]")
    lists = {"cheers": cues("cheers", "[Fine., shared: calm]"), "calm": cues("calm", "Easy.")}
    library = write(tmp_path, hip_lift=drill, **lists)
    assert load_script(tmp_path / "hip-lift.yaml", library).cues.after_set == ("Good.", "Fine.", "Easy.")
    assert found(library, tmp_path) == []


def test_what_is_wrong_with_a_list_is_said_at_the_list_and_where_it_is_named(tmp_path):
    drill = DRILL.replace("  after set: [shared: cheers]\n", "  lower:\n    - Down\n    - shared: cheers\n")
    long = "[Stop now., 'One, two, three, four, five, six.']"
    library = write(tmp_path, hip_lift=drill, cheers=cues("cheers", long))
    told = found(library, tmp_path)
    assert ("cheers.yaml", 4, 8, "the coach would hear itself say 'stop now', which means 'stop'") in told
    named = [(line, column, message) for file, line, column, message in told if file == "hip-lift.yaml"]
    assert {place[:2] for place in named} == {(12, 15)}
    assert any("'Stop now.' of the list 'cheers': the coach would hear itself" in message for *_, message in named)
    assert any("'One, two, three, four, five, six.' of the list 'cheers': this takes" in m for *_, m in named)


@pytest.mark.parametrize(
    ("lists", "file", "line", "message"),
    [
        ({"chers": cues("chers", "Fine.")}, "hip-lift.yaml", 10, "there is no list of cues called 'cheers'"),
        ({"cheers": cues("cheers", "[Fine., shared: cheers]")}, "cheers.yaml", 4, "the lists lead in a circle"),
        ({"cheers": cues("cheers", "Fine.\nlast: x")}, "cheers.yaml", 5, "unknown key 'last'"),
        ({"cheers": cues("cheers", "[shard: x]")}, "cheers.yaml", 4, "there is no condition called 'shard'"),
        ({"cheers": cues("cheers", "'{weight}, {hight}.'")}, "hip-lift.yaml", 10, "unknown variable {hight}"),
    ],
)
def test_a_list_that_cannot_be_said_is_told_with_file_and_line(tmp_path, lists, file, line, message):
    library = write(tmp_path, hip_lift=DRILL, **lists)
    first = next(d for d in check_paths([tmp_path / "hip-lift.yaml"], library) if d.severity == "error")
    assert (Path(first.file).name, first.line) == (file, line)
    assert message in first.message
    with pytest.raises(CoachError):
        load_script(tmp_path / "hip-lift.yaml", library)


def test_a_variable_of_a_dial_is_a_warning_in_the_list_alone(tmp_path):
    library = write(tmp_path, cheers=cues("cheers", "'{depth} deep.'"))
    (warning,) = check_paths([tmp_path], library)
    assert (warning.severity, warning.message) == ("warning", "only a drill with a dial called 'depth' can say this")


def test_a_list_of_ones_own_is_said_by_shipped_drills_too(tmp_path):
    mine = write(tmp_path, praise=cues("praise", "Splendid."))
    assert load_script(shipped_scripts() / "deadlift.yaml", mine).cues.after_set == ("Splendid.",)
    shadowed = {entry.path.parent: entry.shadowed for entry in mine.names() if entry.name == "praise"}
    assert shadowed == {tmp_path: False, shipped_scripts(): True}


def test_a_drill_of_ones_own_is_done_in_shipped_programmes_too(tmp_path):
    shutil.copy(shipped_scripts() / "wall-tap.yaml", tmp_path)
    path = tmp_path / "wall-tap.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Squeeze", "Squash"), encoding="utf-8")
    programme = load_script(shipped_scripts() / "hip-hinge.yaml", Library([tmp_path, shipped_scripts()]))
    assert programme.drills[0].path == path


def test_a_zip_takes_its_lists_along_and_they_are_checked(tmp_path):
    def parcel(praise: str) -> Path:
        with zipfile.ZipFile(tmp_path / "gift.zip", "w") as archive:
            archive.writestr("hip-lift.yaml", DRILL)
            archive.writestr("cheers.yaml", praise)
        return tmp_path / "gift.zip"

    homes = homes_in(tmp_path / "home")
    with pytest.raises(CoachError, match="the coach would hear itself"):
        unpack(str(parcel(cues("cheers", "[Stop now.]"))), homes)
    gift = unpack(str(parcel(cues("cheers", "[Fine.]"))), homes)
    assert [(one.kind, one.name, one.says) for one in gift.arrivals] == [
        ("drill", "hip lift", ("Fine.", "That was it.")),
        ("cues", "cheers", ("Fine.",)),
    ]
    put_away(gift, homes)
    drill = load_script(homes.scripts / "hip-lift.yaml", Library([homes.scripts, shipped_scripts()]))
    assert drill.cues.after_set == ("Fine.",)


def test_say_lists_the_sentences_of_a_list(tmp_path):
    library = write(tmp_path, cheers=cues("cheers", "[Fine., last set: The last one.]"))
    told = [(s.script, s.key, s.text, s.only_if) for s in sentences_of(str(tmp_path / "cheers.yaml"), library)]
    assert told == [("cheers", "cues", "Fine.", ""), ("cheers", "cues", "The last one.", "last set")]


def test_watch_looks_again_when_a_list_is_saved(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICECOACH_SPEECH", "silent")
    write(tmp_path / "scripts", hip_lift=DRILL, cheers=cues("cheers", "[Fine.]"))
    watch = Watch("hip lift", homes_in(tmp_path / "home"), ())
    before = watch.files()
    assert watch.look()[-1].startswith("no errors;")
    write(tmp_path / "scripts", cheers=cues("cheers", "[Fine., Rather good.]"))
    assert watch.files() != before
    watch.close()
