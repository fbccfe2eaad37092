"""A script, its flow and the drills it names speak one language; pointed at is the file that names the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.page import Page, code_of


def check_flow(page: Page, flow: Page) -> Iterator[Diagnostic]:
    """A script and the flow it is done with: pointed at is its ``language:``, or the flow where it names only that."""
    own, other = code_of(page.file), code_of(flow.file)
    if page.file is None or page.source is None or own == other:
        return
    key = "flow" if "flow" in page.file.model_fields_set and not _says_language(page) else "language"
    message = f"the script is in {quoted(own)}, and its flow in {quoted(other)}"
    yield page.source.diagnose((key,), message, f"write 'language: {other}', or name another flow in the programme")


def check_drills(page: Page, drills: Sequence[tuple[int, Page]]) -> Iterator[Diagnostic]:
    """The drills of a programme, by their place in it: all of them at its ``language:``, else each at its name."""
    own, codes = code_of(page.file), {code_of(drill.file) for _, drill in drills}
    if page.source is None or codes <= {own}:
        return
    alike = min(codes) if len(codes) == 1 else None
    if alike is not None and _says_language(page):
        message = f"the programme is in {quoted(own)}, and its drills are in {quoted(alike)}"
        hint = f"write 'language: {alike}', or name drills that are in {quoted(own)}"
        yield page.source.diagnose(("language",), message, hint)
        return
    for place, drill in drills:
        if (code := code_of(drill.file)) != own:
            message = f"this drill is in {quoted(code)}, and the programme in {quoted(own)}"
            hint = f"name one that is in {quoted(own)}"
            hint += f", or write 'language: {alike}' in the programme" if alike is not None else ""
            yield page.source.diagnose(("drills", place), message, hint)


def check_easier(page: Page, easier: Page, name: str) -> Iterator[Diagnostic]:
    """The drill that pain leads to, by the name of it that is written."""
    own, other = code_of(page.file), code_of(easier.file)
    if page.source is not None and own != other:
        message = f"{quoted(name)} is in {quoted(other)}, and this drill is in {quoted(own)}"
        hint = f"name an easier one that is in {quoted(own)}"
        yield page.source.diagnose(("when pain",), message, hint, piece=name)


def _says_language(page: Page) -> bool:
    return page.file is not None and "language" in page.file.model_fields_set
