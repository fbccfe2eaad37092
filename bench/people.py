"""The whole program with people's recordings as the trainee: a session each, from the weight to "stop" in the set.

    voicecoach bench people FOLDER [--people 10] [--part dev] [--model M] [--json OUT]

Needs a checkout, PulseAudio and no sound card. FOLDER holds ``manifest.tsv`` with the columns file, class, label and
speaker; everybody is taken who says "stop", "yes", "no", "go" and a number, those first whom training has not heard
(``training/people.py``). Each plays into the microphone of a real ``voicecoach run``: a number when asked for the
weight, which is out of bounds and therefore read back, "no", the number again, "yes", then "go", which the drill takes
for "start", and "stop" in the middle of the set. What is not followed is said again, at most twice; what nobody follows
ends that session. Counts what the coach did. ``measure`` returns the figures for other programs.
"""

from __future__ import annotations

import argparse
import json
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import soxr
from kit.clips import read_manifest, read_sound
from kit.pulse import Pulse, missing
from kit.rates import rate

import voicecoach
from voicecoach.app.homes import Homes
from voicecoach.errors import CoachError
from voicecoach.hearing.model_folder import choose_model

ROOT = Path(voicecoach.__file__).resolve().parents[1]
if not (ROOT / "training").is_dir():
    raise CoachError("This bench needs a checkout: who was in training is told by training/people.py.", "Run it there.")
sys.path.insert(0, str(ROOT))
from training.people import is_dev, is_for_acceptance  # noqa: E402 - lies beside the benches

RATE = 48_000
DEV_PERCENT = 15
"""As in training/config.toml."""
NUMBERS = ("four", "five", "six", "seven", "eight", "nine", "three", "two", "one")
"""Best first: a word of one sound is seldom asked back."""
TRIES = 3
PATIENCE = 5.0
"""Seconds for the coach to follow; a person would say it again then."""
DRILL = """
kind: drill
version: 1
name: heard
goal: Say what is asked.
needs: [kettlebell]
sets: 1
reps: 40
tempo: 1-0-1-0
rest: 5s
load: {ask: "What weight is it?", start: 100 lb, step: 5 lb, between: [90 lb, 200 lb]}
phrases: {start: [go]}
cues:
  setup: [Hold the weight.]
when pain: {lighter: 20%}
"""
PROGRAMME = "kind: programme\nversion: 1\nname: heard by all\ndrills: [heard]\ngreeting: [Hello.]\n"
STEPS = (
    ("number", "[confirming]"),
    ("no", "[asking weight]"),
    ("number", "[confirming]"),
    ("yes", "[ready]"),
    ("go", "[working]"),
    ("stop", "[paused]"),
)
"""What is said, and the state that has to follow."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with recordings of all the words."""

    name: str
    """As in the manifest."""
    dev: bool
    """Whether training has not heard them."""
    words: Mapping[str, Sequence[Path]]
    """Recordings of each word; ``number`` is any number."""


@dataclass(slots=True)
class Followed:
    """What became of all sessions."""

    first: Counter[str] = field(default_factory=Counter)
    """Words followed when said once."""
    later: Counter[str] = field(default_factory=Counter)
    """Followed when said again."""
    said: Counter[str] = field(default_factory=Counter)
    """Steps that were reached."""
    through: int = 0
    """Sessions that came to their end."""
    others: list[str] = field(default_factory=list)
    """What was taken though it was not said."""


class Session:
    """A real ``voicecoach run`` whose screen is read."""

    def __init__(self, card: Pulse, folder: Path) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from voicecoach.cli.app import main; main()", "run", "heard by all"],
            cwd=folder,
            env={**card.env, "VOICECOACH_HOME": str(folder / "home")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - opened as a pipe above
        for line in self._process.stderr:
            self.seen.append(line.rstrip())
            self._lines.put(line)
        self._lines.put(None)

    def taken(self) -> list[str]:
        """What it took the trainee to have said, in order."""
        return [line.removeprefix("you: ") for line in self.seen if line.startswith("you: ")]

    def see(self, text: str, seconds: float) -> bool:
        """Wait until the screen shows a text that it has not shown before."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                return False
            if line is None:
                return False
            if text in line:
                return True
        return False

    def close(self) -> None:
        """End it as somebody does who switches off."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


def people_of(folder: Path, part: str | None) -> list[Person]:
    """Everybody who says all the words, dev speakers first; none of the acceptance set."""
    words: defaultdict[str, defaultdict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for row in read_manifest(folder):
        speaker = row.get("speaker") or "-"
        if speaker == "-" or speaker.endswith("unknown") or is_for_acceptance(speaker, row.get("dataset", "")):
            continue
        word = row["label"].lower()
        words[speaker]["number" if word in NUMBERS else word].append(folder / row["file"])
    needed = {word for word, _ in STEPS}
    found = [Person(who, is_dev(who, DEV_PERCENT), said) for who, said in words.items() if needed <= said.keys()]
    found = [one for one in found if part is None or one.dev == (part == "dev")]
    return sorted(found, key=lambda one: (not one.dev, one.name))


def measure(folder: Path, count: int, part: str | None, model: str | None) -> dict[str, object]:
    """Rows of what was followed, for all and for the speakers of dev; sessions that came to their end."""
    if missing():
        raise SystemExit(f"This bench needs {missing()}.")
    people = people_of(folder, part)[:count]
    ear = choose_model(model, Homes.find().models).path  # looked for here: the sessions have homes of their own
    results = {"dev": Followed(), "training": Followed()}
    for person in people:
        _attend(person, results["dev" if person.dev else "training"], ear)
    rows = [
        {"speakers": group, "word": word, **rate(done.first[word], done.said[word]), "later": done.later[word]}
        for group, done in results.items()
        for word in dict.fromkeys(word for word, _ in STEPS)
        if done.said[word]
    ]
    whole = {group: {"through": done.through, "taken wrongly": done.others} for group, done in results.items()}
    return {
        "people": {"dev": sum(p.dev for p in people), "training": sum(not p.dev for p in people)},
        **whole,
        "rows": rows,
    }


def _attend(person: Person, done: Followed, ear: Path) -> None:
    """One session of one person, with a sound card of its own."""
    folder = Path(tempfile.mkdtemp(prefix="vp", dir=tempfile.gettempdir()))
    shutil.copytree(ROOT / "scripts" / "flows", folder / "scripts" / "flows")
    flow = folder / "scripts" / "flows" / "standard.yaml"
    flow.write_text(flow.read_text(encoding="utf-8").replace(" go, bed,", " bed,"), encoding="utf-8")  # no decoy here
    (folder / "scripts" / "heard.yaml").write_text(DRILL, encoding="utf-8")
    (folder / "scripts" / "heard-by-all.yaml").write_text(PROGRAMME, encoding="utf-8")
    settings = folder / "home" / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"sound_check = false\nmodel = {json.dumps(str(ear))}\n", encoding="utf-8")
    card_folder = Path(tempfile.mkdtemp(prefix="vc", dir=tempfile.gettempdir()))
    card = Pulse(card_folder)
    card.start()
    try:
        with _room(card, folder):
            session = Session(card, folder)
            try:
                _speak(person, card, folder, session, done)
            finally:
                session.close()
    finally:
        card.stop()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(card_folder, ignore_errors=True)


def _speak(person: Person, card: Pulse, folder: Path, session: Session, done: Followed) -> None:
    if not session.see("[asking weight]", 60):
        raise SystemExit("The session did not ask for the weight:\n" + "\n".join(session.seen))
    before = len(session.taken())
    for word, state in STEPS:
        done.said[word] += 1
        time.sleep(1.5)  # the coach asks; people answer after the question
        recordings = person.words[word]
        for number in range(TRIES):
            card.play(_played(recordings[number % len(recordings)], folder))
            followed = session.see(state, PATIENCE)
            for heard in session.taken()[before:]:
                before += 1
                said = heard.split()[0] in NUMBERS if word == "number" else heard == word
                if not said and not heard.startswith("("):  # in brackets is what it did not act on
                    done.others.append(f"{heard} for {word}")
            if followed:
                (done.later if number else done.first)[word] += 1
                break
        else:
            return
    done.through += 1


def _played(recording: Path, folder: Path) -> Path:
    """A recording as the sound card takes it, as loud as somebody at an arm's length."""
    sound = read_sound(recording).astype(np.float32) / 32_768
    path = folder / "said.wav"
    soundfile.write(path, soxr.resample(sound * (0.5 / np.abs(sound).max(initial=1e-3)), 16_000, RATE), RATE)
    return path


@contextmanager
def _room(card: Pulse, folder: Path) -> Iterator[None]:
    """The quiet noise of a room at the microphone; one that hears exactly nothing is muted, and the coach says so."""
    path = folder / "room.raw"
    path.write_bytes(np.random.default_rng(1).normal(0, 12, RATE * 20).astype("<i2").tobytes() * 12)
    command = ["pacat", "--playback", "--device=mouth", "--format=s16le", f"--rate={RATE}", "--channels=1", str(path)]
    player = subprocess.Popen(command, env=card.env)
    try:
        yield
    finally:
        player.kill()
        player.wait(10)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=10, metavar="N")
    parser.add_argument(
        "--part", choices=("dev", "training"), help="only speakers that training has not, or has, heard"
    )
    parser.add_argument("--model", metavar="M", help="a model by name or folder")
    parser.add_argument("--json", type=Path, metavar="OUT")
    given = parser.parse_args()
    document = measure(given.folder, given.people, given.part, given.model)
    rows = document["rows"]
    assert isinstance(rows, list)  # noqa: S101 - measure made it
    print(f"{'speakers':10} {'word':8} {'at once':>8} {'of':>4} {'95 % interval':>14} {'said again':>11}")
    for row in rows:
        interval = f"{row['low']:g} - {row['high']:g}"
        print(f"{row['speakers']:10} {row['word']:8} {row['hits']:>8} {row['of']:>4} {interval:>14} {row['later']:>11}")
    for group in ("dev", "training"):
        print(f"{group}: {document['people'][group]} people, {document[group]}")  # type: ignore[index]
    if given.json:
        given.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
