"""Rehearsals: golden transcripts of every shipped script, stories, and the sound of a rehearsal."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.pulse import onsets, read_wav

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.story import Line, read_story
from voicecoach.app.timeline import LETTER, draw_timeline
from voicecoach.app.weeks_story import read_weeks
from voicecoach.errors import CoachError

GOLDEN = Path(__file__).parent / "golden"
SCRIPTS = [
    "wall-tap",
    "dowel-hinge",
    "rdl",
    "deadlift",
    "hip-hinge",
    "huftbeuge",
    "core-three",
    "kettlebell-minutes",
    "short-and-hard",
    "two-by-two",
]


@pytest.fixture
def homes(tmp_path):
    return Homes(
        tmp_path / "journal.jsonl", tmp_path / "cache", tmp_path / "models", tmp_path / "config", tmp_path / "scripts"
    )


def story(*lines: tuple[float, str]) -> tuple[Line, ...]:
    return tuple(Line(t, text) for t, text in lines)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_shipped_script_says_what_its_golden_transcript_says(script, homes):
    """After a wanted change: VOICECOACH_UPDATE_GOLDEN=1 make test, and read the difference."""
    text = rehearse(Order(script), homes).transcript.text()
    golden = GOLDEN / f"{script}.txt"
    if os.environ.get("VOICECOACH_UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Monday", "knee day", "A", "heavy", "legs", "two by two"])
@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("drills: [wall tap]", "Hello. Today's session: {}."),
        ("language: de\ndrills: [Wandtippen]", "Hallo. Heute auf dem Plan: {}."),
    ],
)
def test_a_programme_is_greeted_in_a_sentence_that_takes_any_name(head, said, name, homes, tmp_path):
    script = tmp_path / "day.yaml"
    script.write_text(f"kind: programme\nversion: 1\nname: {name}\n{head}\n", encoding="utf-8")
    lines = rehearse(Order(str(script), story=()), homes).transcript.sorted()
    assert next(line["say"] for line in lines if "say" in line) == said.format(name)


def test_the_same_rehearsal_gives_the_same_bytes(homes):
    first, second = (rehearse(Order("hip-hinge"), homes).transcript.json_lines() for _ in range(2))
    assert first == second
    assert all("t" in json.loads(line) for line in first.splitlines())


def test_a_rehearsal_never_touches_the_trainees_journal(homes):
    rehearse(Order("wall-tap"), homes)
    assert not homes.journal.exists()


def test_the_next_rehearsal_with_the_same_journal_knows_what_was_done_last_time(homes, tmp_path):
    journal = tmp_path / "rehearsal.jsonl"
    rehearse(Order("hip-hinge", journal=journal), homes)
    again = rehearse(Order("hip-hinge", journal=journal), homes).transcript.text()
    assert "fifteen" in again
    assert any(word in again for word in ("Last", "ago", "yesterday")), again
    assert "medical advice" not in again, "that is said once, on first use"


def test_a_rehearsal_refuses_a_journal_that_is_none_before_it_writes_anything(homes, tmp_path):
    script = tmp_path / "mine.yaml"
    script.write_text("kind: drill\n", encoding="utf-8")
    with pytest.raises(CoachError, match=r"mine\.yaml is no journal"):
        rehearse(Order("wall-tap", journal=script, wav=tmp_path / "out.wav"), homes)
    assert script.read_text(encoding="utf-8") == "kind: drill\n"
    assert list(tmp_path.iterdir()) == [script]


def test_a_story_that_says_nothing_ends_by_itself(homes):
    rehearsed = rehearse(Order("wall-tap", story=()), homes)
    assert rehearsed.how == "interrupted"


def test_a_session_that_broke_off_in_a_set_is_offered_again_and_goes_on_at_its_rep(homes, tmp_path):
    journal = tmp_path / "rehearsal.jsonl"
    day = date(2026, 1, 5)
    rehearse(Order("wall-tap", journal=journal, today=day, story=story((30, "start"), (50, "pause"))), homes)
    again = rehearse(Order("wall-tap", journal=journal, today=day), homes)
    said = again.transcript.text()
    assert "Go on from there?" in said
    assert "We go on from rep" in said or "[working]" in said
    reps = [
        record["rep"]
        for record in map(json.loads, journal.read_text(encoding="utf-8").splitlines())
        if record["event"] == "rep" and record["set"] == 1
    ]
    assert reps == list(range(1, 16))


def test_a_story_is_read_with_its_comments_and_a_wrong_line_is_pointed_at(tmp_path):
    file = tmp_path / "story.txt"
    file.write_text("# a story\n30 start\n\n12.5 repeat  # again\n", encoding="utf-8")
    assert read_story(file) == story((12.5, "repeat"), (30, "start"))
    file.write_text("30 start\nsoon stop\n", encoding="utf-8")
    with pytest.raises(CoachError, match=r"story\.txt:2:1"):
        read_story(file)


@pytest.mark.parametrize("read", [read_story, lambda path: read_weeks(path, 4)])
def test_a_story_that_cannot_be_read_is_named_once(tmp_path, read):
    with pytest.raises(CoachError, match=re.escape(f"The story {tmp_path} cannot be read: ")) as caught:
        read(tmp_path)
    assert caught.value.message.count(str(tmp_path)) == 1
    (tmp_path / "binary").write_bytes(b"\xff")
    with pytest.raises(CoachError, match="is not UTF-8 text"):
        read(tmp_path / "binary")


def test_the_timeline_shows_every_count_and_is_well_formed(homes):
    import xml.etree.ElementTree as ET

    lines = rehearse(Order("wall-tap"), homes).transcript.sorted()
    picture = draw_timeline(lines, "wall tap & <more>")
    root = ET.fromstring(picture)
    assert root.tag.endswith("svg")
    assert picture.count(">fifteen</text>") == 3


@given(
    st.lists(
        st.tuples(st.floats(0, 130), st.sampled_from(["Tap", "Hips back", "Feel the hamstrings."]), st.booleans()),
        max_size=80,
    )
)
@settings(max_examples=50, deadline=None)
def test_labels_of_the_timeline_never_lie_over_one_another(said):
    import xml.etree.ElementTree as ET

    lines = [
        {"t": t, "say": text, "kind": "count" if count else "cue", "seconds": 0.4} for t, text, count in sorted(said)
    ]
    rows = {}
    for label in ET.fromstring(draw_timeline(lines, "dense")).iter("{http://www.w3.org/2000/svg}text"):
        if label.get("font-size") == "8":
            rows.setdefault(label.get("y"), []).append((float(label.get("x")), len(label.text)))
    for labels in rows.values():
        for (x, letters), (following, _) in pairwise(sorted(labels)):
            assert x + LETTER * letters <= following + 0.1


def test_counts_in_the_sound_of_a_rehearsal_begin_on_their_beat(homes, tmp_path):
    wav = tmp_path / "wall-tap.wav"
    day = story((30, "start"), (100, "end session"), (104, "yes"))
    rehearsed = rehearse(Order("wall-tap", wav=wav, story=day), homes)
    samples, rate = read_wav(wav)
    heard = onsets(samples, rate, quiet_s=0.03)
    counts = [line["t"] for line in rehearsed.transcript.sorted() if line.get("kind") == "count"]
    assert len(counts) == 15
    errors = [min(abs(onset - count) for onset in heard) for count in counts]
    assert max(errors) <= 0.010


def test_spoken_words_reach_the_coach_through_the_real_recogniser(homes):
    lines = story((30, "start"), (40, "stop"), (45, "end session"), (50, "yes"))
    rehearsed = rehearse(Order("wall-tap", ears="vosk", story=lines), homes)
    heard = [line["heard"] for line in rehearsed.transcript.sorted() if "heard" in line]
    assert [one.get("command") for one in heard if "command" in one] == ["start", "stop", "finish", "yes"], heard
    assert rehearsed.how == "finished"
