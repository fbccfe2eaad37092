"""One folder of recordings out of folders, repositories and kits."""

from __future__ import annotations

import csv
import hashlib
import subprocess

import numpy as np
import pytest
import soundfile

from training.clips import RATE, read_sound
from training.collect import main
from training.people import is_for_acceptance, read_people


def speaker(acceptance: bool, number: int = 0) -> str:
    names = [f"{n:08x}" for n in range(100)]
    return [n for n in names if (int(hashlib.sha256(n.encode()).hexdigest(), 16) % 5 >= 2) == acceptance][number]


def sound(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-3000, 3000, RATE // 2).astype(np.int16)


def write(path, seed: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound(seed), RATE, format="FLAC" if path.suffix == ".flac" else "WAV")


def rows_of(folder) -> list[dict[str, str]]:
    with (folder / "manifest.tsv").open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture
def sources(tmp_path):
    kit = tmp_path / "kit"
    write(kit / "a.flac", 1)
    write(kit / "b.flac", 2)
    head = "file\tclass\tlabel\tspeaker\tdataset\tlicence\tattribution\n"
    row = "\tgoogle-speech-commands\tCC-BY-4.0\tPete Warden\n"
    lines = f"a.flac\tpos_command\tstop\tgsc-{speaker(False)}{row}b.flac\tpos_command\tno\tgsc-{speaker(True)}{row}"
    (kit / "manifest.tsv").write_text(head + lines)
    work = tmp_path / "repository"
    write(work / "data" / "stop" / f"{speaker(False)}_nohash_0.wav", 1)  # the kit has it already
    write(work / "data" / "bed" / f"{speaker(False, 1)}_nohash_1.wav", 3)
    write(work / "data" / "bed" / f"{speaker(True)}_nohash_0.wav", 4)
    write(work / "custom_keywords" / "how_are_you" / "phone-1.wav", 5)
    write(work / "elsewhere" / "song.wav", 6)
    (work / "data" / "bed" / f"{speaker(False, 2)}_nohash_0.wav").write_text("version https://git-lfs\n")
    return kit, work


def bare(work, folder):
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "recordings")):
        subprocess.run([*git, *command], cwd=work, check=True)
    subprocess.run([*git, "clone", "-q", "--bare", str(work), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("kind", ["folder", "bare repository"])
def test_a_sound_is_taken_once_and_acceptance_speakers_never(tmp_path, sources, capsys, kind):
    kit, work = sources
    source = work if kind == "folder" else bare(work, tmp_path / "owner+name" / "repo")
    out = tmp_path / "out"
    assert main([str(out), str(kit), str(source)]) == 0
    said = capsys.readouterr().out
    assert "1 the same sound again" in said
    assert "1 unreadable" in said
    rows = rows_of(out)
    assert {(row["label"], row["class"], row["speaker"]) for row in rows} == {
        ("stop", "pos_command", f"gsc-{speaker(False)}"),
        ("bed", "neg_word", f"gsc-{speaker(False, 1)}"),
        ("how are you", "neg_word", "hymel-unknown"),
    }
    assert not any(is_for_acceptance(row["speaker"], row["dataset"]) for row in rows)
    bed = next(row for row in rows if row["label"] == "bed")
    assert np.array_equal(read_sound(out / bed["file"]), sound(3))
    assert (
        bed["source"]
        == f"{'owner/name' if kind != 'folder' else 'repository'}: data/bed/{speaker(False, 1)}_nohash_1.wav"
    )
    assert len(read_people(out, (), 15)) == 3


def test_a_source_without_a_known_recording_is_named(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "out"), str(tmp_path / "empty")]) == 1
    assert f"{tmp_path / 'empty'} holds no recording" in capsys.readouterr().err
    assert main([str(tmp_path / "out"), str(tmp_path / "nowhere")]) == 1
    assert "nowhere is no folder" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 2


def test_what_is_read_out_is_told_by_transcripts(tmp_path, capsys):
    books = tmp_path / "repository" / "LibriSpeech" / "dev-clean" / "84" / "1"
    for number in range(3):
        write(books / f"84-1-{number:04d}.flac", number)
    (books / "84-1.trans.txt").write_text("84-1-0000 GO DO YOU HEAR\n84-1-0001 WOW HE CRIED\n\n")
    wavs = tmp_path / "repository" / "LJSpeech-1.1"
    write(wavs / "wavs" / "LJ001-0002.wav", 5)
    (wavs / "metadata.csv").write_text("LJ001-0002|in 1 line|in one line.\n")
    out = tmp_path / "out"
    assert main([str(out), str(tmp_path / "repository")]) == 0
    assert "2 librispeech" in capsys.readouterr().out
    assert {(row["label"], row["class"], row["speaker"]) for row in rows_of(out)} == {
        ("go do you hear", "neg_speech", "libri-84"),
        ("wow he cried", "neg_speech", "libri-84"),
        ("in one line.", "neg_speech", "lj"),
    }
    left = read_people(out, ("wow", "one"), 0)
    assert [clip.text for clip in left] == ["go do you hear"]  # the others say what training must not hear


def test_git_mirrors_have_transcripts_too(tmp_path):
    work = tmp_path / "repository"
    write(work / "LibriSpeech" / "84" / "84-1-0000.wav", 1)
    (work / "LibriSpeech" / "84" / "84-1.trans.txt").write_text("84-1-0000 GO DO YOU HEAR\n")
    assert main([str(tmp_path / "out"), str(bare(work, tmp_path / "owner+name" / "repo"))]) == 0
    assert [row["source"] for row in rows_of(tmp_path / "out")] == ["owner/name: LibriSpeech/84/84-1-0000.wav"]


def test_what_is_said_may_stand_in_another_source_in_pieces_of_words(tmp_path):
    write(tmp_path / "sounds" / "librispeech_train-clean-100" / "84-1-0000.flac", 1)
    texts = tmp_path / "texts" / "spin"
    texts.mkdir(parents=True)
    (texts / "a.query.txt.spin").write_text("x/84-1-0000.flac\t<↑> ▁GO ▁THE RE\n")
    assert main([str(tmp_path / "out"), str(tmp_path / "sounds"), str(tmp_path / "texts")]) == 0
    assert [row["label"] for row in rows_of(tmp_path / "out")] == ["go there"]


def test_who_speaks_may_stand_in_a_list_beside_the_recordings(tmp_path):
    folder = tmp_path / "words"
    for number, word in enumerate(("able", "bird", "were")):
        write(folder / "media" / "pronunciation" / f"{word}.mp3", number)
    entry = '"path": "/media/pronunciation/able.mp3", "author": "Speaker: Anna B Recorder: Carl", "licence": "CC0"'
    (folder / "pronunciation-audio.json").write_text("{" + entry + "}")
    assert main([str(tmp_path / "out"), str(folder)]) == 0
    assert {(row["label"], row["speaker"]) for row in rows_of(tmp_path / "out")} == {
        ("able", "commons-Anna B"),
        ("bird", "commons-unknown"),
    }


def test_numbers_said_digit_by_digit_are_written_as_words(tmp_path):
    write(tmp_path / "numbers" / "audio_data" / "Numbers" / "R_1.wav", 1)
    line = "R_1,audio_data/Numbers/R_1.wav,24,Female,Indian,,,5,,,Anna,8885110931,1 Road,278\n"
    (tmp_path / "numbers" / "metadata.csv").write_text(line)
    assert main([str(tmp_path / "out"), str(tmp_path / "numbers")]) == 0
    said = "eight eight eight five one one zero nine three one"
    assert [(row["label"], row["speaker"]) for row in rows_of(tmp_path / "out")] == [(said, "digits-R_1")]


def test_telephone_prompts_without_a_header_are_read(tmp_path):
    prompts = tmp_path / "prompts" / "sounds"
    (prompts / "en").mkdir(parents=True)
    (prompts / "en_GB").mkdir()
    (prompts / "en" / "cloudy.sln16").write_bytes(sound(1).tobytes() + b"\0")
    (prompts / "en" / "core-sounds-en.txt").write_text("; prompts\ncloudy: Cloudy.\nbeep: [a beep]\n")
    soundfile.write(prompts / "en_GB" / "hi.gsm", sound(2)[::2], 8_000, format="RAW", subtype="GSM610")
    (prompts / "en_GB" / "core-sounds-en_GB.txt").write_text("hi: hi there\n")
    out = tmp_path / "out"
    assert main([str(out), str(tmp_path / "prompts")]) == 0
    rows = {row["label"]: row for row in rows_of(out)}
    assert set(rows) == {"cloudy.", "hi there"}
    assert np.array_equal(read_sound(out / rows["cloudy."]["file"]), sound(1))
    assert abs(float(rows["hi there"]["seconds"]) - 0.5) < 0.05


def test_a_word_may_stand_before_its_speaker_in_a_name_instead_of_a_folder(tmp_path):
    work = tmp_path / "work"
    write(work / "yes_no" / f"yes_{speaker(False)}_nohash_0.wav", 31)
    write(work / "_unknown_" / f"backward_{speaker(False, 1)}_nohash_2.wav.wav", 32)
    write(work / "yes_no" / f"no_{speaker(True)}_nohash_0.wav", 33)
    assert main([str(tmp_path / "out"), str(work)]) == 0
    assert {(row["label"], row["speaker"]) for row in rows_of(tmp_path / "out")} == {
        ("yes", f"gsc-{speaker(False)}"),
        ("backward", f"gsc-{speaker(False, 1)}"),
    }


def test_common_voice_says_who_speaks_in_its_later_editions_and_not_in_its_first(tmp_path):
    work, who = tmp_path / "work", ("ab" * 64, "cd" * 64)
    write(work / "en" / "clips" / "common_voice_en_1.mp3", 41)
    write(work / "en" / "clips" / "common_voice_en_2.mp3", 42)
    (work / "en" / "validated.tsv").write_text(
        "client_id\tpath\tsentence\tup_votes\n"
        f"{who[0]}\tcommon_voice_en_1.mp3\tIt rains.\t2\n"
        f"{who[1]}\tcommon_voice_en_2.mp3\t{'e' * 64}\tGo on.\t2\n"
    )
    write(work / "asr" / "cv-valid-dev" / "sample-000007.mp3", 43)
    (work / "asr" / "cv-valid-dev.csv").write_text(
        "filename,text,up_votes\ncv-valid-dev/sample-000007.mp3,the stranger said so,1\n"
    )
    assert main([str(tmp_path / "out"), str(work)]) == 0
    assert {(row["label"], row["speaker"]) for row in rows_of(tmp_path / "out")} == {
        ("it rains.", "cv-" + "ab" * 8),
        ("go on.", "cv-" + "cd" * 8),
        ("the stranger said so", "cv1-unknown"),
    }


def test_an4_is_read_with_its_header_and_its_marks_of_sentences_are_left_out(tmp_path):
    work = tmp_path / "an4"
    for speaker_, name, number in (("fash", "an251-fash-b", 51), ("mjwl", "cen7-mjwl-b", 52)):
        path = work / "wav" / "an4_clstk" / speaker_ / f"{name}.sph"
        path.parent.mkdir(parents=True)
        soundfile.write(path, sound(number), RATE, format="NIST", subtype="PCM_16")
    (work / "etc").mkdir()
    (work / "etc" / "an4_train.transcription").write_text("<s> YES </s> (an251-fash-b)\n")
    (work / "etc" / "an4_test.transcription").write_text("P G H (cen7-mjwl-b)\n")
    assert main([str(tmp_path / "out"), str(work)]) == 0
    assert {(row["label"], row["class"], row["speaker"]) for row in rows_of(tmp_path / "out")} == {
        ("yes", "pos_command", "an4-fash"),
        ("p g h", "neg_speech", "an4-mjwl"),
    }


def test_a_number_in_a_path_may_stand_for_a_word_and_only_some_rounds_are_taken(tmp_path):
    for number, name in enumerate(("1530-12-05", "1530-17-01", "1530-12-06", "1530-03-01")):
        path = tmp_path / "work" / "speech_data" / "1530" / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, sound(number), RATE)
    assert main([str(tmp_path / "out"), str(tmp_path / "work")]) == 0
    assert {(row["label"], row["speaker"]) for row in rows_of(tmp_path / "out")} == {
        ("speech", "dsp-1530"),
        ("open", "dsp-1530"),
    }


def test_a_table_of_misheard_words_tells_who_says_which_word(tmp_path):
    corpus = tmp_path / "work" / "EnglishCCC_v1.2"
    (corpus / "confusionWavs").mkdir(parents=True)
    soundfile.write(corpus / "confusionWavs" / "T_3784.wav", sound(1), RATE)
    (corpus / "confusionCorpus_v1.2.csv").write_text(
        "ID,Length,Masker,Onset,SNR,Speaker,Target,Raw\n3784,11520,SSN,104656,-6.982,s3,jointly,drink|drink\n"
    )
    assert main([str(tmp_path / "out"), str(tmp_path / "work")]) == 0
    assert [(row["label"], row["speaker"]) for row in rows_of(tmp_path / "out")] == [("jointly", "ccc-s3")]
