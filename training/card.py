"""The model card: what ``training.json`` and ``eval.json`` say, as a page. Pure; nothing on it is written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
KINDS = {"person": "people", "voice": "synthetic voices", "noise": "noise, music and rooms"}
ROWS = (
    ("stop", "people", "recall stop", "≥ 98 %"),
    ("yes", "people", "recall yes", "≥ 97 %"),
    ("no", "people", "recall no", "≥ 97 %"),
    ("digits, asked for reps", "people, digits", "recall all", "≥ 95 %"),
    ("words left out of training, whoever says them", "new words", "recall all", "≥ 90 %"),
    ("other single words that training never heard", "unheard words", "recall all", "≥ 90 %"),
    ("phrases of 2 to 4 words that training never heard", "unheard phrases", "recall all", "≥ 90 %"),
    ("such phrases in readers' sentences, between two pauses", "phrases in sentences", "recall all", "≥ 90 %"),
    ("held-out voices: commands", "voices", "recall all", "≥ 97 %"),
    ("held-out voices: too easy", "voices", "recall too easy", ""),
    ("held-out voices: my back hurts", "voices", "recall my back hurts", ""),
    ("held-out voices: spoken weights", "voices, weights", "recall all", "≥ 93 %"),
    ("held-out natural voices: commands", "natural voices", "recall all", "≥ 97 %"),
    ("held-out natural voices: too easy", "natural voices", "recall too easy", ""),
    ("held-out natural voices: my back hurts", "natural voices", "recall my back hurts", ""),
    ("held-out natural voices: spoken weights", "natural voices, weights", "recall all", "≥ 93 %"),
)
TAKEN = (
    ("other single words, none of them a decoy", "people", "false neg_word_other", "≤ 2 %"),
    ("other single words, decoys of the script", "people", "false neg_word_decoy", ""),
    ("digits, when no number is asked for", "people", "false neg_word_digit", ""),
    ("other single words, where a number of reps is asked for", "people, digits", "false neg_word_other", ""),
    ("sentences", "people", "false neg_sentence", "≤ 0.1 %"),
    ("single words by people without a name, who may be in training", "unnamed", "false neg_word_other", ""),
    ("sentences by people without a name, who may be in training", "unnamed", "false neg_sentence", ""),
)
LOUD = (("noise", "false neg_noise"), ("music", "false neg_music"))
PLAIN = "quiet"


def card(name: str, made: Json, figures: Json) -> str:
    """The page in Markdown."""
    parts = (_head(name, figures), _measured(figures), _new(figures), _cost(figures), _made(made))
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(name: str, figures: Json) -> Iterable[str]:
    files = figures["files"]
    yield f"# {name}, version {figures['version']}"
    yield ""
    yield "Small English Vosk model of commands for the voice coach. Written by"
    yield f"`python -m training evaluation card --model models/{name}` (on the recordings that docs/model-log.md names)"
    yield "from `training.json` and `eval.json` beside it, never by hand."
    yield ""
    yield f"{figures['words']:,} words, {files['mb']} MB. Pronunciations: CMUdict (Copyright 1993-2015 Carnegie Mellon"
    yield "University, BSD 2-clause) for the words of SCOWL (Copyright 2000-2011 Kevin Atkinson, free use with this"
    yield "notice), those of the gym by hand; licences in `training/words/`."
    yield ""


def _made(made: Json) -> Iterable[str]:
    yield ""
    yield "## Made from"
    yield ""
    yield from _recordings(made["recordings"])
    yield made["split"]
    if made["left_out"]:
        yield f"Never heard from people in training: {', '.join(made['left_out'])}."
    yield "No recording is part of the model or of this repository."
    yield ""
    while before := made["starts_from"]:
        yield from _went_on(made, before)
        made = before


def _went_on(made: Json, before: Json) -> Iterable[str]:
    """What an earlier version was made from, where that was something else."""
    others = [row for row in before["recordings"] if row not in made["recordings"]]
    some = "the same recordings but for these:" if len(others) < len(before["recordings"]) else "these:"
    which = some if others else "the same recordings."
    yield f"Version {made['version']} went on from version {before['version']}, which was made from {which}"
    yield ""
    if others:
        yield from _recordings(others)
    if before["split"] != made["split"]:
        yield before["split"]
        yield ""


def _recordings(rows: Sequence[Json]) -> Iterable[str]:
    yield "| | source | licence | recordings | speakers | minutes |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        counts = (row["clips"], row["speakers"], row["minutes"])
        cells = " | ".join("" if count is None else f"{count:,}" for count in counts)
        yield f"| {KINDS[row['kind']]} | {_source(row)} | {row['licence']} | {cells} |"
    yield ""
    if any(row["clips"] is None for row in rows):
        yield "Empty cells: the earlier form of the recipe did not count by source."
        yield ""


def _source(row: Json) -> str:
    names = row.get("attribution") or ()
    return f"{row['source']} ({'; '.join(names)})" if names else str(row["source"])


def _measured(figures: Json) -> Iterable[str]:
    rows = figures["rows"]
    conditions = list(dict.fromkeys(row["condition"] for row in rows))
    yield "## Heard"
    yield ""
    yield f"Through the coach's own listening path, every command of `{figures['script']}` listened for at once, which"
    yield "is harder than any state of the flow that expects no number. Where nothing else is said nobody here was"
    natural = (
        f" and {len(figures['natural_voices'])} of Kokoro's (the natural ones)" if figures.get("natural_voices") else ""
    )
    yield f"heard in training: {figures['dev_speakers']} people, {len(figures['voices'])} voices of espeak-ng{natural}."
    yield "Noise is so many dB under the voice. In brackets the 95 % interval, of utterances: voices and people repeat."
    if any("microphones" in condition for condition in conditions):
        yield "Other microphones are made up: a random curve for each recording (`training.augment`)."
    yield ""
    yield f"| | wanted | {' | '.join(conditions)} |"
    yield f"|---|---|{'---|' * len(conditions)}"
    yield from _table(rows, conditions, ROWS)
    yield ""
    yield "Taken for a command though none was said:"
    yield ""
    yield f"| | wanted | {' | '.join(conditions)} |"
    yield f"|---|---|{'---|' * len(conditions)}"
    yield from _table(rows, conditions, TAKEN)
    yield ""
    for name, what in LOUD:
        found = [row for row in rows if row["what"] == what and row["column"].startswith("noise")]
        for row in found:
            trained = ", all of it also in training" if "training" in row["column"] else ""
            yield f"{name.capitalize()}: {row['hits']} of {row['of']} recordings, {row['per_hour']} an hour{trained}."
    yield ""


def _table(rows: Sequence[Json], conditions: Sequence[str], wanted: Iterable[tuple[str, ...]]) -> Iterable[str]:
    for shown, column, what, target in wanted:
        cells = [_cell(rows, condition, column, what) for condition in conditions]
        if any(cells):
            yield f"| {shown} | {target} | {' | '.join(cells)} |"


def _cell(rows: Sequence[Json], condition: str, column: str, what: str) -> str:
    for row in rows:
        if (row["condition"], row["column"], row["what"]) == (condition, column, what) and row["of"]:
            wrong = f", {row['wrong']} wrong" if row.get("wrong") else ""
            return f"{row['hits']} of {row['of']} = {row['percent']} % ({row['low']}-{row['high']}){wrong}"
    return ""


def _new(figures: Json) -> Iterable[str]:
    """What a phrase can expect that no person ever said in training."""
    table = list(_words(figures))
    if not table:
        return
    yield "## New phrases"
    yield ""
    yield "Words that training never heard from people, made commands of the script, whoever says them, even who says"
    yield "other words in training: the estimate for a phrase of your own."
    yield ""
    yield "| | heard | taken for another |"
    yield "|---|---|---|"
    yield from table
    yield ""


def _words(figures: Json) -> Iterable[str]:
    for row in figures["rows"]:
        if row["column"] != "new words" or row["condition"] != PLAIN:
            continue
        rate = f"{row['hits']} of {row['of']} = {row['percent']} % ({row['low']}-{row['high']})"
        what, _, label = row["what"].partition(" ")
        if what == "recall":
            yield f"| {label} | {rate} | {row['wrong']} |"
        elif row["of"]:
            yield f"| other words taken for a command meanwhile ({label.removeprefix('neg_')}) | {rate} | |"


def _cost(figures: Json) -> Iterable[str]:
    cost = figures["cost"]
    yield "## Costs"
    yield ""
    yield f"{cost['load_ms']:g} ms of CPU to load with the grammar of the script, after {cost['check_ms']:g} ms to look"
    yield f"the folder over; a process of {cost['process_mb']:g} MB, {cost['model_mb']:g} MB of it the model's;"
    yield f"{cost['real_time_factor']:g} seconds of CPU for a second of voice, the whole path: voice activity,"
    yield "recogniser, second hearing, rules. Medians of fresh processes."
    yield ""
    yield "| file | sha256 |"
    yield "|---|---|"
    for path, digest in figures["files"]["sha256"].items():
        yield f"| {path} | `{digest}` |"
