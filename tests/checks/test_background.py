"""A basis told anywhere is the background where it leads up to the project; a standard that is cited is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading
from pipeline.model.assessment import Status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("# 前言\n根据县委一号文件关于农村供水的部署，提出本项目。", Status.SATISFIED),
        ("# 第五章 密码应用\n平台依据《信息系统密码应用基本要求》编制密码方案。", Status.MISSING),
        ("# 第十章 概算\n软件费根据《软件开发成本度量规范》计取。", Status.MISSING),
    ],
)
def test_what_leads_up_to_the_project_is_its_background(
    text: str, status: Status, read: Callable[..., Reading]
) -> None:
    found = run(read(text, "sihong"), load_profile("sihong"), dt.date(2026, 9, 20))
    assert next(f.status for f in found if f.id == "sihong.8.background") is status
