from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from voicecoach.cli.report import report
from voicecoach.errors import CoachError
from voicecoach.journal.file import encode
from voicecoach.journal.fold import read_sessions
from voicecoach.journal.session import Moved, Pain, Session, SetDone
from voicecoach.report.page import page, picture
from voicecoach.report.panels import MOST_POINTS, Ladder, panels, tempo_kept, totals
from voicecoach.words.meaning import Quantity

START = datetime(2026, 8, 24, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HINGE = Ladder("hip hinge", ("wall tap", "dowel hinge", "RDL"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def make_session(index: int, *, days: int = 3, pain: bool = False, drill: str = "RDL") -> Session:
    start, dials = START + timedelta(days=days * index), {"distance": Quantity(7.0 + index % 5, "in")}
    load, reps = Quantity(15.0 + 5 * (index // 2), "lb"), 8 if pain else 12
    sets = [
        SetDone(f"{index}w", start, "wall tap", 1, 1, 15, 15, None, dials=dials),
        SetDone(f"{index}r", start, drill, 1, 1, reps, 12, load, seconds=60.0, tempo="3-1-1-0", pain=pain),
    ]
    pains = (Pain(f"{index}p", start, "back", drill, 1, 8, "ouch"),) if pain else ()
    moves = (Moved(start, drill, "dowel hinge"),) if pain else ()
    drills = ("wall tap", "dowel hinge", drill)
    end = start + timedelta(minutes=20)
    return Session(
        str(index), (str(index),), "hip hinge", drills, start, end, "finished", tuple(sets), pains, (), moves
    )


def months(count: int = 30, **more) -> list[Session]:
    return [make_session(index, pain=index == 9, **more) for index in range(count)]


@pytest.fixture(scope="module")
def painter():
    pytest.importorskip("vl_convert")
    from voicecoach.report.charts import Painter

    return Painter()


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "path", "line", "rect", "br", "link", "stop", "use", "image", "circle"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag in self.open:
            self.wrong.append(tag)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


def test_every_panel_the_report_promises_is_there():
    titles = [panel.title for panel in panels(months(), HINGE)]
    assert titles == [
        "RDL: load", "RDL: volume", "wall tap: distance", "Rung of the ladder", "Tempo kept", "Weeks of the programme",
        "Days with pain, and what followed",
    ]  # fmt: skip


def test_a_day_with_pain_says_what_followed_the_same_day_and_the_next_time():
    table = panels(months(), HINGE)[-1]
    assert table.rows == ((date(2026, 9, 20), "RDL", "back", "on to the dowel hinge", "23 Sep 2026 at 40 lb: clean"),)


def test_long_times_are_told_by_week_and_by_month():
    def by_week(day):
        return day.weekday() == 0

    def by_month(day):
        return day.day == 1

    for count, days, kind in ((300, 1, by_week), (900, 1, by_month), (900, 5, by_month)):
        for panel in panels(months(count, days=days), HINGE)[:-1]:
            assert 1 < len(panel.rows) <= MOST_POINTS + 30, (panel.title, kind)
            assert all(kind(row[0]) for row in panel.rows), (panel.title, kind)


def test_tempo_kept_is_the_share_of_the_time_that_the_tempo_asks_for():
    done = make_session(0).sets[1]
    assert tempo_kept(done) == 100
    assert tempo_kept(make_session(0).sets[0]) is None


def test_a_set_by_the_clock_has_no_tempo_to_keep_and_is_told_by_its_best():
    session = make_session(0)
    lively = replace(session.sets[1], drill="push up", reps=18, target=None, amrap=60.0, tempo="0-60-0-0", weight=None)
    second = replace(lively, set=2, reps=15)
    session = replace(session, sets=(lively, second))
    assert tempo_kept(lively) is None
    (shown,) = [panel for panel in panels([session]) if panel.title == "push up: as many as possible"]
    assert shown.rows == ((session.day, 18),)


def test_a_dial_that_was_turned_in_inches_and_then_in_centimetres_is_drawn_in_centimetres():
    first, second = make_session(0), make_session(1)
    tap = replace(second.sets[0], dials={"distance": Quantity(20.0, "cm")})
    (shown,) = [panel for panel in panels([first, replace(second, sets=(tap,))]) if panel.title == "wall tap: distance"]
    assert shown.columns[1] == "Distance (cm)"
    assert [row[1] for row in shown.rows] == [17.8, 20.0]


def test_a_programme_without_a_ladder_has_no_rungs():
    assert not any(panel.title == "Rung of the ladder" for panel in panels(months(3)))
    other = Ladder("two by two", ("wall tap", "RDL"))
    assert not any(panel.title == "Rung of the ladder" for panel in panels(months(3), other))


def test_the_weeks_are_those_the_plan_counted_with_their_phase():
    first, second = make_session(0), make_session(1, days=21)
    (shown,) = [
        panel
        for panel in panels([replace(first, week=1, phase="unlearning"), replace(second, week=2, phase="connection")])
        if panel.title == "Weeks of the programme"
    ]
    assert [row[-2:] for row in shown.rows] == [(1, "unlearning"), (None, ""), (None, ""), (2, "connection")]


def test_without_a_session_the_page_says_so():
    assert panels([]) == []
    assert totals([]) == {}
    assert "Nothing yet" in page([], TODAY, None)


def test_without_the_charts_the_page_has_its_tables():
    html = page(months(), TODAY, None, HINGE)
    assert "<svg" not in html
    assert len(outline(html).all("table")) == 7


def test_names_from_scripts_cannot_break_the_page():
    html = page(months(drill='<script>alert("x")</script>'), TODAY, None)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_page_needs_no_network_and_is_well_formed(painter):
    html = page(months(), TODAY, painter, HINGE)
    found = outline(html)
    assert not found.wrong
    assert found.open == []
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", html))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not found.all("script")
    assert not found.all("link")
    assert not found.all("img")


def test_every_chart_has_its_name_its_sentence_and_its_table(painter):
    found = outline(page(months(), TODAY, painter, HINGE))
    drawn = found.all("svg")
    assert len(drawn) == 6
    assert all(svg["role"] == "img" and svg["aria-label"] for svg in drawn)
    assert drawn[0]["aria-label"] == "RDL: load: Load (lb) from 15 on 24 Aug 2026 to 85 on 19 Nov 2026."
    assert len(found.all("table")) == 7
    assert len(found.all("caption")) == 7
    assert all(head.get("scope") in {"col", "row"} for head in found.all("th"))
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_charts_take_their_colours_from_the_page(painter):
    html = page(months(), TODAY, painter, HINGE)
    assert "var(--first)" in html
    assert "#030303" not in html


@pytest.mark.parametrize(("count", "named"), [(1, 1), (3, 3)])
def test_each_of_a_few_days_is_named_once_below_a_chart(painter, count, named):
    html = page([make_session(index, days=2) for index in range(count)], TODAY, painter, HINGE)
    charts = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
    below = [re.findall(r">(\d+ [A-Z][a-z]{2} \d\d)</text>", chart) for chart in charts]
    assert all(len(days) == len(set(days)) for days in below), below
    assert max(len(days) for days in below) == named


def test_the_picture_is_a_png(painter):
    png = picture(months(), TODAY, painter, HINGE)
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width > 1500
    assert height > 1500


def test_a_browser_shows_it_light_dark_and_on_a_telephone_and_prints_it(tmp_path, painter):
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    (tmp_path / "report.html").write_text(page(months(), TODAY, painter, HINGE))
    light = look(tmp_path, "--window-size=900,700")
    dark = look(tmp_path, "--window-size=900,700", "--blink-settings=preferredColorScheme=0", "--force-dark-mode")
    phone = look(tmp_path, "--window-size=500,700")
    assert min(light[0]) > 240
    assert max(dark[0]) < 60
    for shot in (light, phone):
        assert (0, 96, 156) in shot
    browse(tmp_path, f"--print-to-pdf={tmp_path / 'report.pdf'}")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def browse(folder, *arguments):
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'browser'}",
    ]
    done = subprocess.run(
        [*command, *arguments, (folder / "report.html").as_uri()], check=True, capture_output=True, text=True
    )
    assert "CONSOLE" not in done.stderr
    return done.stdout


def look(folder, *arguments):
    """The colours of a screenshot, that of the corner first."""
    browse(folder, *arguments, f"--screenshot={folder / 'shot.png'}")
    return colours_of((folder / "shot.png").read_bytes())


def colours_of(png: bytes) -> list[tuple[int, ...]]:
    width, height = struct.unpack(">II", png[16:24])
    depth = {2: 3, 6: 4}[png[25]]
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, stride = zlib.decompress(data), width * depth
    before, found = bytearray(stride), {}
    for row in range(min(height, 600)):
        kind, line = raw[row * (stride + 1)], bytearray(raw[row * (stride + 1) + 1 : (row + 1) * (stride + 1)])
        unfilter(kind, line, before, depth)
        for x in range(0, stride, depth * 2):
            found.setdefault(tuple(line[x : x + 3]))
        before = line
    return list(found)


def unfilter(kind: int, line: bytearray, before: bytearray, depth: int) -> None:
    for i in range(len(line)):
        left = line[i - depth] if i >= depth else 0
        up, corner = before[i], before[i - depth] if i >= depth else 0
        if kind == 1:
            line[i] = (line[i] + left) & 255
        elif kind == 2:
            line[i] = (line[i] + up) & 255
        elif kind == 3:
            line[i] = (line[i] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
            line[i] = (line[i] + near) & 255


def write_journal(path):
    done = {"drill": "RDL", "set": 1, "sets": 1, "reps": 12, "target": 12, "weight": 35, "unit": "lb"}
    events = [
        ("session_started", {"programme": "hip hinge", "drills": ["RDL"]}),
        ("set_done", done),
        ("session_ended", {"how": "finished"}),
    ]
    head = {"v": 1, "session": "s", "t": START.isoformat()}
    lines = [
        encode({**head, "id": f"e{n}", "n": n, "event": event, **fields})
        for n, (event, fields) in enumerate(events, start=1)
    ]
    path.write_bytes(b"".join(lines))
    assert len(read_sessions(path)) == 1


def test_the_command_writes_the_page_and_names_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    write_journal(tmp_path / "journal.jsonl")
    report(out=tmp_path / "out.html")
    assert capsys.readouterr().out.strip() == str(tmp_path / "out.html")
    assert "RDL: load" in (tmp_path / "out.html").read_text()
    with pytest.raises(CoachError, match="cannot be written"):
        report(out=tmp_path / "no" / "out.html")


def test_a_report_of_days_without_a_session_says_when_the_last_one_was(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    write_journal(tmp_path / "journal.jsonl")
    report(out=tmp_path / "out.html", since="2027-03-01")
    told = "Nothing since Monday 1 March 2027. The last session was on Monday 24 August 2026."
    assert f"<p>{told}</p>" in (tmp_path / "out.html").read_text()
    assert told in capsys.readouterr().err


def test_without_the_charting_library_the_command_says_what_to_install(tmp_path, monkeypatch, capsys):
    import sys

    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    write_journal(tmp_path / "journal.jsonl")
    report(out=tmp_path / "out.html")
    assert "pip install 'voicecoach[report]'" in capsys.readouterr().err
    with pytest.raises(CoachError, match="Charts need vl-convert"):
        report(png=tmp_path / "out.png")
