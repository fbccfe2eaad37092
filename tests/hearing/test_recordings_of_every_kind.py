from __future__ import annotations

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.coach.events import Heard
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.rates import Resampler
from voicecoach.hearing.replay import Count, read_blocks, replay


def at_rate(samples, rate):
    resampler = Resampler(16000)
    assert resampler.rate == 16000
    import soxr

    return soxr.resample(samples.astype(np.float32) / 32768, 16000, rate)


@pytest.mark.parametrize(
    ("rate", "channels", "subtype"),
    [(8000, 1, "PCM_16"), (44100, 2, "PCM_24"), (48000, 1, "FLOAT"), (16000, 1, "PCM_U8"), (22050, 2, "DOUBLE")],
)
def test_any_rate_width_and_number_of_channels_is_heard(
    tmp_path, model, table, everything, recording, rate, channels, subtype
):
    sound = at_rate(recording("stop"), rate)
    path = tmp_path / "x.wav"
    soundfile.write(path, np.stack([sound] * channels, axis=1), rate, subtype=subtype)
    ear, count = build_path(model, table), Count()
    ear.listen(everything)
    outcomes = list(replay(ear, read_blocks(path), count))
    assert [o.phrase for o in outcomes if isinstance(o, Heard)] == ["stop"]
    assert count.seconds == pytest.approx(len(sound) / rate, abs=0.01)


def test_a_recording_without_a_sample_is_heard_as_nothing(tmp_path, model, table, everything):
    path = tmp_path / "empty.wav"
    soundfile.write(path, np.zeros(0, np.int16), 16000)
    ear, count = build_path(model, table), Count()
    ear.listen(everything)
    assert list(replay(ear, read_blocks(path), count)) == []
    assert count.seconds == 0.0


def test_long_recordings_are_read_in_pieces(tmp_path):
    path = tmp_path / "long.flac"
    with soundfile.SoundFile(path, "w", 8000, 1, "PCM_16") as file:
        for _ in range(60):
            file.write(np.zeros(8000 * 10, np.int16))
    assert max(len(block) for block in read_blocks(path)) < 16000 * 6
    assert sum(len(block) for block in read_blocks(path)) == pytest.approx(16000 * 600, abs=100)


@pytest.mark.parametrize(("name", "content"), [("text.wav", b"no sound"), ("empty.wav", b"")])
def test_what_is_no_recording_is_said_in_a_sentence(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CoachError, match=name):
        list(read_blocks(tmp_path / name))
    with pytest.raises(CoachError, match="no file"):
        list(read_blocks(tmp_path / "missing.wav"))


@given(
    st.sampled_from([8000, 11025, 16000, 44100, 48000]), st.integers(1, 3), st.lists(st.integers(0, 3000), max_size=8)
)
def test_resampling_keeps_the_length_however_it_is_cut(rate, channels, sizes):
    resampler = Resampler(rate)
    out = sum(len(resampler.feed(np.zeros((size, channels), np.int16))) for size in sizes) + len(resampler.flush())
    assert abs(out - sum(sizes) * 16000 / rate) <= 2
