from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fangan = Callable[..., Any]
Make = Callable[..., Path]


@pytest.mark.parametrize(("verdict", "status"), [("complete", 0), ("supplement", 1), ("not_acceptable", 1)])
def test_the_exit_status_follows_the_verdict(fangan: Fangan, submission: Make, verdict: str, status: int) -> None:
    run = fangan("check", submission(verdict), "--format", "json")
    assert run.status == status
    assert json.loads(run.out)["word"] == verdict
    assert run.err == ""


def test_an_unreadable_input_is_one_line_and_status_three(fangan: Fangan, submission: Make) -> None:
    run = fangan("check", submission("broken"), "--format", "json")
    assert run.status == 3
    assert run.out == ""
    assert run.err.splitlines() == ["错误：文件已损坏， 无法读取。请重新导出。"]


def test_a_defect_is_one_line_and_status_seventy(fangan: Fangan, submission: Make) -> None:
    run = fangan("check", submission("defect"))
    assert run.status == 70
    assert run.out == ""
    assert len(run.err.splitlines()) == 1
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "缺少参数：命令"),
        (("check",), "缺少参数：PATH"),
        (("check", "x", "--bogus"), "不认识的参数：--bogus"),
        (("check", "x", "--format", "pdf"), "--format"),
        (("check", "x", "--submitted", "昨天"), "不是日期"),
        (("check", "x", "--set", "multi_year"), "条件=yes"),
        (("check", "x", "--set", "three_years=yes"), "没有名为“three_years”的条件"),
        (("check", "x", "--county"), "后面要跟一个值"),
        (("round", "run", "x", "--out", "y", "--jobs", "0"), "不小于 1"),
        (("chekc", "x"), "chekc"),
    ],
)
def test_a_wrong_call_is_a_chinese_sentence_and_status_two(
    fangan: Fangan, arguments: tuple[str, ...], words: str
) -> None:
    run = fangan(*arguments)
    assert (run.status, run.out) == (2, "")
    assert words in run.err
    assert len(run.err.splitlines()) == 1


def test_options_reach_the_job(fangan: Fangan, submission: Make, tmp_path: Path, monkeypatch: Any) -> None:
    from pipeline.worker import tasks
    from pipeline.worker.job import Answer

    monkeypatch.setattr(tasks, "do", lambda job, progress: Answer({"verdict": "complete"}, {"json": job.pack()}))
    path = submission("complete")
    run = fangan(
        "check", path, "--county", "yushan", "--submitted", "2026-09-25", "--set", "multi_year=yes",
        "--set", "classified=no", "--ocr", "off", "--format", "json", "--for", "finance", "--redact",
    )  # fmt: skip
    job = json.loads(run.out)
    assert job["path"] == str(path)
    assert (job["county"], job["submitted"], job["ocr"]) == ("yushan", "2026-09-25", "off")
    assert job["conditions"] == {"multi_year": True, "classified": False}
    assert (job["office"], job["redact"], job["pictures"]) == ("finance", True, False)


@pytest.mark.parametrize(("suffix", "name"), [(".json", "json"), (".html", "html"), (".docx", "docx"), (".x", "text")])
def test_the_output_file_tells_the_format(
    fangan: Fangan, submission: Make, tmp_path: Path, suffix: str, name: str
) -> None:
    target = tmp_path / f"报告{suffix}"
    run = fangan("check", submission("complete"), "-o", target)
    assert (run.status, run.out) == (0, "")
    assert json.loads(target.read_text())["format"] == name


def test_several_submissions_give_one_array_and_the_gravest_status(fangan: Fangan, submission: Make) -> None:
    paths = [submission("complete", "a"), submission("broken", "b"), submission("supplement", "c")]
    run = fangan("check", *paths, "--format", "json")
    assert run.status == 3
    assert [report["word"] for report in json.loads(run.out)] == ["complete", "supplement"]
    assert run.err.startswith("错误：b：")


def test_several_submissions_go_into_a_folder_under_safe_names(
    fangan: Fangan, submission: Make, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    run = fangan("check", submission("complete", "甲 乙.docx"), submission("complete", "$(x).docx"), "-o", out,
                 "--format", "html")  # fmt: skip
    assert run.status == 0
    assert sorted(path.name for path in out.iterdir()) == ["001-甲_乙.html", "002-__x_.html"]


def test_a_missing_output_folder_stops_before_the_work(fangan: Fangan, submission: Make, tmp_path: Path) -> None:
    run = fangan("check", submission("slow"), "-o", tmp_path / "none" / "x.json")
    assert run.status == 6
    assert "目录不存在" in run.err


def test_the_input_is_never_overwritten(fangan: Fangan, submission: Make) -> None:
    path = submission("complete")
    run = fangan("check", path, "-o", path)
    assert run.status == 2
    assert path.read_text() == "complete"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_one_sentence(fangan: Fangan, submission: Make) -> None:
    run = fangan("check", submission("complete"), "-o", "/dev/full")
    assert run.status == 6
    assert "磁盘空间已满" in run.err


def test_a_path_that_is_no_text_is_checked(fangan: Fangan, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.docx")
    Path(path).write_text("broken")
    run = fangan("check", path)
    assert run.status == 3
    assert len(run.err.splitlines()) == 1


def test_marked_copies_are_named_by_the_kind_of_file_that_they_are(
    fangan: Fangan, submission: Make, tmp_path: Path, monkeypatch: Any
) -> None:
    from pipeline.worker import tasks
    from pipeline.worker.job import Answer

    answer = Answer({"verdict": "complete", "marked": "pdf"}, {"marked": b"%PDF-"})
    monkeypatch.setattr(tasks, "do", lambda job, progress: answer)
    paths = [submission("complete", "甲.pdf"), submission("complete", "乙.pdf")]
    out = tmp_path / "out"
    out.mkdir()
    assert fangan("check", *paths, "--format", "marked", "-o", out).status == 0
    assert sorted(path.name for path in out.iterdir()) == ["001-甲.marked.pdf", "002-乙.marked.pdf"]
    run = fangan("check", paths[0], "--format", "marked", "-o", tmp_path / "副本.docx")
    assert (run.status, (tmp_path / "副本.docx").read_bytes()) == (0, b"%PDF-")
    assert "副本是 pdf 文件" in run.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pictures",), "只用于 HTML"), (("--pictures", "--redact", "--format", "html"), "不能与 --redact 同用"),
        (("--redact", "--format", "marked"), "不能与 --redact 同用"), (("--for", "tax"), "finance"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(
    fangan: Fangan, submission: Make, arguments: tuple[str, ...], words: str
) -> None:
    run = fangan("check", submission("complete"), *arguments)
    assert (run.status, run.out) == (2, "")
    assert words in run.err


def test_the_offices_of_the_command_line_are_those_that_there_are() -> None:
    from checks.offices import office_ids
    from pipeline.cli.main import build_parser

    check = build_parser()._subparsers._group_actions[0].choices["check"]  # type: ignore[union-attr,index,call-overload]
    assert tuple(next(a for a in check._actions if a.dest == "office").choices) == office_ids()
