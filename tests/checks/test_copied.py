from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.copied import article_hashes, articles, share_copied, shingles
from checks.reading import Reading
from pipeline.model.text import fold

REGULATION = """\
青禾县人民政府办公室文件
青政办发〔2030〕7号
各乡镇人民政府：
第一章 总则
第一条 为了让牧民少跑路，本县的信息系统应当彼此相通，
不得各自为政。
- 第二条 信息系统的建设由县大数据局统一安排，每年八月集中申报一次。
第二章 附则
第三条 本细则自印发之日起施行。
附件：申报表
抄送：县委各部门。
"""


def test_articles_are_read_without_letterhead_chapters_and_annex() -> None:
    assert list(articles(REGULATION)) == [
        "为了让牧民少跑路,本县的信息系统应当彼此相通,不得各自为政。",
        "信息系统的建设由县大数据局统一安排,每年八月集中申报一次。",
        "本细则自印发之日起施行。",
    ]


def test_a_copied_sentence_is_told_from_one_in_own_words() -> None:
    known = frozenset(int(h, 16) for h in article_hashes(REGULATION))
    copied = fold("信息系统的建设由县大数据局统一安排，每年八月集中申报一次。")
    own = fold("本站的登记系统请县大数据局一并考虑，已在八月份报出，预计十月答复。")
    assert share_copied(copied, known) == 1.0
    assert share_copied(own, known) == 0.0


@pytest.mark.parametrize(
    ("sentence", "copied"),
    [
        ("信息系统的建设由县大数据局统一安排，每年八月集中申报一次。", True),
        ("本县的信息系统应当彼此相通，不得各自为政。", True),
        ("本县的信息系统与州里的相通，十月起不再各自为政。", False),
        ("信息系统彼此相通。", False),
    ],
)
def test_a_short_sentence_counts_as_copied_only_where_nearly_all_of_it_is(
    sentence: str, copied: bool, read: Callable[..., Reading]
) -> None:
    known = frozenset(int(h, 16) for h in article_hashes(REGULATION))
    before = read(f"# 必要性\n{sentence}", "sihong")
    seen = Reading(before.proposal, before.lexicon, known).seen
    assert [s.copied for s in seen if s.passage.text == sentence] == [copied]


def test_punctuation_and_width_do_not_hide_a_copy() -> None:
    assert shingles(fold("每年８月，集中申报一次；由县统一安排")) == shingles(fold("每年8月集中申报一次由县统一安排"))


def test_nothing_is_copied_from_nothing() -> None:
    assert share_copied("信息系统的建设由县大数据局统一安排", frozenset()) == 0.0
    assert shingles("不足十个字") == frozenset()


def test_the_command_prints_sorted_hashes(tmp_path: Path, root: Path) -> None:
    file = tmp_path / "regulation.txt"
    file.write_text(REGULATION, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "checks.copied", str(file)], capture_output=True, text=True, check=True, cwd=root
    )
    assert tuple(done.stdout.split()) == article_hashes(REGULATION)
    assert done.stdout.split() == sorted(set(done.stdout.split()))
