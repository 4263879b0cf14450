"""What each submitted file is (材料类别): by its title, then by the marks of its body, then by its file name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from corpora.access import load_yaml
from pipeline.errors import ProfileError
from pipeline.model.document import Block, BlockKind, Document
from pipeline.model.submission import Role, Submission, SubmittedFile
from pipeline.model.text import fold

_TITLE_LINES = 8  # how many lines at the top may belong to the title page
_LONGEST_NOUN = 30
_TITLE_LENGTH = 60  # folded characters; a longer line is prose
_SENTENCE = "。；，：！？;,:!?"
# What may stand behind the noun of a title: brackets, version, date, number of a document, punctuation.
_TAIL = re.compile(
    r"(?:[(（〔\[【<《][^)）〕\]】>》]{0,30}[)）〕\]】>》]|v?\d+(?:\.\d+)*版?|\d{2,4}年\d*月?\d*日?|"
    r"送审稿|报审稿|报批稿|评审稿|修订稿|终稿|定稿|正稿|初稿|草案|版|扫描件|复印件|[-_.、·\"'》」 ]|号)+$"
)
_WRAPPED = re.compile(r"^[《「\"]|[》」\"]$")
_ALSO_PLAN = re.compile(r"[(〔\[](?:项目)?(?:建设|实施|技术|设计)方案[)〕\]]$")  # 采购需求书（建设方案）
_ANNEX = re.compile(r"^附(?:件|表|录)?[一二三四五六七八九十\d]*[:：、.\s]*")
_MARKED_BLOCKS = 40
_MARKED_LENGTH = 6_000  # folded characters; a longer narrative is no minute, opinion or form
_PLAN_INSIDE = 1_200  # folded characters of prose that follow a plan's title inside a form or minutes
_NARRATIVE = 800  # folded characters of prose from which an untold file may be the plan
_MAY_HOLD_A_PLAN = (Role.FORM, Role.MINUTES, Role.OPINION, Role.BUDGET)
_OTHER_PLANS = (Role.PLAN, Role.FEASIBILITY, Role.DEMAND)
# Roles that may stand in for a plan that nothing is titled as, first choice first, with the prose that this takes.
_STAND_INS: tuple[tuple[tuple[Role | None, ...], int], ...] = (
    ((None, Role.OTHER), _NARRATIVE),
    ((Role.FORM,), _PLAN_INSIDE),
    ((Role.SUPPORT, Role.OPINION, Role.MINUTES), _MARKED_LENGTH),
)
_AMOUNTS = re.compile(r"金额|费用|总价|造价|预算|概算|小计")
_SUM = re.compile(r"(?:合|总)计[:(]?.{0,8}|总(?:金额|价|投资)")
_HEAD_ROWS = 4  # the first rows of a workbook, of which one may be the head of its table
_SHEETS = ("xlsx", "xls", "ods")


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary of one role."""

    role: Role
    title: re.Pattern[str]
    name: re.Pattern[str]
    marks: tuple[re.Pattern[str], ...] = ()
    enough: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    """A role and the words that tell it."""

    role: Role
    words: str


def with_roles(submission: Submission) -> Submission:
    """The submission with each file's role and the words that gave it; nothing else is changed.

    A file that holds a form (申报表) and the plan is the plan. Where no file is titled as plan, feasibility report or
    demand report, the one with most prose that is nothing else is the plan.
    """
    told = [_tell(file.document) for file in submission.files]
    if not any(t and t.role in _OTHER_PLANS for t in told):
        index = _longest_untold(submission, told)
        if index is not None:
            told[index] = _Told(Role.PLAN, _first_line(submission.files[index].document))
    files = tuple(_with(file, found) for file, found in zip(submission.files, told, strict=True))
    return replace(submission, files=files)


def _with(file: SubmittedFile, found: _Told | None) -> SubmittedFile:
    return replace(file, role=found.role if found else Role.OTHER, role_evidence=found.words if found else "")


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[_Words, ...]:
    data: dict[str, Any] = load_yaml("lexicon", "roles.yaml")
    try:
        return tuple(
            _Words(
                role=Role(role),
                title=re.compile("(?:" + "|".join(f"(?:{p})" for p in entry["title"]) + ")$"),
                name=re.compile("|".join(f"(?:{p})" for p in entry["name"])),
                marks=tuple(re.compile(p, re.M) for p in entry.get("marks", ())),
                enough=int(entry.get("enough", 0)),
            )
            for role, entry in data.items()
        )
    except (KeyError, ValueError, TypeError, re.error) as error:
        raise ProfileError(f"词库 lexicon/roles.yaml 有误：{error}。", "请恢复安装包中的原文件。") from error


def _tell(document: Document) -> _Told | None:
    found = _by_title(document) or _by_marks(document) or _by_name(document) or _by_amounts(document)
    if found and found.role in _MAY_HOLD_A_PLAN:
        return _plan_inside(document) or found
    return found


def _by_title(document: Document) -> _Told | None:
    """The role that the title page tells, with the title as its words."""
    lines = list(_title_lines(document))
    for size in (1, 2, 3):  # a title may be broken over lines; the whole ends with its noun
        for start in range(len(lines) - size + 1):
            raw = "".join(lines[start : start + size])
            role = title_role(raw)
            if role is not None:
                return _Told(role, raw)
    return None


def _title_lines(document: Document) -> Iterator[str]:
    """Lines before the first prose or the contents page, a one-cell or head row of a table included."""
    count = 0
    for block in document.blocks:
        if block.kind is BlockKind.CONTENTS or count >= _TITLE_LINES:
            return
        for line in _lines(block):
            folded = fold(line)
            if folded in ("目录", "目次"):
                return
            if len(folded) > _TITLE_LENGTH or (len(folded) > 25 and folded[-1] in _SENTENCE):
                return
            count += 1
            yield line
        if block.kind is BlockKind.TABLE and count > 1:
            return


def _lines(block: Block) -> list[str]:
    if block.table is not None:
        rows = block.table.grid()[:1]
        texts = [cell for row in rows for cell in row if cell.strip()]
        return texts if len(texts) == 1 else []
    text = block.text.strip()
    return text.split("\n") if text else []


def title_role(line: str) -> Role | None:
    """The role of a document titled `line`, by the noun at its end; None where it tells none."""
    folded = _ANNEX.sub("", fold(line))
    if _ALSO_PLAN.search(folded):
        return Role.PLAN
    bare = _WRAPPED.sub("", _TAIL.sub("", _WRAPPED.sub("", folded))) or folded
    best: tuple[int, Role] | None = None
    for words in _vocabulary():
        start = _earliest(words.title, bare)
        if start is not None and (best is None or start < best[0]):
            best = (start, words.role)
    return best[1] if best else None


def _earliest(pattern: re.Pattern[str], text: str) -> int | None:
    """Where the longest match begins that ends where the text ends; None where there is none."""
    starts = range(max(0, len(text) - _LONGEST_NOUN), len(text))
    return next((start for start in starts if pattern.match(text, start)), None)


def _by_marks(document: Document) -> _Told | None:
    """The role whose marks the body bears, where it is short enough to be of that role."""
    blocks = document.blocks[:_MARKED_BLOCKS]
    text = "\n".join(fold(line) for block in blocks for line in block.text.splitlines())
    sheet = document.format in _SHEETS
    if not text or (_prose(document.blocks) > _MARKED_LENGTH and not sheet):
        return None
    best: tuple[int, _Told] | None = None
    for words in _vocabulary():
        hits = [m.group() for m in (mark.search(text) for mark in words.marks) if m]
        if words.role is Role.BUDGET and not sheet:
            continue  # a plan's cost table bears the same marks
        surplus = len(hits) - words.enough
        if words.enough and surplus >= 0 and (best is None or surplus > best[0]):
            best = (surplus, _Told(words.role, _first_line(document)))
    return best[1] if best else None


def _by_name(document: Document) -> _Told | None:
    """The role that the file name tells by its last telling word."""
    stem = fold(PurePosixPath(document.name).stem)
    best: tuple[tuple[int, int], Role] | None = None
    for words in _vocabulary():
        for match in words.name.finditer(stem):
            rank = (match.end(), -match.start())
            if best is None or rank > best[0]:
                best = (rank, words.role)
    return _Told(best[1], document.name) if best else None


def _by_amounts(document: Document) -> _Told | None:
    """A workbook with a column of amounts and their sum is the estimate, whatever it is called."""
    if document.format not in _SHEETS:
        return None
    grids = (block.table.grid() for block in document.blocks if block.table is not None)
    for grid in grids:
        head = next((row for row in grid[:_HEAD_ROWS] if any(_AMOUNTS.search(fold(cell)) for cell in row)), None)
        if head is not None and any(_SUM.fullmatch(fold(cell)) for row in grid for cell in row):
            return _Told(Role.BUDGET, " ".join(cell for cell in head if cell.strip()))
    return None


def _plan_inside(document: Document) -> _Told | None:
    """The plan or report that a file holds after its form or minutes: a title of its own, and prose below it."""
    for place, block in enumerate(document.blocks):
        if block.kind in (BlockKind.TABLE, BlockKind.CONTENTS) or not _stands_out(block):
            continue
        role = title_role(block.text)
        if role in _OTHER_PLANS and _prose(document.blocks[place + 1 :]) >= _PLAN_INSIDE:
            return _Told(role, block.text)
    return None


def _stands_out(block: Block) -> bool:
    """Whether a block looks like a title: short, no sentence, and set as one or numbered as nothing."""
    folded = fold(block.text)
    return 0 < len(folded) <= _TITLE_LENGTH and folded[-1] not in _SENTENCE and not block.number


def _prose(blocks: tuple[Block, ...]) -> int:
    """Folded characters outside tables and contents pages."""
    return sum(len(fold(b.text)) for b in blocks if b.kind not in (BlockKind.TABLE, BlockKind.CONTENTS))


def _longest_untold(submission: Submission, told: list[_Told | None]) -> int | None:
    """The file with most prose that has no role; else a form with prose, or a supporting file as long as a plan."""
    for roles, least in _STAND_INS:
        lengths = [
            (_prose(file.document.blocks), -index)
            for index, (file, found) in enumerate(zip(submission.files, told, strict=True))
            if (found.role if found else None) in roles
        ]
        if lengths and max(lengths)[0] >= least:
            return -max(lengths)[1]
    return _only_file(submission, told)


def _only_file(submission: Submission, told: list[_Told | None]) -> int | None:
    """A single file that nothing tells anything of is taken for the plan, however short."""
    return 0 if len(submission.files) == 1 and (told[0] is None or told[0].role is Role.OTHER) else None


def _first_line(document: Document) -> str:
    return next((b.text.split("\n", 1)[0][:80] for b in document.blocks if b.text.strip()), document.name)
