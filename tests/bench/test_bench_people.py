"""Whose recordings the bench of real sessions plays."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("stop", "yes", "no", "go", "five")


@pytest.fixture
def people_of(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "bench"), *sys.path])
    return runpy.run_path(str(ROOT / "bench" / "people.py"), run_name="people")["people_of"]


def speakers(fits, count):
    from training.people import is_dev, is_for_acceptance

    names = (f"gsc-{number:08x}" for number in range(2000))
    held = [(name, is_dev(name, 15), is_for_acceptance(name, "google-speech-commands")) for name in names]
    return [name for name, dev, acceptance in held if fits(dev, acceptance)][:count]


def test_dev_speakers_come_first_and_nobody_of_the_acceptance_set_or_with_a_word_missing(people_of, tmp_path):
    (dev,) = speakers(lambda dev, acceptance: dev and not acceptance, 1)
    trained, lacking = speakers(lambda dev, acceptance: not dev and not acceptance, 2)
    (never,) = speakers(lambda _dev, acceptance: acceptance, 1)
    rows = [
        (f"{who}-{word}.flac", "pos_command", word, who, "google-speech-commands")
        for who in (trained, never, dev, lacking, "someone-unknown")
        for word in WORDS
        if (who, word) != (lacking, "go")
    ]
    for row in rows:
        (tmp_path / row[0]).touch()
    head = "file\tclass\tlabel\tspeaker\tdataset\n"
    (tmp_path / "manifest.tsv").write_text(head + "".join("\t".join(row) + "\n" for row in rows))
    assert [(one.name, one.dev) for one in people_of(tmp_path, None)] == [(dev, True), (trained, False)]
    assert [one.name for one in people_of(tmp_path, "dev")] == [dev]
