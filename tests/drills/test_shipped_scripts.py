"""The scripts that come with the program are right, and nothing done to them ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.drills.check import check_paths
from voicecoach.drills.diagnostics import render_all
from voicecoach.drills.json_schema import json_schema
from voicecoach.drills.library import Library, script_files, shipped_scripts
from voicecoach.hearing.model_folder import built_in_model, check_model_folder

SCRIPTS = script_files(shipped_scripts())
SNIPPETS = [
    "\t",
    ":",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "- ",
    "&a ",
    "*a",
    "!!x ",
    "\x1b",
    "#",
    "|",
    "? ",
    "{x}",
    "stop",
    "-",
    "9" * 30,
]


def test_they_have_neither_errors_nor_warnings_with_the_built_in_ear() -> None:
    words = check_model_folder(built_in_model()).words
    found = check_paths([shipped_scripts()], Library([shipped_scripts()]), vocabulary=sorted(words))
    assert render_all(found) == ""


@pytest.mark.parametrize("kind", ["drill", "programme", "flow", "cues", "language"])
def test_their_schema_files_are_fresh(kind: str) -> None:
    shipped = json.loads((shipped_scripts() / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(kind), f"run: voicecoach schema {kind} > scripts/schema/{kind}.json"


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_they_name_their_schema_file(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).is_file()


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    """The name of a shipped script, and its text with something put in, taken out, doubled or indented."""
    path = draw(st.sampled_from(SCRIPTS))
    lines = path.read_text(encoding="utf-8").splitlines()
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        column = draw(st.integers(0, len(line)))
        match draw(st.sampled_from(["put in", "take out", "double", "indent", "drop", "any"])):
            case "put in":
                lines[number] = line[:column] + draw(st.sampled_from(SNIPPETS)) + line[column:]
            case "take out":
                lines[number] = line[:column] + line[column + draw(st.integers(1, 5)) :]
            case "double":
                lines.insert(number, line)
            case "indent":
                lines[number] = " " * draw(st.integers(1, 3)) + line
            case "drop" if len(lines) > 1:
                del lines[number]
            case _:
                lines[number] = line[:column] + draw(st.text(max_size=4)) + line[column:]
    return str(path.relative_to(shipped_scripts())), "\n".join(lines)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations())
def test_no_mutation_of_them_ends_in_a_traceback(tmp_path: Path, mutation: tuple[str, str]) -> None:
    name, text = mutation
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace")
    found = check_paths([path], Library([tmp_path, shipped_scripts()]))
    assert all(d.line >= 1 and d.column >= 1 and d.message for d in found)
    assert "\x1b" not in render_all(found)
