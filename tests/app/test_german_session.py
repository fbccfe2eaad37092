"""A session in German from the first word to the last: nothing in it is English, and hearing it needs a German ear."""

from __future__ import annotations

import os
import re
import wave
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from voicecoach.app.bootstrap import Surroundings, _notes
from voicecoach.app.homes import Homes
from voicecoach.app.listening import no_ear_for
from voicecoach.app.models import model_in_use
from voicecoach.app.rehearing import Ear
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.settings import Settings
from voicecoach.app.story import Line, read_story
from voicecoach.app.training import library_of, manner_of, prepare
from voicecoach.app.voice import choose_voice
from voicecoach.coach.coach import Coach
from voicecoach.coach.commands import Kind, Say
from voicecoach.coach.events import Began, HealthChanged
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.load import load_programme
from voicecoach.drills.manner import Manner
from voicecoach.errors import CoachError
from voicecoach.hearing.device_list import DeviceList
from voicecoach.hearing.health import SENTENCES, WELL
from voicecoach.hearing.microphone import SoundDeviceMicrophone
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.journal.reasons import Reasons
from voicecoach.speaking.engine import Engine
from voicecoach.words.english import ENGLISH
from voicecoach.words.troubles import TROUBLES

GOLDEN = Path(__file__).parent / "golden" / "huftbeuge-story.txt"
STORY = shipped_scripts() / "stories" / "huftbeuge.txt"
SHELF = Library([shipped_scripts()])
WORD = re.compile(r"[^\W\d_]+")


@pytest.fixture
def homes(tmp_path):
    return Homes(
        tmp_path / "journal.jsonl", tmp_path / "cache", tmp_path / "models", tmp_path / "config", tmp_path / "scripts"
    )


def words_of(texts) -> set[str]:
    return {word.lower() for text in texts for word in WORD.findall(re.sub(r"\{[^}]*\}", " ", text))}


def texts_of(language) -> list[str]:
    return [text for one in language.sentences.values() for text in ([one] if isinstance(one, str) else one.values())]


def english_words() -> set[str]:
    """Words of the English flow, the English table and the English hinge that no German script has."""
    english, german = (load_programme(name, SHELF) for name in ("hip hinge", "huftbeuge"))
    found = []
    for _, flow, drills in (english, german):
        texts = [text for lines in flow.lines.values() for text in lines] + texts_of(flow.language)
        for drill in drills.values():
            cues = drill.cues
            parts = (cues.setup, cues.reminder, cues.lower, cues.hold, cues.lift, cues.top, cues.after_set, cues.finish)
            texts += [text for part in (*parts, *cues.every.values()) for text in part]
        found.append(words_of(texts))
    numbers = words_of(ENGLISH.number(value) for value in range(101))
    return (found[0] | numbers | {"pounds", "reps"}) - found[1]


def said_in(rehearsed) -> list[str]:
    return [str(line["say"]) for line in rehearsed.transcript.sorted() if "say" in line]


def test_a_story_in_german_says_what_its_golden_transcript_says(homes):
    text = rehearse(Order("huftbeuge", story=read_story(STORY)), homes).transcript.text()
    if os.environ.get("VOICECOACH_UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert "not understood" not in text


def test_no_english_word_is_said_in_weeks_of_german_sessions(homes, tmp_path):
    """Last week's sentence, reasons, an eased day, going on after a break, and the end among them."""
    journal, day = tmp_path / "weeks.jsonl", date(2026, 1, 5)
    said: list[str] = []
    stories = [
        None,
        None,
        (Line(30, "bereit"), Line(75, "start"), Line(95, "pause")),  # breaks off here
        (Line(25, "ja"), Line(40, "müde"), Line(60, "start"), Line(150, "fertig"), Line(170, "mein knie tut weh")),
        None,
    ]
    for number, story in enumerate(stories):
        today = day + timedelta(days=3 * number - (number > 2))
        said += said_in(rehearse(Order("huftbeuge", journal=journal, today=today, story=story), homes))
    spoken = " ".join(said)
    assert "drei Sätze mit fünfzehn" in spoken
    assert "wie zuletzt, denn" in spoken
    assert words_of(said) & english_words() == set()


def test_every_reason_has_its_words_in_german():
    """Whatever the table of sentences is asked for, no English comes out of it."""
    german = load_programme("huftbeuge", SHELF)[1].language
    assert words_of(texts_of(german)) & english_words() == set()
    assert Reasons(date(2026, 1, 5), german).missing(["Wandtippen"], "kettlebell or dumbbells") == (
        "Heute ohne Wandtippen, denn es fehlt: Kettlebell und Kurzhanteln."
    )


def german_coach() -> Coach:
    training = prepare("huftbeuge", SHELF, (), date(2026, 1, 5))
    return Coach(training.plan, training.flow, lambda text: 0.3 + len(text) / 15)


def safety_lines(commands) -> list[str]:
    return [command.text for command in commands if isinstance(command, Say) and command.kind is Kind.SAFETY]


@pytest.mark.parametrize("sentence", [*SENTENCES.values(), WELL])
def test_trouble_with_the_microphone_is_told_in_german(sentence):
    assert sentence in TROUBLES
    coach = german_coach()
    coach.handle(Began(0.0))
    (told,) = safety_lines(coach.handle(HealthChanged(5.0, "microphone", ok=sentence == WELL, sentence=sentence)))
    assert words_of([told]) & english_words() == set()
    assert "stimmt etwas nicht" not in told, "it has a sentence of its own"


def test_trouble_that_the_table_does_not_know_is_told_by_its_part():
    coach = german_coach()
    coach.handle(Began(0.0))
    event = HealthChanged(5.0, "earbuds", ok=False, sentence="Something nobody foresaw.")
    assert safety_lines(coach.handle(event)) == ["Mit der Tonausgabe stimmt etwas nicht."]
    gone = "The sound device is gone: Buds (USB). Plug it in again, or I go on with another one."
    lost = coach.handle(HealthChanged(9.0, "earbuds", ok=False, sentence=gone))
    assert safety_lines(lost) == ["Die Tonausgabe ist weg. Steck sie wieder ein, sonst nehme ich eine andere."]


def test_without_a_german_model_a_sentence_says_how_to_get_one_and_the_keyboard_remains(homes):
    folder = model_in_use(homes, Settings(), library_of(homes).code_of("huftbeuge"))
    assert folder.built_in
    assert folder.language == "en"
    training = prepare(
        "huftbeuge", library_of(homes), (), date(2026, 1, 5), ear=folder
    )  # its words are not asked about
    why = no_ear_for(training.flow.language)
    assert why == "Hearing German needs a German model: voicecoach model install vosk-model-small-de-0.15."
    microphone = SoundDeviceMicrophone(None)
    here = Surroundings(None, "", microphone, "Microphone: clip.", DeviceList(), terminal=True, lines=False, deaf=why)
    assert not here.hears
    notes: list[str] = []
    _notes(here, folder, training, Settings(), notes.append)
    assert notes[-1] == why


def test_words_spoken_into_the_english_ear_are_refused_for_a_german_script(homes):
    with pytest.raises(CoachError, match="Hearing German needs a German model"):
        rehearse(Order("huftbeuge", ears="vosk"), homes)


def test_a_recording_is_not_heard_for_a_german_script_by_the_english_ear(homes):
    ear = VoskModel(model_in_use(homes, Settings()))
    with pytest.raises(CoachError, match="Hearing German needs a German model"):
        Ear(ear, homes, "huftbeuge", None, None)


def test_an_english_voice_of_the_users_does_not_read_german():
    training = prepare("huftbeuge", SHELF, (), date(2026, 1, 5))
    chosen = Settings(voice="en-gb", chosen=frozenset({"voice"}))
    assert choose_voice(chosen, training.manner).voice == "de"
    english = prepare("hip hinge", SHELF, (), date(2026, 1, 5))
    assert choose_voice(chosen, english.manner).voice == "en-gb"


def test_a_german_engine_of_the_users_reads_german_where_a_script_names_it():
    training = prepare("huftbeuge", SHELF, (), date(2026, 1, 5))
    programme, flow, drills = load_programme("huftbeuge", SHELF)
    piper = Engine("piper-de", "piper --model de_DE-thorsten-medium.onnx --output_file {out}")
    mine = Settings(engine="piper", engines={"piper": piper, "piper-de": piper}, chosen=frozenset({"engine"}))
    assert choose_voice(mine, training.manner).engine == "auto", "the engine chosen for English"
    asking = replace(flow, manner=Manner(engine="piper-de"))
    manner = manner_of(programme, asking, drills.values())
    assert (choose_voice(mine, manner).engine, choose_voice(mine, manner).voice) == (piper, "")
    assert manner.spare == "de"


def test_the_german_voice_speaks_in_the_sound_of_a_rehearsal(homes, tmp_path):
    wav = tmp_path / "german.wav"
    story = (Line(28, "bereit"), Line(45, "Schluss für heute"), Line(48, "ja"))
    rehearse(Order("huftbeuge", story=story, wav=wav), homes)
    with wave.open(str(wav)) as file:
        assert file.getnframes() / file.getframerate() > 45
    assert any((path.is_dir() and path.name.startswith("pyttsx3")) or path.is_file() for path in homes.cache.rglob("*"))
