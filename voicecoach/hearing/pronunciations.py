"""How the model expects words to be said, read out of its own graph, and which words are near one that it lacks.

The graph of this project's recipe is a tree of phones with each word on the arc of its last one, so going from there to
the root gives the pronunciation: no dictionary has to be shipped. A word that is not in it is spelt in sounds by rule.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecoach.errors import CoachError
from voicecoach.hearing.model_folder import ModelFolder
from voicecoach.hearing.network_file import extent
from voicecoach.words.sounds import ALIKE_COST, GAP, OTHER_COST, sounds

Codes = npt.NDArray[np.int16]
_LONGEST = 20
"""Phones, or letters, of a word that are compared."""
_SPOKEN = {
    **dict(zip("aeiouAEIOUWJ", "AE EH IH AA AH EY IY AY OW UW AW OY".split(), strict=True)),  # noqa: SIM905
    **dict(zip("bdfghjklmnprstvwyz", "B D F G HH JH K L M N P R S T V W Y Z".split(), strict=True)),  # noqa: SIM905
    "S": "SH",
    "C": "CH",
    "T": "TH",
    "N": "NG",
    "c": "K",
    "q": "K",
    "x": "K",
    "3": "ER",
}
"""Phones for the letters of ``voicecoach.words.sounds``, and 3 for the vowel of "bird"."""
_ALIKE = (
    *("AA AO AH", "AE EH AH", "IH IY EH", "UH UW OW", "AH UH ER", "EY EH IY", "AY OY", "AW OW AO", "R ER"),
    *("P B", "T D TH", "K G", "S Z TH", "SH ZH CH JH S", "F V TH DH", "M N NG", "L R W", "D DH", "Y IY"),
)
"""Phones that are easily taken for one another; exchanging them costs less than others."""
_FARTHEST = 0.5
"""Of the cost of a wholly different word: what is farther is not named."""


@dataclass(frozen=True, slots=True)
class Pronunciations:
    """Rows of phones and the words they stand for; a word may have several rows."""

    names: tuple[str, ...]
    """Phones by their code, from 0."""
    words: tuple[str, ...]
    """The word of each row."""
    rows: Codes
    """Shape (rows, 20): codes from the first phone on, then -1."""

    def of(self, word: str) -> tuple[str, ...]:
        """The pronunciations of a word, such as ``("S T AA P",)``; empty for one that is not there."""
        return tuple(
            " ".join(self.names[code] for code in self.rows[n] if code >= 0)
            for n, other in enumerate(self.words)
            if other == word
        )

    def near(self, word: str, most: int = 5) -> tuple[str, ...]:
        """Words that sound much like one, the nearest first; its sounds are guessed from its spelling."""
        letters = re.sub("[eiu]r+(?![aeiouAEIOUWJ])", "3", sounds(word))
        spoken = [_SPOKEN[letter] for letter in letters if letter in _SPOKEN]
        known = {name: code for code, name in enumerate(self.names)}
        asked = [known[phone] for phone in spoken if phone in known][:_LONGEST]
        return _nearest(asked, self.rows, self.words, most, _phone_costs(self.names))


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to say about one word."""

    word: str
    """The word asked about."""
    known: bool
    """Whether the model can hear it."""
    spoken: tuple[str, ...] = ()
    """Its pronunciations."""
    sounds_like: tuple[str, ...] = ()
    """Words the model knows that sound much like it, where it lacks the word itself."""
    spelt_like: tuple[str, ...] = ()
    """Those that are spelt much like it."""


def ask_about(folder: ModelFolder, asked: Iterable[str]) -> list[Answer]:
    """Look every word up in a model. Raises CoachError where its graph is damaged."""
    held = read_pronunciations(folder)
    everything = sorted(folder.words)
    answers = []
    for word in asked:
        if folder.knows(word):
            answers.append(Answer(word, known=True, spoken=held.of(word) if held else ()))
        else:
            sounding = held.near(word) if held else ()
            answers.append(Answer(word, known=False, sounds_like=sounding, spelt_like=spelt_like(word, everything)))
    return answers


def read_pronunciations(folder: ModelFolder) -> Pronunciations | None:
    """All pronunciations of a model of this project's recipe; None for others, whose graphs are built otherwise.

    Raises CoachError where the graph is damaged.
    """
    if not folder.of_our_recipe:
        return None
    graph = folder.path / "graph"
    try:
        names = [line.split()[0] for line in (graph / "phones.txt").read_text(encoding="utf-8").splitlines()]
        table = [line.split() for line in (graph / "words.txt").read_text(encoding="utf-8").splitlines()]
        transitions = int((graph / "disambig_tid.int").read_text(encoding="utf-8")) - 1
        return _read(graph / "HCLr.fst", names, {int(number): word for word, number in table}, transitions)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise CoachError(f"The pronunciations in {graph} cannot be read: {error}.", "Get the model again.") from error


def _read(path: Path, names: Sequence[str], words: dict[int, str], transitions: int) -> Pronunciations:
    """Climb from the arc of every word to the root of the tree, all words at once."""
    states, arcs = _network(path)
    source = np.repeat(np.arange(len(states)), states["arcs"])
    loops = source == arcs["next"]
    phones, codes = _without_position(names)
    phone = codes[_phone_of(names, transitions)[arcs["in"]]]
    ends = np.flatnonzero(np.isin(arcs["out"], [n for n, word in words.items() if word[:1] not in "<[#"]))
    spoken = np.flatnonzero(~loops & (arcs["out"] == 0) & (phone >= 0))
    above = np.full(len(states), -1)
    above[arcs["next"][spoken]] = spoken
    joins = np.flatnonzero((arcs["in"] == 0) & (arcs["out"] == 0) & (above[source] >= 0) & (above[arcs["next"]] < 0))
    above[arcs["next"][joins]] = above[source[joins]]
    backwards, at = [phone[ends]], source[ends]
    for _ in range(_LONGEST - 1):
        arc = above[at]
        backwards.append(np.where(arc >= 0, phone[arc], -1))
        at = np.where(arc >= 0, source[arc], at)
    stacked = np.stack(backwards, axis=1).astype(np.int16)
    lengths = (stacked >= 0).sum(axis=1)
    places = np.arange(_LONGEST)[None, :]
    forward = np.take_along_axis(stacked, np.clip(lengths[:, None] - 1 - places, 0, None), axis=1)
    forward[places >= lengths[:, None]] = -1
    rows = np.column_stack([arcs["out"][ends], forward])
    once = np.sort(np.unique(rows, axis=0, return_index=True)[1])  # a word of one phone hangs from every root
    return Pronunciations(phones, tuple(words[int(n)] for n in arcs["out"][ends[once]]), forward[once])


def _phone_of(names: Sequence[str], transitions: int) -> npt.NDArray[np.int64]:
    """For every transition-id its phone's number; 0 for 0. A phone of words has two for each kind before it."""
    noises = sum(name.startswith(("SIL", "SPN")) for name in names)
    speech = sum(name[0] not in "<#" for name in names) - noises
    kinds, left_over = divmod(transitions // 2 - noises, max(1, speech))
    if left_over or not speech:
        raise ValueError("its transition-ids are not those of its phones")
    numbers = [0, *range(1, noises + 1), *np.repeat(np.arange(noises + 1, noises + speech + 1), kinds)]
    return np.array([0, *np.repeat(numbers[1:], 2)])


def _without_position(names: Sequence[str]) -> tuple[tuple[str, ...], npt.NDArray[np.int16]]:
    """Phones without ``_B``, ``_I`` …, and for every number of the table the code of its phone; silence has none."""
    plain = [re.sub(r"_[BIES]$", "", name) for name in names]
    phones = tuple(dict.fromkeys(name for name in plain if name not in {"<eps>", "SIL", "SPN"} and name[0] != "#"))
    return phones, np.array([phones.index(name) if name in phones else -1 for name in plain], np.int16)


def _network(path: Path) -> tuple[npt.NDArray[np.void], npt.NDArray[np.void]]:
    """States and arcs of the constant network inside a lookahead one, as OpenFst writes them."""
    found = extent(path)
    if found is None:
        raise ValueError(f"{path.name} is no constant network")
    data = path.read_bytes()
    kind = [("weight", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("in_eps", "<u4"), ("out_eps", "<u4")]
    states = np.frombuffer(data, np.dtype(kind), found.states, found.states_at)
    kind = [("in", "<i4"), ("out", "<i4"), ("weight", "<f4"), ("next", "<i4")]
    return states, np.frombuffer(data, np.dtype(kind), found.arcs, found.arcs_at)


def spelt_like(word: str, words: Sequence[str], most: int = 5) -> tuple[str, ...]:
    """Words that are spelt much like one, the nearest first."""
    rows = np.full((len(words), _LONGEST), -1, np.int16)
    for row, other in zip(rows, words, strict=True):
        letters = np.frombuffer(other.encode("latin-1", "replace")[:_LONGEST], np.uint8)
        row[: len(letters)] = letters
    asked = list(word.encode("latin-1", "replace")[:_LONGEST])
    costs = np.full((256, 256), OTHER_COST, np.float32)
    np.fill_diagonal(costs, 0)
    return _nearest(asked, rows, words, most, costs)


def _nearest(
    asked: Sequence[int], rows: Codes, words: Sequence[str], most: int, costs: npt.NDArray[np.float32]
) -> tuple[str, ...]:
    """The cheapest ways from one row to all others (Levenshtein), computed for all of them together."""
    if not asked or not len(rows):
        return ()
    lengths = (rows >= 0).sum(axis=1)
    close = np.flatnonzero(GAP * np.abs(lengths - len(asked)) <= _FARTHEST * len(asked))
    longest = int(lengths[close].max(initial=1))
    rows, lengths = rows[close, :longest], lengths[close]
    before = np.arange(longest + 1, dtype=np.float32)[:, None] * GAP * np.ones((1, len(rows)), np.float32)
    others = np.ascontiguousarray(np.clip(rows.T, 0, None))
    for number, code in enumerate(asked, start=1):
        now = np.empty_like(before)
        now[0] = number * GAP
        for place, changed in enumerate(before[:-1] + costs[code][others]):
            np.minimum(changed, before[place + 1] + GAP, out=changed)
            np.minimum(changed, now[place] + GAP, out=now[place + 1])
        before = now
    found = before[lengths, np.arange(len(rows))]
    near = np.flatnonzero(found <= _FARTHEST * len(asked))
    ranked = near[np.argsort(found[near], kind="stable")]
    return tuple(dict.fromkeys(words[close[n]] for n in ranked[: 4 * most]))[:most]


def _phone_costs(names: Sequence[str]) -> npt.NDArray[np.float32]:
    costs = np.full((len(names), len(names)), OTHER_COST, np.float32)
    np.fill_diagonal(costs, 0)
    for group in _ALIKE:
        codes = [names.index(name) for name in group.split() if name in names]
        for one in codes:
            costs[one, [other for other in codes if other != one]] = ALIKE_COST
    return costs
