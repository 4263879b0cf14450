from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from checks.lint import lint
from checks.loader import load_profile, load_profile_from
from pipeline import examples
from pipeline.errors import ProfileError, UsageError

Fangan = Callable[..., tuple[int, str, str]]

COUNTY = """\
id: heishui
name: 黑水县
division_code: "513228"
title: 黑水县信息化项目管理细则
number: 黑府办〔2030〕1号
version: "2030-01-01"
effective_from: "2030-01-01"
articles: 12
names: [黑水县]
round: {closes: "08-31", text: 每年8月底前申报}
"""
ROUTES = """\
- id: heishui.9.review
  article: 第九条
  title: 专家评审
  because: 总投资达到80万元的须经专家评审。
  when: {total_from: 800000}
"""
RULES = """\
- id: heishui.5.funding
  kind: content
  article: 第五条
  level: veto
  title: 资金来源
  asks: 写明资金来源。
  remedy: 请补写资金来源。
  topic: funding
  examples:
    - expect: satisfied
      text: |
        # 资金来源
        由县财政安排八十五万元。
    - expect: missing
      text: |
        # 建设内容
        建设牦牛出栏登记模块。
- id: heishui.7.own_room
  kind: prohibition
  article: 第七条
  level: required
  title: 自建机房
  asks: 不得自建机房。
  remedy: 请删去自建机房的内容。
  bans: [own_server_room]
  examples:
    - expect: satisfied
      text: |
        # 部署方式
        系统部署在州政务云上。
    - expect: violated
      text: |
        # 部署方式
        新建机房一间，采购服务器两台。
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county that the program has never heard of, as files alone."""
    folder = tmp_path / "heishui"
    (folder / "rules").mkdir(parents=True)
    for name, text in (("county.yaml", COUNTY), ("routes.yaml", ROUTES), ("rules/all.yaml", RULES)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan that asks for a server room and names no funds."""
    document = docx.Document()
    document.add_heading("牦牛出栏登记系统建设方案", 1)
    document.add_heading("一、部署方式", 2)
    document.add_paragraph("在畜牧站新建机房一间，采购服务器两台，供登记系统运行。")
    document.add_heading("二、投资概算", 2)
    document.add_paragraph("项目总投资96.00万元。")
    path = tmp_path / "方案.docx"
    document.save(str(path))
    return path


def test_a_county_of_files_alone_is_loaded(county: Path) -> None:
    profile = load_profile_from(county)
    assert (profile.county.name, [r.id for r in profile.rules], profile.shingles) == (
        "黑水县", ["heishui.5.funding", "heishui.7.own_room"], frozenset(),
    )  # fmt: skip
    assert load_profile(str(county)) == profile


def test_the_examples_of_a_county_of_files_alone_are_run(county: Path) -> None:
    assert lint(county) == ()
    assert examples.lint(county) == ()


def test_a_submission_is_checked_by_a_county_of_files_alone(county: Path, plan: Path, fangan: Fangan) -> None:
    status, out, said = fangan("check", plan, "--county", county, "--format", "json")
    assert (status, said) == (1, "")
    report = json.loads(out)
    found = {f["id"]: f["status"] for f in report["findings"] if f["id"].startswith("heishui.")}
    assert found == {"heishui.5.funding": "missing", "heishui.7.own_room": "violated"}
    assert [step["id"] for step in report["route"]] == ["heishui.9.review"]
    assert report["regulation"]["county_name"] == "黑水县"


def test_a_broken_county_is_told_by_file_field_and_fault(county: Path) -> None:
    (county / "rules" / "all.yaml").write_text(RULES.replace("kind: content", "kind: contant"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"all\.yaml.*kind.*contant"):
        load_profile_from(county)


def test_a_county_without_its_routes_is_told(county: Path) -> None:
    (county / "routes.yaml").unlink()
    with pytest.raises(ProfileError, match=r"routes\.yaml"):
        load_profile_from(county)


def test_an_unknown_county_is_a_usage_error_that_names_the_choices() -> None:
    with pytest.raises(UsageError) as caught:
        load_profile("heishui")
    assert "sihong" in caught.value.line
