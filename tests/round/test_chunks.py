from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import OutputError, UsageError
from pipeline.round import joining, run
from pipeline.round.chunks import estimate_pages, portions
from pipeline.round.joining import check_portion, pack
from pipeline.round.publishing import publish
from pipeline.round.scan import Entry
from pipeline.round.store import Store
from pipeline.worker.guard import start_forked
from pipeline.worker.pool import WorkerPool

RunRound = Callable[..., dict[str, Any]]


def pdf(path: Path, pages: int) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + f"<< /Type /Pages /Count {pages} >>".encode())
    return path


def word(path: Path, pages: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("docProps/app.xml", f"<Properties><Pages>{pages}</Pages></Properties>")
    return path


def test_pages_are_what_the_file_says(tmp_path: Path) -> None:
    assert estimate_pages(pdf(tmp_path / "a.pdf", 300)) == 300
    assert estimate_pages(word(tmp_path / "b.docx", 59)) == 59
    assert estimate_pages(tmp_path) == 359


def test_what_says_nothing_is_judged_by_its_size(tmp_path: Path) -> None:
    for name, data in (("a.jpg", b"x" * 400_000), ("b.docx", b"PK\x03\x04broken"), ("c.pdf", b"%PDF")):
        (tmp_path / name).write_bytes(data)
    assert [estimate_pages(tmp_path / name) for name in ("a.jpg", "b.docx", "c.pdf", "none")] == [10, 1, 1, 1]


def test_a_long_scan_is_a_portion_of_its_own_and_comes_first(tmp_path: Path) -> None:
    sizes = {"a": 10, "b": 300, "c": 90, "d": 15, "e": 95}
    entries = [Entry(name, name, pdf(tmp_path / name, size)) for name, size in sizes.items()]
    parts = portions(entries, most_pages=200)
    assert [[entry.name for entry in part] for part in parts] == [["b"], ["e", "c", "d"], ["a"]]
    assert portions(entries[::-1], most_pages=200) == parts
    assert portions([]) == []


def test_portions_are_bounded_in_number(tmp_path: Path) -> None:
    entries = [Entry(f"{n:02d}", f"{n}", pdf(tmp_path / f"{n}", 1)) for n in range(7)]
    assert [len(part) for part in portions(entries, most=3)] == [3, 3, 1]


def test_what_another_machine_did_is_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_names: Callable[[], list[str]]
) -> None:
    request = run.Request(folder, tmp_path / "out")
    with WorkerPool(1, start=start_forked) as pool, run.open_round(request) as work:
        monkeypatch.setattr(joining, "_pool", pool)
        values = pack(request, work.undone())
        work.check(work.undone()[0].id)
        rows = check_portion(values)
        assert [row["name"] for row in rows] == ["b.docx", "c.docx"]
        assert check_portion(values) == []
        assert read_names() == ["a.docx", "b.docx", "c.docx"]
        assert work.undone() == ()
        assert [row["state"] for row in work.finish()["submissions"]] == ["done", "done", "failed"]


def test_ledger_and_reports_are_copied_once(run_round: RunRound, tmp_path: Path) -> None:
    run_round()
    store, target = Store(tmp_path / "out"), tmp_path / "share" / "here"
    assert publish(store, f"file://{target}") == 7
    assert publish(store, f"file://{target}") == 0
    assert (target / "ledger.json").read_bytes() == (tmp_path / "out" / "ledger.json").read_bytes()
    assert len(list((target / "reports").iterdir())) == 4
    (tmp_path / "out" / "ledger.html").write_text("new")
    assert publish(store, f"file://{target}") == 1


def test_a_place_that_cannot_be_written_is_a_sentence(run_round: RunRound, tmp_path: Path) -> None:
    run_round()
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="发布"):
        publish(Store(tmp_path / "out"), f"file://{tmp_path}/file/below")
    with pytest.raises(UsageError, match="nosuch"):
        publish(Store(tmp_path / "out"), "nosuch://x")
