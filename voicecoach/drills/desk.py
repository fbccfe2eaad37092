"""Scripts on one desk: each file read once, followed to the files it names, everything wrong kept.

``check`` lists what was found; ``load`` takes the values when nothing was. The rules of a kind of script are imported
when the first of that kind is there: to import those of all takes as long as to apply some.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.drills import same_language
from voicecoach.drills.diagnostics import Diagnostic, in_order, quoted
from voicecoach.drills.extension import laid_over
from voicecoach.drills.faults import validate
from voicecoach.drills.fields import refuse
from voicecoach.drills.flow_rules import check_flow
from voicecoach.drills.language_shelf import LanguageShelf
from voicecoach.drills.library import Library, same_name
from voicecoach.drills.page import Page, code_of
from voicecoach.drills.phrase_rules import Ear, check_phrases
from voicecoach.drills.phrasebook import Phrasebook
from voicecoach.drills.schema import DrillPart, FlowPart
from voicecoach.drills.source import BadScript, Loc, Source
from voicecoach.drills.yaml_text import read_source
from voicecoach.errors import CoachError
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language

if TYPE_CHECKING:
    from voicecoach.drills.drill_manner import Spoken
    from voicecoach.drills.programme_schema import ProgrammePart

STANDARD = "standard"
"""The flow of a drill that is done by itself."""
NO_DRILLS = frozenset({"rest", "pause", "stop", "end", "finish", "skip", "nothing", "none"})
"""What people write in place of an easier drill."""
DEEPEST = 5
"""Shared lists of cues that may lie in one another."""


class Desk:
    """Reads scripts and everything they name; ``found`` holds what is wrong, in the order it was met."""

    def __init__(self, library: Library, ear: Ear | None = None) -> None:
        self.found: list[Diagnostic] = []
        self._library = library
        self._ear = ear or Ear()
        self._pages: dict[Path, Page] = {}
        self._open: list[Path] = []
        self._books: dict[Path, Phrasebook] = {}
        self._drills: dict[tuple[Path, Path | None], list[Spoken]] = {}
        self._languages = LanguageShelf(library, self.read, self.found)

    @property
    def errors(self) -> list[Diagnostic]:
        """What forbids using the scripts, sorted."""
        return [d for d in in_order(self.found) if d.severity == "error"]

    def read(self, path: Path) -> Page:
        """The page of a file, read once; what its reader and its schema refuse is kept."""
        key = path.resolve()
        if key not in self._pages:
            self._open.append(key)
            try:
                source = self._extended(path, read_source(path))
                file, found = validate(source, partial(self._shared, path)) if source.data is not None else (None, [])
                self._pages[key] = Page(path, source, file)
            except BadScript as refused:
                found = refused.diagnostics
                self._pages[key] = Page(path, None, None)
            finally:
                self._open.pop()
            self.found.extend(found)
        return self._pages[key]

    def _extended(self, path: Path, source: Source) -> Source:
        """The source with the data of the flow it extends beneath its own; without data where there is none."""
        own = source.data if isinstance(source.data, dict) else {}
        name = own.get("extends")
        if not isinstance(name, str) or own.get("kind") != "flow":
            return source
        base = self._named(Page(path, source, None), ("extends",), name, "flow", beneath=True)
        if base is None or base.source is None or base.file is None:
            return replace(source, data=None)
        whole, found = laid_over(source, base.source, base.path.stem)
        self.found.extend(found)
        return whole

    def _shared(self, path: Path, name: str) -> list[str]:
        """The texts of a list of cues that a file names; none where the list itself is wrong, which is then told."""
        try:
            found = self._library.beside(path).find(name, "cues")
        except CoachError as missing:
            raise refuse(*_within(missing)) from None
        if found.resolve() in self._open:
            round_ = [*self._open[self._open.index(found.resolve()) :], found]
            message = f"the lists lead in a circle: {', '.join(quoted(one.stem) for one in round_)}"
            raise refuse(message, "take one of them away")
        if len(self._open) > DEEPEST:
            raise refuse(f"lists lie in one another more than {DEEPEST} deep", "write the texts here")
        file = self.read(found).file
        return list(file.cues) if file is not None and file.kind == "cues" else []

    def check(self, path: Path, *, heard: bool = True) -> Page:
        """The page of a file after every rule was asked, on it and on the scripts it names.

        Without ``heard`` the flow is not read, and what is said and heard is not looked at.
        """
        page = self.read(path)
        if page.file is None or page.source is None:
            return page
        if page.file.kind == "flow":
            self.language_of(page)
            self._book(page)
        elif page.file.kind == "programme":
            self._check_programme(page, page.file, self.flow_of(page) if heard else None)
        elif page.file.kind == "language":
            self._languages.check(page)
        elif page.file.kind == "cues":
            from voicecoach.drills.cue_list_rules import check_cue_list  # noqa: PLC0415 - see above

            self.found.extend(check_cue_list(page.source, page.file, self._book(self._standard(page))))
        else:
            self._check_alone(page, page.file, self._standard(page) if heard else None)
        return page

    def drills_of(self, page: Page) -> list[Page]:
        """The pages of a programme's drills, in order; those that cannot be found or read are left out."""
        return [drill for drill in self._drills_named(page) if drill is not None]

    def _drills_named(self, page: Page) -> list[Page | None]:
        """The page of each drill that a programme names; None in the place of one that cannot be found."""
        names = page.file.drills if page.file is not None and page.file.kind == "programme" else []
        return [self._named(page, ("drills", number), name, "drill") for number, name in enumerate(names)]

    def easier_drill(self, page: Page) -> Page | None:
        """The page of the drill that pain leads to."""
        if not isinstance(page.file, DrillPart):
            return None
        key = "or go to" if page.file.when_pain.or_go_to else "go to"
        name = page.file.when_pain.or_go_to or page.file.when_pain.go_to
        hint = "take it away: where nothing easier is named, a rest is offered" if name in NO_DRILLS else ""
        return self._named(page, ("when pain", key), name, "drill", hint=hint) if name else None

    def flow_of(self, page: Page) -> Page | None:
        """The page of a programme's flow, or of the standard one for a drill."""
        file = page.file
        if (
            file is not None
            and file.kind == "programme"
            and ("flow" in file.model_fields_set or code_of(file) == ENGLISH.code)
        ):
            return self._named(page, ("flow",), file.flow, "flow")
        return self._standard(page)

    def _standard(self, page: Page) -> Page | None:
        """The flow of a script that names none: that of its language."""
        table = self._languages.table_of(page)
        name = table.flow if table is not None and table.flow is not None else STANDARD
        return self._named(page, ("language",) if name != STANDARD else ("kind",), name, "flow")

    def language_of(self, page: Page) -> Language:
        """The language of a script, English where it names none or one whose table cannot be used."""
        return self._languages.language_of(page)

    def _named(
        self, page: Page, loc: Loc, name: str, kind: str, *, beneath: bool = False, hint: str = ""
    ) -> Page | None:
        """The page of a script that another one names; where there is none, that is an error of the other.

        One that is ``beneath`` another must not lead back to it. ``hint`` is told in place of the usual one.
        """
        try:
            path = self._library.beside(page.path).find(name, kind)
        except CoachError as missing:
            if page.source is not None:
                message, usual = _within(missing)
                self.found.append(page.source.diagnose(loc, message, hint or usual))
            return None
        if beneath and path.resolve() in self._open and page.source is not None:
            message, hint = "a flow cannot extend itself", "name another flow, such as standard"
            self.found.append(page.source.diagnose(loc, message, hint))
            return None
        return self.read(path)

    def _book(self, page: Page | None) -> Phrasebook | None:
        """The phrases of a flow; its rules are asked the first time."""
        if page is None or page.source is None or not isinstance(page.file, FlowPart):
            return None
        key = page.path.resolve()
        if key not in self._books:
            book = self._books[key] = Phrasebook.of(page.file, page.source, self.language_of(page))
            self.found.extend(book.found)
            self.found.extend(check_flow(page.source, page.file, book))
            self.found.extend(check_phrases(book, self._ear))
        return self._books[key]

    def _check_flow_language(self, page: Page, flow: Page | None) -> None:
        if flow is not None and flow.file is not None and self._languages.has_language(page):
            self.found.extend(same_language.check_flow(page, flow))

    def _check_programme(self, page: Page, file: ProgrammePart, flow: Page | None) -> None:
        from voicecoach.drills.programme_rules import ProgrammePage, check_programme  # noqa: PLC0415 - see above

        book = self._book(flow)
        self._check_flow_language(page, flow)
        named = self._drills_named(page)
        lost = frozenset(name for name, drill in zip(file.drills, named, strict=True) if drill is None)
        placed = [(place, drill) for place, drill in enumerate(named) if drill is not None]
        if self._languages.has_language(page):
            readable = [one for one in placed if isinstance(one[1].file, DrillPart)]
            self.found.extend(same_language.check_drills(page, readable))
        drills = [drill for _, drill in placed]
        if page.source is not None:
            parts = [drill.file for drill in drills if isinstance(drill.file, DrillPart)]
            self.found.extend(check_programme(ProgrammePage(page.source, file, parts, book, lost)))
        for drill in drills:
            if isinstance(drill.file, DrillPart) and code_of(drill.file) == code_of(file):
                self._check_drill(drill, drill.file, flow, file)

    def _check_alone(self, page: Page, file: DrillPart, flow: Page | None) -> None:
        """A drill by itself; where it was seen in a programme with another flow, that was what it is made for."""
        flows = {at for drill, at in self._drills if drill == page.path.resolve()}
        if not flows or (flow is not None and flow.path.resolve() in flows):
            self._check_flow_language(page, flow)
            self._check_drill(page, file, flow)

    def _check_drill(
        self, page: Page, file: DrillPart, flow: Page | None, programme: ProgrammePart | None = None
    ) -> None:
        """A drill as it is done in a programme or, without one, by itself: once for each way in which it is spoken."""
        from voicecoach.drills.drill_manner import spoken  # noqa: PLC0415 - see above
        from voicecoach.drills.drill_rules import DrillPage, check_drill  # noqa: PLC0415 - see above

        seen = self._drills.setdefault((page.path.resolve(), flow.path.resolve() if flow is not None else None), [])
        manner = spoken(file, programme, flow.file if flow is not None and isinstance(flow.file, FlowPart) else None)
        if page.source is None or manner in seen:
            return
        seen.append(manner)
        book = self._book(flow)
        if book is not None and (file.phrases or file.also):
            book = book.with_drill(file.phrases, file.also, page.source)
            self.found.extend(book.found)
            self.found.extend(check_phrases(book, self._ear, only=page.source))
        self.found.extend(check_drill(DrillPage(page.source, file, book, *manner)))
        easier = self.easier_drill(page)
        if easier is not None and isinstance(easier.file, DrillPart):
            if same_name(easier.file.name) == same_name(file.name):
                message, hint = "pain leads back to the same drill", "name an easier one, or take it away"
                self.found.append(page.source.diagnose(("when pain",), message, hint, piece=easier.file.name))
            self.found.extend(same_language.check_easier(page, easier, easier.file.name))
            if code_of(easier.file) == code_of(file):
                self._check_drill(easier, easier.file, flow, programme)


def _within(missing: CoachError) -> tuple[str, str]:
    """What a sentence of the library says, as message and hint of a diagnostic."""
    message, hint = (text[:1].lower() + text[1:].rstrip(".") for text in (missing.message, missing.hint))
    return message, hint
