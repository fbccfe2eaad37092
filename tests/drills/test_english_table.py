"""scripts/languages/en.yaml is English as the program has it built in; run as a script this file writes it."""

from __future__ import annotations

import json
from dataclasses import fields

from voicecoach.drills.language_file import build_language
from voicecoach.drills.language_schema import LanguagePart
from voicecoach.drills.library import shipped_scripts
from voicecoach.drills.yaml_text import read_source
from voicecoach.words.english import ENGLISH

PATH = shipped_scripts() / "languages" / "en.yaml"
HEAD = """\
# yaml-language-server: $schema=../schema/language.json
# English, as the program has it built in. To say something otherwise, copy this file to your own scripts and change it
# there; to add a language, see docs/languages.md. Number words and ways of saying quantities are rules of the program.
kind: language
version: 1
name: English
code: en

"""


def written() -> str:
    """The file as it should be; every text in double quotes, which YAML reads as JSON does."""

    def quoted(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    units = {name: unit for name, unit in ENGLISH.units.items() if name != "stone"}
    rows = ["units:"]
    for name, unit in units.items():
        half = f"half: {quoted(unit.half)}, " if unit.half else ""
        rows.append(f"  {quoted(name)}:")
        rows.append(f"    {{one: {quoted(unit.one)}, other: {quoted(unit.other)}, {half}heard: {quoted(unit.heard)}}}")
    rows += [f"weekdays: {quoted(ENGLISH.weekdays)}", "months:"]
    rows += [f"  - {month}" for month in ENGLISH.months]
    rows += [f"sides: {{left: {quoted(ENGLISH.sides['left'])}, right: {quoted(ENGLISH.sides['right'])}}}", "body:"]
    rows += [f"  {part}: {quoted(names)}" for part, names in ENGLISH.body.items()]
    rows += [f"tells: {quoted(sorted(ENGLISH.tells))}", "", "sentences:"]
    for name, sentence in ENGLISH.sentences.items():
        if isinstance(sentence, str):
            rows.append(f"  {quoted(name)}: {quoted(sentence)}")
        else:
            rows.append(f"  {quoted(name)}:")
            rows += [f"    {form}: {quoted(text)}" for form, text in sentence.items()]
    return HEAD + "\n".join(rows) + "\n"


def test_the_shipped_table_of_english_says_what_the_program_says() -> None:
    assert PATH.read_text(encoding="utf-8") == written(), "run `python tests/drills/test_english_table.py`"


def test_english_read_from_its_table_is_the_built_in_one() -> None:
    read = build_language(LanguagePart.model_validate(read_source(PATH).data))
    for field in fields(read):
        assert getattr(read, field.name) == getattr(ENGLISH, field.name), field.name


if __name__ == "__main__":
    PATH.write_text(written(), encoding="utf-8")
