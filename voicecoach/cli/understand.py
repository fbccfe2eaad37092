"""``voicecoach understand``: what the coach would make of sentences, without a microphone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.coach.commands import Listen
    from voicecoach.hearing.decision import Judge
    from voicecoach.words.meaning import Meaning, Quantity
    from voicecoach.words.phrases import PhraseTable

STANDARD = "hip hinge"
"""The programme whose flow is used where no script is named."""


def understand(
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Sentences, each in quotes.")],
    *,
    script: Annotated[str, typer.Option(help="Script whose phrases count: a name or a path.")] = STANDARD,
    state: Annotated[
        str | None, typer.Option(help="Only what this state of the flow hears; otherwise everything.")
    ] = None,
    unit: Annotated[str, typer.Option(help="The user's unit, lb or kg: which bar and plates are meant.")] = "lb",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Say what the coach would make of sentences."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.app.training import library_of, listen_in, table_of, with_phrases_of
    from voicecoach.drills.load import load_programme
    from voicecoach.errors import CoachError
    from voicecoach.hearing.decision import Judge

    if unit not in {"lb", "kg"}:
        raise CoachError(f"{unit!r} is not a unit of weight.", "Say --unit lb or --unit kg.", exit_code=2)
    _, flow, drills = load_programme(script, library_of(Homes.find()))
    flow = with_phrases_of(flow, drills)
    table = table_of(flow)
    here = None if state is None else listen_in(flow, state)
    judge = None if here is None else Judge(table, unit=unit, listen=here)
    for text in texts:
        meaning = _meaning(text, table, here, unit)
        only_typed = "" if judge is None or meaning.empty else _why_not_aloud(text, judge)
        if as_json:
            typer.echo(json.dumps(as_record(text, meaning, only_typed), ensure_ascii=False))
        else:
            typer.echo(_line(text, meaning) + (f"; said aloud, nothing: {only_typed}" if only_typed else ""))


def _meaning(text: str, table: PhraseTable, here: Listen | None, unit: str) -> Meaning:
    """Read one sentence as a state does, or with every command and every quantity."""
    from voicecoach.words import quantities

    if here is None:
        return quantities.understand_anything(text, table=table, unit=unit)
    return quantities.understand(text, table=table, expects=here.expects, unit=unit, commands=here.commands)


def _why_not_aloud(text: str, judge: Judge) -> str:
    """Say why the ears refuse what is taken when it is typed; empty where they do not."""
    from voicecoach.hearing.rules import Look
    from voicecoach.words.typed import words_of

    decision = judge.judge(Look(" ".join(words_of(text, judge.table.language)), "closed", 0.0))
    return decision.why if decision.verdict == "refuse" else ""


def as_record(text: str, meaning: Meaning, only_typed: str = "") -> dict[str, object]:
    """Return the JSON object of one sentence: the text and whatever was said, ``ask`` or ``none``.

    ``only_typed`` says why it is taken from the keyboard alone.
    """
    found: dict[str, object] = {
        "command": meaning.command,
        "weight": _quantity(meaning.weight),
        "reps": meaning.reps,
        "rpe": meaning.rpe,
        "seconds": meaning.seconds,
        "relative": _quantity(meaning.relative),
        "side": meaning.side,
        "correction": meaning.correction or None,
        "ask": meaning.ask,
        "only_typed": only_typed or None,
    }
    said = {name: value for name, value in found.items() if value is not None}
    return {"text": text, **(said or {"none": True})}


def _quantity(quantity: Quantity | None) -> dict[str, object] | None:
    """Return a quantity as JSON."""
    return None if quantity is None else {"value": quantity.value, "unit": quantity.unit}


def _line(text: str, meaning: Meaning) -> str:
    """Say a meaning in one line for people."""
    from voicecoach.words.questions import describe

    if meaning.ask is not None:
        return f"{text}: asks back: {meaning.ask}"
    parts = [f"command {meaning.command}"] if meaning.command else []
    if described := describe(meaning, name_weight=True):
        parts.append(described)
    if meaning.side:
        parts.append(f"{meaning.side} side")
    if meaning.correction:
        parts.append("a correction")
    return f"{text}: {', '.join(parts) or 'nothing to the coach'}"
