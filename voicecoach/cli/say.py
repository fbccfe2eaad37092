"""``voicecoach say``: every sentence a script can say, with its length, and its sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.app.sentences import Timed


def say(
    script: Annotated[str, typer.Argument(help="Drill, programme or flow: a name or a path.")],
    part: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only sentences that hold this.")] = "",
    *,
    play: Annotated[bool, typer.Option("--play", help="Speak each of them.")] = False,
    estimate: Annotated[bool, typer.Option("--estimate", help="Reckon the lengths; render nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """List every sentence a script can say, with its length in seconds; a ~ marks an estimate."""
    import json
    from contextlib import closing, nullcontext
    from dataclasses import replace

    from voicecoach.app.homes import Homes
    from voicecoach.app.sentences import sayings_of, timed
    from voicecoach.app.settings import Settings
    from voicecoach.app.training import library_of
    from voicecoach.drills.diagnostics import quoted

    homes = Homes.find()
    settings = Settings.read(homes.config)
    said = sayings_of(script, library_of(homes))
    sentences = [s for s in said.sentences if part.casefold() in s.text.casefold()]
    if part and not sentences:
        typer.echo(f"No sentence holds {quoted(part)}.", err=True)
    if (estimate and not play) or settings.engine == "tones":
        voice = None
    else:
        from voicecoach.app.voice import coach_voice

        voice = coach_voice(homes, settings, manner=replace(said.manner, say_as={}))
    with closing(voice) if voice is not None else nullcontext():
        if voice is not None:
            voice.prepare(s.aloud or s.text for s in sentences if "{" not in s.text)
        heading = ""
        for one in timed(sentences, voice, said.manner.rate):
            if as_json:
                typer.echo(json.dumps(_record(one), ensure_ascii=False))
            else:
                if heading != (heading := f"{one.sentence.script}, {one.sentence.key}"):
                    typer.echo(heading)
                typer.echo(_line(one))
            if play and voice is not None and not one.estimated:
                from voicecoach.speaking.outlet import play as play_clip

                play_clip(voice.clip(one.sentence.aloud or one.sentence.text), settings.earbuds or None)
        trouble = (voice.trouble or voice.stands_in) if voice is not None else ""
    if trouble or (play and voice is None):
        typer.echo(trouble or "The engine is set to tones, which cannot speak.", err=True)


def _line(one: Timed) -> str:
    length = f"{'~' if one.estimated else ' '}{one.seconds:5.2f} s" if one.seconds else " " * 8
    when = f"{one.sentence.only_if}: " if one.sentence.only_if else ""
    aloud = f"\n{' ' * 12}as: {one.sentence.aloud}" if one.sentence.aloud else ""
    return f"  {length}  {when}{one.sentence.text}{aloud}"


def _record(one: Timed) -> dict[str, object]:
    return {
        "script": one.sentence.script,
        "key": one.sentence.key,
        "text": one.sentence.text,
        "aloud": one.sentence.aloud or one.sentence.text,
        "only_if": one.sentence.only_if,
        "seconds": round(one.seconds, 3),
        "estimated": one.estimated,
    }
