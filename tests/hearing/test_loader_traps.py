"""What is known to bring Vosk down does not bring the coach down: it gets by, or says a sentence."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import traps

from voicecoach.errors import CoachError
from voicecoach.hearing.model_folder import built_in_model, check_model_folder
from voicecoach.hearing.vosk_recogniser import VoskModel

sys.path.insert(0, str(Path(__file__).parents[2]))


def test_the_built_in_model_gets_by_every_trap_of_the_library():
    assert {name: status for name, status in traps.tried(built_in_model()).items() if status} == {}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(built_in_model(), tmp_path / "model")


def cut(part, size):
    def change(folder):
        with (folder / part).open("r+b") as file:
            file.truncate(size if size >= 0 else (folder / part).stat().st_size + size)

    return change


def written(part, text):
    return lambda folder: (folder / part).write_text(text)


def without(part):
    return lambda folder: (folder / part).unlink()


def fewer_phones(folder):
    from training.export import read_model, write_model
    from training.nnet3 import Layer
    from training.phones import CMU, PhoneSet

    phones = PhoneSet(CMU[:20])
    model = read_model(folder / "am/final.mdl")
    *hidden, last = model.layers
    size = phones.pdf_count
    last = Layer(last.offsets, last.weights[:size], last.bias[:size])
    write_model([*hidden, last], phones, model.priors[:size], folder / "am/final.mdl")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (without("am/final.mdl"), "has no am/final.mdl"),
        (without("graph/HCLr.fst"), "has no graph/HCLr.fst"),
        (without("graph/Gr.fst"), "has no graph/Gr.fst"),
        (without("graph/words.txt"), "has no words"),
        (without("graph/disambig_tid.int"), "has no graph/disambig_tid.int"),
        (without("conf/mfcc.conf"), "has no conf/mfcc.conf"),
        (without("conf/model.conf"), "has no conf/model.conf"),
        (cut("am/final.mdl", 100_000), "half there"),
        (cut("graph/HCLr.fst", 100), "not a decoding network"),
        (cut("graph/HCLr.fst", 3_000_000), "half there"),
        (cut("graph/Gr.fst", -8), "half there"),
        (written("graph/words.txt", ""), "has no words"),
        (written("conf/model.conf", "--nonsense\nten\n"), "is not an option"),
        (written("conf/model.conf", "--beam=13\n"), "lacks the option"),
        (fewer_phones, "do not belong together"),
    ],
)
def test_a_broken_folder_is_a_sentence_before_the_library_sees_it(folder, change, sentence):
    change(folder)
    with pytest.raises(CoachError, match=sentence):
        check_model_folder(folder)


@pytest.mark.parametrize(
    "change",
    [
        written("graph/words.txt", "hello\nworld\n"),
        written("graph/phones/word_boundary.int", "x y z\n"),
        written("graph/disambig_tid.int", "abc\n"),
        written("conf/mfcc.conf", "--num-ceps=13\n--num-mel-bins=23\n"),
        lambda folder: written("conf/model.conf", (folder / "conf/model.conf").read_text() + "--nonsense=1\n")(folder),
    ],
)
def test_what_only_the_library_can_find_is_a_sentence_too(folder, change):
    change(folder)
    with pytest.raises(CoachError, match=r"could not be loaded|cannot listen"):
        VoskModel(check_model_folder(folder)).recogniser(["hello", "stop"])


def test_what_the_library_can_do_without_is_no_fault(folder):
    without("graph/phones/word_boundary.int")(folder)
    written("graph/disambig_tid.int", "")(folder)
    written("conf/model.conf", "# a comment\n" + (folder / "conf/model.conf").read_text() + "--frames-per-chunk=9\n")(
        folder
    )
    assert {name: status for name, status in traps.tried(folder).items() if status} == {}
