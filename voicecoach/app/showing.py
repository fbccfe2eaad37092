"""What ``run`` does where nobody can train: a rehearsal with real voices and the real recogniser, left as files."""

from __future__ import annotations

from pathlib import Path

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.safekeeping import refuse_rehearsal, write_afresh
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
        refuse_rehearsal(paths["jsonl"], homes, "Go to another folder.")
        paths["wav"].unlink(missing_ok=True)  # a link would be written through
        rehearsed = rehearse(Order(script, wav=paths["wav"], journal=paths["jsonl"], ears="vosk"), homes)
        transcript = rehearsed.transcript
        write_afresh(paths["txt"], transcript.text().encode())
        title = f"{rehearsed.training.plan.programme}, rehearsal {len(rehearsed.sessions) + 1}"
        write_afresh(paths["svg"], draw_timeline(transcript.sorted(), title).encode())
    except OSError as error:
        raise CoachError(f"{FOLDER}/ cannot be written: {error.strerror}.", "Go to a folder that is yours.") from error
    return tuple(paths.values())
