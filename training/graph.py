"""The decoding graph of a Vosk model: words and their phones become ``HCLr.fst``, ``Gr.fst`` and their tables.

Written as OpenFst's text and compiled by its tools (libfst-tools, libfst22-plugins-base). ``HCLr.fst`` is a tree
of phones from which every pronunciation hangs; the word stands on the arc of its last phone, so no disambiguation
symbols are needed, and all words that end in the same phone share what comes after. Where a phone is told apart by what
stands before it, there is a root for each kind of that. ``[unk]`` is any row of phones at a price for each. ``Gr.fst``
is what is listened for where no grammar is given.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from training.export import read_model
from training.lexicon import Lexicon, load_lexicon
from training.phones import PhoneSet, positioned

UNKNOWN = "[unk]"
"""What a recogniser writes for speech that fits no phrase."""
WORDS = Path(__file__).with_name("words")
"""The pronunciations and the free grammar of the built-in ear."""
TALK = WORDS / "talk.fst.txt"
"""The free grammar: a word bigram as OpenFst's text, words in the place of numbers."""
HALF = -math.log(0.5)
PHONE_OF_UNKNOWN = 3.5
"""Cost of each phone in an ``[unk]``; more of it makes refusals rarer. Chosen on recordings of people (version 10)."""
PLUGINS = "fst/*/olabel_lookahead-fst.so"


class GraphError(RuntimeError):
    """The graph cannot be built; says what is missing."""


@dataclass(slots=True)
class _Network:
    """Arcs of a transducer in the making; state 0 is the start."""

    phones: PhoneSet
    arcs: list[str] = field(default_factory=list)
    states: int = 0

    def state(self) -> int:
        self.states += 1
        return self.states - 1

    def arc(self, source: int, target: int, transition: int, word: int, cost: float) -> None:
        self.arcs.append(f"{source} {target} {transition} {word} {cost:.9g}")

    def phone(
        self, source: int, name: str, kind: int, *, word: int = 0, cost: float = 0.0, target: int | None = None
    ) -> int:
        """A phone entered from ``source``, after one of a kind; gives the state in which it may stay.

        A ``target`` has its loop already.
        """
        enter, stay = self.phones.transitions(name, kind)
        to = self.state() if target is None else target
        self.arc(source, to, enter, word, cost)
        if target is None:
            self.arc(to, to, stay, 0, HALF)
        return to


def network_text(lexicon: Lexicon, ids: Mapping[str, int], phones: PhoneSet) -> str:
    """The tree as OpenFst's text: transition-ids in, words out, costs as -log.

    From each of its roots a word begins after a phone of one kind; the first is the one after quiet.
    """
    net = _Network(phones)
    start, *roots = (net.state() for _ in range(1 + phones.kinds))
    net.arc(start, roots[0], 0, 0, HALF)
    net.arc(net.phone(start, "SIL", 0, cost=HALF), roots[0], 0, 0, 0.0)
    pause = net.state()
    net.arc(net.phone(pause, "SIL", 0), roots[0], 0, 0, 0.0)

    def end(state: int, kind: int) -> None:
        net.arc(state, roots[kind], 0, 0, HALF)
        net.arc(state, pause, 0, 0, HALF)

    _add_unknown(net, roots, ids[UNKNOWN], end)
    inner: dict[tuple[str, ...], list[tuple[int, int]]] = {(): list(zip(roots, range(phones.kinds), strict=True))}
    last: dict[tuple[str, int], int] = {}
    for word in sorted(lexicon):
        for pronunciation in lexicon[word]:
            *before, final = positioned(pronunciation)
            key: tuple[str, ...] = ()
            for name in before:
                longer = (*key, name)
                if longer not in inner:
                    inner[longer] = [(_joined(net, inner[key], name), phones.kind(name))]
                key = longer
            for source, kind in inner[key]:
                if (final, kind) in last:
                    net.phone(source, final, kind, word=ids[word], cost=HALF, target=last[final, kind])
                else:
                    last[final, kind] = net.phone(source, final, kind, word=ids[word], cost=HALF)
                    end(last[final, kind], phones.kind(final))
    net.arcs.extend(f"{root} 0" for root in roots)
    return "\n".join(net.arcs) + "\n"


def _joined(net: _Network, sources: list[tuple[int, int]], name: str) -> int:
    """A phone entered from states after phones of several kinds; the one state that words go on from."""
    states = [net.phone(source, name, kind, cost=HALF) for source, kind in sources]
    if len(states) == 1:
        return states[0]
    hub = net.state()
    for state in states:
        net.arc(state, hub, 0, 0, 0.0)
    return hub


def _add_unknown(net: _Network, roots: list[int], word: int, end: Callable[[int, int], None]) -> None:
    """``[unk]``: spoken noise, or two and more phones in any order."""
    noise = net.phone(roots[0], "SPN_S", 0, word=word, cost=PHONE_OF_UNKNOWN)
    for root in roots[1:]:
        net.phone(root, "SPN_S", 0, word=word, cost=PHONE_OF_UNKNOWN, target=noise)
    end(noise, 0)
    middle, after = ([net.state() for _ in roots] for _ in range(2))
    for phone in net.phones.speech:
        itself = net.phones.kind(phone)
        for kind, root in enumerate(roots):
            for source, at, olabel, target in (
                (root, "_B", word, middle[itself]),
                (middle[kind], "_I", 0, middle[itself]),
                (middle[kind], "_E", 0, after[itself]),
            ):
                state = net.phone(source, phone + at, kind, word=olabel, cost=PHONE_OF_UNKNOWN)
                net.arc(state, target, 0, 0, 0.0)
    for kind, state in enumerate(after):
        end(state, kind)


def build_graph(lexicon: Lexicon, phones: PhoneSet, out: Path, talk: Path = TALK) -> None:
    """Write ``graph/`` of the model folder ``out``. The same lexicon gives the same bytes.

    ``talk`` is the free grammar; words of it that the lexicon lacks raise GraphError, as do missing tools.
    """
    tools = {name: shutil.which(name) for name in ("fstcompile", "fstarcsort", "fstconvert")}
    if not all(tools.values()):
        raise GraphError("OpenFst's tools are missing: apt-get install libfst-tools libfst22-plugins-base")
    ids = {word: number for number, word in enumerate(sorted((*lexicon, UNKNOWN)), start=1)}
    graph = out / "graph"
    (graph / "phones").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "tree.txt").write_text(network_text(lexicon, ids, phones))
        _run("fstcompile", work / "tree.txt", work / "tree.fst")
        _run("fstarcsort", "--sort_type=olabel", work / "tree.fst", work / "sorted.fst")
        pairs = work / "pairs.txt"
        convert = ("fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={pairs}")
        _run(*convert, work / "sorted.fst", graph / "HCLr.fst")
        relabelled = {int(old): int(new) for old, new in (line.split() for line in pairs.read_text().splitlines())}
        numbers = {word: relabelled[number] for word, number in ids.items()}
        (work / "talk.txt").write_text("\n".join(_numbered(talk, numbers)) + "\n")
        _run("fstcompile", work / "talk.txt", work / "talk.fst")
        _run("fstarcsort", "--sort_type=ilabel", work / "talk.fst", work / "talk-sorted.fst")
        _run("fstconvert", "--fst_type=const", work / "talk-sorted.fst", graph / "Gr.fst")
    _write_tables(graph, numbers, phones)


def _write_tables(graph: Path, numbers: Mapping[str, int], phones: PhoneSet) -> None:
    rows = sorted(numbers.items(), key=lambda pair: pair[1])
    (graph / "words.txt").write_text("<eps> 0\n" + "".join(f"{word} {number}\n" for word, number in rows))
    (graph / "phones.txt").write_text("<eps> 0\n" + "".join(f"{p} {number}\n" for p, number in phones.ids.items()))
    (graph / "disambig_tid.int").write_text(f"{phones.transition_count + 1}\n")
    boundaries = "".join(f"{number} {phones.boundary(name)}\n" for name, number in phones.ids.items())
    (graph / "phones" / "word_boundary.int").write_text(boundaries)


def _numbered(talk: Path, numbers: Mapping[str, int]) -> Iterator[str]:
    for line in talk.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 4:  # noqa: PLR2004 - source, target, word in, word out, perhaps a cost
            missing = [word for word in parts[2:4] if word != "<eps>" and word not in numbers]
            if missing:
                raise GraphError(f"{talk} has the word {missing[0]!r}, which the lexicon lacks.")
            parts[2:4] = [str(numbers.get(word, 0)) for word in parts[2:4]]
        yield " ".join(parts)


def _run(*command: str | Path) -> None:
    """A tool of OpenFst; Debian keeps its lookahead types where the loader does not look by itself."""
    found = [
        p
        for root in ("/usr/lib", "/usr/local/lib")
        for p in (*Path(root).glob(PLUGINS), *Path(root).glob(f"*/{PLUGINS}"))
    ]
    paths = [str(p.parent) for p in found] + [os.environ.get("LD_LIBRARY_PATH", "")]
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "LD_LIBRARY_PATH": ":".join(p for p in paths if p)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise GraphError(f"{command[0]} failed: {done.stderr.strip() or done.returncode}")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    build_graph(load_lexicon(WORDS), read_model(folder / "am" / "final.mdl").phones, folder)
