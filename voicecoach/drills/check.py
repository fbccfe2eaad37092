"""Everything wrong with some scripts, all at once; what ``voicecoach check`` prints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path

from voicecoach.drills.desk import Desk
from voicecoach.drills.diagnostics import Diagnostic, in_order
from voicecoach.drills.library import Library, script_files
from voicecoach.drills.phrase_rules import UNKNOWN, Ear
from voicecoach.drills.twin_rules import check_twins
from voicecoach.words.english import ENGLISH


def check_paths(
    paths: Iterable[Path],
    library: Library,
    *,
    known_word: Callable[[str], bool] | None = None,
    vocabulary: Collection[str] = frozenset(),
    hears: str = ENGLISH.code,
) -> list[Diagnostic]:
    """Errors and warnings of some files, of the files in some folders, and of the scripts they name, sorted by place.

    ``known_word`` asks the recogniser whether it has a word in its vocabulary; ``vocabulary`` are its words, for
    suggestions, and answers for ``known_word`` where that is not given. Without either no word is asked about, nor is
    any of a script in another language than the recogniser ``hears``.
    """
    desk = Desk(library, Ear(known_word or (vocabulary.__contains__ if vocabulary else None), vocabulary, hears))
    files = [file for path in paths for file in (script_files(path) if path.is_dir() else [path])]
    pages = [desk.read(file) for file in files]
    # Programmes first: a drill is then checked against the flow it is used with, not against the standard one.
    for page in sorted(pages, key=lambda page: page.kind != "programme"):
        desk.check(page.path)
    return in_order([*desk.found, *check_twins(pages)])


def unknown_words(path: Path, library: Library, vocabulary: Collection[str], hears: str) -> list[Diagnostic]:
    """Words in the phrases of a script, and of all it names, that the recogniser lacks: as warnings, sorted by place.

    ``vocabulary`` and ``hears`` as above; nothing else that is wrong is told.
    """
    found = check_paths([path], library, vocabulary=vocabulary, hears=hears)
    return [replace(one, severity="warning") for one in found if one.message.startswith(UNKNOWN)]
