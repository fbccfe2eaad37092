"""``voicecoach model``: the recogniser's models; get one, list them, where they are, which words one knows."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)
TWO = "--model voicecoach-small-en --model NAME"
"""How a bench is told of two models."""


@app.command()
def install(
    source: Annotated[
        str | None,
        typer.Argument(help="Name of a vendor's model, address of a zip, a zip file or a folder; else the small one."),
    ] = None,
) -> None:
    """Get a larger model and listen with it from now on."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from voicecoach.app.homes import Homes
    from voicecoach.hearing.install import install as bring

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Downloading", total=None, visible=False)
        done = bring(
            source,
            Homes.find().models,
            lambda there, total: bar.update(task, completed=there, total=total, visible=True),
        )
    typer.echo(f"Installed {done.folder.name}, {len(done.folder.words)} words, in {done.folder.path}.", err=True)
    if done.sha256:
        typer.echo(f"sha256 of the archive: {done.sha256} (noted in {done.note}).", err=True)


@app.command(name="list")
def list_models(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """List the built-in model, the installed ones, and those of the vendor."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_in_use
    from voicecoach.app.settings import Settings
    from voicecoach.cli.guard import complain
    from voicecoach.errors import CoachError
    from voicecoach.hearing.install import VENDORS_MODELS
    from voicecoach.hearing.model_folder import built_in_model, check_model_folder, installed_models, measured

    homes = Homes.find()
    models = homes.models
    known = {model.name: model.measured for model in VENDORS_MODELS}
    try:
        used = model_in_use(homes, Settings.read(homes.config)).name
    except CoachError as error:
        used = ""
        complain(error)
    rows: list[dict[str, object]] = []
    for path in (built_in_model(), *installed_models(models)):
        row: dict[str, object] = {"name": path.name, "path": str(path), "in_use": path.name == used}
        try:
            folder = check_model_folder(path)
            told = measured(path) or known.get(path.name, "")
            rows.append({**row, "words": len(folder.words), "measured": told})
        except CoachError as error:
            rows.append({**row, "fault": error.message})
    there = {row["name"] for row in rows}
    rows += [
        {
            "name": model.name,
            "in_use": False,
            "megabytes": model.megabytes,
            "remark": model.remark,
            "measured": model.measured,
        }
        for model in VENDORS_MODELS
        if model.name not in there
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        typer.echo(_line(row))
    typer.echo(f"To measure them beside one another: voicecoach bench hearing FOLDER {TWO}", err=True)


def _line(row: dict[str, object]) -> str:
    mark = "*" if row["in_use"] else " "
    if "fault" in row:
        return f"{mark} {row['name']}  {row['fault']}"
    told = f"\n    {row['measured']}" if row["measured"] else ""
    if "path" in row:
        return f"{mark} {row['name']}  {row['words']} words  {row['path']}{told}"
    return f"{mark} {row['name']}  {row['megabytes']} MB to download; {row['remark']}{told}"


@app.command()
def path() -> None:
    """Print the folder of the model in use."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_in_use
    from voicecoach.app.settings import Settings

    homes = Homes.find()
    typer.echo(model_in_use(homes, Settings.read(homes.config)).path)


@app.command()
def words(
    text: Annotated[list[str], typer.Argument(help="Words to ask about.")],
    *,
    model: Annotated[str | None, typer.Option(help="A name or a folder; otherwise the model in use.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per word.")] = False,
) -> None:
    """Say which words the model can hear, how it expects them to be said, and near ones for those it cannot.

    Exit code 1 if any is missing. How words are said is known of the built-in ear only.
    """
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_named
    from voicecoach.errors import CoachError
    from voicecoach.hearing.pronunciations import ask_about
    from voicecoach.words.phrases import normalise

    asked = dict.fromkeys(normalise(" ".join(text)).split())
    if not asked:
        raise CoachError(f"There is no word in {' '.join(text)!r}.", "Try: voicecoach model words stop deadlift", 2)
    answers = ask_about(model_named(Homes.find(), model), asked)
    for answer in answers:
        if as_json:
            row = {"word": answer.word, "known": answer.known, "spoken": answer.spoken, "near": answer.spelt_like}
            typer.echo(json.dumps({**row, "sounds_like": answer.sounds_like}, ensure_ascii=False))
            continue
        parts = [f"yes, as {' or '.join(answer.spoken)}" if answer.spoken else "yes" if answer.known else "no"]
        if answer.sounds_like:
            parts.append(f"sounds like {', '.join(answer.sounds_like)}")
        if answer.spelt_like:
            parts.append(f"spelt like {', '.join(answer.spelt_like)}")
        typer.echo(f"{answer.word}: {'; '.join(parts)}")
    if not all(answer.known for answer in answers):
        raise typer.Exit(1)
