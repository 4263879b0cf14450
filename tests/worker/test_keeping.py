from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.model.document import Aside, AsideKind, Block, BlockKind, Cell, Document, ExtractionWarning, Page, Table
from pipeline.model.submission import Role, Submission, SubmittedFile
from pipeline.worker import tasks
from pipeline.worker.job import Job
from pipeline.worker.keeping import keep, kept

INNER = Table(1, 1, (Cell(0, 0, "内"),))
TABLE = Table(1, 2, (Cell(0, 0, "甲", tables=(INNER,)), Cell(0, 1, "\ud800乙")), (3,), "表1")
BLOCKS = (
    Block(0, BlockKind.HEADING, "概况", 1, 2, "第一章", bold=True, size=10.5),
    Block(1, BlockKind.TABLE, "甲", table=TABLE, confidence=0.75),
)
DOCUMENT = Document(
    "方案.pdf", "pdf", "00", BLOCKS, (Aside(AsideKind.HEADER, "页眉", 1),), (Page(1, "i"), Page(2, readable=False)),
    True, (ExtractionWarning("code", "提示", 2),),
)  # fmt: skip
SUBMISSION = Submission("方案", (SubmittedFile(DOCUMENT, Role.PLAN, "建设方案"),), (("Thumbs.db", "系统文件"),))


def test_what_is_kept_comes_back_equal(tmp_path: Path) -> None:
    keep(SUBMISSION, tmp_path / "read" / "a")
    back = kept(tmp_path / "read" / "a")
    assert back == SUBMISSION
    assert back is not None and type(back.files[0].document.blocks[0].kind) is BlockKind
    assert [path.name for path in (tmp_path / "read").iterdir()] == ["a"]


@pytest.mark.parametrize("damage", ["cut", "empty", "nonsense"])
def test_a_damaged_file_is_none(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "a"
    keep(SUBMISSION, file)
    data = file.read_bytes()
    file.write_bytes({"cut": data[:-9], "empty": b"", "nonsense": b"x" * 90}[damage])
    assert kept(file) is None


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    keep(SUBMISSION, tmp_path / "file" / "a")
    assert kept(tmp_path / "file" / "a") is None


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    path = tmp_path / "方案.md"
    path.write_text(
        "# 一、项目概况\n\n本项目由泗洪县民政局建设，覆盖全县十二个乡镇的养老服务机构，共计五十家。\n", encoding="utf-8"
    )
    return path


def check(path: str, file: Path) -> bytes:
    job = Job("check", path, county="sihong", formats=("json",), kept=str(file))
    return tasks._check(job, lambda done, total, what: None).parts["json"]


def test_a_submission_that_was_kept_is_judged_alike_without_it(proposal: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    first = check(str(proposal), file)
    assert check("", file) == first


def test_nothing_is_judged_where_nothing_was_kept(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有留存"):
        check("", tmp_path / "none")
