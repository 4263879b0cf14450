from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model.assessment import Assessment, Evidence, Finding, Status
from pipeline.report.render import render
from pipeline.review.persons import find_persons
from pipeline.review.redaction import REMARK, redacted

Make = Callable[..., Assessment]


@pytest.fixture
def hide(make: Make) -> Callable[[str], str]:
    """What becomes of a quoted text."""

    def run(text: str) -> str:
        found = Finding("sihong.8.scope", Status.PARTIAL, "事项", "说明。", evidence=(Evidence(text, 0),))
        return redacted(make(findings=(found,), county_evidence=())).findings[0].evidence[0].quote

    return run


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("手机13905270001。", "手机〔电话1〕。"), ("手机１３９０５２７０００１", "手机〔电话1〕"),
        ("139-0527-0001", "〔电话1〕"),
        ("+86 13905270001", "〔电话1〕"), ("0527-86223344转801", "〔电话1〕"), ("（0527）86223344", "〔电话1〕"),
        ("电话：86223344", "电话：〔电话1〕"), ("热线400-820-8820", "热线〔电话1〕"),
        ("身份证321324199001011234", "身份证〔证件号1〕"), ("32132419900101123X", "〔证件号1〕"),
        ("账号6222 0201 1234 5678 901", "账号〔账号1〕"), ("邮箱a.b@si.gov.cn", "邮箱〔邮箱1〕"),
        ("地址192.168.10.5/24", "地址〔网络地址1〕"), ("10.2.3.4:8080", "〔网络地址1〕"),
        ("2001:db8:0:1:2:3:4:5", "〔网络地址1〕"), ("fe80::1a2b:3c4d", "〔网络地址1〕"),
        ("00-1A-2B-3C-4D-5E", "〔网络地址1〕"), ("http://10.1.2.3:8080/x，见", "〔网址1〕，见"),
        ("库在db01.sihong.gov.cn:1521", "库在〔网址1〕"),
    ],
)  # fmt: skip
def test_numbers_and_addresses_are_hidden(hide: Callable[[str], str], text: str, hidden: str) -> None:
    assert hide(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "总投资3286000.00元", "合计1234567890元", "2027年6月30日至2028年12月31日", "4.1.2.3 部署方式", "1.2.3.4 节",
        "GB/T 22239-2019", "洪政办发〔2022〕5号", "12:30:45", "1,860,000.00", "等级保护2.0", "7×24小时", "IPv6",
        "V3.10.2", "std::vector", "安东河灌区", "王集镇卫生院", "高标准农田", "明确责任", "万元", "许可证", "白名单",
        "申请人", "主任办公会议", "担任主任", "由单位负责人审批",
    ],
)  # fmt: skip
def test_amounts_dates_numbers_and_common_words_stay(hide: Callable[[str], str], text: str) -> None:
    assert hide(text) == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("联系人：王小明", {"王小明"}), ("局长李建国同志主持会议", {"李建国"}), ("李局长要求", {"李局长"}),
        ("张伟副主任汇报", {"张伟"}), ("项目负责人 欧阳振华", {"欧阳振华"}), ("经办人：陈×", {"陈×"}),
        ("局长李××", {"李××"}), ("组长：刘 强", {"刘 强", "刘强"}),
        ("由赵敏、钱进、孙悦三人组成", {"赵敏", "钱进", "孙悦"}),
        ("成员：周洁 吴昊天 郑和平", {"周洁", "吴昊天", "郑和平"}),
    ],
)  # fmt: skip
def test_names_are_known_by_label_office_or_company(text: str, names: set[str]) -> None:
    assert set(find_persons([text])) == names


def test_the_same_person_has_the_same_sign_everywhere(make: Make) -> None:
    first = Finding(
        "sihong.8.scope", Status.PARTIAL, "事项", "联系人：王小明。", evidence=(Evidence("负责人李建国", 0),)
    )
    base = make(findings=(first, dataclasses.replace(first, message="请王小明补写。")))
    one, other = redacted(base).findings
    assert (one.message, other.message) == ("联系人：〔姓名1〕。", "请〔姓名1〕补写。")
    assert one.evidence[0].quote == "负责人〔姓名2〕"


def test_a_name_in_a_file_name_is_hidden_and_the_hash_stays(make: Make) -> None:
    base = make()
    files = (dataclasses.replace(base.files[0], name="方案（联系人王小明13905270001）.docx"), base.files[1])
    hidden = redacted(dataclasses.replace(base, files=files))
    assert "王小明" not in hidden.files[0].name
    assert "139" not in hidden.files[0].name
    assert [f.sha256 for f in hidden.files] == [f.sha256 for f in files]


def test_codes_amounts_and_the_regulation_stay_and_a_remark_says_what_was_done(make: Make) -> None:
    base = make()
    hidden = redacted(base)
    assert hidden.regulation == base.regulation
    assert [(f.id, f.status, f.article) for f in hidden.findings] == [
        (f.id, f.status, f.article) for f in base.findings
    ]
    assert hidden.budget.total == base.budget.total
    assert hidden.remarks == (REMARK,)
    assert REMARK in render(hidden, "text").decode()


@pytest.mark.parametrize("kind", ["text", "html", "json", "docx", "notice", "xlsx", "sarif"])
def test_nothing_hidden_is_left_in_any_format(make: Make, kind: str) -> None:
    import io
    import zipfile

    secret = "联系人：王小明，13905270001，10.2.3.4"
    found = Finding(
        "sihong.8.scope", Status.MISSING, "事项", secret, suggestion=secret, evidence=(Evidence(secret, 0),)
    )
    data = render(redacted(make(findings=(found,), name=secret)), kind)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"".join(package.read(name) for name in package.namelist())
    text = data.decode("utf-8", "replace")
    for word in ("王小明", "13905270001", "10.2.3.4"):
        assert word not in text


def test_equal_assessments_are_hidden_alike(make: Make) -> None:
    assert redacted(make()) == redacted(make())


def test_hostile_text_stays_dead(hostile: Assessment, dead: Any) -> None:
    assert not dead.search(render(redacted(hostile), "text").decode("utf-8"))
    assert json.loads(render(redacted(hostile), "json"))


def test_the_language_libraries_are_loaded_only_when_names_are_to_be_hidden() -> None:
    import subprocess

    code = "import sys, pipeline.review.redaction; sys.exit('jieba' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
