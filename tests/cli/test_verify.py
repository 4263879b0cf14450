from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.version import VERSION

Fangan = Callable[..., Any]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An HTML report that claims one file, which is what lies before the program."""
    from checks.rulepack import rules_hash
    from pipeline.report.seal import sealed
    from pipeline.worker import tasks
    from pipeline.worker.job import Answer

    seal = {
        "tool": {"name": "fangan", "version": VERSION}, "county": "sihong", "rules": rules_hash("sihong"),
        "files": [{"name": "方案.docx", "sha256": "aa"}], "page": "0" * 64,
    }  # fmt: skip
    text = json.dumps(seal).replace('"', "&quot;")
    path = tmp_path / "报告.html"
    path.write_bytes(sealed(f'<meta name="fangan-report" content="{text}">正文'.encode()))
    monkeypatch.setattr(
        tasks, "do", lambda job, progress: Answer({"files": [["方案.docx", Path(job.path).read_text()]]}, {})
    )
    return path


@pytest.mark.parametrize(("content", "status"), [("aa", 0), ("bb", 1)])
def test_the_exit_status_tells_whether_the_report_belongs(
    fangan: Fangan, report: Path, tmp_path: Path, content: str, status: int
) -> None:
    file = tmp_path / "方案.docx"
    file.write_text(content)
    run = fangan("verify", report, file)
    assert (run.status, run.err) == (status, "")
    value = json.loads(fangan("verify", report, file, "--format", "json").out)
    assert value["agrees"] is (status == 0)


def test_a_file_that_is_no_report_is_one_sentence(fangan: Fangan, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "x.html"
    other.write_text("<html></html>")
    run = fangan("verify", other, report)
    assert (run.status, run.out) == (3, "")
    assert len(run.err.splitlines()) == 1
