"""What the built-in model expects words to sound like, read out of its graph."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from voicecoach.errors import CoachError
from voicecoach.hearing.model_folder import built_in_model, check_model_folder
from voicecoach.hearing.pronunciations import ask_about, read_pronunciations, spelt_like

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture(scope="module")
def ear():
    return check_model_folder(built_in_model())


@pytest.fixture(scope="module")
def spoken(ear):
    return read_pronunciations(ear)


def test_the_graph_gives_back_every_pronunciation_that_it_was_built_from(spoken):
    from training.graph import WORDS
    from training.lexicon import load_lexicon

    found: dict[str, set[tuple[str, ...]]] = {}
    for word, row in zip(spoken.words, spoken.rows.tolist(), strict=True):
        found.setdefault(word, set()).add(tuple(spoken.names[code] for code in row if code >= 0))
    assert found == {word: set(rows) for word, rows in load_lexicon(WORDS).items()}


@pytest.mark.parametrize(
    ("wrong", "meant"), [("burpeez", "burpees"), ("kettelbell", "kettlebell"), ("zercherr", "zercher")]
)
def test_a_word_written_by_ear_leads_to_the_one_that_sounds_like_it(spoken, wrong, meant):
    assert meant in spoken.near(wrong)


def test_a_slip_of_the_keyboard_leads_to_the_word_that_is_spelt_like_it(ear):
    assert spelt_like("deadlfit", sorted(ear.words))[0] == "deadlift"


def test_a_word_is_answered_with_how_it_is_said_or_with_what_is_near(ear):
    read, quadz = ask_about(ear, ["read", "quadz"])
    assert read.known
    assert read.spoken == ("R EH D", "R IY D")
    assert not quadz.known
    assert "quads" in quadz.spelt_like


def test_of_a_vendors_model_only_the_spelling_is_known(tmp_path):
    folder = shutil.copytree(built_in_model(), tmp_path / "vendors", ignore=shutil.ignore_patterns("training.json"))
    (answer,) = ask_about(check_model_folder(folder), ["quadz"])
    assert answer.sounds_like == ()
    assert "quads" in answer.spelt_like


def test_a_table_of_phones_that_does_not_fit_is_named_and_no_traceback(tmp_path):
    folder = shutil.copytree(built_in_model(), tmp_path / "ours")
    (folder / "graph" / "phones.txt").write_text("<eps> 0\nSIL 1\n")
    with pytest.raises(CoachError, match="pronunciations"):
        read_pronunciations(check_model_folder(folder))
