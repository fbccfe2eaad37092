"""docs/first-script.md, done word for word: every command typed, every line found and changed, every file written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli import check, new, rehearse, say, understand
from voicecoach.cli.guard import guarded

PAGE = Path(__file__).resolve().parents[2] / "docs" / "first-script.md"
BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<body>.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w/-]+\.\w+)`")


@pytest.fixture
def voicecoach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    for module in (check, new, rehearse, say, understand):
        name = module.__name__.rpartition(".")[2]
        app.command(name)(guarded(getattr(module, name)))
    return lambda arguments: CliRunner().invoke(app, arguments)


def steps(page: str) -> Iterator[tuple[str, str, str]]:
    """What the page asks for: ``type`` a console block, ``find`` and ``make`` lines, ``write`` a file."""
    file = ""
    for block in BLOCK.finditer(page):
        before, kind, body = block["before"], block["kind"], block["body"]
        if kind == "console":
            yield "type", body, ""
        elif before.startswith("Find this line"):
            yield "find", body, ""
        elif before.startswith("Make it"):
            yield "make", body, ""
        elif "rite this to" in before:
            file = NAMED.search(before)[1]
            yield "write", body, file


def commands(console: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command of a console block, and the lines that stand below it."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        typed, *shown = part.rstrip("\n").splitlines()
        yield shlex.split(typed), shown


def test_the_page_can_be_followed_word_for_word(voicecoach) -> None:
    open_file = Path("scripts/morning-hinge.yaml")
    looked_for = ""
    done = []
    for what, body, name in steps(PAGE.read_text(encoding="utf-8")):
        done.append(what)
        if what == "type":
            for words, shown in commands(body):
                if words[0] == "mkdir":
                    Path(words[1]).mkdir()
                    continue
                result = voicecoach(words[1:])
                output = re.sub(r" +", " ", result.output)
                for line in shown:
                    assert " ".join(line.split()) in output, f"{words} printed\n{result.output}"
                if words[1] == "new":
                    open_file = Path(shown[0])
        elif what == "write":
            Path(name).write_text(body, encoding="utf-8")
        elif what == "find":
            looked_for = body
            assert open_file.read_text(encoding="utf-8").count(f"\n{body}") == 1, body
        else:
            text = open_file.read_text(encoding="utf-8")
            open_file.write_text(text.replace(f"\n{looked_for}", f"\n{body}"), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    assert done.count("type") == page.count("```console")
    assert done.count("find") == done.count("make") == page.count("Find this line") > 0
    assert done.count("write") == page.count("rite this to") > 0
