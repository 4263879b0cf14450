"""Recognition runs in processes that can hang or die at no cost but their page, and nothing is done twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr import pages as pages_module
from extractors.readers.ocr.engine import Word, engine_name, load_engine
from extractors.readers.ocr.none import NoEngine
from extractors.readers.ocr.pages import Store, recognise_pages
from extractors.readers.ocr.pool import Worker, recognise_all
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.pdf.sheet import Edge

PAGE = Recognised([Word("文字", 1.0, 2.0, 3.0, 4.0, 0.9)], [Edge(0.0, 5.0, 9.0, 5.0)], 100, 200, 0.01)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """An engine that gives one page for each picture; the list counts the pictures."""
    asked: list[int] = []

    def recognise(
        engine: str, pictures: Any, processes: int, seconds: float
    ) -> Iterator[tuple[int, Recognised | None]]:
        for key, picture in pictures:
            asked.append(key)
            yield key, None if picture == b"bad" else PAGE

    monkeypatch.setattr(pages_module, "recognise_all", recognise)
    monkeypatch.setattr(pages_module, "engine_name", lambda mode: "none" if mode == "off" else "told")
    return asked


def test_a_page_recognised_once_is_kept(tmp_path: Path, counted: list[int]) -> None:
    options = ReadOptions(cache=tmp_path / "kept")
    for _ in range(2):
        assert recognise_pages([b"one", b"two"], options, [1, 2]) == [PAGE, PAGE]
    assert counted == [0, 1]
    assert not list((tmp_path / "kept").glob("*.part"))


def test_a_page_that_failed_is_tried_again(tmp_path: Path, counted: list[int]) -> None:
    options = ReadOptions(cache=tmp_path)
    for _ in range(2):
        assert recognise_pages([b"bad"], options, [1]) == [None]
    assert counted == [0, 0]


def test_a_broken_entry_is_made_anew(tmp_path: Path, counted: list[int]) -> None:
    store = Store(tmp_path, "told")
    store.put(b"one", PAGE)
    (entry,) = tmp_path.iterdir()
    entry.write_text('{"words": [', encoding="utf-8")
    assert store.get(b"one") is None
    assert recognise_pages([b"one"], ReadOptions(cache=tmp_path), [1]) == [PAGE]


def test_entries_of_another_engine_are_not_taken(tmp_path: Path) -> None:
    Store(tmp_path, "one").put(b"picture", PAGE)
    assert Store(tmp_path, "other").get(b"picture") is None
    assert Store(tmp_path, "one").get(b"picture") == PAGE


def test_a_folder_that_cannot_be_written_costs_nothing_else(tmp_path: Path, counted: list[int]) -> None:
    file = tmp_path / "a file"
    file.write_text("", encoding="utf-8")
    assert recognise_pages([b"one"], ReadOptions(cache=file / "below"), [1]) == [PAGE]


def test_progress_names_the_page_of_the_file(counted: list[int]) -> None:
    told: list[tuple[int, int, str]] = []
    recognise_pages([b"one", b"two"], ReadOptions(progress=lambda *what: told.append(what)), [3, 7])
    assert told == [(0, 2, "识别文字"), (1, 2, "识别第3页"), (2, 2, "识别第7页")]


def test_without_recognition_every_page_is_none(counted: list[int]) -> None:
    assert recognise_pages([b"one"], ReadOptions(ocr="off"), [1]) == [None]
    assert counted == []


def test_off_means_the_null_engine() -> None:
    assert engine_name("off") == "none"
    assert isinstance(load_engine("none"), NoEngine)
    assert load_engine("none").recognise(b"") == [] and load_engine("none").read_line(b"") == ("", 0.0)


def test_a_worker_survives_what_is_no_picture(scan: Callable[..., Any], png: Callable[..., bytes]) -> None:
    worker = Worker("none", 30)
    try:
        assert worker.recognise(b"no picture") is None
        page = worker.recognise(png(scan([(72, 100, "abc")])))
        assert page is not None and page.words == [] and page.ink > 0
    finally:
        worker.close()


def test_a_picture_that_takes_too_long_ends_its_worker_and_not_the_next(
    scan: Callable[..., Any], png: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker("none", 30)
    try:
        monkeypatch.setattr("extractors.readers.ocr.pool._START", -179.99)
        assert worker.recognise(png(scan([]))) is None
        monkeypatch.undo()
        assert worker.recognise(png(scan([]))) is not None
    finally:
        worker.close()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timer of processor time")
def test_a_picture_that_takes_too_much_processor_time_ends_its_worker(
    scan: Callable[..., Any], png: Callable[..., bytes]
) -> None:
    worker = Worker("none", 0.001)
    try:
        assert worker.recognise(png(scan([(72, 100, "abc")]))) is None
    finally:
        worker.close()


def test_all_pictures_come_back_under_their_keys(scan: Callable[..., Any], png: Callable[..., bytes]) -> None:
    picture = png(scan([]))
    found = dict(recognise_all("none", [(4, picture), (5, b"no picture"), (6, picture)], 2, 30))
    assert sorted(found) == [4, 5, 6] and found[5] is None and found[4] is not None


def test_a_worker_ends_with_its_input() -> None:
    code = "from extractors.readers.ocr.worker import serve; serve('none', 30)"
    done = subprocess.run([sys.executable, "-c", code], input=b"", capture_output=True, timeout=60, check=False)
    assert done.returncode == 0 and done.stdout == b""


def test_reading_in_a_script_without_a_main_guard_works(
    tmp_path: Path, scan: Callable[..., Any], png: Callable[..., bytes]
) -> None:
    (tmp_path / "picture.png").write_bytes(png(scan([])))
    script = tmp_path / "script.py"
    script.write_text(
        "import json, sys\n"
        f"sys.path[:0] = {sys.path!r}\n"
        "from extractors.readers.ocr.pool import recognise_all\n"
        "data = open('picture.png', 'rb').read()\n"
        "print(json.dumps([k for k, p in recognise_all('none', [(0, data), (1, data)], 2, 30) if p]))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, timeout=90, check=False)
    assert sorted(json.loads(done.stdout)) == [0, 1]
