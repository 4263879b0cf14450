from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from pipeline.round import notices, run
from pipeline.round.notices import file_name, write_notices
from pipeline.round.store import DONE, Record
from pipeline.worker import tasks
from pipeline.worker.guard import start_forked
from pipeline.worker.pool import WorkerPool

TEXT = "# 一、项目概况\n\n本项目由泗洪县民政局建设，项目名称为智慧养老平台，覆盖全县十二个乡镇，服务五十家机构。\n"
real_work = tasks.do


def test_each_submission_with_gaps_gets_a_letter_without_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "do", real_work)
    monkeypatch.setattr(notices, "WorkerPool", partial(WorkerPool, start=start_forked))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    (folder / "b.docx").write_bytes(b"broken")
    with run.open_round(run.Request(folder, tmp_path / "out", "sihong")) as work:
        for entry in work.undone():
            work.check(entry.id)
    (folder / "a.md").unlink()
    files, failed = write_notices(tmp_path / "out", tmp_path / "letters", 1)
    assert [path.parent.name for path in files] == ["letters"]
    assert files[0].read_bytes()[:2] == b"PK" and files[0].name.endswith("补正通知书.docx")
    assert failed == ()
    for kept in (tmp_path / "out" / ".fangan" / "read").iterdir():
        kept.unlink()
    assert write_notices(tmp_path / "out", tmp_path / "letters", 1)[1][0][0] == "a.md"


@pytest.mark.parametrize("unit", ["../../etc/单位", "", "\ud800", "单" * 300])
def test_no_name_leads_out_of_the_folder(unit: str) -> None:
    name = file_name(7, Record("x", "x", "", DONE, row={"unit": unit, "project": "智慧/养老"}))
    assert name.startswith("007-") and "智慧养老" in name
    assert "/" not in name and ".." not in name and len(name.encode()) < 255
