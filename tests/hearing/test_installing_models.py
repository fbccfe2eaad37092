from __future__ import annotations

import hashlib
import http.server
import io
import json
import shutil
import stat
import threading
import zipfile
from pathlib import Path

import pytest

from voicecoach.errors import CoachError
from voicecoach.hearing.install import how_to_install, install
from voicecoach.hearing.model_folder import VENDORS_SMALL, built_in_model, choose_model, installed_for, language_in


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / f"{VENDORS_SMALL}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for file in sorted(built_in_model().rglob("*")):
            if file.is_file():
                box.write(file, Path(VENDORS_SMALL) / file.relative_to(built_in_model()))
    return path


class Server(http.server.ThreadingHTTPServer):
    """Serves one file, with ranges; breaks off after ``cut`` bytes where that is set."""

    daemon_threads = True
    content, cut, etag = b"", None, '"one"'

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.ranges = []


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        server, start = self.server, 0
        if self.path != "/model.zip":
            self.send_error(404)
            return
        wanted = self.headers.get("Range")
        if wanted and self.headers.get("If-Range") == server.etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        server.ranges.append(start)
        body = server.content[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(server.content) - 1}/{len(server.content)}")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", server.etag)
        self.end_headers()
        self.wfile.write(body if server.cut is None else body[: server.cut])

    def log_message(self, *_):
        pass


@pytest.fixture
def server(archive):
    with Server() as running:
        running.content = archive.read_bytes()
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def address(server):
    return f"http://127.0.0.1:{server.server_port}/model.zip"


def test_a_download_is_installed_noted_and_used_from_then_on(server, archive, tmp_path):
    seen = []
    done = install(address(server), tmp_path, lambda there, total: seen.append((there, total)))
    size = archive.stat().st_size
    assert seen[0] == (0, size)
    assert seen[-1] == (size, size)
    assert done.sha256 == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert json.loads(done.note.read_text())["sha256"] == done.sha256
    assert choose_model(None, tmp_path) == done.folder
    assert done.folder.name == VENDORS_SMALL
    assert not [p for p in tmp_path.iterdir() if p.name.startswith((".unpacking", ".old"))]


def test_a_download_that_broke_off_goes_on_where_it_was(server, tmp_path):
    server.cut = 1_000_000
    with pytest.raises(CoachError, match="broke off"):
        install(address(server), tmp_path)
    server.cut = None
    done = install(address(server), tmp_path)
    assert server.ranges[0] == 0
    assert server.ranges[-1] > 0
    assert done.sha256 == hashlib.sha256(server.content).hexdigest()


def test_pieces_of_two_versions_are_never_joined(server, tmp_path):
    server.cut = 1_000_000
    with pytest.raises(CoachError):
        install(address(server), tmp_path)
    server.cut, server.etag = None, '"two"'
    install(address(server), tmp_path)
    assert server.ranges == [0, 0]


def test_a_server_that_has_no_such_file_is_named(server, tmp_path):
    with pytest.raises(CoachError, match="404"):
        install(address(server).replace("model.zip", "gone.zip"), tmp_path)
    with pytest.raises(CoachError, match="no web address"):
        install("ftp://example.invalid/model.zip", tmp_path)


def test_a_zip_and_a_folder_are_installed_from_their_paths(archive, tmp_path):
    assert install(str(archive), tmp_path / "a").folder.name == VENDORS_SMALL
    done = install(str(built_in_model()), tmp_path / "b")
    assert (done.sha256, choose_model(None, tmp_path / "b").path) == (None, done.folder.path)


def test_installing_again_replaces_the_old_one(archive, tmp_path):
    first = install(str(archive), tmp_path).folder.path
    (first / "old").touch()
    assert not (install(str(archive), tmp_path).folder.path / "old").exists()


def harmful(name, content=b"x", mode=0, times=1):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as box:
        for number in range(times):
            info = zipfile.ZipInfo(name.format(number))
            info.external_attr = mode << 16
            box.writestr(info, content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (harmful("../evil"), "outside"),
        (harmful("m/../../evil"), "outside"),
        (harmful("/evil"), "outside"),
        (harmful("C:evil"), "outside"),
        (harmful("m/am", b"/etc", stat.S_IFLNK | 0o777), "outside"),
        (harmful("m/{}", times=2001), "2001 files"),
        (harmful("m/zeros", bytes(50_000_000)), "would grow"),
        (harmful("m/readme"), "no Vosk model"),
        (b"<html>not found</html>", "no whole zip"),
        (b"", "no whole zip"),
    ],
)
def test_archives_that_are_not_models_leave_nothing_behind(tmp_path, content, says):
    path, models = tmp_path / "x.zip", tmp_path / "models"
    path.write_bytes(content)
    with pytest.raises(CoachError, match=says):
        install(str(path), models)
    assert list(models.iterdir()) == []
    assert not (tmp_path / "evil").exists()


def test_a_damaged_archive_leaves_the_model_that_was_there(archive, tmp_path):
    before = install(str(archive), tmp_path).folder
    broken = bytearray(archive.read_bytes())
    broken[len(broken) // 2] ^= 0xFF
    (tmp_path / "broken.zip").write_bytes(broken)
    with pytest.raises(CoachError):
        install(str(tmp_path / "broken.zip"), tmp_path)
    assert choose_model(None, tmp_path) == before


def test_a_source_that_is_nowhere_names_those_that_are_known(tmp_path):
    with pytest.raises(CoachError) as error:
        install(str(tmp_path / "nothing"), tmp_path)
    assert VENDORS_SMALL in error.value.hint


def test_a_german_model_hears_german_scripts_and_leaves_english_ones_to_the_english_model(tmp_path):
    models = tmp_path / "models"
    german, english = tmp_path / "vosk-model-small-de-0.15", tmp_path / VENDORS_SMALL
    for folder in (english, german):
        shutil.copytree(built_in_model(), folder)
        install(str(folder), models)
    assert choose_model(None, models).name == VENDORS_SMALL, "installed before the German one"
    assert installed_for("de", models) == german.name
    assert choose_model(german.name, models).language == "de"
    assert installed_for("es", models) is None
    assert how_to_install("de") == "voicecoach model install vosk-model-small-de-0.15"
    assert how_to_install("es").startswith("voicecoach model install ADDRESS")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("voicecoach-small-en", "en"),
        ("vosk-model-en-us-0.22-lgraph", "en"),
        ("vosk-model-small-de-0.15", "de"),
        ("vosk-model-de-0.21", "de"),
        ("vosk-model-small-es-0.42", "es"),
        ("my own model", "en"),
    ],
)
def test_the_language_of_a_model_is_in_its_name(name, language):
    assert language_in(name) == language
