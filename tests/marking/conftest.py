from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import docx
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipeline.model.assessment import (
    Assessment,
    Evidence,
    FileRecord,
    Finding,
    Level,
    ProjectRecord,
    RegulationRecord,
    Score,
    Status,
    Verdict,
)
from pipeline.model.budget import Budget


def word(build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plan(document: Any) -> None:
    document.add_paragraph("三、部署方式 …… 4", style="Normal")
    document.add_heading("三、部署方式", 1)
    paragraph = document.add_paragraph("系统部署在县政务云。")
    paragraph.add_run("另购服务器").bold = True
    paragraph.add_run("两台，放在三楼机房。每日备份一次。")
    document.add_heading("四、投资概算", 1)
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("名称", "数量", "金额"), ("机架式服务器", "2", "9.60")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("五、效益", 1)
    document.add_paragraph("群众少跑路。")


def pdf(pages: list[list[str]]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1)
    for lines in pages:
        sheet.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            sheet.drawString(80, 760 - 24 * number, line)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def finding(status: str, *evidence: Evidence, kind: str = "content", **more: Any) -> Finding:
    base: dict[str, Any] = {
        "id": "sihong.16.gov_cloud", "title": "政务云部署", "message": "没有找到。", "article": "第十六条",
        "level": Level.REQUIRED, "suggestion": "请补写部署方式。", "demand": "部署在政务云。", "kind": kind,
    }  # fmt: skip
    return Finding(status=Status(status), evidence=evidence, **(base | more))


def assessment(findings: tuple[Finding, ...], *files: str) -> Assessment:
    names = files or ("方案.docx",)
    return Assessment(
        name=names[0],
        submitted="",
        tool_version="0.1.0",
        files=tuple(FileRecord(name, "ab" * 32, "", None, "other" if n else "plan") for n, name in enumerate(names)),
        skipped=(),
        regulation=RegulationRecord("sihong", "泗洪县", "办法", "5号", "2022-01-30", True),
        project=ProjectRecord("智慧平台", "县民政局", "new"),
        score=Score(Decimal("50.0"), Verdict.SUPPLEMENT),
        findings=findings,
        sections=(),
        budget=Budget(),
        route=(),
    )  # fmt: skip


@pytest.fixture
def make() -> dict[str, Any]:
    return {"word": word, "plan": plan, "pdf": pdf, "zip": zipped, "finding": finding, "assessment": assessment}
