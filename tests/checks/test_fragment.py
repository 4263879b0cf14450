from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.fragment import as_read, to_submission
from corpora.access import load_yaml
from extractors.facts.forms import find_forms
from extractors.structure.outline import build_outline
from pipeline.errors import ProfileError
from pipeline.model.document import BlockKind
from pipeline.model.submission import Role

TEXT = """
# 第一章 背景

有水库八十座。
## 1.1 由来
- 一是巡查不便
| 名称 | 数量 |
| 水位计 | 80 |

| 另一张表 |
"""


def test_each_line_becomes_the_block_it_looks_like() -> None:
    (file,) = to_submission(TEXT).files
    assert [(b.kind, b.level, b.number, b.text) for b in file.document.blocks] == [
        (BlockKind.HEADING, 1, "", "第一章 背景"),
        (BlockKind.PARAGRAPH, None, "", "有水库八十座。"),
        (BlockKind.HEADING, 2, "", "1.1 由来"),
        (BlockKind.PARAGRAPH, None, "•", "一是巡查不便"),
        (BlockKind.TABLE, None, "", "名称 | 数量\n水位计 | 80"),
        (BlockKind.TABLE, None, "", "另一张表"),
    ]
    assert [b.index for b in file.document.blocks] == list(range(6))


def test_rows_of_unequal_length_make_a_true_grid() -> None:
    table = to_submission("| a | b | c |\n| d |").files[0].document.blocks[0].table
    assert table is not None
    assert table.grid() == [["a", "b", "c"], ["d", "", ""]]


def test_sections_of_a_fragment_nest_as_its_marks_say() -> None:
    outline = build_outline(to_submission(TEXT))
    assert [(s.number, s.title, s.level) for s in outline.sections] == [("第一章", "背景", 1), ("1.1", "由来", 2)]


def test_further_files_come_with_their_roles() -> None:
    submission = to_submission("# 方案", "plan", {"minutes": "会议决定申报。", "other": "附件1"})
    assert [f.role for f in submission.files] == [Role.PLAN, Role.MINUTES, Role.OTHER]
    assert len({f.document.name for f in submission.files}) == 3


@pytest.mark.parametrize("name", ["plan_list", "application"])
def test_a_form_is_found_and_filled_in_full(name: str) -> None:
    (form,) = find_forms(build_outline(to_submission(f"@form {name}", "form")))
    assert form.name == name
    assert {f.name: f.state for f in form.fields} == dict.fromkeys((f.name for f in form.fields), "filled")
    assert [f.name for f in form.fields] == list(load_yaml("lexicon", "forms.yaml")[name]["fields"])


@pytest.mark.parametrize("name", ["plan_list", "application"])
def test_a_replaced_field_holds_what_the_fragment_says(name: str) -> None:
    (form,) = find_forms(build_outline(to_submission(f"@form {name}\nname: 智慧食堂平台\nfunding:", "form")))
    values = {f.name: (f.value, f.state) for f in form.fields}
    assert values["name"] == ("智慧食堂平台", "filled")
    assert values["funding"][1] == "blank"


@pytest.mark.parametrize("text", ["@form nothing", "@table", "@form application\ncolour: red", "@form"])
def test_what_the_markup_does_not_know_is_told(text: str) -> None:
    with pytest.raises(ProfileError):
        to_submission(text)


@given(st.text(alphabet="#|-: 县一a1\n", max_size=60))
def test_every_text_without_directives_makes_a_document_with_all_its_words(text: str) -> None:
    (file,) = to_submission(text).files
    shown = "".join(b.number + b.text for b in file.document.blocks)
    assert [c for c in text if c in "县一a1"] == [c for c in shown if c in "县一a1"]


def test_a_form_is_told_by_what_the_example_says_of_it() -> None:
    assert as_read("# 标题\n\n正文。\n@form plan_list\nstart: 年 月\nfunding:") == [
        "# 标题",
        "正文。",
        "《县民政局2026年度政务信息化项目建设（新改扩）申报表》",
        "项目起始时间：年 月",
        "资金来源：（空白）",
    ]
    assert as_read("@form application") == ["《泰兴市政务信息化项目申报表》（各栏均已填写）"]
