"""``voicecoach rehearse``: a session on a virtual clock, as text, as sound and as a picture."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.app.homes import Homes
    from voicecoach.app.rehearsal import Order
    from voicecoach.app.transcript import Transcript
    from voicecoach.app.weeks import Weeks


class EarsKind(StrEnum):
    """How the trainee's words reach the coach."""

    TEXT = "text"
    VOSK = "vosk"


def rehearse(
    script: Annotated[str, typer.Argument(help="Programme or drill: a name or a path.")],
    *,
    story: Annotated[Path | None, typer.Option(help="A file of lines such as: 1:30 too easy")] = None,
    seed: Annotated[int, typer.Option(help="Of the simulated trainee's reaction times.")] = 0,
    weeks: Annotated[
        int | None, typer.Option(min=1, max=52, help="So many weeks, session by session; the story is one of weeks.")
    ] = None,
    today: Annotated[str | None, typer.Option(metavar="DATE", help="The day, as 2026-01-31.")] = None,
    wav: Annotated[Path | None, typer.Option(help="Write the sound here.")] = None,
    play: Annotated[bool, typer.Option("--play", help="Play it in real time; Ctrl-C ends it.")] = False,
    begin: Annotated[
        str, typer.Option("--from", metavar="PLACE", help='Begin at "set 2", "dowel hinge", "RDL, set 3" or 4:30.')
    ] = "",
    timeline: Annotated[Path | None, typer.Option(help="Draw the session here, as SVG.")] = None,
    transcript: Annotated[Path | None, typer.Option(help="Write what was said and heard here.")] = None,
    journal: Annotated[
        Path | None, typer.Option(help="Go on from this journal and write to it; otherwise a throw-away one.")
    ] = None,
    ears: Annotated[
        EarsKind, typer.Option(help="text: words are told. vosk: a voice speaks them to the recogniser.")
    ] = EarsKind.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Run a script through the real coach, as fast as the machine can."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.rehearsal import Order
    from voicecoach.app.story import read_story
    from voicecoach.errors import CoachError

    homes, day = Homes.find(), _day(today)
    _refuse_what_was_logged({"--wav": wav, "--timeline": timeline, "--transcript": transcript}, journal, homes)
    if weeks is not None:
        if wav or play or begin or timeline or ears is EarsKind.VOSK:
            hint = "Leave out what makes sound and pictures."
            raise CoachError("--weeks prints plans and what was done, and no more.", hint, 2)
        _print(_weeks(script, homes, story, weeks, day, journal, seed), transcript, as_json=as_json)
        _tell_unknown(script, homes)
        return
    told = read_story(story) if story else None
    heard: Literal["text", "vosk"] = "vosk" if ears is EarsKind.VOSK else "text"
    order = Order(script, story=told, seed=seed, today=day, journal=journal, wav=wav, ears=heard)
    _session(order, homes, begin, timeline, transcript, play=play, as_json=as_json)


def _refuse_what_was_logged(written: Mapping[str, Path | None], journal: Path | None, homes: Homes) -> None:
    """Raise CoachError where a file to be written, by option, or the journal is one that no rehearsal may change."""
    from voicecoach.app.safekeeping import refuse_journal, refuse_rehearsal, refuse_same

    if journal is not None:
        refuse_rehearsal(journal, homes)
    for option, path in written.items():
        if path is not None:
            refuse_journal(path, homes, option)
            if journal is not None:
                refuse_same(path, journal, option)


def _session(
    order: Order, homes: Homes, begin: str, timeline: Path | None, transcript: Path | None, *, play: bool, as_json: bool
) -> None:
    """Hold one session, and show the wanted part of it in every way that was asked for."""
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from voicecoach.app.excerpt import lines_from, place_of
    from voicecoach.app.rehearsal import rehearse as hold
    from voicecoach.app.timeline import draw_timeline
    from voicecoach.app.transcript import Transcript
    from voicecoach.cli.files import writing

    with TemporaryDirectory() as folder:
        sound = order.wav or (Path(folder) / "rehearsal.wav" if play else None)
        rehearsed = hold(replace(order, wav=sound), homes)
        lines = rehearsed.transcript.sorted()
        start = place_of(begin, lines) if begin else 0.0
        part = Transcript(lines_from(start, lines))
        if timeline is not None:
            drawing = draw_timeline(lines, f"{rehearsed.training.plan.programme}, rehearsed")
            with writing(timeline, "--timeline"):
                timeline.write_text(drawing, encoding="utf-8")
        _print(part, transcript, as_json=as_json, printed=not play)
        if rehearsed.voice:
            typer.echo(rehearsed.voice, err=True)
        _tell_unknown(order.script, homes)
        if play and sound is not None:
            _play(sound, start, part, homes, as_json=as_json)
        if order.wav is not None and start:
            _cut(order.wav, start)


def _tell_unknown(script: str, homes: Homes) -> None:
    """Warn of words in the script's phrases that the ear in use does not know, as ``check`` points at them."""
    from contextlib import suppress

    from voicecoach.app.models import model_in_use
    from voicecoach.app.settings import Settings
    from voicecoach.app.training import library_of
    from voicecoach.drills.check import unknown_words
    from voicecoach.drills.diagnostics import render_all
    from voicecoach.errors import CoachError

    with suppress(CoachError):  # a rehearsal needs no ear
        ear = model_in_use(homes, Settings.read(homes.config))
        library = library_of(homes)
        if found := unknown_words(library.find(script), library, ear.words, ear.language):
            typer.echo(render_all(found), err=True)


def _print(told: Transcript | Weeks, transcript: Path | None, *, as_json: bool, printed: bool = True) -> None:
    """Write what happened to the file that was asked for and, unless it is told while it is played, to the output."""
    from voicecoach.cli.files import writing

    if transcript is not None:
        with writing(transcript, "--transcript"):
            transcript.write_text(told.text(), encoding="utf-8")
    if printed:
        typer.echo(told.json_lines() if as_json else told.text(), nl=False)


def _weeks(
    script: str, homes: Homes, story: Path | None, weeks: int, first: dt.date | None, journal: Path | None, seed: int
) -> Weeks:
    """Weeks of sessions on a journal of their own, or on a given one."""
    from tempfile import TemporaryDirectory

    from voicecoach.app.weeks import live
    from voicecoach.app.weeks_story import read_weeks, story_file, usual_story

    told = read_weeks(story_file(story), weeks) if story is not None else usual_story(weeks)
    with TemporaryDirectory() as folder:
        return live(script, told, homes, journal or Path(folder) / "journal.jsonl", first=first, seed=seed)


def _play(sound: Path, start: float, part: Transcript, homes: Homes, *, as_json: bool) -> None:
    """Play the recording; each line of the transcript is printed when it is its time."""
    from voicecoach.app.settings import Settings
    from voicecoach.app.transcript import Transcript, number_in
    from voicecoach.speaking.playback import play_recording

    waiting = part.sorted()

    def follow(heard: float) -> None:
        due = [line for line in waiting if number_in(line["t"]) <= heard]
        del waiting[: len(due)]
        now = Transcript(due)
        typer.echo(now.json_lines() if as_json else now.text(), nl=False)

    play_recording(sound, Settings.read(homes.config).earbuds or None, begin=start, follow=follow)
    follow(float("inf"))


def _cut(wav: Path, start: float) -> None:
    """Leave what is before ``start`` (seconds) out of the recording. Raises CoachError where it cannot be written."""
    import soundfile

    from voicecoach.errors import CoachError

    try:
        samples, rate = soundfile.read(wav, dtype="int16")
        soundfile.write(wav, samples[round(start * rate) :], rate, subtype="PCM_16")
    except (OSError, soundfile.LibsndfileError) as error:
        raise CoachError(f"{wav} cannot be written ({error}).", "Choose another place.") from error


def _day(text: str | None) -> dt.date | None:
    """A day as it is written on the command line. Raises CoachError for anything else."""
    from voicecoach.errors import CoachError

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CoachError(f"--today {text!r} is no day.", "Write it as 2026-01-31.", exit_code=2) from None
