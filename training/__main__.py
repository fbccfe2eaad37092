"""``python -m training [STEP ...] --config FILE``: make the built-in ear, going on where the last run stopped."""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from training.config import ROOT, Config, ConfigError, load_config
from training.graph import GraphError
from training.kaldi import BadModelError
from training.steps import Bar, Step, steps_of
from training.voices import VoiceError
from voicecoach.errors import CoachError


class ShownBar(Bar):
    """A step's bar on the terminal."""

    def __init__(self, shown: Progress, task: TaskID) -> None:
        self._shown, self._task = shown, task

    def at(self, share: float, note: str = "") -> None:
        """Move the bar."""
        self._shown.update(self._task, completed=share, note=note)


def run(config: Config, wanted: Sequence[str] = ()) -> list[str]:
    """Run the steps that are not done yet, or those wanted; gives the names of those that ran.

    A step is done when its stamp fits the config, the code and the steps before it, so that whatever changes any of
    them makes it and all after it run again. Raises ConfigError for a step that there is not.
    """
    steps = steps_of(config)
    names = [step.name for step in steps]
    unknown = set(wanted) - set(names)
    if unknown:
        raise ConfigError(f"There is no step {', '.join(sorted(unknown))}. There are: {', '.join(names)}.")
    ran, stamp = [], _hash_of_inputs(config)
    columns = (TextColumn("{task.description:12}"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.fields[note]}"))
    with Progress(*columns) as shown:
        for step in steps:
            stamp = hashlib.sha256(f"{stamp} {step.name}".encode()).hexdigest()
            mark = config.folder / ".stamps" / step.name
            if (mark.exists() and mark.read_text() == stamp and step.name not in wanted) or (
                wanted and step.name not in wanted
            ):
                continue
            if not shown.console.is_terminal:  # where a bar would show nothing until it ends
                shown.console.print(f"{step.name} …")
            _run_one(step, config, shown)
            mark.parent.mkdir(parents=True, exist_ok=True)
            for later in names[names.index(step.name) :]:  # what they made is of what this step made before
                (mark.parent / later).unlink(missing_ok=True)
            mark.write_text(stamp)
            ran.append(step.name)
    return ran


def _run_one(step: Step, config: Config, shown: Progress) -> None:
    task = shown.add_task(step.name, total=1.0, note="")
    started = time.monotonic()
    step.run(config, ShownBar(shown, task))
    shown.update(task, completed=1.0, note=f"{time.monotonic() - started:.0f} s")


def _hash_of_inputs(config: Config) -> str:
    """Of the config, the code, and the text files and models that the config names."""
    held = hashlib.sha256(repr(config).encode())
    named = [config.path(config.texts.phrases), *sorted(config.path(config.lexicon).glob("*.dict"))]
    if config.texts.sentences:
        named.append(config.path(config.texts.sentences))
    if config.natural.speakers:
        named.append(config.path(config.natural.words))
    if config.people.kit:
        manifest = config.path(config.people.kit) / "manifest.tsv"
        if not manifest.is_file():
            raise ConfigError(f"{manifest} is missing: `python -m training.collect` makes it (docs/model-log.md).")
        named.append(manifest)
    if config.graph_of:
        named += sorted((config.path(config.graph_of) / "graph").rglob("*.*"))
    else:
        named.append(config.path(config.talk))
    named += sorted(path for path in config.path(config.conf).rglob("*") if path.is_file())
    models = (config.network.start, config.network.aligner)
    named += [config.path(model) / "am" / "final.mdl" for model in models if model]
    for path in (*sorted(Path(__file__).parent.glob("*.py")), *named):
        held.update(path.read_bytes())
    return held.hexdigest()


MEANING = "Make the built-in ear: every step of docs/model-log.md's table that is not done yet, which takes hours."
"""What the command says of itself."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, run, and say what went wrong in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m training", description=MEANING)
    parser.add_argument(
        "steps", nargs="*", metavar="STEP", help="only these, even where they are done; none: all that are not"
    )
    parser.add_argument("--config", type=Path, default=ROOT / "training" / "config.toml", metavar="FILE")
    parser.add_argument("--model", metavar="FOLDER", help="of the finished model, in place of the config's")
    given = parser.parse_args(arguments)
    try:
        config = load_config(given.config)
        if given.model:
            config = dataclasses.replace(config, model=given.model)
        run(config, given.steps)
    except (ConfigError, VoiceError, BadModelError, GraphError, CoachError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{config.path(config.model)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
