"""A year is past or to come as seen from the day of submission, not from the day the program was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading

BOUGHT = "# 渡口值守系统建设方案\n## 一、设备\n{}年我局购置两台服务器，部署在局机房。\n"


@pytest.mark.parametrize(
    ("named", "submitted", "status"),
    [(2031, 2030, "violated"), (2030, 2030, "violated"), (2029, 2030, "satisfied"), (2023, 2022, "violated")],
)
def test_a_year_is_held_against_the_submission(
    named: int, submitted: int, status: str, read: Callable[..., Reading]
) -> None:
    reading = read(BOUGHT.format(named), "sihong", year=submitted)
    found = {f.id: f.status.value for f in run(reading, load_profile("sihong"), dt.date(submitted, 9, 1))}
    assert found["sihong.16.off_cloud"] == status
