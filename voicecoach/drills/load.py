"""From a name or a path to frozen drills, programmes and flows, or a CoachError that says everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from voicecoach.drills.build import build_drill, build_flow, build_programme
from voicecoach.drills.cue_list_schema import CueListPart
from voicecoach.drills.desk import Desk
from voicecoach.drills.diagnostics import counted, quoted, render_all, shown_path
from voicecoach.drills.flow import Flow
from voicecoach.drills.language_file import build_language
from voicecoach.drills.language_schema import LanguagePart
from voicecoach.drills.library import Library
from voicecoach.drills.model import CueList, Drill, Programme
from voicecoach.drills.page import Page
from voicecoach.drills.phrase_rules import Ear
from voicecoach.drills.programme_schema import ProgrammePart
from voicecoach.drills.schema import DrillPart, FlowPart
from voicecoach.errors import CoachError
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language

KnownWord = Callable[[str], bool]
"""Whether the recogniser has a word in its vocabulary."""


def load_script(
    path: Path, library: Library, *, known_word: KnownWord | None = None, vocabulary: Collection[str] = frozenset()
) -> Drill | Programme | Flow | CueList | Language:
    """The value of one file; CoachError with every error, rendered, where it or a script it names has any."""
    desk, page = _checked(path, library, Ear(known_word, vocabulary))
    if isinstance(page.file, FlowPart):
        return build_flow(page.file, page.path, desk.language_of(page))
    if isinstance(page.file, LanguagePart):
        return build_language(page.file)
    if isinstance(page.file, CueListPart):
        return CueList(page.file.name, tuple(page.file.cues), page.path)
    if isinstance(page.file, ProgrammePart):
        return _programme(desk, page, page.file)
    return _drill(desk, page)


def load_programme(
    name: str | Path,
    library: Library,
    *,
    known_word: KnownWord | None = None,
    vocabulary: Collection[str] = frozenset(),
    hears: str = ENGLISH.code,
) -> tuple[Programme, Flow, Mapping[str, Drill]]:
    """A programme, its flow, and every drill by name: its own and those that pain leads to.

    ``name`` is a name or a path; a single drill becomes a programme of that one; ``hears`` is the language of the
    recogniser that has the words. Raises CoachError.
    """
    path = library.find(name)
    desk, page = _checked(path, library, Ear(known_word, vocabulary, hears))
    flow = desk.flow_of(page)
    if (
        isinstance(page.file, FlowPart | CueListPart | LanguagePart)
        or flow is None
        or not isinstance(flow.file, FlowPart)
    ):
        raise _no_training(page)
    programme, drills = _programme_and_drills(desk, page)
    return programme, build_flow(flow.file, flow.path, desk.language_of(flow)), drills


def load_drills(name: str | Path, library: Library) -> tuple[Programme, Mapping[str, Drill]]:
    """What ``load_programme`` gives, without the flow, for planning: what is said and heard is not looked at.

    Raises CoachError.
    """
    desk, page = _checked(library.find(name), library, Ear(), heard=False)
    if isinstance(page.file, FlowPart | CueListPart | LanguagePart):
        raise _no_training(page)
    return _programme_and_drills(desk, page)


def _programme_and_drills(desk: Desk, page: Page) -> tuple[Programme, dict[str, Drill]]:
    if isinstance(page.file, ProgrammePart):
        return _programme(desk, page, page.file), _with_easier(desk, desk.drills_of(page))
    drill = _drill(desk, page)
    alone = Programme(drill.name, (drill,), path=page.path, manner=drill.manner, language=desk.language_of(page))
    return alone, _with_easier(desk, [page])


def _no_training(page: Page) -> CoachError:
    lists, table = isinstance(page.file, CueListPart), isinstance(page.file, LanguagePart)
    what = "a list of cues" if lists else "a language" if table else "a flow"
    return CoachError(f"{quoted(page.path.stem)} is {what}, not something to train.", "Name a programme or a drill.")


def _checked(path: Path, library: Library, ear: Ear, *, heard: bool = True) -> tuple[Desk, Page]:
    """A desk on which a script and all it names were found right; CoachError otherwise."""
    words = ear.vocabulary
    desk = Desk(library, ear if ear.knows or not words else Ear(words.__contains__, words, ear.language))
    page = desk.check(path, heard=heard)
    if errors := desk.errors:
        hint = f"Put right the {counted(len(errors), 'errors')}, then run `voicecoach check {shown_path(path)}`."
        raise CoachError(render_all(errors), hint)
    return desk, page


def _drill(desk: Desk, page: Page) -> Drill:
    """The drill of a page, the one that pain leads to under its own name."""
    assert isinstance(page.file, DrillPart)  # noqa: S101 - checked pages of another kind do not come here
    drill = build_drill(page.file, page.path)
    easier = desk.easier_drill(page)
    if easier is not None and isinstance(easier.file, DrillPart):
        drill = replace(drill, pain=replace(drill.pain, go_to=easier.file.name))
    return drill


def _programme(desk: Desk, page: Page, file: ProgrammePart) -> Programme:
    programme = build_programme(file, [_drill(desk, drill) for drill in desk.drills_of(page)], page.path)
    return replace(programme, language=desk.language_of(page))


def _with_easier(desk: Desk, pages: Iterable[Page]) -> dict[str, Drill]:
    """The drills of some pages and all that pain leads to from there, by name."""
    found: dict[str, Drill] = {}
    waiting = list(pages)
    while waiting:
        page = waiting.pop(0)
        drill = _drill(desk, page)
        if drill.name not in found:
            found[drill.name] = drill
            easier = desk.easier_drill(page)
            waiting += [easier] if easier is not None else []
    return found
