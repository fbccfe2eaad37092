from __future__ import annotations

import shutil
import struct

import pytest

from voicecoach.errors import CoachError
from voicecoach.hearing.model_folder import (
    BUILT_IN,
    IN_USE,
    VENDORS_SMALL,
    built_in_model,
    check_model_folder,
    choose_model,
    measured,
)
from voicecoach.hearing.vosk_recogniser import closed_grammar


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(built_in_model(), tmp_path / "models" / VENDORS_SMALL)


def test_the_built_in_model_is_whole_and_knows_its_words():
    model = check_model_folder(built_in_model())
    assert model.built_in
    assert model.closed_grammar
    assert model.knows("stop")
    assert not model.knows("xylophonist")
    assert "<eps>" not in model.words


def test_a_model_is_heard_twice_unless_it_is_large_and_one_of_our_recipe_is_known_under_any_name(folder, monkeypatch):
    model = check_model_folder(folder)
    assert (model.heard_twice, model.of_our_recipe, model.knows_talk) == (True, True, False)
    (folder / "training.json").unlink()
    model = check_model_folder(folder)
    assert (model.heard_twice, model.of_our_recipe, model.knows_talk) == (True, False, True)
    monkeypatch.setattr("voicecoach.hearing.model_folder.QUICK_BYTES", 1_000_000)
    assert not model.heard_twice


@pytest.mark.parametrize(
    "part",
    ["am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int"],
)
def test_a_missing_part_is_named_before_the_library_falls_over_it(folder, part):
    (folder / part).unlink()
    with pytest.raises(CoachError, match=part):
        check_model_folder(folder)


def test_a_model_that_was_cut_off_is_found(folder):
    mdl = folder / "am/final.mdl"
    for size in (0, 10, 100_000, mdl.stat().st_size - 1):
        with mdl.open("r+b") as file:
            file.truncate(size)
        with pytest.raises(CoachError, match="half there"):
            check_model_folder(folder)


def test_a_network_that_is_none_and_an_option_that_is_none_are_found(folder):
    (folder / "conf/model.conf").write_text("# fine\n--beam=10\nnonsense\n")
    with pytest.raises(CoachError, match=r"model\.conf:3"):
        check_model_folder(folder)
    (folder / "conf/model.conf").write_text("--beam=10\n--endpoint.silence-phones=1\n")
    (folder / "graph/HCLr.fst").write_bytes(b"<html>not found</html>")
    with pytest.raises(CoachError, match=r"HCLr\.fst"):
        check_model_folder(folder)


def text(value):
    return struct.pack("<i", len(value.encode())) + value.encode()


def test_words_are_read_from_inside_the_network_where_the_vendor_keeps_them(folder):
    (folder / "graph/words.txt").unlink()
    with pytest.raises(CoachError, match="no words"):
        check_model_folder(folder)
    words = ["<eps>", "stop", "r\N{LATIN SMALL LETTER E WITH ACUTE}sum\N{LATIN SMALL LETTER E WITH ACUTE}", "#0"]
    table = struct.pack("<i", 2125658996) + text("words.txt") + struct.pack("<qq", 9, len(words))
    table += b"".join(text(word) + struct.pack("<q", key) for key, word in enumerate(words))
    header = struct.pack("<i", 2125659606) + text("ngram") + text("standard") + struct.pack("<iiQqqq", 4, 2, 0, 0, 1, 1)
    (folder / "graph/Gr.fst").write_bytes(header + table)
    assert check_model_folder(folder).words == {words[1], words[2]}


def test_a_static_model_hears_freely(folder):
    (folder / "graph/HCLr.fst").rename(folder / "graph/HCLG.fst")
    assert not check_model_folder(folder).closed_grammar


def test_the_built_in_model_is_used_until_another_is_installed(folder, tmp_path):
    models = tmp_path / "models"
    assert choose_model(None, tmp_path / "none").built_in
    assert choose_model(None, models).name == VENDORS_SMALL
    assert choose_model(BUILT_IN, models).built_in
    assert choose_model(VENDORS_SMALL, models).path == folder.resolve()
    other = shutil.copytree(folder, models / "other")
    (models / IN_USE).write_text("other\n")
    assert choose_model(None, models).path == other.resolve()
    (models / IN_USE).write_text("../../etc\n")
    assert choose_model(None, models).built_in
    with pytest.raises(CoachError, match="no model named 'nope'"):
        choose_model("nope", models)


def test_a_grammar_is_never_empty_and_never_holds_half_a_phrase():
    model = check_model_folder(built_in_model())
    assert closed_grammar(["stop", "frobnicate it", "", "stop"], model) == '["stop", "[unk]"]'
    with pytest.raises(CoachError, match="none of the phrases"):
        closed_grammar(["frobnicate"], model)


def test_a_model_tells_what_was_measured_of_it_and_nothing_where_nothing_was(tmp_path):
    assert "commands in quiet" in measured(built_in_model())
    assert measured(tmp_path) == ""
    (tmp_path / "eval.json").write_text('{"rows": []}')
    assert measured(tmp_path) == ""
