from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.round import run
from pipeline.round.fingerprint import county_mark, is_county_folder, reading_key
from pipeline.worker import tasks
from pipeline.worker.job import Answer, Job

RunRound = Callable[..., dict[str, Any]]
TEXT = "本平台汇聚全县{}各乡镇养老服务机构的床位与照护数据并按日更新供民政部门统一调度使用同时支持{}移动端查询。"


@pytest.fixture(autouse=True)
def _texts_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers leave traces of the text, and reports name what is alike."""
    from pipeline.model.document import Document
    from pipeline.model.outline import Outline, Passage, PassageKind
    from pipeline.model.submission import Submission, SubmittedFile
    from pipeline.worker.traces import traces

    def judge(job: Job, progress: Any) -> Answer:
        text = Path(job.path).read_text()
        passages = tuple(
            Passage(n, PassageKind.SENTENCE, line, 0, n, None, None) for n, line in enumerate(text.split("\n"))
        )
        outline = Outline(Submission("x", (SubmittedFile(Document("x", "docx", "0")),)), (), passages)
        named = [entry["name"] for entry in job.alike]
        row = {"unit": "单位", "project": text[:3], "verdict": "complete", "completeness": 1.0, "findings": []}
        return Answer(row, {"json": json.dumps(named).encode()} | (traces(outline) if job.traces else {}))

    monkeypatch.setattr(tasks, "do", judge)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "报送"
    place.mkdir()
    common = "\n".join(TEXT.format(chr(0x4E00 + n), chr(0x5E00 + n)) * 2 for n in range(20))
    (place / "a").write_text(f"甲项目\n{common}")
    (place / "b").write_text(f"乙项目\n{common}")
    (place / "c").write_text("丙项目\n" + "".join(chr(0x6000 + n) for n in range(900)))
    return place


def reports(tmp_path: Path, ledger: dict[str, Any]) -> dict[str, list[str]]:
    return {row["name"]: json.loads((tmp_path / "out" / row["report"]).read_text()) for row in ledger["submissions"]}


def test_each_report_names_what_is_alike(run_round: RunRound, tmp_path: Path) -> None:
    ledger = run_round()
    assert reports(tmp_path, ledger) == {"a": ["b"], "b": ["a"], "c": []}
    assert [row["verdict"] for row in ledger["submissions"]] == ["complete"] * 3


def test_nothing_is_written_again_where_nothing_changed(
    run_round: RunRound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_round()
    monkeypatch.setattr(run.Round, "again", None)
    assert run_round()["submissions"] == first["submissions"]


def test_a_report_forgets_a_lookalike_that_is_gone(run_round: RunRound, tmp_path: Path, folder: Path) -> None:
    run_round()
    (folder / "b").unlink()
    assert reports(tmp_path, run_round()) == {"a": [], "c": []}


def test_a_kill_before_the_reports_were_written_changes_nothing(
    run_round: RunRound, tmp_path: Path, folder: Path
) -> None:
    with run.open_round(run.Request(folder, tmp_path / "out")) as work:
        for entry in work.undone():
            work.check(entry.id)
    assert reports(tmp_path, run_round()) == {"a": ["b"], "b": ["a"], "c": []}


def test_an_earlier_round_is_compared_with(run_round: RunRound, tmp_path: Path, folder: Path) -> None:
    run_round()
    (tmp_path / "neu").mkdir()
    (tmp_path / "neu" / "x").write_text((folder / "a").read_text())
    request = run.Request(tmp_path / "neu", tmp_path / "out2", earlier=(tmp_path / "out",))
    with run.open_round(request) as work:
        work.check(work.undone()[0].id)
        (row,) = work.finish()["submissions"]
    assert {(other["name"], other["round"]) for other in row["duplicates"]} == {
        ("a", "往期“报送”"),
        ("b", "往期“报送”"),
    }


def test_files_that_change_while_they_are_checked_are_not_taken_for_checked(
    run_round: RunRound, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = tasks.do

    def grow(job: Job, progress: Any) -> Answer:
        answer = judge(job, progress)
        if job.path.endswith("/c") and len(Path(job.path).read_text()) < 2000:
            Path(job.path).write_text(Path(job.path).read_text() * 3)
            time.sleep(0.02)
        return answer

    monkeypatch.setattr(tasks, "do", grow)
    row = run_round()["submissions"][2]
    assert (row["state"], row["reason"]) == ("failed", "审查过程中材料有改动。请在复制完成后再次运行。")
    assert run_round()["submissions"][2]["state"] == "done"


def test_a_countys_folder_counts_by_its_content(tmp_path: Path) -> None:
    county = tmp_path / "新县"
    county.mkdir()
    (county / "county.yaml").write_text("id: a")
    before = county_mark(str(county))
    (county / "county.yaml").write_text("id: b")
    assert is_county_folder(str(county)) and county_mark(str(county)) != before
    assert county_mark("sihong") == "sihong" and not is_county_folder("")


def test_what_was_read_depends_on_content_name_and_recognition() -> None:
    keys = {
        reading_key(*parts) for parts in (("a", "n", "auto"), ("b", "n", "auto"), ("a", "m", "auto"), ("a", "n", "off"))
    }
    assert len(keys) == 4
