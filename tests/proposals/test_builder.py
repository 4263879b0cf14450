"""The test proposals are sound: every text becomes a Word document, every truth is well-formed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the builder is a script beside this file, no part of an installed package

import build  # noqa: E402
import proposal_markup  # noqa: E402

TEXTS = sorted(HERE.glob("hand*/*.md"))
GOLDS = sorted(HERE.glob("hand*/*.gold.json"))
STATUSES = {"satisfied", "partial", "missing", "violated", "not_applicable", "needs_review"}
REQUIREMENTS = {"sihong": 29, "nanxian": 15, "yushan": 23, "taixing": 27, "lingchuan": 24}
TYPES = {"new", "continued", "upgrade", "rebuild", "operation", "service"}
VERDICTS = {"not_acceptable", "supplement", "complete"}


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def body_text(path: Path) -> str:
    return "".join(node.text or "" for node in docx.Document(str(path)).element.body.iter(qn("w:t")))


def built(tmp_path: Path, text: str) -> Any:
    source, target = tmp_path / "text.md", tmp_path / "text.docx"
    source.write_text(text, encoding="utf-8")
    build.build_docx(source, target)
    return docx.Document(str(target))


@pytest.mark.parametrize("path", TEXTS, ids=label)
def test_every_text_becomes_a_document_that_holds_its_sentences(path: Path, tmp_path: Path) -> None:
    build.build_docx(path, tmp_path / "made.docx")
    found = body_text(tmp_path / "made.docx")
    blocks = proposal_markup.parse(path.read_text(encoding="utf-8")).blocks
    sentences = [proposal_markup.plain(b.text) for b in blocks if b.kind in {"paragraph", "bullet"}]
    cells = [c for b in blocks if b.kind == "table" for row in b.rows for c in row if "<" not in c and c != "^"]
    wanted = [s for s in sentences[::4] if "<br>" not in s] + [proposal_markup.plain(c) for c in cells[::9]]
    assert wanted
    assert [s for s in wanted if s not in found] == []


@pytest.mark.parametrize("path", GOLDS, ids=label)
def test_every_truth_names_each_requirement_with_a_known_status(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    county = gold["county"]
    assert len(gold["expect"]) == REQUIREMENTS[county]
    assert all(key.startswith(f"{county}.") for key in gold["expect"])
    assert set(gold["expect"].values()) <= STATUSES
    assert all(key in gold["expect"] and set(value) <= STATUSES for key, value in gold["accept"].items())
    assert gold["type"] in TYPES
    assert gold["verdict"] in VERDICTS
    assert all(code.startswith("budget.") for code in gold["budget_findings"])
    assert all(code.startswith("quality.") for code in gold["quality"])
    assert all(route.startswith(f"{county}.") for route in gold["routes"])


@pytest.mark.parametrize("path", GOLDS, ids=label)
def test_every_truth_has_its_text(path: Path) -> None:
    name = path.name.removesuffix(".gold.json")
    assert (path.parent / f"{name}.md").exists() or list(path.parent.glob(f"{name}--*.md"))


@pytest.mark.parametrize("path", TEXTS, ids=label)
def test_every_text_has_its_truth(path: Path) -> None:
    name = path.stem.split("--", maxsplit=1)[0]
    assert (path.parent / f"{name}.gold.json").exists()


def test_automatic_numbers_leave_the_heading_text(tmp_path: Path) -> None:
    document = built(tmp_path, "---\nstyle: auto\n---\n# 第一章 总论\n## 1.1 概况\n文字\n# 附件\n")
    assert [p.text for p in document.paragraphs if p.style.name.startswith("Heading")] == ["总论", "概况", "附件"]


def test_a_merged_cell_reads_as_one(tmp_path: Path) -> None:
    table = built(tmp_path, "| 甲 | 乙 | 丙 |\n| 一 | 二 | 三 |\n| ^ | 四 | < |\n").tables[0]
    assert [[c.text for c in row.cells] for row in table.rows][1:] == [["一", "二", "三"], ["一", "四", "四"]]


def test_what_nobody_reads_stays_out_of_the_visible_runs(tmp_path: Path) -> None:
    document = built(tmp_path, "甲{{del: 乙}}{{hidden: 丙}}{{comment: 丁}}{{footnote: 戊}}{{ins: 己}}\n")
    shown = [r for r in document.element.body.iter(qn("w:r")) if not list(r.iter(qn("w:vanish")))]
    assert "".join(t.text for r in shown for t in r.iter(qn("w:t"))) == "甲己"
    assert [c.text for c in document.comments] == ["丁"]


def test_contents_list_a_heading_that_the_body_lacks(tmp_path: Path) -> None:
    document = built(tmp_path, "---\ntoc: yes\ntoc_extra: 第二章 鬼\n---\n# 第一章 甲\n# 第三章 丙\n")
    lines = [p.text.split("\t")[0] for p in document.paragraphs if p.style.name == "toc 1"]
    assert lines == ["第一章 甲", "第二章 鬼", "第三章 丙"]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="kolour"):
        proposal_markup.parse("---\nkolour: red\n---\n文字\n")
