from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fangan = Callable[..., Any]


def report(path: Path, status: str, verdict: str, sha256: str) -> Path:
    """A report with one requirement, as small as one can be."""
    file = {"name": "方案.docx", "sha256": sha256, "format": "docx", "pages": None, "role": "plan", "warnings": []}
    regulation = {"county": "sihong", "county_name": "泗洪县", "title": "办法", "number": "5号", "version": "1"}
    finding = {"id": "sihong.8.scope", "article": "第八条", "level": "required", "title": "建设内容", "status": status}
    counts = dict.fromkeys(("satisfied", "partial", "missing", "violated", "needs_review"), 0)
    value = {
        "schema_version": "1",
        "tool": {"name": "fangan", "version": "0.1.0"},
        "submission": {
            "name": "方案.docx", "files": [file | {"unreadable_pages": []}], "submitted": None, "skipped": [],
        },
        "regulation": regulation | {"in_force": True, "notes": []},
        "project": {"name": "平台", "unit": "县民政局", "type": "new", "conditions": {}},
        "score": {"completeness": 50.0, "verdict": verdict, **counts},
        "findings": [finding | {"message": "说明。", "suggestion": "请补写。", "confidence": 0.9, "evidence": []}],
        "sections": [],
        "budget": {"total": None, "stated": [], "funding": [], "annual": [], "operation_yearly": None},
        "route": [],
    }  # fmt: skip
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    old = report(tmp_path / "old.json", "missing", "supplement", "a" * 64)
    return old, report(tmp_path / "new.json", "satisfied", "complete", "b" * 64)


def test_nothing_left_is_status_zero_and_something_left_is_one(fangan: Fangan, reports: tuple[Path, Path]) -> None:
    old, new = reports
    done = fangan("diff", old, new)
    assert (done.status, done.err) == (0, "")
    assert "已补正 1 项" in done.out
    back = fangan("diff", new, old)
    assert back.status == 1
    assert "新出现的问题 1 项" in back.out


@pytest.mark.parametrize(("name", "start"), [("x.json", "{"), ("x.html", "<!DOCTYPE html>"), ("x.txt", "平台")])
def test_the_output_file_tells_the_format(
    fangan: Fangan, reports: tuple[Path, Path], tmp_path: Path, name: str, start: str
) -> None:
    assert fangan("diff", *reports, "-o", tmp_path / name).out == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_what_is_no_report_is_one_sentence_and_status_three(
    fangan: Fangan, reports: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "x.json").write_text("{}")
    for other in (tmp_path / "x.json", tmp_path / "none.json", tmp_path):
        run = fangan("diff", reports[0], other)
        assert (run.status, run.out) == (3, "")
        assert len(run.err.splitlines()) == 1
