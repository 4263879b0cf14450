from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.model.assessment import Assessment
from pipeline.report.ledger import render_ledger
from pipeline.report.render import FORMATS, render


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_assessment_gives_the_same_bytes_on_another_day(
    assessment: Assessment, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render(assessment, kind)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400 * 40)
    assert render(assessment, kind) == first


@pytest.mark.parametrize("kind", ["json", "html", "xlsx"])
def test_the_same_round_gives_the_same_bytes_on_another_day(
    round_data: dict[str, Any], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render_ledger(round_data, kind)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400 * 40)
    assert render_ledger(round_data, kind) == first


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_office_file_does_not_hold_the_day_it_was_made(assessment: Assessment, kind: str) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(render(assessment, kind))) as package:
        core = package.read("docProps/core.xml").decode("utf-8")
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_an_unknown_format_names_the_known_ones(assessment: Assessment, round_data: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="不支持的报告格式：pdf") as refused:
        render(assessment, "pdf")
    assert "html" in refused.value.advice
    with pytest.raises(UsageError, match="不支持的台账格式"):
        render_ledger(round_data, "csv")


def test_rendering_text_and_json_loads_no_heavy_library() -> None:
    code = (
        "import sys; from pipeline.report import render, ledger, to_text, to_json, to_sarif; "
        "print([m for m in ('docx', 'openpyxl', 'jinja2', 'lxml') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
