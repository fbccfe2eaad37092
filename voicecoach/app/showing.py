"""What ``run`` does where nobody can train: a rehearsal with real voices and the real recogniser, left as files."""

from __future__ import annotations

from pathlib import Path

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.timeline import draw_timeline
from voicecoach.errors import CoachError

FOLDER = Path("rehearsal")
"""In the current folder; never the trainee's own files."""


def rehearse_here(script: str, homes: Homes) -> tuple[Path, ...]:
    """Rehearse with sound, going on from the journal of the last rehearsal here; returns the files it left.

    Raises CoachError where the folder cannot be written, or the trainee's own journal is that of the rehearsal.
    """
    name = Path(script).stem.replace(" ", "-")
    paths = {kind: FOLDER / f"{name}.{kind}" for kind in ("wav", "txt", "svg", "jsonl")}
    try:
        FOLDER.mkdir(exist_ok=True)
        if paths["jsonl"].exists() and homes.journal.exists() and paths["jsonl"].samefile(homes.journal):
            what = f"{paths['jsonl']} is your own journal, and a rehearsal would log a session in it that never was."
            raise CoachError(what, "Go to another folder.")
        for kind in ("wav", "txt", "svg"):
            if paths[kind].is_symlink():  # it would be written through
                paths[kind].unlink()
        rehearsed = rehearse(Order(script, wav=paths["wav"], journal=paths["jsonl"], ears="vosk"), homes)
        transcript = rehearsed.transcript
        paths["txt"].write_text(transcript.text(), encoding="utf-8")
        title = f"{rehearsed.training.plan.programme}, rehearsal {len(rehearsed.sessions) + 1}"
        paths["svg"].write_text(draw_timeline(transcript.sorted(), title), encoding="utf-8")
    except OSError as error:
        raise CoachError(f"{FOLDER}/ cannot be written: {error.strerror}.", "Go to a folder that is yours.") from error
    return tuple(paths.values())
