"""How well the coach hears people: recall, wrong commands and false accepts over labelled recordings.

    voicecoach bench hearing FOLDER [--model A --model B] [--plain] [--pocketsphinx] [--noise 10] [--rooms] [--ablation]

FOLDER holds ``manifest.tsv`` with a header and at least the columns file, class and label. Recordings whose class
begins with ``pos`` and whose label is a phrase of the script should lead to that command; everything else should lead
to nothing, except the class ``rir``: room responses, used by ``--rooms``. ``--noise`` mixes in a recording of the class
``neg_noise`` so many dB under the voice (several may be given). ``--model`` names a model or the folder of one; with
several, all hear the same sound. ``--plain`` adds the same recognisers behind voice activity and a closed grammar
alone, ``--pocketsphinx`` PocketSphinx with the same phrases, without numbers. ``--command`` adds a command by its only
phrase, as a script would: so is found how well a new phrase is heard. ``--ablation`` leaves out one rule or measure at
a time. ``--no-quiet`` leaves out the recordings as they are: noise and rooms alone.
``--part dev`` or ``test`` takes half of the speakers: what is tuned on one is reported on the other. FOLDER may also be
what ``run --keep-audio`` kept of a session, once labels stand in its ``utterances.tsv``: a command, or ``none``. Rates
carry 95 % Wilson intervals. ``measure`` returns the figures for other programs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.clips import Clip, in_rooms, read_clips, with_noise
from kit.ears import Ear, Phrases, Rules, Way, score
from kit.rates import peak_memory_mb
from kit.rows import rows_of
from kit.sphinx import Sphinx

from voicecoach.errors import CoachError
from voicecoach.hearing.rules import RULES
from voicecoach.hearing.tuning import Tuning

BARE = ("nothing recognised", "left-over words", "not in this state", "patience")
"""Rules without which nothing works; with them alone the recogniser decides."""
FOR_ROOMS = ("length", "level", "echo of the coach", "one command an utterance", "too soon")
"""Rules for rooms, speakers and people who talk on; single clips give them next to nothing to do."""
NEVER = 10**9
"""More looks than an utterance has."""
SUMMARY = {"recall all", "false neg_word", "false neg_speech", "false neg_noise", "false neg_music", "false pos_digit"}
"""Rows of the ablation."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure."""

    noise: Sequence[float] = ()
    """dB of the voice over noise."""
    rooms: bool = False
    """In rooms too."""
    quiet: bool = True
    """The recordings as they are."""
    plain: bool = False
    """The plain ways beside the coach."""
    pocketsphinx: bool = False
    """PocketSphinx beside them."""
    ablation: bool = False
    """Without one rule or measure at a time."""
    every: int = 1
    """Only each Nth of the single words."""
    part: str | None = None
    """``dev`` or ``test``; None for all."""


def measure(phrases: Phrases, ears: Sequence[Ear], folder: Path, wanted: Wanted) -> dict[str, object]:
    """All figures as one JSON document; ``ears`` listen for ``phrases``."""
    clips, responses = read_clips(folder, phrases.table, wanted.every, wanted.part, phrases.more)
    conditions: list[tuple[str, list[Clip]]] = [("quiet", clips)] if wanted.quiet else []
    conditions += [(f"noise {db:g} dB", with_noise(clips, db)) for db in wanted.noise]
    if wanted.rooms:
        conditions.append(("in rooms", in_rooms(clips, responses)))
    seconds = sum(len(clip.sound) for clip in clips) / 16_000
    rows: list[dict[str, object]] = []
    columns: list[dict[str, object]] = []
    ways = [(ear.name, str(ear.model.folder.path), *way) for ear in ears for way in _ways(ear, wanted.plain)]
    if wanted.pocketsphinx:
        ways.append((Sphinx.name, "", "plain", Sphinx(phrases).way()))
    for name, path, way_name, way in ways:
        column = f"{name} {way_name}"
        for condition, sounds in conditions:
            result = score(way, sounds)
            rows += rows_of(condition, column, result)
            if condition == "quiet":
                about = {"column": column, "model": path, "way": way_name}
                cpu = round(3600 * result.cpu / seconds) if seconds else None
                columns.append({**about, "cpu_seconds_per_hour": cpu, "false_accepts": result.examples})
    for ear in ears if wanted.ablation else ():
        for name, way in _ablations(ear):
            for condition, sounds in conditions:
                full = rows_of(condition, f"{ear.name} {name}", score(way, sounds))
                rows += [row for row in full if row["what"] in SUMMARY]
    return {
        "state": phrases.listen.state,
        "part": wanted.part or "all",
        "clips": len(clips),
        "minutes": round(seconds / 60, 1),
        "memory_mb": peak_memory_mb(),
        "columns": columns,
        "rows": rows,
    }


def _ways(ear: Ear, plain: bool) -> Iterator[tuple[str, Way]]:
    if plain:
        yield "plain", ear.plain(decoys=False)
        yield "plain with decoys", ear.plain(decoys=True)
    yield "coach", ear.coach()


def _ablations(ear: Ear) -> Iterator[tuple[str, Way]]:
    for name in ("unknown words", "decoy", "end of talk", "number not asked for"):
        yield f"without {name}", ear.coach(_rules_without({name}))
    yield "without the rules for rooms", ear.coach(_rules_without(FOR_ROOMS))
    yield "without a second opinion", ear.coach(second=False)
    yield "without an early end in noise", ear.coach(tuning=Tuning(held=NEVER))
    yield "without numbers in the grammar", ear.coach(numbers=False)
    yield "bare rules", ear.coach(tuple(rule for rule in RULES if rule[0] in BARE), second=False)


def _rules_without(names: Collection[str]) -> Rules:
    return tuple(rule for rule in RULES if rule[0] not in names)


def as_text(document: dict[str, object]) -> str:
    """The document as one table: the same row of every column under one another."""
    rows = document["rows"]
    columns = document["columns"]
    assert isinstance(rows, list) and isinstance(columns, list)  # noqa: S101, PT018 - measure made them
    width = max(len(row["column"]) for row in rows)
    order = {key: n for n, key in enumerate(dict.fromkeys((row["condition"], row["what"]) for row in rows))}
    rows = sorted(rows, key=lambda row: order[row["condition"], row["what"]])
    head = f"{'condition':14} {'what':18} {'by':{width}} {'hits':>5} {'of':>5} {'%':>6} {'95 % interval':>14}"
    lines = [f"{head} {'wrong':>6} {'/hour':>7}"]
    lines += [
        f"{row['condition']:14} {row['what']:18} {row['column']:{width}} {row['hits']:>5} {row['of']:>5} "
        f"{'-' if row['percent'] is None else row['percent']:>6} {row['low']:>6} - {row['high']:>5} "
        f"{row.get('wrong', ''):>6} {row.get('per_hour') or '':>7}"
        for row in rows
    ]
    lines += [f"{one['column']}: {one['cpu_seconds_per_hour']} s of CPU an hour of this sound" for one in columns]
    lines.append(
        f"{document['clips']} recordings, {document['minutes']} minutes, state {document['state']}, part "
        f"{document['part']}; {document['memory_mb']} MB with all of them in memory"
    )
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--script", default="hip-hinge")
    parser.add_argument("--state", help="only what this state of the flow hears")
    parser.add_argument("--model", action="append", metavar="M", help="a model by name or folder; may be repeated")
    parser.add_argument(
        "--plain", action="store_true", help="voice activity and closed grammar alone, beside the coach"
    )
    parser.add_argument("--pocketsphinx", action="store_true", help="PocketSphinx with the same phrases, beside them")
    parser.add_argument(
        "--command", action="append", default=[], metavar="TEXT", help="one more command, by its phrase"
    )
    parser.add_argument("--noise", type=float, action="append", default=[], metavar="DB")
    parser.add_argument("--rooms", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--no-quiet", action="store_true", help="only --noise and --rooms")
    parser.add_argument("--every", type=int, default=1, help="take only every Nth of the single words")
    parser.add_argument("--part", choices=("dev", "test"), help="one half of the speakers")
    parser.add_argument("--json", type=Path, metavar="OUT")
    given = parser.parse_args()
    phrases = Phrases(given.script, given.state, given.command)
    ears = [Ear(phrases, name) for name in given.model or [None]]
    names = [ear.name for ear in ears]
    for number, ear in enumerate(ears, 1):
        if names.count(ear.name) > 1:
            ear.name = f"{number} {ear.name}"  # folders of one name in two places, in the order of the line
    if given.no_quiet and not (given.noise or given.rooms):
        raise CoachError("--no-quiet leaves nothing to hear.", "Give --noise DB or --rooms with it.", exit_code=2)
    wanted = Wanted(
        given.noise,
        rooms=given.rooms,
        quiet=not given.no_quiet,
        plain=given.plain,
        pocketsphinx=given.pocketsphinx,
        ablation=given.ablation,
        every=max(1, given.every),
        part=given.part,
    )
    document = measure(phrases, ears, given.folder, wanted)
    print(as_text(document))
    if given.json:
        given.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
