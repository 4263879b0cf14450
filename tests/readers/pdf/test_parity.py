"""One document as Word file, as the PDF that LibreOffice prints of it and as a scan of that: the same is read."""

from __future__ import annotations

import difflib
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from extractors.readers import registry
from extractors.readers.limits import ReadOptions
from pipeline.model.document import BlockKind, Document


def _prints_chinese() -> bool:
    """Whether LibreOffice is there and has a Chinese typeface to print with."""
    if shutil.which("soffice") is None:
        return False
    if shutil.which("fc-list") is None:
        return True  # where fonts are not listed so, as on macOS, the system has Chinese ones
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False, timeout=60)
    return bool(listed.stdout.strip())


needs_office = pytest.mark.skipif(
    not _prints_chinese(), reason="LibreOffice prints the PDF of this test, with a Chinese typeface"
)

PROSE = (
    "本项目由县数据局牵头建设，覆盖全县十二个乡镇，依托县政务云部署，数据按日汇聚到共享交换平台，供各部门按需申请使用。"
)
HEADER = ("序号", "费用名称", "数量", "单价（元）", "金额（元）")
BREAKS = str.maketrans("", "", " \n\u3000")


def build(path: Path, paragraphs: int, rows: int) -> None:
    """Write the Word file: a title, numbered headings, paragraphs, and an estimate that may run over pages."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document: Any = docx.Document()
    document.add_paragraph("智慧水务平台建设方案")
    for number, chapter in enumerate(("项目概况", "建设内容", "投资概算"), 1):
        document.add_heading(f"{number} {chapter}", 1)
        document.add_heading(f"{number}.1 总体说明", 2)
        for index in range(paragraphs):
            document.add_paragraph(f"第{index}点，{PROSE * (1 + index % 3)}")
    table = document.add_table(rows=rows + 2, cols=5, style="Table Grid")
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    lines = [
        HEADER,
        *((str(i), f"第{i}项软件开发与系统集成服务", f"{i}套", f"{i},500", f"{i * i},500") for i in range(1, rows + 1)),
    ]
    for row, texts in zip(table.rows, lines, strict=False):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    last = table.rows[rows + 1].cells
    last[0].merge(last[3]).text = "合计"
    last[4].text = "99,500"
    document.add_paragraph("以上费用由县级财政安排。")
    document.save(str(path))


def printed(word: Path) -> bytes:
    """The PDF that LibreOffice prints, in a profile of its own."""
    place = word.parent
    command = ["soffice", f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(place), str(word)], capture_output=True, check=True, timeout=120)
    return word.with_suffix(".pdf").read_bytes()


def scanned(data: bytes) -> bytes:
    """The pages of a PDF as pictures at 150 dpi."""
    import pypdfium2

    pages = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(data)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return out.getvalue()


def read(data: bytes, name: str, ocr: str = "off") -> Document:
    return registry.read(data, name, ReadOptions(ocr=ocr))


def words(document: Document) -> list[str]:
    """The texts of the blocks, numbers included, without blanks."""
    return [f"{b.number}{b.text}".translate(BREAKS) for b in document.blocks]


def grids(document: Document) -> list[list[list[str]]]:
    return [[[c.translate(BREAKS) for c in row] for row in b.table.filled_grid()] for b in document.blocks if b.table]


@needs_office
def test_the_printed_file_reads_like_the_word_file(tmp_path: Path) -> None:
    word = tmp_path / "plan.docx"
    build(word, paragraphs=7, rows=30)
    one, other = read(word.read_bytes(), "plan.docx"), read(printed(word), "plan.pdf")
    assert len(other.pages) > 2, "the paragraphs and the table run over pages"
    assert words(other) == words(one)
    assert grids(other) == grids(one)
    (table,) = [b.table for b in other.blocks if b.table is not None]
    assert len(set(table.row_pages)) > 1
    assert all(number is not None for number in table.row_pages)


@needs_office
def test_a_scan_reads_like_the_word_file_but_for_single_characters(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="recognises the scan")
    word = tmp_path / "plan.docx"
    build(word, paragraphs=1, rows=6)
    one, other = read(word.read_bytes(), "plan.docx"), read(scanned(printed(word)), "plan.pdf", ocr="auto")
    assert all(page.recognised for page in other.pages)
    assert len(other.blocks) == len(one.blocks)
    for left, right in zip(words(one), words(other), strict=True):
        assert difflib.SequenceMatcher(None, left, right).ratio() > 0.9, right
    assert [row[4] for row in grids(other)[0]] == [row[4] for row in grids(one)[0]]
    assert all(b.confidence < 1.0 for b in other.blocks if b.kind is not BlockKind.FORM_FIELD)
