"""``voicecoach rehearse``: a session on a virtual clock, as text, as sound and as a picture."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.app.homes import Homes
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
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    from voicecoach.app.excerpt import lines_from, place_of
    from voicecoach.app.homes import Homes
    from voicecoach.app.rehearsal import Order
    from voicecoach.app.rehearsal import rehearse as hold
    from voicecoach.app.story import read_story
    from voicecoach.app.timeline import draw_timeline
    from voicecoach.app.transcript import Transcript
    from voicecoach.cli.files import write_text
    from voicecoach.errors import CoachError

    homes = Homes.find()
    if weeks is not None:
        if wav or play or begin or timeline or ears is EarsKind.VOSK:
            hint = "Leave out what makes sound and pictures."
            raise CoachError("--weeks prints plans and what was done, and no more.", hint, 2)
        told = _weeks(script, homes, story, weeks, _day(today), journal, seed)
        typer.echo(told.json_lines() if as_json else told.text(), nl=False)
        if transcript is not None:
            write_text(transcript, told.text())
        return
    with ExitStack() as stack:
        sound = wav
        if play and sound is None:
            sound = Path(stack.enter_context(TemporaryDirectory())) / "rehearsal.wav"
        order = Order(
            script,
            story=read_story(story) if story else None,
            seed=seed,
            today=_day(today),
            journal=journal,
            wav=sound,
            ears="vosk" if ears is EarsKind.VOSK else "text",
        )
        rehearsed = hold(order, homes)
        lines = rehearsed.transcript.sorted()
        start = place_of(begin, lines) if begin else 0.0
        part = Transcript(lines_from(start, lines))
        if timeline is not None:
            write_text(timeline, draw_timeline(lines, f"{rehearsed.training.plan.programme}, rehearsed"))
        if transcript is not None:
            write_text(transcript, part.text())
        if play and sound is not None:
            _play(sound, start, part, homes, as_json=as_json)
        else:
            typer.echo(part.json_lines() if as_json else part.text(), nl=False)
        if wav is not None and start:
            _cut(wav, start)


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
    from voicecoach.app.transcript import Transcript
    from voicecoach.speaking.playback import play_recording

    waiting = part.sorted()

    def follow(heard: float) -> None:
        due = [line for line in waiting if float(str(line["t"])) <= heard]
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
