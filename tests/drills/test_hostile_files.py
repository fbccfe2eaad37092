"""Files from strangers: each is refused with a sentence, nothing is written, nothing is run.

docs/scripts.md lists every case in its last section; ``python tests/drills/test_hostile_files.py`` writes that list.
"""

from __future__ import annotations

import io
import os
import re
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from voicecoach.app.homes import Homes
from voicecoach.app.install import put_away, unpack
from voicecoach.drills.library import shipped_scripts
from voicecoach.errors import CoachError

DRILL = """\
kind: drill
version: 1
name: gift
goal: A present.
sets: 1
reps: 5
tempo: 2-0-1-1
rest: 20s
cues:
  setup: Stand tall.
"""
FLOW = (shipped_scripts() / "flows" / "standard.yaml").read_text(encoding="utf-8").replace("standard", "gift")
CIRCLE = "kind: flow\nversion: 1\nname: {}\nextends: {}\n"


def cues(name: str, *entries: str) -> str:
    return f"kind: cues\nversion: 1\nname: {name}\ncues: [{', '.join(entries)}]\n"


def text(folder: Path, content: str | bytes) -> Path:
    path = folder / "gift.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def packed(folder: Path, *files: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "gift.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path


def spread(folder: Path, **files: str) -> Path:
    home = folder / "gift"
    home.mkdir()
    for name, content in files.items():
        (home / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return home


def linked(folder: Path) -> Path:
    home = spread(folder)
    (folder / "secret.yaml").write_text(DRILL, encoding="utf-8")
    (home / "gift.yaml").symlink_to(folder / "secret.yaml")
    return home


def link_in_zip(folder: Path) -> Path:
    entry = zipfile.ZipInfo("gift.yaml")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return packed(folder, (entry, "/etc/passwd"))


def piped(folder: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes that are files")
    home = spread(folder)
    os.mkfifo(home / "gift.yaml")
    return home


def many(folder: Path) -> Path:
    return packed(folder, *((f"{number}.yaml", DRILL) for number in range(300)))


def damaged(folder: Path) -> Path:
    path = packed(folder, ("gift.yaml", DRILL), method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Stand tall", b"Stand fall", 1))
    return path


def lying(folder: Path) -> Path:
    """A zip whose entry says it is small and is not."""
    path = packed(folder, ("gift.yaml", "#" * 50_000_000))
    return Path(shrunk(path))


def shrunk(path: Path) -> Path:
    data = path.read_bytes()
    path.write_bytes(data.replace((50_000_000).to_bytes(4, "little"), (200).to_bytes(4, "little")))
    return path


def nested(folder: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("gift.yaml", DRILL)
    return packed(folder, ("more.zip", inner.getvalue()))


def billion_laughs() -> str:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 9))
    return DRILL.replace("goal: A present.", "goal: &l0 lol") + levels


CASES = {
    "code in a YAML tag": (
        lambda f: text(f, DRILL + "needs: !!python/object/apply:os.system [id]\n"),
        "tags (!) are not",
    ),
    "a billion laughs (aliases of aliases)": (
        lambda f: text(f, billion_laughs()),
        "anchors (&) are not allowed",
    ),
    "a merge key": (lambda f: text(f, DRILL.replace("cues:\n", "cues:\n  <<: {hold: x}\n")), "unknown key '<<'"),
    "10,000 brackets": (lambda f: text(f, "needs: " + "[" * 10_000), "nested too deeply"),
    "a file of 300 kB": (lambda f: text(f, DRILL + "#" * 300_000), "too large for a script"),
    "a number of 100,000 digits": (
        lambda f: text(f, DRILL.replace("sets: 1", f"sets: {'9' * 100_000}")),
        "a whole number is needed here",
    ),
    "a phrase with a million readings": (
        lambda f: text(f, DRILL + "phrases: {pain: '" + "(a|b|c|d|e|f|g|h|i|j) " * 6 + "'}\n"),
        "stands for more than 500 phrases",
    ),
    "the same, under also": (
        lambda f: text(f, f"{DRILL}also:\n  pain: ['{' '.join(['(a|b|c|d|e|f|g|h|i|j)'] * 6)}']\n"),
        "more than 500 phrases",
    ),
    "a cue that a speech engine would take for an option": (
        lambda f: text(f, DRILL.replace("Stand tall.", "-w/home/you/.profile")),
        "a text cannot begin with a hyphen",
    ),
    "a command in place of a voice engine": (
        lambda f: text(f, f"{DRILL}\nengine: 'sh -c \"touch pwned\"'\n"),
        "a script can only name an engine, not run a command",
    ),
    "a spoken form that turns the coach against its own ear": (
        lambda f: text(f, f"{DRILL}\nsay as: {{Stand: stop}}\n"),
        "the coach would hear itself say 'stop'",
    ),
    "tags of a speech engine in a spoken form": (
        lambda f: text(f, f"{DRILL}\nsay as: {{Stand: '<audio src=\"/etc/passwd\"/>'}}\n"),
        "only words can be spoken in place of a word",
    ),
    "terminal escape codes in a cue": (
        lambda f: text(f, DRILL.replace("tall", "\x1b[2J\x1b]0;x\x07")),
        "a control character",
    ),
    "the same, as a YAML escape": (
        lambda f: text(f, DRILL.replace("Stand tall.", r'"\e[2J"')),
        "holds a control character",
    ),
    "text written right to left to deceive": (
        lambda f: text(f, DRILL.replace("tall", "\u202ellat")),
        "a control character",
    ),
    "bytes that are not UTF-8": (lambda f: text(f, DRILL.encode() + b"\xff\xfe"), "not UTF-8 text"),
    "a picture called gift.yaml": (lambda f: text(f, b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "not UTF-8 text"),
    "a format of the future": (
        lambda f: text(f, DRILL.replace("version: 1", "version: 2")),
        "written for version 2 of the format; this program reads version 1",
    ),
    "an action that does not exist": (
        lambda f: text(f, FLOW.replace("enter: [greet]", "enter: [os.system]")),
        "there is no action called 'os.system'",
    ),
    'a flow that does not hear "stop"': (
        lambda f: text(f, FLOW.replace("  stop:", "  halt:")),
        "the safety command 'stop' is missing",
    ),
    "flows that extend each other in a circle": (
        lambda f: packed(f, ("flows/a.yaml", CIRCLE.format("a", "b")), ("flows/b.yaml", CIRCLE.format("b", "a"))),
        "a flow cannot extend itself",
    ),
    "lists of cues that name each other in a circle": (
        lambda f: packed(f, ("a.yaml", cues("a", "shared: b")), ("b.yaml", cues("b", "shared: a"))),
        "the lists lead in a circle",
    ),
    "a list of lists of 60 cues": (
        lambda f: packed(f, ("a.yaml", cues("a", *["Go on."] * 60)), ("b.yaml", cues("b", *["shared: a"] * 60))),
        "too many items",
    ),
    "lists in lists, ten deep": (
        lambda f: packed(f, *((f"l{n}.yaml", cues(f"l{n}", f"shared: l{n + 1}")) for n in range(10))),
        "lists lie in one another more than 5 deep",
    ),
    "a list of cues outside the folder": (
        lambda f: text(f, DRILL.replace("Stand tall.", "[shared: ../../etc/passwd]")),
        "a name is spoken: letters, digits, spaces and hyphens",
    ),
    "a drill outside the folder": (
        lambda f: text(f, DRILL + "when pain: {go to: ../../etc/passwd}\n"),
        "a name is spoken: letters, digits, spaces and hyphens",
    ),
    "a link in a folder": (linked, "'gift.yaml' is a link"),
    "a pipe in a folder": (piped, "'gift.yaml' is not a regular file"),
    "a program beside the scripts": (
        lambda f: spread(f, gift_yaml=DRILL, setup_py="1/0"),
        "'setup.py' is not a script",
    ),
    "a folder of something else": (lambda f: spread(f, index_html="<p>"), "'index.html' is not a script"),
    "a zip that leads upwards": (lambda f: packed(f, ("../../gift.yaml", DRILL)), "leads outside of it"),
    "a zip with an absolute path": (lambda f: packed(f, ("/etc/cron.d/gift.yaml", DRILL)), "leads outside of it"),
    "a zip with a Windows path": (lambda f: packed(f, ("C:\\gift.yaml", DRILL)), "leads outside of it"),
    "a link in a zip": (link_in_zip, "is a link or a device"),
    "a program in a zip": (
        lambda f: packed(f, ("gift.yaml", DRILL), ("run.sh", "rm -rf ~")),
        "'run.sh' is not a script",
    ),
    "a zip bomb of 50 MB": (lambda f: packed(f, ("gift.yaml", "#" * 50_000_000)), "too large for a script"),
    "a zip bomb that lies about its size": (lying, "cannot be unpacked"),
    "300 scripts in a zip": (many, "more than 200 files"),
    "a zip in a zip": (nested, "'more.zip' is not a script"),
    "a zip packed with LZMA": (lambda f: packed(f, ("gift.yaml", DRILL), method=zipfile.ZIP_LZMA), "an unusual way"),
    "a damaged zip": (damaged, "cannot be unpacked: Bad CRC-32"),
    "a zip that is none": (
        lambda f: (f / "gift.zip").write_bytes(b"PK\x03\x04 no") and f / "gift.zip",
        "cannot be unpacked",
    ),
    "a zip without scripts": (lambda f: packed(f, ("README.md", "hello")), "holds no script"),
    "two scripts of one name": (
        lambda f: packed(f, ("a.yaml", DRILL), ("b.yaml", DRILL)),
        "Two scripts are called 'gift'",
    ),
    "an address": (lambda _: Path("https://example.org/gift.zip"), "Nothing is ever fetched from the network"),
    "a file that is not there": (lambda _: Path("nowhere.yaml"), "There is no file or folder"),
}
"""What was tried, how it is made, and a part of what is said."""


def homes_in(folder: Path) -> Homes:
    home = folder / "home"
    return Homes(home / "journal.jsonl", home / "cache", home / "models", home / "config", home / "scripts")


def said_about(case: str, folder: Path) -> str:
    """What ``install`` says, without the place in the file and the hint."""
    source = str(CASES[case][0](folder)).replace("https:/e", "https://e")
    with pytest.raises(CoachError) as refused:
        unpack(source, homes_in(folder))
    return re.sub(r"^\S+?:\d+:\d+: error: ", "", refused.value.message.replace(f"{folder}/", "")).splitlines()[0]


@pytest.mark.parametrize("case", CASES)
def test_what_a_stranger_may_try_is_refused_with_a_sentence(case: str, tmp_path: Path) -> None:
    said = said_about(case, tmp_path)
    assert CASES[case][1] in said
    assert not re.search(r"[\x00-\x1f\x7f\u202e]", said)
    assert not (tmp_path / "home").exists()


def test_the_documentation_lists_every_case() -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "scripts.md").read_text(encoding="utf-8")
    assert [case for case in CASES if f"| {case} |" not in docs] == []


def test_shell_metacharacters_are_only_text(tmp_path: Path) -> None:
    words = "$(touch x); `id` && rm -rf / | tee > y"
    parcel = unpack(str(text(tmp_path, DRILL.replace("Stand tall.", f"'{words}'"))), homes_in(tmp_path))
    assert parcel.arrivals[0].says == (words,)


def test_comments_that_editors_obey_are_taken_out(tmp_path: Path) -> None:
    first = "# yaml-language-server: $schema=https://evil.example/x.json\n# vim: set modeline :\n# -*- eval: (x) -*-\n"
    source = text(tmp_path, f"{first}# Mine.\n{DRILL}")
    homes = homes_in(tmp_path)
    put_away(unpack(str(source), homes), homes)
    written = (homes.scripts / "gift.yaml").read_text(encoding="utf-8")
    assert written == (
        "# yaml-language-server: $schema=schema/drill.json\n# Installed from gift.yaml.\n# Mine.\n" + DRILL
    )


def write_the_list() -> None:
    """The last section of docs/scripts.md."""
    path = Path(__file__).resolve().parents[2] / "docs" / "scripts.md"
    docs = path.read_text(encoding="utf-8")
    rows = ["| what was tried | what it said |", "|---|---|"]
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            said = said_about(case, Path(folder)).replace("|", "\\|")
            rows.append(f"| {case} | {said if len(said) < 160 else said[:157] + '…'} |")
    begin, end = "<!-- begin: hostile -->\n", "<!-- end: hostile -->"
    before, _, rest = docs.partition(begin)
    path.write_text(before + begin + "\n".join(rows) + "\n" + end + rest.partition(end)[2], encoding="utf-8")


if __name__ == "__main__":
    write_the_list()
