"""The whole pipeline on two words and synthetic voices, as ``make model-smoke`` runs it."""

from __future__ import annotations

import dataclasses
import json
import shutil

import pytest
import traps

from training.__main__ import main, run
from training.clips import Clip, read_aligned, read_clips, read_sound
from training.config import ROOT, ConfigError, load_config
from training.evaluation import evaluate
from training.kaldi import BadModelError
from voicecoach.hearing.model_folder import built_in_model

SMOKE = ROOT / "training" / "smoke" / "config.toml"


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toy")
    config = load_config(SMOKE)
    network = dataclasses.replace(config.network, epochs=5.0)
    config = dataclasses.replace(config, work=str(folder), model=str(folder / "model"), network=network)
    return config, run(config)


def heard(model_folder, clip: Clip, folder) -> str:
    from vosk import KaldiRecognizer, Model, SetLogLevel

    SetLogLevel(-1)
    ear = KaldiRecognizer(Model(str(model_folder)), 16_000, json.dumps(["stop", "yes", "[unk]"]))
    ear.AcceptWaveform(read_sound(folder / clip.path).astype("<i2").tobytes())
    return json.loads(ear.FinalResult())["text"]


def test_a_toy_ear_loads_in_vosk_and_hears_voices_it_was_not_trained_on(toy):
    config, _ = toy
    held_out = [clip for clip in read_clips(config.folder / "voices.jsonl") if clip.dev]
    assert {clip.text for clip in held_out} == {"stop", "yes"}
    right = [heard(config.path(config.model), clip, config.folder) == clip.text for clip in held_out]
    assert sum(right) > len(right) / 2


def test_the_toy_ear_gets_by_every_trap_of_the_library(toy):
    config, _ = toy
    assert {name: status for name, status in traps.tried(config.path(config.model)).items() if status} == {}


def test_the_card_is_written_from_what_was_counted_and_measured(toy):
    config, _ = toy
    folder = config.path(config.model)
    figures = json.loads((folder / "eval.json").read_text())
    said = next(row for row in figures["rows"] if (row["column"], row["what"]) == ("voices", "recall stop"))
    assert said["of"] == len(config.voices.held_out)
    made = json.loads((folder / "training.json").read_text())
    (voices,) = made["recordings"]
    assert voices["speakers"] == len(config.voices.variants)
    page = (folder / "README.md").read_text()
    assert f"{voices['clips']} | {voices['speakers']} |" in page
    assert figures["files"]["sha256"]["am/final.mdl"] in page
    assert f"{figures['cost']['load_ms']:g} ms of CPU to load" in page


def test_figures_of_another_model_make_no_card(toy, tmp_path, capsys):
    config, _ = toy
    shutil.copytree(config.path(config.model), tmp_path / "other")
    (tmp_path / "other" / "conf" / "mfcc.conf").write_text("--dither=0\n")
    assert main(["card", "--config", str(SMOKE), "--model", str(tmp_path / "other")]) == 1
    assert "another model" in capsys.readouterr().err


def test_the_shipped_card_is_of_the_shipped_model_and_says_what_its_figures_say():
    from training.card import card
    from training.evaluation import files

    folder = ROOT / "models" / "voicecoach-small-en"
    made, figures = (json.loads((folder / name).read_text()) for name in ("training.json", "eval.json"))
    assert figures["files"] == files(folder)
    assert (folder / "README.md").read_text() == card(folder.name, made, figures)


def test_a_second_run_finds_everything_done_and_one_step_can_be_asked_for(toy):
    config, ran = toy
    rounds = [f"{name}-{number}" for number in (1, 2) for name in ("alignment", "features", "training")]
    assert ran == ["voices", "natural", "people", *rounds, "sequence", "export", "graph", "evaluation", "card"]
    assert run(config) == []
    assert run(config, ["card"]) == ["card"]
    assert run(config) == []


def test_after_a_step_that_was_asked_for_those_that_follow_from_it_run_again(toy):
    config, _ = toy
    assert run(config, ["export"]) == ["export"]
    assert run(config) == ["graph", "evaluation", "card"]


def test_a_step_that_does_not_exist_is_named_with_those_that_do(toy):
    config, _ = toy
    with pytest.raises(ConfigError, match=r"no step tuning.*voices"):
        run(config, ["tuning"])


def test_the_own_alignment_covers_every_clip_with_the_phones_of_its_words(toy):
    config, _ = toy
    aligned = read_aligned(config.folder / "alignment-2.jsonl")
    assert aligned
    for one in aligned:
        spoken = "".join(s.phone for s in one.segments if s.phone != "SIL")
        assert spoken == {"stop": "STAAP", "yes": "YEHS"}[one.clip.text]
        ends = [s.start + s.frames for s in one.segments]
        assert [s.start for s in one.segments] == [0, *ends[:-1]]


def test_a_missing_folder_of_recordings_is_named_with_the_command_that_makes_it(tmp_path, capsys):
    config = tmp_path / "config.toml"
    config.write_text(SMOKE.read_text().replace('kit = ""', f'kit = "{tmp_path / "audio"}"'))
    assert main(["--config", str(config)]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "audio" / "manifest.tsv") in said
    assert "python -m training.collect" in said


def test_a_wrong_config_is_one_sentence_and_no_traceback(tmp_path, capsys):
    wrong = tmp_path / "config.toml"
    wrong.write_text(SMOKE.read_text().replace("seed = 7", 'seed = "seven"'))
    assert main(["--config", str(wrong)]) == 1
    assert "seed has to be int, not 'seven'" in capsys.readouterr().err
    wrong.write_text(SMOKE.read_text().replace("rounds = 2", "round = 2"))
    assert main(["--config", str(wrong)]) == 1
    assert "missing or unknown: round, rounds" in capsys.readouterr().err


def test_what_has_no_recordings_or_is_no_model_of_the_recipe_is_not_measured(tmp_path):
    config = dataclasses.replace(load_config(SMOKE), work=str(tmp_path), model=str(built_in_model()))
    with pytest.raises(ConfigError, match="python -m training voices"):
        evaluate(config, lambda _: None)
    with pytest.raises(BadModelError, match="of this recipe"):
        evaluate(dataclasses.replace(config, model=str(tmp_path)), lambda _: None)
