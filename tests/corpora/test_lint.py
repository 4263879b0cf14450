from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.lint import LintProblem, lint
from pipeline import examples
from pipeline.errors import UsageError

Fangan = Callable[..., tuple[int, str, str]]


@pytest.fixture
def county(tmp_path: Path, counties: Path) -> Path:
    """A copy of a county that may be broken."""
    return Path(shutil.copytree(counties / "sihong", tmp_path / "sihong"))


def change(file: Path, old: str, new: str) -> int:
    """Replace the first place where `old` stands and give its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


FAULTS = [
    ("rules/contents.yaml", "topic: background", "topik: background", "没有“topik”这个键，是否应为“topic”"),
    ("rules/contents.yaml", "topic: necessity", "topic: necesity", "相近的有：necessity"),
    ("rules/contents.yaml", "level: required", "level: must", "只能是：veto、required、conditional、advisory"),
    ("rules/contents.yaml", "kind: content", "kind: contents", "只能是：content、element、figure"),
    ("rules/contents.yaml", "parts: [basis]", "parts: [basic]", "“basic”不可用，只能是：basis"),
    ("rules/contents.yaml", "article: 第八条", "article: 第八十条", "共36条，没有“第八十条”"),
    ("rules/contents.yaml", "article: 第八条", "article: 8", "应为文字；数字和日期请加引号"),
    ("rules/contents.yaml", "article: 第八条", "article: 八条", "不是条款的写法"),
    ("rules/contents.yaml", "applies_when: cross_department", "applies_when: crossdepartment", "没有名为|只能是"),
    ("rules/contents.yaml", "id: sihong.8.necessity", "id: sihong.8.background", "重复，已见于 contents.yaml"),
    ("rules/contents.yaml", "id: sihong.8.necessity", "id: nanxian.8.necessity", "应以“sihong.”开头"),
    ("rules/contents.yaml", "  title: \"必要性\"", "  title: \"必要性\"\n  title: \"必要\"", "键“title”重复"),
    ("rules/contents.yaml", "- expect: satisfied", "- expect: pass", "“pass”不可用，只能是：satisfied"),
    ("rules/contents.yaml", "  level: required", "  level: [required", "不是有效的 YAML"),
    ("rules/figures.yaml", "figure: annual", "figure: yearly", "“yearly”不可用，只能是：annual、budget_table"),
    ("rules/sharing.yaml", "part: interface", "part: interfaces", "只能是：list、process、interface"),
    ("rules/sharing.yaml", "chapter: true", "chapter: maybe", "应为 true 或 false"),
    ("rules/bans.yaml", "public_cloud", "puplic_cloud", "“puplic_cloud”不可用，只能是："),
    ("rules/bans.yaml", "exemptions: [legal]", "exemptions: [lawful]", "“lawful”不可用，只能是："),
    ("rules/bans.yaml", "exempt_when: [classified]", "exempt_when: classified", "应为列表"),
    ("routes.yaml", "because:", "becuase:", "是否应为“because”"),
    ("routes.yaml", "holds: [classified]", "holds: [clasified]", "“clasified”不可用|没有名为"),
    ("county.yaml", "issued_on: \"2022-01-30\"", "issued_on: \"2023-01-30\"", "“effective_from”早于“issued_on”"),
    ("county.yaml", "issued_on: \"2022-01-30\"", "issued_on: 2022-1-30", "不是日期|应为文字"),
    ("county.yaml", "issued_on: \"2022-01-30\"", "issued_on: \"2022-1-30\"", "不是日期，应写成“2026-09-30”"),
    ("county.yaml", "closes: \"09-30\"", "closes: \"9月30日\"", "不是月-日的写法"),
    ("county.yaml", "id: sihong", "id: sihoong", "与目录名“sihong”不一致"),
    ("county.yaml", "division_code: \"321324\"", "division_code: \"3213\"", "格式不对"),
    ("shingles.txt", "\n", "\nzz\n", "应为八位十六进制数"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), FAULTS, ids=lambda value: value[:24])
def test_a_fault_is_told_with_its_line(county: Path, name: str, old: str, new: str, said: str) -> None:
    line = change(county / name, old, new) + new.removeprefix(old).count("\n") * (new != old)
    found = [p for p in lint(county) if Path(p.file) == county / name]
    told = [p for p in found if any(words in p.message for words in said.split("|"))]
    assert told, found
    assert abs(told[0].line - line) <= 1


def test_a_missing_key_is_told_at_its_rule(county: Path) -> None:
    line = change(county / "rules" / "contents.yaml", "  topic: necessity\n", "")
    (problem,) = lint(county)
    assert (problem.field, problem.message) == ("sihong.8.necessity.topic", "缺少必填的键“topic”。")
    assert line - 9 < problem.line < line


def test_a_rule_without_a_failing_example_is_told(county: Path) -> None:
    file = county / "rules" / "management.yaml"
    text = file.read_text(encoding="utf-8").replace("expect: missing", "expect: satisfied")
    file.write_text(text.replace("expect: partial", "expect: satisfied"), encoding="utf-8")
    assert [p.field for p in lint(county)] == ["sihong.17.supervision.examples"]


def test_a_rule_with_one_example_is_told(county: Path) -> None:
    file = county / "rules" / "figures.yaml"
    text = file.read_text(encoding="utf-8")
    one = text.index("    - expect", text.index("    - expect") + 1)
    file.write_text(text[:one], encoding="utf-8")
    assert [p.message for p in lint(county)] == ["至少要有2项，现有1项。"]


def test_an_example_with_an_unknown_form_is_told(county: Path) -> None:
    change(county / "rules" / "bans.yaml", "# 部署方式", "@form tax")
    assert ["@form tax" in p.message for p in lint(county)] == [True]


def test_missing_files_of_a_county_are_told(county: Path) -> None:
    (county / "routes.yaml").unlink()
    shutil.rmtree(county / "rules")
    assert {(Path(p.file).name, p.message) for p in lint(county)} == {
        ("routes.yaml", "缺少这个文件。"), ("rules", "目录里没有规则文件。"),
    }  # fmt: skip


def test_one_file_is_checked_against_the_county_around_it(county: Path) -> None:
    file = county / "rules" / "contents.yaml"
    change(file, "article: 第八条", "article: 第四十条")
    change(county / "routes.yaml", "because:", "becuase:")
    assert [p.message for p in lint(file)] == ["《泗洪县政务信息化项目建设管理办法》共36条，没有“第四十条”。"]


def test_a_file_by_itself_is_checked_without_a_county(tmp_path: Path, counties: Path) -> None:
    file = Path(shutil.copy(counties / "nanxian" / "rules" / "bans.yaml", tmp_path / "bans.yaml"))
    assert lint(file) == ()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"a: &a [*a]", b"- 1\n- x: 2\n", b"42", b"- [1, 2]"])
def test_what_is_no_rules_file_is_told_and_not_raised(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes(content)
    assert lint(file)
    assert all(isinstance(p, LintProblem) and p.message.endswith("。") for p in lint(file))


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        lint(tmp_path / "nowhere")


def test_a_misjudged_example_is_told_with_its_line(county: Path) -> None:
    line = change(county / "rules" / "figures.yaml", "- expect: satisfied", "- expect: missing")
    found = [p for p in examples.lint(county / "rules" / "figures.yaml") if "第1个示例" in p.message]
    assert [(p.line, p.field) for p in found] == [(line, "sihong.8.annual_budget.examples")]


def test_the_command_prints_file_line_and_field(county: Path, fangan: Fangan) -> None:
    line = change(county / "rules" / "contents.yaml", "level: required", "level: must")
    status, _, said = fangan("profiles", "lint", county)
    assert status == 5
    assert f"contents.yaml:{line}:3: sihong.8.background.level: “must”不可用" in said
