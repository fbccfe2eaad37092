"""The closed tables and the coach agree: what a script may name is what the coach can do, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import voicecoach.coach
from voicecoach.drills import vocabulary

COACH = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(voicecoach.coach.__path__[0]).glob("*.py")]


def keys_returned_by(method: str) -> set[str]:
    """The text keys of every dictionary that methods of this name return or are given."""
    functions = [n for tree in COACH for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == method]
    dictionaries = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Dict)]
    return {key.value for d in dictionaries for key in d.keys if isinstance(key, ast.Constant)}


def test_every_action_of_the_coach_can_be_named_in_a_script() -> None:
    assert keys_returned_by("actions") <= vocabulary.ACTIONS


def test_every_condition_of_the_coach_can_be_named_in_a_script() -> None:
    assert keys_returned_by("conditions") == vocabulary.CONDITIONS


def test_every_variable_of_the_coach_can_stand_in_a_text() -> None:
    assert keys_returned_by("variables_of") <= vocabulary.VARIABLES


def test_every_line_the_coach_says_by_itself_is_asked_for_in_a_flow() -> None:
    said = {
        text
        for tree in COACH
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in {"say_line", "line"} and call.args
        for part in ast.walk(call.args[0])
        if isinstance(part, ast.Constant) and isinstance(text := part.value, str)
    }
    assert said
    assert said <= vocabulary.LINES


@pytest.mark.parametrize("table", ["ACTION", "CONDITION", "TRIGGER", "VARIABLE"])
def test_every_name_has_its_meaning(table: str) -> None:
    meanings = getattr(vocabulary, f"{table}_MEANINGS")
    assert set(meanings) == getattr(vocabulary, f"{table}S")
    assert all(re.match(r"^[a-z0-9 ]+$", name) and meaning for name, meaning in meanings.items())
