from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.dev_folder import main
from training.people import is_dev

HEAD = "file\tclass\tlabel\tspeaker\tdataset"


def speaker(dev: bool, number: int = 0) -> str:
    return [name for name in (f"anna-{n}" for n in range(1000)) if is_dev(name, 15) == dev][number]


def test_only_people_whom_training_never_hears_are_named_and_the_noise_to_hear_them_in(tmp_path, capsys):
    rows = [
        ("a.flac", "pos_command", "stop", speaker(True)),
        ("b.flac", "pos_command", "stop", speaker(False)),
        ("c.flac", "pos_command", "stop", "somebody-unknown"),
        ("d.flac", "neg_speech", "we call it bear", speaker(True, 1)),
        ("g.flac", "neg_word", "ready", speaker(True, 2)),  # a phrase of the script
        ("h.flac", "neg_speech", "of them", speaker(True, 3)),  # too short for a sentence
        ("e.flac", "neg_noise", "rain", "-"),
        ("f.flac", "rir", "hall", "-"),
    ]
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "manifest.tsv").write_text("\n".join([HEAD, *("\t".join((*row, "made up")) for row in rows)]) + "\n")
    assert main([str(kit), str(tmp_path / "out" / "dev")]) == 0
    assert capsys.readouterr().out == "5 recordings\n"
    with (tmp_path / "out" / "dev" / "manifest.tsv").open(newline="") as file:
        named = {row["file"][-6]: row["class"] for row in csv.DictReader(file, delimiter="\t")}
    assert named == {"a": "pos_command", "d": "neg_speech", "e": "neg_noise", "f": "rir", "g": "pos_command"}


def test_of_a_word_that_many_say_only_some_are_taken(tmp_path, capsys):
    rows = [(f"{n}.flac", "pos_command", "stop", speaker(True, n), "made up") for n in range(10)]
    (tmp_path / "manifest.tsv").write_text("\n".join([HEAD, *map("\t".join, rows)]) + "\n")
    assert main([str(tmp_path), str(tmp_path / "dev"), "--most", "3"]) == 0
    assert capsys.readouterr().out == "3 recordings\n"


def test_so_many_words_that_are_no_command_are_taken_and_every_command(tmp_path, capsys):
    others = [(f"{n}.flac", "neg_word", f"word{n}", speaker(True, n), "made up") for n in range(10)]
    rows = [*others, ("stop.flac", "pos_command", "stop", speaker(True), "made up")]
    (tmp_path / "manifest.tsv").write_text("\n".join([HEAD, *map("\t".join, rows)]) + "\n")
    assert main([str(tmp_path), str(tmp_path / "dev"), "--words", "4"]) == 0
    assert capsys.readouterr().out == "5 recordings\n"
    assert "stop.flac" in (tmp_path / "dev" / "manifest.tsv").read_text()


def test_a_kit_without_a_manifest_is_one_sentence(tmp_path, capsys):
    assert main([str(tmp_path), str(tmp_path / "dev")]) == 1
    assert "manifest.tsv" in capsys.readouterr().err
