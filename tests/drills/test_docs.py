"""docs/scripts.md and docs/first-script.md hold what they promise; every example in them is run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from voicecoach.drills.check import check_paths
from voicecoach.drills.diagnostics import render_all
from voicecoach.drills.keys import FORM_CUES, tables_of
from voicecoach.drills.kinds import KINDS
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.schema import EVERY
from voicecoach.drills.tables import reference
from voicecoach.drills.yaml_text import read_source

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "scripts.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
WHOLE = [block for block in BLOCKS if block.startswith("kind:")]
PARTS = [block for block in BLOCKS if not block.startswith("kind:")]


def found_in(path: Path):
    return [f"{d.line}: {d.message}" for d in check_paths([path], Library([path.parent, shipped_scripts()]))]


@pytest.mark.parametrize("block", WHOLE, ids=lambda block: block.splitlines()[2])
def test_every_example_that_is_a_whole_file_is_right(block: str, tmp_path: Path) -> None:
    path = tmp_path / ("flows" if block.startswith("kind: flow") else ".") / "example.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(block, encoding="utf-8")
    assert found_in(path) == []


@pytest.mark.parametrize("block", PARTS, ids=lambda block: " ".join(block.split()[:2]))
def test_every_piece_of_a_flow_fits_into_the_standard_one(block: str, tmp_path: Path) -> None:
    path = tmp_path / "flows" / "standard.yaml"
    path.parent.mkdir()
    path.write_text(block, encoding="utf-8")
    piece = read_source(path).data
    flow = read_source(shipped_scripts() / "flows" / "standard.yaml").data
    for part, entries in piece.items():
        flow[part].update(entries)
    path.write_text(json.dumps(flow), encoding="utf-8")  # JSON is YAML
    assert found_in(path) == []


def test_the_mistake_in_the_readme_is_pointed_at_as_it_shows(tmp_path, monkeypatch):
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    script, shown = re.findall(r"```(?:yaml)?\n(kind: drill.*?|scripts/wall-tap.*?)\n```", readme, re.DOTALL)
    path = tmp_path / "scripts" / "wall-tap.yaml"
    path.parent.mkdir()
    monkeypatch.chdir(tmp_path)
    library = Library([path.parent, shipped_scripts()])
    path.write_text(script, encoding="utf-8")
    assert check_paths([path], library) == []
    path.write_text(script.replace("tempo: 2-1-1-0", "tempo: 3-x"), encoding="utf-8")
    assert render_all(check_paths([path], library)) == shown


def mappings(data: Any, path: str) -> list[dict[str, Any]]:
    """The mappings of a script at a place of the reference, ``phases.NAME.loads.NAME``."""
    here = [data]
    for part in filter(None, path.split(".")):
        owners = [one for one in here if isinstance(one, dict)]
        below = [one.values() if part == "NAME" else [one[part]] if part in one else [] for one in owners]
        here = [each for some in below for one in some for each in (one if isinstance(one, list) else [one])]
    return [one for one in here if isinstance(one, dict)]


@pytest.mark.parametrize(
    ("kind", "path", "key"),
    [(kind, table.path, key.name) for kind in KINDS for table in tables_of(kind) for key in table.keys],
)
def test_every_key_stands_in_an_example_that_is_a_whole_file(kind: str, path: str, key: str) -> None:
    tables = (shipped_scripts() / "languages").iterdir()  # a language is too long for the page, which names these two
    examples = [yaml.safe_load(text) for text in (*WHOLE, *(path.read_text(encoding="utf-8") for path in tables))]
    found = [one for data in examples if data["kind"] == kind for one in mappings(data, path)]
    written = {FORM_CUES if re.match(EVERY, name) else name for one in found for name in one}
    assert key in written


REFERENCE = re.compile(r"(?<=<!-- begin: voicecoach schema --tables -->\n).*(?=<!-- end -->)", re.DOTALL)


def test_the_reference_is_what_the_schema_says() -> None:
    written = REFERENCE.search(TEXT)
    assert written is not None
    assert written[0] == reference(), "run `python tests/drills/test_docs.py`, which writes it anew"


if __name__ == "__main__":
    (DOCS / "scripts.md").write_text(REFERENCE.sub(lambda _: reference(), TEXT), encoding="utf-8")
