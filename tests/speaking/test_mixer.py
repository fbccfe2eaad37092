from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.coach.commands import Kind
from voicecoach.speaking.mixer import Mixer
from voicecoach.speaking.shaping import DUCK, FADE_S
from voicecoach.speaking.utterance import LATE_S, Utterance

RATE = 8000
FADE = round(FADE_S * RATE)
LATE = round(LATE_S * RATE)
QUIET = 0.002
"""Above the lead-in noise, below everything else."""


@dataclass
class Desk:
    """A mixer and all that came out of it."""

    mixer: Mixer = field(default_factory=lambda: Mixer(RATE))
    blocks: list[np.ndarray] = field(default_factory=list)
    ids: int = 0

    def say(self, kind: Kind, at: float, seconds: float, level: float = 0.25) -> int:
        self.ids += 1
        samples = np.full(round(seconds * RATE), level, np.float32)
        start = round(at * RATE)
        self.mixer.speak(Utterance(self.ids, str(self.ids), kind, start, start + LATE, len(samples), samples))
        return self.ids

    def run(self, to: float, block: int = 80) -> Desk:
        while self.mixer.position < round(to * RATE):
            out = np.empty(min(block, round(to * RATE) - self.mixer.position), np.float32)
            self.mixer.mix(out)
            self.blocks.append(out)
        return self

    @property
    def sound(self) -> np.ndarray:
        return np.concatenate(self.blocks)

    def loud(self) -> np.ndarray:
        return np.flatnonzero(np.abs(self.sound) > QUIET)

    def told(self, what: str) -> list[tuple[int, float]]:
        return [(r.utterance.id, r.at / RATE) for r in self.mixer.reports if r.what == what]


@pytest.fixture
def desk():
    return Desk()


def test_a_text_starts_on_its_sample_whatever_the_block(desk):
    desk.say(Kind.COUNT, 1.00125, 0.2)
    desk.run(2, block=777)
    assert desk.loud()[0] == 8010
    assert len(desk.loud()) == 1600
    assert desk.told("ended") == [(1, 1.20125)]


def test_a_count_is_dropped_when_it_would_be_over_80_ms_late(desk):
    desk.say(Kind.COUNTDOWN, 0.5, 0.581)
    desk.say(Kind.COUNT, 1.0, 0.2)
    desk.run(2)
    assert desk.told("dropped") == [(2, pytest.approx(1.08, abs=0.001))]
    assert len(desk.told("started")) == 1


def test_a_count_that_is_80_ms_late_is_still_said(desk):
    desk.say(Kind.COUNT, 0.5, 0.579)
    desk.say(Kind.COUNT, 1.0, 0.2)
    desk.run(2)
    assert desk.told("started")[1] == (2, pytest.approx(1.079))


def test_a_count_takes_its_beat_from_a_brief_which_is_faded_out_before_it(desk):
    desk.say(Kind.BRIEF, 0.5, 2.0, level=0.25)
    desk.say(Kind.COUNT, 1.0, 0.2, level=-0.25)
    desk.run(3)
    sound = desk.sound
    assert desk.told("cut") == [(1, 1.0)]
    assert (sound[8000 : 8000 + 1600] < -0.2).all()
    assert sound[8000 - FADE - 1] == pytest.approx(0.25, abs=0.001)
    assert abs(sound[7999]) < 0.01


def test_an_equal_or_lower_text_waits_with_a_breath_between(desk):
    desk.say(Kind.REPLY, 0.5, 1.0)
    desk.say(Kind.BRIEF, 1.0, 0.3)
    desk.run(3)
    assert desk.told("started") == [(1, 0.5), (2, pytest.approx(1.58))]


def test_of_several_that_waited_the_highest_goes_first(desk):
    desk.say(Kind.SAFETY, 0.5, 1.0)
    for kind in (Kind.BRIEF, Kind.REPLY):
        desk.say(kind, 1.0, 0.3)
    desk.run(4)
    assert [i for i, _ in desk.told("started")] == [1, 3, 2]


def test_a_form_cue_that_would_be_cut_by_the_next_count_is_left_out(desk):
    desk.say(Kind.CUE, 1.0, 0.6)
    desk.say(Kind.COUNT, 1.5, 0.2)
    desk.run(3)
    assert desk.told("dropped") == [(1, 1.0)]
    assert desk.told("cut") == []


def test_a_hush_is_silent_after_20_ms_and_forgets_what_waits(desk):
    desk.say(Kind.BRIEF, 0.5, 5.0)
    desk.say(Kind.COUNT, 1.5, 0.2)
    desk.mixer.ring(np.full(800, 0.2, np.float32), round(1.2 * RATE))
    desk.run(1.0)
    desk.mixer.hush()
    desk.run(7)
    assert desk.loud()[-1] < RATE + FADE
    assert desk.told("hushed") == [(2, 1.0)]
    assert desk.told("cut") == [(1, 1.0 + FADE_S)]


def test_the_fade_of_a_hush_is_smooth(desk):
    desk.say(Kind.BRIEF, 0.5, 5.0)
    desk.run(1.0)
    desk.mixer.hush()
    desk.run(1.1)
    assert np.abs(np.diff(desk.sound[RATE - 10 :])).max() < 0.25 * np.pi / FADE


def test_what_is_said_after_a_hush_is_heard_once_the_fade_is_over(desk):
    desk.say(Kind.BRIEF, 0.5, 5.0)
    desk.run(1.0)
    desk.mixer.hush()
    desk.say(Kind.SAFETY, 1.0, 0.5)
    desk.run(3)
    assert desk.told("started")[1] == (2, 1.0 + FADE_S)


def test_a_signal_asked_for_just_before_a_hush_still_sounds(desk):
    desk.run(1.0)
    desk.mixer.ring(np.full(400, 0.2, np.float32), RATE)
    desk.mixer.hush()
    desk.run(2)
    assert len(desk.loud()) == 400


def test_a_tone_that_sounds_is_faded_by_a_hush_and_a_strangers_voice_is_not(desk):
    desk.mixer.ring(np.full(RATE, 0.2, np.float32), 0)
    desk.run(0.5)
    desk.mixer.hush()
    desk.run(1.5)
    assert desk.loud()[-1] < 0.5 * RATE + FADE
    desk.mixer.ring(np.full(RATE, 0.2, np.float32), round(1.5 * RATE), hushes=False)
    desk.run(2.0)
    desk.mixer.hush()
    desk.run(3)
    assert desk.loud()[-1] == round(2.5 * RATE) - 1


def test_a_late_tick_is_left_out(desk):
    desk.run(1.0)
    desk.mixer.ring(np.full(100, 0.2, np.float32), 0, latest=LATE)
    desk.run(2.0)
    assert not len(desk.loud())


def test_a_text_taken_back_is_never_heard(desk):
    desk.mixer.withdraw(desk.say(Kind.CUE, 1.0, 0.5))
    desk.run(2)
    assert not len(desk.loud())


def test_taking_back_what_has_started_changes_nothing(desk):
    said = desk.say(Kind.REPLY, 0.5, 1.0)
    desk.run(1.0)
    desk.mixer.withdraw(said)
    desk.run(2)
    assert desk.told("ended") == [(said, 1.5)]


def test_ducking_lowers_the_voice_by_12_db_without_a_click_and_a_hush_ends_it(desk):
    desk.say(Kind.BRIEF, 0.5, 5.0)
    desk.run(1.0)
    desk.mixer.duck(True)
    desk.run(1.5)
    assert desk.sound[-1] == pytest.approx(0.25 * DUCK, abs=0.002)
    assert np.abs(np.diff(desk.sound[RATE - 10 :])).max() < 0.005
    desk.mixer.duck(False)
    desk.run(2.0)
    assert desk.sound[-1] == pytest.approx(0.25, abs=0.002)
    desk.mixer.duck(True)
    desk.run(2.2)
    desk.mixer.hush()
    desk.say(Kind.REPLY, 2.5, 1.0)
    desk.run(3.0)
    assert desk.sound[-1] == pytest.approx(0.25, abs=0.002)


def test_inaudible_noise_wakes_the_earbuds_300_ms_ahead(desk):
    desk.say(Kind.COUNT, 1.0, 0.2)
    desk.run(1.0)
    awake = np.flatnonzero(desk.sound)
    assert awake[0] == round(0.7 * RATE)
    level = 20 * np.log10(np.sqrt((desk.sound[awake[0] :] ** 2).mean()))
    assert -78 < level < -72


@pytest.mark.parametrize("db", [0.0, -6.0])
def test_a_block_in_which_nothing_happens_is_the_same_as_beside_something_that_waits(db):
    alone, beside = Desk(), Desk()
    beside.say(Kind.COUNT, 3000.0, 0.2)
    for desk in (alone, beside):
        desk.mixer.wake()
        desk.mixer.set_volume(db)
        desk.run(61.5)
    assert np.array_equal(alone.sound, beside.sound)
    assert alone.sound[: 60 * RATE].all()
    assert not alone.sound[60 * RATE + 80 :].any(), "the noise goes off a minute after it was last wanted"


def test_a_brief_wanted_at_once_is_held_until_the_earbuds_are_awake(desk):
    desk.say(Kind.BRIEF, 0.0, 0.5)
    desk.run(2)
    assert desk.told("started") == [(1, pytest.approx(0.3))]


def test_an_answer_wanted_at_once_is_not_held(desk):
    desk.say(Kind.REPLY, 0.0, 0.5)
    desk.run(2)
    assert desk.told("started") == [(1, 0.0)]


def test_too_much_at_once_is_bent_not_broken(desk):
    for _ in range(6):
        desk.mixer.ring(np.full(800, 0.5, np.float32), 0)
    desk.run(0.05)
    assert 0.8 < desk.sound.max() <= 1.0


def test_time_that_passed_without_a_device_is_jumped_over_and_the_rest_is_still_said(desk):
    desk.say(Kind.BRIEF, 0.5, 1.0)
    desk.say(Kind.COUNT, 2.0, 0.2)
    desk.say(Kind.COUNT, 6.0, 0.2)
    desk.run(1.0)
    desk.mixer.jump(5 * RATE)
    desk.run(7)
    assert desk.told("ended") == [(1, 5.5), (3, 6.2)]
    assert [i for i, _ in desk.told("dropped")] == [2]


def test_sounding_tells_whether_something_is_heard_or_about_to_be(desk):
    assert not desk.mixer.sounding
    desk.say(Kind.COUNT, 1.0, 0.2)
    desk.run(0.5)
    assert not desk.mixer.sounding
    desk.run(1.1)
    assert desk.mixer.sounding
    desk.run(2)
    assert not desk.mixer.sounding


WISH = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(Kind), st.floats(-0.2, 2), st.floats(0.01, 1.5)),
    st.tuples(st.just("hush")),
    st.tuples(st.just("duck"), st.booleans()),
    st.tuples(st.just("unsay"), st.integers(1, 12)),
    st.tuples(st.just("run"), st.floats(0.001, 0.8)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WISH, max_size=25), st.sampled_from([64, 80, 999]))
def test_no_two_voices_ever_no_late_count_and_silence_after_every_hush(wishes, block):
    heard, blind = Desk(), Desk()
    hushes = []
    for wish in wishes:
        for desk in (heard, blind):
            if wish[0] == "say":
                desk.say(wish[1], desk.mixer.position / RATE + wish[2], wish[3])
            elif wish[0] == "hush":
                desk.mixer.hush()
                hushes.append(desk.mixer.position)
            elif wish[0] == "duck":
                desk.mixer.duck(wish[1])
            elif wish[0] == "unsay":
                desk.mixer.withdraw(wish[1])
        if wish[0] == "run":
            to = heard.mixer.position / RATE + wish[1]
            heard.run(to, block)
            blind.mixer.skip(heard.mixer.position - blind.mixer.position)
    heard.run(heard.mixer.position / RATE + 60, 8000)
    blind.mixer.skip(heard.mixer.position - blind.mixer.position)

    assert [(r.what, r.utterance.id, r.at) for r in heard.mixer.reports] == [
        (r.what, r.utterance.id, r.at) for r in blind.mixer.reports
    ]
    assert np.abs(heard.sound).max() <= 0.253  # two voices would add up to more; the rest is noise
    started = {r.utterance.id: r for r in heard.mixer.reports if r.what == "started"}
    for report in started.values():
        u = report.utterance
        assert report.at >= u.at
        assert u.kind not in {Kind.COUNT, Kind.COUNTDOWN} or report.at <= u.latest
    ends = {r.utterance.id: r for r in heard.mixer.reports if r.what in {"ended", "cut"}}
    assert ends.keys() == started.keys()
    spans = sorted((started[i].at, ends[i].at) for i in ends)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for at in hushes:
        assert not any(start < at and end > at + FADE for start, end in spans)


def test_the_volume_is_turned_without_a_click_and_holds_for_everything_said_after_it(desk):
    desk.say(Kind.BRIEF, 0.5, 2.0)
    desk.run(1.0)
    desk.mixer.set_volume(-12)
    desk.say(Kind.REPLY, 3.0, 0.5)
    desk.run(4.0)
    sound = desk.sound
    assert sound[round(0.9 * RATE)] == pytest.approx(0.25, abs=QUIET)
    assert sound[round(1.5 * RATE)] == pytest.approx(0.25 * 10 ** (-12 / 20), abs=QUIET)
    assert sound[round(3.2 * RATE)] == pytest.approx(0.25 * 10 ** (-12 / 20), abs=QUIET)
    assert np.abs(np.diff(sound[round(0.95 * RATE) : round(1.1 * RATE)])).max() < 0.005


@pytest.mark.parametrize(("db", "least"), [(-12.0, 1.0), (6.0, 10 ** (6 / 20))])
def test_a_safety_sentence_is_never_quieter_than_its_own_level(desk, db, least):
    desk.mixer.set_volume(db)
    desk.say(Kind.SAFETY, 0.5, 0.5)
    desk.run(1.2)
    assert desk.sound[round(0.8 * RATE)] == pytest.approx(0.25 * least, abs=QUIET)


def test_tones_follow_the_volume_and_sounds_from_outside_do_not(desk):
    desk.mixer.set_volume(-6)
    desk.run(0.2)
    desk.mixer.ring(np.full(800, 0.25, np.float32), RATE)
    desk.mixer.ring(np.full(800, 0.25, np.float32), 2 * RATE, hushes=False)
    desk.run(3.0)
    assert desk.sound[RATE + 400] == pytest.approx(0.25 * 10 ** (-6 / 20), abs=QUIET)
    assert desk.sound[2 * RATE + 400] == pytest.approx(0.25, abs=QUIET)


def test_the_loudest_voice_stays_within_what_a_device_can_play(desk):
    desk.mixer.set_volume(6)
    desk.say(Kind.BRIEF, 0.5, 0.5, level=0.9)
    desk.mixer.ring(np.full(2000, 0.5, np.float32), round(0.6 * RATE))
    desk.run(1.2)
    assert 0.9 < np.abs(desk.sound).max() <= 1.0
