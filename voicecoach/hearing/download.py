"""Gets a file from the web in a way that can break off and go on: a range request after what is already there."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voicecoach.errors import CoachError

Progress = Callable[[int, int | None], None]
"""Bytes there so far, and bytes in all where that is known."""
_PIECE = 256 * 1024
_TIMEOUT = 30.0
_PARTIAL, _RANGE_NOT_SATISFIABLE = 206, 416


def download(url: str, into: Path, progress: Progress) -> None:
    """Download ``url`` to the file ``into``, going on after the bytes of it that are already there.

    The tag of the version they came from lies beside it, so that pieces of two versions are never joined. Raises
    CoachError; what has come so far then stays for the next try.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    try:
        _attempt(url, into, progress)
    except urllib.error.HTTPError as error:
        if error.code == _RANGE_NOT_SATISFIABLE and into.exists():
            into.unlink()
            download(url, into, progress)
            return
        raise CoachError(f"{url} answered {error.code} {error.reason}.", "Check the address.") from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise CoachError(
            f"The download of {url} broke off: {getattr(error, 'reason', error) or type(error).__name__}.",
            "Run the same command again: it goes on where it was. A zip or folder can also be given by its path.",
        ) from error
    except ValueError as error:
        raise CoachError(f"{url} is no address.", "It should begin with https://.") from error


def _attempt(url: str, into: Path, progress: Progress) -> None:
    tag = into.with_name(into.name + ".tag")
    there = into.stat().st_size if into.exists() and tag.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "voicecoach"})  # noqa: S310 - the caller allows http(s) only
    if there:
        request.add_header("Range", f"bytes={there}-")
        request.add_header("If-Range", tag.read_text(encoding="utf-8"))
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310 - see above
        goes_on = answer.status == _PARTIAL and str(answer.headers.get("Content-Range", "")).startswith(
            f"bytes {there}-"
        )
        if not goes_on:
            there = 0
        _note_version(answer, tag)
        length = answer.headers.get("Content-Length")
        total = there + int(length) if length else None
        with into.open("ab" if goes_on else "wb") as file:
            progress(there, total)
            while piece := answer.read(_PIECE):
                file.write(piece)
                there += len(piece)
                progress(there, total)
    if total is not None and there < total:
        raise http.client.IncompleteRead(b"", total - there)
    tag.unlink(missing_ok=True)


def _note_version(answer: Any, tag: Path) -> None:  # noqa: ANN401 - urllib has no public type for it
    """Without a strong tag or a date nothing can be gone on with safely, so none is noted."""
    version = answer.headers.get("ETag") or answer.headers.get("Last-Modified")
    if version and not version.startswith("W/"):
        tag.write_text(version, encoding="utf-8")
    else:
        tag.unlink(missing_ok=True)
