"""A language's table: number words both ways, quantities, what `check` says while something is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app.homes import Homes
from voicecoach.app.install import put_away, unpack
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.load import load_programme, load_script
from voicecoach.errors import CoachError
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.meaning import NAMED_REPS, Meaning, Quantity
from voicecoach.words.phrases import PhraseTable
from voicecoach.words.quantities import understand

SHELF = Library([shipped_scripts()])
TABLE = shipped_scripts() / "languages" / "de.yaml"
GERMAN = load_script(TABLE, SHELF)
assert isinstance(GERMAN, Language)
FLOW = load_programme("huftbeuge", SHELF)[1]
PHRASES = PhraseTable.build(FLOW.commands.values(), (), FLOW.language)


def heard(text: str, *expects: str) -> Meaning:
    return understand(text, table=PHRASES, expects=frozenset(expects), unit="kg")


def spoken_words(text: str) -> tuple[str, ...]:
    return tuple(text.lower().split())


def test_every_number_up_to_five_hundred_in_halves_is_read_back_as_it_is_said() -> None:
    for halves in range(1, 1001):
        value = halves / 2
        assert GERMAN.numbers.read(spoken_words(GERMAN.number(value))) == {value}, GERMAN.number(value)


@given(st.integers(0, 99900))
def test_every_number_in_hundredths_is_read_back_as_it_is_said(hundredths: int) -> None:
    value = hundredths / 100
    assert GERMAN.numbers.read(spoken_words(GERMAN.number(value))) == {value}


@given(st.integers(1, 999), st.sampled_from(["kg", "lb"]))
def test_every_load_with_its_unit_is_understood_as_it_is_said(halves: int, unit: str) -> None:
    said = Quantity(halves / 2, unit)
    assert heard(GERMAN.quantity(said), "weight").weight == said


@given(st.integers(2, 3600))
def test_every_duration_is_understood_as_it_is_said(seconds: int) -> None:
    assert heard(GERMAN.duration(seconds), "seconds").seconds == seconds


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "eins"),
        (21, "einundzwanzig"),
        (25, "fünfundzwanzig"),
        (1.5, "eineinhalb"),
        (2.5, "zweieinhalb"),
        (101, "hunderteins"),
        (135, "hundertfünfunddreißig"),
        (0.3, "null Komma drei"),
        (-5, "minus fünf"),
        (1200, "eintausendzweihundert"),
    ],
)
def test_numbers_are_said_as_germans_say_them(value: float, said: str) -> None:
    assert GERMAN.number(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "reps", "eine Wiederholung"),
        (2, "reps", "zwei Wiederholungen"),
        (1, "kg", "ein Kilo"),
        (0.5, "kg", "ein halbes Kilo"),
        (35, "lb", "fünfunddreißig Pfund"),
        (18, "cm", "achtzehn Zentimeter"),
        (1, "s", "eine Sekunde"),
        (90, "s", "eine Minute dreißig"),
        (125, "s", "zwei Minuten und fünf Sekunden"),
    ],
)
def test_a_unit_agrees_with_its_number(value: float, unit: str, said: str) -> None:
    assert GERMAN.quantity(Quantity(value, unit)) == said


KILOS = Quantity(35.0, "kg")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("fünfunddreißig Kilo", Meaning(weight=KILOS)),
        ("fuenfunddreissig kilo", Meaning(weight=KILOS)),
        ("fünf und dreißig Kilo", Meaning(weight=KILOS)),
        ("ich nehme 35 kg bitte", Meaning(weight=KILOS)),
        ("35 kg für 12", Meaning(weight=KILOS, reps=12)),
        ("zwölf mit fünfunddreißig Kilo", Meaning(weight=KILOS, reps=12)),
        ("nein, fünfunddreißig Kilo", Meaning(weight=KILOS, correction=True)),
        ("22,5 Kilo", Meaning(weight=Quantity(22.5, "kg"))),
        ("anderthalb Kilo", Meaning(weight=Quantity(1.5, "kg"))),
        ("zwei Komma fünf Kilo", Meaning(weight=Quantity(2.5, "kg"))),
        ("zweieinhalb", Meaning(weight=Quantity(2.5))),
        ("plus fünf", Meaning(relative=Quantity(5.0))),
        ("minus zweieinhalb Kilo", Meaning(relative=Quantity(-2.5, "kg"))),
        ("fünf Kilo weniger", Meaning(relative=Quantity(-5.0, "kg"))),
        ("das waren zehn Wiederholungen", Meaning(reps=10, past=True)),
        ("zwölf Wiederholungen", Meaning(reps=12)),
        ("mein Rücken tut weh", Meaning(command="pain")),
        ("stopp", Meaning(command="stop")),
        ("zu leicht", Meaning(command="too easy")),
        ("es hat gestern geregnet", Meaning()),
        ("ich habe zwei Kinder", Meaning()),
    ],
)
def test_what_germans_say_is_understood(text: str, meaning: Meaning) -> None:
    assert heard(text, "weight", "relative", NAMED_REPS) == meaning


def test_two_readings_are_asked_back_in_german() -> None:
    assert heard("fünfzehn oder fünfzig", "weight").ask == "Fünfzehn oder fünfzig?"
    assert heard("zwanzig Kilo pro Seite", "weight").ask == "Zwanzig Kilo insgesamt, oder auf jeder Seite der Stange?"


def test_the_recogniser_is_given_every_word_of_a_number() -> None:
    words = {word for phrase in PHRASES.grammar(words_for_numbers=True) for word in phrase.lower().split()}
    assert {"fünfunddreißig", "zweieinhalb", "hundert", "kilo", "wiederholungen"} <= words
    assert not words & {"pounds", "thirty", "stop it"}


def test_the_part_of_the_body_is_logged_by_its_english_name() -> None:
    assert GERMAN.place_in("mein unterer rücken tut weh") == "lower back"
    assert GERMAN.place_in("das Knie") == "knee"
    assert GERMAN.place_in("woanders") == ""


KEYS = ("commands", "lines")


def checked(folder: Path) -> list[str]:
    return [f"{d.severity}: {d.message}" for d in check_paths([folder], Library([folder, shipped_scripts()]))]


def table_in(folder: Path, old: str, new: str) -> list[str]:
    """What `check` says about the German table after a change."""
    path = folder / "languages" / "de.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = TABLE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return checked(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  away:\n", "  awya:\n", "error: there is no sentence called 'awya'"),
        ("{number} Wochen sind", "{count} Wochen sind", "error: unknown value {count}"),
        (
            "  empty bar: Das ist die leere Stange.\n",
            "",
            "warning: 1 sentence missing, so English is said: 'empty bar'",
        ),
        (
            '"I can hear you again.": Ich höre dich wieder.',
            "",
            "warning: 1 trouble missing, so only the device is named: 'I can hear",
        ),
        ("spellings: {ä: ae, ö: oe, ü: ue, ß: ss}\n", "", ""),
        ("weekdays: [Montag, ", "weekdays: [", "error: too few items"),
        ('"{ones}und{tens}"', '"{ones}und{ten}"', "error: unknown value {ten}"),
        ('"15": fünfzehn', '"15": fünfzig', "error: 15 is said 'fünfzig', and that is understood as 15 or 50"),
        ("code: de\n", "code: german\n", "error: a language is named by its code of two or three letters"),
        ('    "7": sieben\n', "", "error: there is no word for 7"),
    ],
)
def test_check_points_at_what_is_missing_or_wrong_in_a_table(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = table_in(tmp_path, old, new)
    assert (not found) if not said else any(line.startswith(said) for line in found), found


def test_check_names_every_line_that_a_flow_in_another_language_lacks(tmp_path: Path) -> None:
    flow = tmp_path / "flows" / "spanish.yaml"
    flow.parent.mkdir()
    flow.write_text(
        "kind: flow\nversion: 1\nname: spanish\nlanguage: de\nextends: standard\nstart: greeting\n"
        "commands:\n  stop: {phrases: [alto]}\nlines:\n  goodbye: [Hasta luego.]\n",
        encoding="utf-8",
    )
    found = checked(tmp_path)
    commands, lines = (next(line for line in found if f"{key} of 'standard' stay" in line) for key in KEYS)
    assert re.fullmatch(r"warning: \d+ commands of 'standard' stay as they are: 'pain', .* and \d+ more", commands)
    assert re.fullmatch(r"warning: \d+ lines of 'standard' stay as they are: 'first use', .* and \d+ more", lines)
    assert not any(line.startswith("error") for line in found), found


def test_a_flow_in_another_language_keeps_no_english_words() -> None:
    base = load_programme("hip hinge", SHELF)[1]
    assert FLOW.states == base.states
    assert {name: command.safety for name, command in FLOW.commands.items()} == {
        name: command.safety for name, command in base.commands.items()
    }
    english = {template for command in base.commands.values() for template in command.templates}
    german = {template for command in FLOW.commands.values() for template in command.templates}
    assert english & german <= {"stop", "start", "so", "okay"}, "words that both languages have"


def test_a_language_that_nobody_knows_is_pointed_at(tmp_path: Path) -> None:
    drill = (shipped_scripts() / "wand-tippen.yaml").read_text(encoding="utf-8")
    (tmp_path / "tap.yaml").write_text(drill.replace("language: de", "language: dee"), encoding="utf-8")
    assert checked(tmp_path) == ["error: there is no language 'dee'"]


@pytest.mark.parametrize(
    ("keys", "place", "said"),
    [
        ("language: de\ndrills: [Wandtippen, RDL]", "5:22", "this drill is in 'en', and the programme in 'de'"),
        ("language: de\ndrills: [RDL, wall tap]", "4:11", "the programme is in 'de', and its drills are in 'en'"),
        ("drills: [Wandtippen]", "4:10", "this drill is in 'de', and the programme in 'en'"),
        ("flow: standard-de\ndrills: [wall tap]", "4:7", "the script is in 'en', and its flow in 'de'"),
        ("language: fr\ndrills: [wall tap]", "4:11", "there is no language 'fr'"),
    ],
)
def test_two_languages_in_one_programme_are_pointed_at_once_and_in_its_own_file(
    tmp_path: Path, keys: str, place: str, said: str
) -> None:
    path = tmp_path / "mixed.yaml"
    path.write_text(f"kind: programme\nversion: 1\nname: mixed\n{keys}\n", encoding="utf-8")
    (found,) = check_paths([path], Library([tmp_path, shipped_scripts()]))
    assert (found.file, f"{found.line}:{found.column}", found.message) == (str(path), place, said)


def test_a_drill_to_which_pain_leads_is_in_the_same_language(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    drill = (shipped_scripts() / "wand-tippen.yaml").read_text(encoding="utf-8").replace("Wandtippen", "Tippen")
    path.write_text(re.sub("when pain:.*", "when pain: {or go to: wall tap}", drill), encoding="utf-8")
    (found,) = check_paths([path], Library([tmp_path, shipped_scripts()]))
    assert (found.file, found.message) == (str(path), "'wall tap' is in 'en', and this drill is in 'de'")


def test_a_german_drill_alone_is_done_with_the_german_flow() -> None:
    programme, flow, _ = load_programme("Wandtippen", SHELF)
    assert (flow.name, flow.language.code, programme.language.code) == ("standard de", "de", "de")


def test_a_language_is_nothing_to_train() -> None:
    with pytest.raises(CoachError, match="'de' is a language, not something to train"):
        load_programme("German", SHELF)


def test_a_users_own_table_of_english_changes_what_is_said(tmp_path: Path) -> None:
    path = tmp_path / "languages" / "en.yaml"
    path.parent.mkdir()
    text = (shipped_scripts() / "languages" / "en.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("No sets today.", "Nothing done today."), encoding="utf-8")
    assert checked(tmp_path) == []
    flow = load_programme("wall tap", Library([tmp_path, shipped_scripts()]))[1]
    assert flow.language.say("no sets") == "Nothing done today."
    assert flow.language.quantity(Quantity(10, "lb")) == "ten pounds"
    assert load_programme("wall tap", SHELF)[1].language is ENGLISH


def test_every_value_of_an_english_sentence_has_its_place_in_german_or_is_left_out_on_purpose() -> None:
    """One wording for one and another for more need no number; nothing else may be lost."""
    for name, english in ENGLISH.sentences.items():
        german = GERMAN.sentences[name]
        both = [(english, german)] if isinstance(english, str) else [(english[k], german[k]) for k in english]
        for before, after in both:
            lost = set(re.findall(r"\{(\w+)\}", before)) - set(re.findall(r"\{(\w+)\}", after))
            assert lost <= {"number", "back"}, (name, after)


PAGE = Path(__file__).resolve().parents[2] / "docs" / "languages.md"


def test_what_the_page_for_translators_shows_of_check_is_what_check_says(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, flow = (
        next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if f"kind: {kind}\n" in block)
        for kind in ("language", "flow")
    )
    for folder, name, text in (("languages", "es", head), ("flows", "standard-es", flow)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    shown = re.findall(r"^scripts/\S+: (error|warning): (.*)$", page, re.MULTILINE)
    said = {*checked(tmp_path), *table_in(tmp_path / "slip", '"15": fünfzehn', '"15": fünfzig')}
    assert len(shown) >= 4
    assert {f"{severity}: {message}" for severity, message in shown} <= said


def test_a_language_can_be_given_to_somebody_else(tmp_path: Path) -> None:
    parcel = tmp_path / "gift"
    for folder in ("languages", "flows"):
        (parcel / folder).mkdir(parents=True)
    for name in ("languages/de.yaml", "flows/standard-de.yaml", "wand-tippen.yaml"):
        (parcel / name).write_bytes((shipped_scripts() / name).read_bytes())
    homes = Homes(*(tmp_path / name for name in ("journal.jsonl", "cache", "models", "config", "scripts")))
    opened = unpack(str(parcel), homes)
    assert {arrival.kind for arrival in opened.arrivals} == {"language", "flow", "drill"}
    says = next(arrival.says for arrival in opened.arrivals if arrival.kind == "language")
    assert "Heute kein Satz." in says
    put_away(opened, homes)
    assert checked(homes.scripts) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"{ones}und{tens}"', '"{ones}und{ten}"'),
        ('"{ones}und{tens}"', '"{ones}und{tens"'),
        ("other: Wiederholungen}", 'other: "{number:>999999999}"}'),
        ("other: Wiederholungen}", 'other: "{number.__class__.__mro__}"}'),
        ("other: Wiederholungen}", 'other: "{number!r}"}'),
        ("other: Wiederholungen}", 'other: "{}"}'),
        ('"{whole}einhalb"', '"{whole:>999999999}einhalb"'),
        ('"{number} Kilo"', '"{number[0]} Kilo"'),
        ('"15": fünfzehn', '"15": "{ones:>99999999}"'),
    ],
)
def test_a_table_from_a_stranger_fills_in_names_and_nothing_else(tmp_path: Path, old: str, new: str) -> None:
    drill = (shipped_scripts() / "wand-tippen.yaml").read_text(encoding="utf-8")
    (tmp_path / "tap.yaml").write_text(drill, encoding="utf-8")
    found = table_in(tmp_path, old, new)
    if "ones:>" in new:
        assert found == [], "words are never filled in"
    else:
        assert any(line.startswith("error") for line in found), found


def test_a_table_that_says_every_number_in_thousands_of_ways_is_read_in_a_moment(tmp_path: Path) -> None:
    many = ", ".join(f'"{{ones}}x{n}y{{tens}}"' for n in range(40))
    words = ", ".join(f"fünf{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    text = TABLE.read_text(encoding="utf-8").replace('tens: "{ones}und{tens}"', f"tens: [{many}]")
    path = tmp_path / "languages" / "de.yaml"
    path.parent.mkdir()
    path.write_text(text.replace('"5": fünf\n', f'"5": [{words}]\n'), encoding="utf-8")
    language = load_script(path, Library([tmp_path, shipped_scripts()]))
    assert isinstance(language, Language)
    assert len(language.numbers.phrases) < 2_000
