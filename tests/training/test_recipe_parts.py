"""The parts of the recipe by themselves."""

from __future__ import annotations

import dataclasses
import hashlib

import numpy as np
import pytest

from training.align import Chain, best_path, fit
from training.augment import breathing, through_microphone
from training.clips import Aligned, Clip, Segment
from training.config import ROOT, Perturbation, load_config
from training.export import AcousticModel, BadModelError, mixed, read_model, write_model
from training.features import Examples, copies_of, labels
from training.lexicon import all_words, load_lexicon
from training.network import context, log_outputs, new_layers, of_rate, train
from training.people import is_for_acceptance, read_people
from training.phones import ENGLISH, ENGLISH_IN_CONTEXT
from training.texts import utterances

SMOKE = ROOT / "training" / "smoke" / "config.toml"
BUILT_IN = ROOT / "models" / "voicecoach-small-en" / "am" / "final.mdl"


def test_the_shipped_network_can_be_read_and_written_back_to_the_same_bytes(tmp_path):
    model = read_model(BUILT_IN)
    write_model(model.layers, model.phones, model.priors, tmp_path / "again.mdl", compressed=True)
    assert (tmp_path / "again.mdl").read_bytes() == BUILT_IN.read_bytes()


@pytest.mark.parametrize("cut", [0, 1, 100, 5_000, -1])
def test_a_network_cut_short_is_refused_by_name(tmp_path, cut):
    short = tmp_path / "short.mdl"
    short.write_bytes(BUILT_IN.read_bytes()[:cut])
    with pytest.raises(BadModelError, match=r"short\.mdl, byte"):
        read_model(short)


def test_the_outputs_of_a_step_come_from_exactly_the_frames_the_network_sees():
    layers = read_model(BUILT_IN).layers
    dice = np.random.default_rng(0)
    cepstra = dice.normal(0, 10, (120, 40)).astype(np.float32)
    before = log_outputs(layers, cepstra)
    assert np.exp(before).sum(axis=1) == pytest.approx(1, abs=1e-4)
    changed = cepstra.copy()
    changed[60] += 50
    touched = np.flatnonzero(np.abs(log_outputs(layers, changed) - before).max(axis=1) > 1e-3)
    side = context(layers)
    assert touched.min() * 3 >= 60 - side
    assert touched.max() * 3 <= 60 + side
    assert 20 in touched


def test_the_best_path_follows_the_scores_through_the_pronunciation_that_fits():
    chain = Chain([[["S", "T"], ["S", "D"]]], ENGLISH)
    scores = np.full((6, ENGLISH.pdf_count), -9.0, np.float32)
    for step, (name, first) in enumerate([("SIL", 0), ("S", 0), ("S", 1), ("D", 0), ("D", 1), ("SIL", 0)]):
        scores[step, ENGLISH.pdfs(name)[first]] = 0
    found = best_path(scores, chain)
    assert found == (Segment("SIL", 0, 1), Segment("S", 1, 2), Segment("D", 3, 2), Segment("SIL", 5, 1))


def test_speech_that_is_something_else_than_was_aligned_with_it_fits_far_worse():
    scores = np.full((6, ENGLISH.pdf_count), -9.0, np.float32)
    for step, (name, first) in enumerate([("SIL", 0), ("S", 0), ("S", 1), ("D", 0), ("D", 1), ("SIL", 0)]):
        scores[step, ENGLISH.pdfs(name)[first]] = 0
    said, other = (best_path(scores, Chain([[phones]], ENGLISH)) for phones in (["S", "D"], ["M", "UW"]))
    assert fit(scores, said, ENGLISH) == 0
    assert fit(scores, other, ENGLISH) == -9
    assert fit(scores, (Segment("SIL", 0, 6),), ENGLISH) == 0


def test_a_clip_shorter_than_its_words_has_no_path():
    assert best_path(np.zeros((1, ENGLISH.pdf_count), np.float32), Chain([[["S", "T", "AA", "P"]]], ENGLISH)) is None


def test_a_faster_copy_has_its_labels_earlier():
    segments = (Segment("SIL", 0, 4), Segment("S", 4, 4))
    first, rest = ENGLISH.pdfs("S")
    assert list(labels(segments, 10, 1.0, ENGLISH)) == [0, 0, 0, 0, first, rest, rest, rest, 0, 0]
    assert list(labels(segments, 6, 2.0, ENGLISH)) == [0, 0, first, rest, 0, 0]


def test_a_phone_is_labelled_by_what_is_spoken_before_it():
    segments = (Segment("SIL", 0, 1), Segment("S", 1, 2), Segment("T", 3, 2), Segment("SIL", 5, 1), Segment("T", 6, 1))
    phones = ENGLISH_IN_CONTEXT
    (s, more), (t, rest), (again, _) = phones.pdfs("S", "SIL"), phones.pdfs("T", "S"), phones.pdfs("T", "SIL")
    assert list(labels(segments, 7, 1.0, phones)) == [0, s, more, t, rest, 0, again]
    assert len({s, more, t, rest, again}) == 5


def speaker_of_part(parts: range) -> str:
    names = (f"{number:08x}" for number in range(1000))
    return next(n for n in names if int(hashlib.sha256(n.encode()).hexdigest(), 16) % 5 in parts)


def test_acceptance_speakers_are_never_read_and_speakers_stay_on_one_side(tmp_path):
    ours, theirs = speaker_of_part(range(2)), speaker_of_part(range(2, 5))
    rows = [
        ("a.flac", "pos_command", "stop", f"gsc-{ours}", "google-speech-commands"),
        ("b.flac", "pos_command", "yes", f"gsc-{ours}", "google-speech-commands"),
        ("c.flac", "pos_command", "stop", f"gsc-{theirs}", "google-speech-commands"),
        ("d.flac", "pos_digit", "one", "theo", "free-spoken-digit-dataset"),
        ("e.flac", "neg_word", "happy", f"gsc-{ours}", "google-speech-commands"),
        ("f.flac", "neg_noise", "rain", "-", "max-audio-classifier"),
        ("g.flac", "neg_speech", "LJ050-0131", "x-unknown", "samples"),
        ("h.flac", "neg_speech", "She'll be all right.", "anna", "common-voice"),
    ]
    head = "file\tclass\tlabel\tspeaker\tdataset\tlicence\n"
    (tmp_path / "manifest.tsv").write_text(head + "".join("\t".join((*row, "CC0")) + "\n" for row in rows))
    clips = {clip.path.rpartition("/")[2]: clip for clip in read_people(tmp_path, {"happy"}, 50)}
    assert sorted(clips) == ["a.flac", "b.flac", "e.flac", "f.flac", "h.flac"]
    assert clips["h.flac"].text == "she'll be all right"
    assert clips["a.flac"].dev == clips["b.flac"].dev
    assert clips["e.flac"].dev
    assert clips["f.flac"].kind == "noise"
    assert is_for_acceptance(theirs, "anything")
    assert not is_for_acceptance(ours, "anything")


def test_a_lexicon_takes_every_pronunciation_once_and_drops_stress(tmp_path):
    (tmp_path / "a.dict").write_text("# mine\nread R EH1 D\nread(2) R IY1 D\nread(3) R EH0 D\n")
    assert load_lexicon(tmp_path) == {"read": (("R", "EH", "D"), ("R", "IY", "D"))}


def test_phones_are_found_in_words_that_the_vocabulary_lacks_and_in_possessives():
    known = all_words({"dowel": (("D", "AW", "AH", "L"),), "boss": (("B", "AO", "S"),)})
    assert known["dowel"] == (("D", "AW", "AH", "L"),)
    assert known["dowel's"] == (("D", "AW", "AH", "L", "Z"),)
    assert known["boss's"][0] == ("B", "AO", "S", "IH", "Z")
    assert known["aladdin"] == (("AE", "L", "AE", "D", "IH", "N"),)


def test_every_voice_says_every_phrase_it_has_room_for_and_the_same_again_with_the_same_seed():
    said = utterances(["stop", "yes"], ["it rains"], ["dowel", "wall"], 40, 0.5, 3)
    assert len(said) == 40
    assert {"stop", "yes"} <= set(said)
    assert said == utterances(["stop", "yes"], ["it rains"], ["dowel", "wall"], 40, 0.5, 3)
    assert said != utterances(["stop", "yes"], ["it rains"], ["dowel", "wall"], 40, 0.5, 4)


def test_the_learning_rate_rises_then_falls_to_nothing_over_the_time_there_is():
    rates = [of_rate(share / 100) for share in range(101)]
    top = rates.index(max(rates))
    assert rates[0] == 0
    assert max(rates) == pytest.approx(1)
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] == pytest.approx(0, abs=1e-9)


def test_the_learning_rate_may_fall_over_two_rounds_as_it_would_over_one():
    first = [of_rate(share / 100, (0.0, 0.4)) for share in range(101)]
    second = [of_rate(share / 100, (0.4, 1.0)) for share in range(101)]
    assert max(second) == pytest.approx(first[-1])
    assert first[-1] == pytest.approx(of_rate(0.05 + 0.95 * 0.4))
    assert second[-1] == pytest.approx(0, abs=1e-9)


def test_what_scripts_listen_for_is_used_more_often_and_what_people_say_by_the_hundred_less():
    said = ["cat"] * 40 + ["stop", "seven", "dowel", "the cat sat on the mat"]
    clips = [Clip(f"{number}.wav", text, "s", "person", False, "x", "CC0") for number, text in enumerate(said)]
    spoken = [Aligned(clip, ()) for clip in (*clips, dataclasses.replace(clips[40], kind="voice"))]
    plain = dataclasses.replace(
        load_config(SMOKE).augmentation, copies_of_people=3, copies_of_sentences=2, copies_of_voices=1
    )
    assert copies_of(spoken, plain, {"stop"}) == [3] * 43 + [2, 1]
    weighed = dataclasses.replace(plain, copies_of_phrases=9, most_of_a_word=60)
    assert copies_of(spoken, weighed, {"stop"}) == [1] * 40 + [9, 9, 3, 2, 1]


def test_made_up_breathing_swells_and_ebbs_and_is_as_long_as_asked():
    sound = breathing(32_000, np.random.default_rng(3))
    assert sound.shape == (32_000,)
    power = np.square(sound).reshape(-1, 800).mean(axis=1)
    assert power.max() > 100 * power.min()


def test_another_microphone_changes_how_loud_each_tone_is_and_adds_none():
    dice, tones = np.random.default_rng(4), (300, 900, 2500)
    times = np.arange(16_000) / 16_000
    sound = sum(1000 * np.sin(2 * np.pi * tone * times) for tone in tones).astype(np.float32)
    assert through_microphone(sound, dice, 0.0) == pytest.approx(sound, abs=0.1)
    changed = through_microphone(sound, dice, 6.0)
    spectrum = np.abs(np.fft.rfft(changed)) / 8000
    assert sorted(np.argsort(spectrum)[-3:]) == list(tones)
    assert np.delete(spectrum, tones).max() < 1
    assert len({round(float(spectrum[tone])) for tone in tones}) == 3


def test_the_mean_of_the_weights_lies_between_where_training_began_and_where_it_ended():
    dice = np.random.default_rng(0)
    features, targets = dice.normal(0, 1, (3 * 120, 40)), dice.integers(0, ENGLISH.pdf_count, 120)
    examples = Examples(features.astype(np.float16), targets.astype(np.int16), np.array([120], np.int32))
    network = dataclasses.replace(
        load_config(SMOKE).network, offsets=((-1, 0, 1), (0,)), width=8, epochs=30.0, minutes=1e3
    )
    start = new_layers(network, ENGLISH, 1)
    moved = []
    for averaging in (0.0, 0.9, 1.0):
        settings = dataclasses.replace(network, averaging=averaging)
        trained = train(start, examples, settings, Perturbation(0.5, 0.5, 0.5), 1, lambda _: None)
        moved.append(np.abs(trained[-1].weights - start[-1].weights).sum())
    assert moved[0] > moved[1] > 0
    assert moved[2] < moved[0]


def test_a_mixed_network_lies_between_the_two_and_keeps_all_of_one_where_asked():
    start = read_model(BUILT_IN)
    layers = tuple(dataclasses.replace(layer, weights=layer.weights + 2, bias=layer.bias - 4) for layer in start.layers)
    trained = AcousticModel(layers, start.phones, start.priors * 3)
    between = mixed([start, trained], [0.75, 0.25])
    for old, layer in zip(start.layers, between.layers, strict=True):
        assert layer.weights == pytest.approx(old.weights + 0.5, abs=1e-5)
        assert layer.bias == pytest.approx(old.bias - 1, abs=1e-4)
    assert between.priors == pytest.approx(start.priors / start.priors.sum(), rel=1e-4)
    whole = mixed([start, trained], [1.0, 0.0])
    assert all(np.array_equal(a.weights, b.weights) for a, b in zip(whole.layers, start.layers, strict=True))


@pytest.mark.parametrize("shares", [[1.0], [0.5, 0.6], [0.2, 0.3, 0.5]])
def test_shares_are_one_for_each_network_and_one_together(shares):
    start = read_model(BUILT_IN)
    with pytest.raises(BadModelError, match="as many shares, 1 together"):
        mixed([start, start], shares)


def test_networks_of_different_shapes_are_not_mixed():
    start = read_model(BUILT_IN)
    with pytest.raises(BadModelError, match="different shapes"):
        mixed([start, dataclasses.replace(start, layers=start.layers[1:])], [0.5, 0.5])
