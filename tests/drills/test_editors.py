"""The schema in a real editor's hands: yaml-language-server completes, explains and underlines each kind of script.

Asks the server itself over its standard streams; skipped where ``npm install -g yaml-language-server`` was not done.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecoach.app.sharing import write_schema
from voicecoach.drills.library import shipped_scripts
from voicecoach.drills.template import modeline_for

SERVER = shutil.which("yaml-language-server")
pytestmark = pytest.mark.skipif(SERVER is None, reason="yaml-language-server is not installed")
LONGEST = 120.0
"""Seconds after which a server that does not answer is ended, and the tests that wait for it fail."""


class Editor:
    """As much of an editor as speaks the Language Server Protocol with one server, one request at a time."""

    def __init__(self, folder: Path) -> None:
        self._server = subprocess.Popen(
            [SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._guard = threading.Timer(LONGEST, self._server.kill)
        self._guard.start()
        self._last = 0
        self._diagnostics: dict[str, list[dict]] = {}
        root = folder.as_uri()
        self.ask("initialize", {"processId": None, "rootUri": root, "capabilities": {}, "workspaceFolders": None})
        self._send({"method": "initialized", "params": {}})
        off = {"yaml": {"schemaStore": {"enable": False}, "completion": True, "hover": True, "validate": True}}
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": off}})

    def open(self, path: Path, text: str) -> list[dict]:
        """Open a file and wait for what is wrong with it."""
        path.write_text(text, encoding="utf-8")
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while uri not in self._diagnostics:
            self._receive()
        return self._diagnostics[uri]

    def ask(self, method: str, params: dict) -> dict | list | None:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while (answer := self._receive()).get("id") != self._last or "method" in answer:
            pass
        return answer["result"]

    def at(self, method: str, path: Path, line: int, character: int) -> dict | list | None:
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": position})

    def close(self) -> None:
        self.ask("shutdown", {})
        self._send({"method": "exit"})
        self._server.communicate(timeout=20)
        self._guard.cancel()

    def _send(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _receive(self) -> dict:
        length = 0
        while (line := self._server.stdout.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server has gone"
        message = json.loads(self._server.stdout.read(length))
        if "method" in message and "id" in message:  # the server asks; nothing is set here
            wanted = message.get("params") or {}
            nothing = (
                [None for _ in wanted.get("items", [])] if message["method"] == "workspace/configuration" else None
            )
            self._send({"id": message["id"], "result": nothing})
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


@pytest.fixture(scope="module")
def editor(tmp_path_factory) -> Iterator[tuple[Editor, Path]]:
    folder = tmp_path_factory.mktemp("scripts")
    (folder / "flows").mkdir()
    write_schema(folder)
    editor = Editor(folder)
    yield editor, folder
    editor.close()


def names(completions) -> set[str]:
    return {item["label"] for item in (completions["items"] if isinstance(completions, dict) else completions)}


SHIPPED = [*shipped_scripts().glob("*.yaml"), *shipped_scripts().glob("flows/*.yaml")]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_nothing_is_underlined_in_a_shipped_script(editor, path: Path) -> None:
    server, folder = editor
    copy = folder / path.relative_to(shipped_scripts())
    assert [d["message"] for d in server.open(copy, path.read_text(encoding="utf-8"))] == []


MISTAKES = {
    "drill": ("kind: drill\nversion: 1\nname: x\ngoal: y\nsets: 1\nreps: 2\ntempo: 2-0-1\nrest: 9s\ncues: {}\n", 7),
    "programme": ("kind: programme\nversion: 1\nname: x\ndrils: [a]\n", 4),
    "flow": ("kind: flow\nversion: 1\nname: x\nstart: a\nstates: {a: {enter: [dance]}}\n", 5),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_underlined_in_its_line(editor, kind: str) -> None:
    server, folder = editor
    text, line = MISTAKES[kind]
    path = folder / ("flows" if kind == "flow" else ".") / f"wrong-{kind}.yaml"
    found = server.open(path, modeline_for(kind) + text)
    assert line in {d["range"]["start"]["line"] for d in found}


KEYS = {
    "drill": ("kind: drill\nversion: 1\ncues:\n  \n", 4, 2, {"setup", "reminder", "last rep"}),
    "programme": ("kind: programme\n\n", 2, 0, {"drills", "flow", "greeting"}),
    "flow": ("kind: flow\nstates:\n  ready:\n    \n", 4, 4, {"enter", "hears", "silence", "final"}),
}


@pytest.mark.parametrize("kind", KEYS)
def test_keys_are_completed_where_they_belong(editor, kind: str) -> None:
    server, folder = editor
    text, line, character, keys = KEYS[kind]
    path = folder / ("flows" if kind == "flow" else ".") / f"begun-{kind}.yaml"
    server.open(path, modeline_for(kind) + text)
    assert keys <= names(server.at("completion", path, line, character))


def test_actions_are_completed_from_the_closed_table(editor) -> None:
    server, folder = editor
    path = folder / "flows" / "acting.yaml"
    server.open(path, f"{modeline_for('flow')}kind: flow\nstates:\n  ready:\n    enter:\n      - \n")
    assert {"hush", "count reps", "brief"} <= names(server.at("completion", path, 5, 8))


def test_a_key_is_explained_under_the_mouse(editor) -> None:
    server, folder = editor
    path = folder / "hovered.yaml"
    server.open(path, f"{modeline_for('drill')}kind: drill\ntempo: 2-1-1-0\n")
    hover = server.at("hover", path, 2, 2)
    assert "Seconds to lower, hold, lift and hold at the top" in json.dumps(hover)
