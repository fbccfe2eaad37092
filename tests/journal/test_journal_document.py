from __future__ import annotations

import re
from pathlib import Path

import pytest

from voicecoach.journal.fields import ENVELOPE
from voicecoach.journal.schema import EVENTS, EventKind, faults

DOCUMENT = Path(__file__).parents[2] / "docs" / "journal.md"
KINDS = {
    "texts": "list of texts",
    "wholes": "list of whole numbers",
    "whole": "whole number",
    "flag": "true or false",
    "dials": "object",
    "number": "number",
}


def table_of(kind: EventKind) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"`{field.name}`",
            KINDS.get(field.kind, "text") + (" or null" if field.null else ""),
            "yes" if field.always else "no",
            field.about,
        )
        for field in kind.fields
    ]


@pytest.fixture(scope="module")
def chapters() -> dict[str, str]:
    parts = re.split(r"^### `(\w+)`$", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows_of(chapter: str) -> list[tuple[str, ...]]:
    rows = [line for line in chapter.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    return [tuple(cell.strip() for cell in row.strip("|").split(" | ")) for row in rows]


def test_every_event_is_documented_and_no_other(chapters):
    assert list(chapters) == list(EVENTS)


@pytest.mark.parametrize("event", EVENTS)
def test_every_field_is_documented_as_it_is_checked(chapters, event):
    kind = EVENTS[event]
    assert kind.about in chapters[event]
    assert rows_of(chapters[event]) == table_of(kind)


def test_the_keys_every_line_begins_with_are_documented():
    text = DOCUMENT.read_text(encoding="utf-8").partition("## The events")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)) == ENVELOPE


def test_every_event_the_coach_can_log_is_in_the_schema():
    coach = Path(__file__).parents[2] / "voicecoach" / "coach"
    logged = {
        name
        for file in coach.glob("*.py")
        for name in re.findall(r'\.log\(\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert logged
    assert logged <= set(EVENTS)


def test_a_record_with_strange_fields_is_told_what_is_strange():
    record = {"event": "set_done", "drill": 7, "set": 1, "reps": True, "weight": None, "unit": None, "dials": {"a": 1}}
    assert faults(record) == [
        "'drill' should be a text",
        "'reps' should be a whole number from 0",
        '\'dials\' should be an object such as {"depth": {"value": 50, "unit": "%"}}',
    ]
    assert faults({"event": "session_ended", "how": "bored"}) == [
        "'how' is 'bored', not one of: finished, stopped, interrupted, red flag, left"
    ]
    assert faults({"event": "dance"}) == ["'dance' is not an event of this version"]
