"""The languages that scripts name: each table found, its rules asked once, and built once; ``desk`` asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, quoted
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.page import Page, code_of
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language

if TYPE_CHECKING:
    from voicecoach.drills.language_schema import LanguagePart


class LanguageShelf:
    """Tables of languages by the scripts that need them; ``found`` takes what is wrong with one, or with its name."""

    def __init__(self, library: Library, read: Callable[[Path], Page], found: list[Diagnostic]) -> None:
        self._library = library
        self._read = read
        self._found = found
        self._right: dict[Path, bool] = {}
        self._built: dict[str, Language] = {}
        self._lost: set[Path] = set()

    def language_of(self, page: Page) -> Language:
        """The language of a script, English where it names none or one whose table cannot be used."""
        table = self.table_of(page)
        if table is None:
            return ENGLISH
        if table.code not in self._built:
            from voicecoach.drills.language_file import build_language  # noqa: PLC0415 - needed by few scripts

            self._built[table.code] = build_language(table)
        return self._built[table.code]

    def has_language(self, page: Page) -> bool:
        """Whether there is a table of a script's language that can be used; where not, that has been told already."""
        return code_of(page.file) == ENGLISH.code or self.table_of(page) is not None

    def table_of(self, page: Page) -> LanguagePart | None:
        """The table of a script's language; None for English as it is shipped, and where there is none to be used."""
        code, library = code_of(page.file), self._library.beside(page.path)
        if code == ENGLISH.code:
            own = library.language(code)
            if own is None or own.resolve().parent.parent == shipped_scripts().resolve():
                return None  # the program has it built in, word for word
        table = self._tabled(page, code)
        if table is None or table.file is None or table.file.kind != "language":
            return None
        return table.file

    def _tabled(self, page: Page, code: str) -> Page | None:
        """The page of a language's table; its rules are asked the first time."""
        path = self._library.beside(page.path).language(code)
        if path is None:
            if page.source is not None and page.path not in self._lost:
                self._lost.add(page.path)
                known = sorted(self._library.beside(page.path).languages())
                hint = did_you_mean(code, known) or f"there are: {', '.join(known)}"
                self._found.append(page.source.diagnose(("language",), f"there is no language {quoted(code)}", hint))
            return None
        table = self._read(path)
        return table if self.check(table) else None

    def check(self, page: Page) -> bool:
        """Ask the rules of a language's table the first time; whether it can be used."""
        if page.file is None or page.file.kind != "language" or page.source is None:
            return False
        if page.path not in self._right:
            from voicecoach.drills.language_rules import check_language  # noqa: PLC0415 - needed by few scripts

            found = list(check_language(page.source, page.file))
            self._found.extend(found)
            self._right[page.path] = not any(one.severity == "error" for one in found)
        return self._right[page.path]
