"""Project facts (项目事实): name and declaring unit, from form, labels, cover and text, in that order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model.document import Block, BlockKind
from pipeline.model.lexicon import Lexicon
from pipeline.model.outline import Outline, PassageKind
from pipeline.model.proposal import Form
from pipeline.model.submission import Role
from pipeline.model.text import fold, fold_with_map
from pipeline.model.wording import Wording

_COVER_BLOCKS = 40
_NICKNAME = re.compile(r"[，,]|[（(](?:以下|下称|简称)")
_NOUN = re.compile(r"(?:项目|系统|平台|工程|改造|升级|建设|服务|更新|运维|运行维护)(?:\(.{1,12}\))?$")
_SKIP = re.compile(r"[:。]|申报|说明|材料|目录|^20\d\d年|方案")
_REQUEST = re.compile(r"^关于(?:申报|报送|上报|实施|开展|申请|建设)*(.+?)的?$")  # 关于申报某系统项目的 / 建设方案
_CONTINUES = re.compile(
    r"^(?:与|及|和|暨|的|综合|服务|管理|信息|系统|平台|项目|建设项目|升级|改造|\(.{1,8}\)$|20\d\d(?:[—–~-]+20\d\d)?年度?.)"
)  # a title set in two lines
_ASIDE = re.compile(r"\([^()]{1,12}\)")  # (购买服务)建设方案
_DECLARED_BY = re.compile(r"^(?:牵头|联合|主办)?(?:申报|报送|提出|呈报|编报|单位)[：:]\s*")
_DATED = re.compile(r"[\s　]+(?:20\d\d|二[〇○零]..)年[^，。]{0,8}$")  # a date behind the unit on one line of the cover
_SECTION = re.compile(
    r"(?<=[局院馆校])[\u4e00-\u9fff]{2,8}(?:[股科]|(?<!办公)(?<!研究)室)$"
)  # 民政局社会事务股 on the cover
_COUNTY = 6  # characters of a county's name in front of a project's
_FORM_TITLE = re.compile(r"申报表|计划表|申请表|审批表|登记表|会议纪要|意见书|评审意见|论证意见")
_FILE_TAIL = re.compile(
    r"[-_－\s]*(?:建设方案|技术方案|实施方案|方案|申报书|终稿|定稿|送审稿|报审稿|v?\d+(?:\.\d+)*|\d{8})+$"
)


def project_name(outline: Outline, forms: tuple[Form, ...], lexicon: Lexicon) -> str:
    """The project's name as written, "" where none was found."""
    for form in forms:
        value = next((f.value for f in form.fields if f.name == "name" and f.state == "filled"), "")
        if value:
            return _fuller(value.strip(), _cover_title(outline, lexicon))
    labelled = _labelled(outline, lexicon.project["name_label"])
    if labelled:
        return _plain(_NICKNAME.split(labelled)[0])
    under = _under_heading(outline, re.compile(r"^(?:项目|系统|工程)名称$"))
    if under and len(under) <= 60:
        return _plain(_NICKNAME.split(_before_stop(under))[0])
    return _cover_title(outline, lexicon) or _heading_title(outline)


def _fuller(name: str, title: str) -> str:
    """The cover's title where it is the form's name with the county before it."""
    return title if title.endswith(name) and len(title) <= len(name) + _COUNTY else name


def project_unit(outline: Outline, forms: tuple[Form, ...], lexicon: Lexicon) -> str:
    """The declaring unit as written, "" where none was found."""
    labelled = [_plain(u) for u in _all_labelled(outline, lexicon.project["unit_label"]) if _is_unit(u, lexicon)]
    if labelled:
        return Counter(labelled).most_common(1)[0][0]
    under = _under_heading(outline, re.compile(r"^(?:项目)?(?:建设|申报|实施|编制)单位(?:概况|简介|情况)?$"))
    if under:
        first = re.split(r"[,，。;；(（]", under)[0]
        if _is_unit(first, lexicon):
            return _plain(first)
    for block in cover_lines(outline):
        line = _SECTION.sub("", _DECLARED_BY.sub("", _DATED.sub("", block.text)))
        if _is_unit(line, lexicon):
            return _plain(line)
    return _sentence_unit(outline, lexicon)


def _labelled(outline: Outline, pattern: Wording) -> str:
    return next(_all_labelled(outline, pattern), "")


def _all_labelled(outline: Outline, pattern: Wording) -> Iterator[str]:
    """Values behind a label such as 项目名称：, in the wording of the document; plan and form files first."""
    order = {Role.PLAN: 0, Role.FORM: 1}
    files = sorted(range(len(outline.submission.files)), key=lambda i: order.get(outline.submission.files[i].role, 2))
    for file in files:
        if order.get(outline.submission.files[file].role, 2) == 2 and len(files) > 1:
            continue
        for block in outline.submission.files[file].document.blocks:
            lines = _row_texts(block) if block.table is not None else block.text.split("\n")
            for line in lines:
                if pattern.search(fold(line)) is None:
                    continue  # the way back costs much more than the folding
                folded, origin = fold_with_map(line)
                for match in pattern.finditer(folded):
                    start, end = match.span(1)
                    value = line[origin[start] : origin[end - 1] + 1].strip(" ：:|，,。")
                    if value:
                        yield value


def _row_texts(block: Block) -> list[str]:
    rows: dict[int, list[str]] = {}
    for cell in block.table.cells if block.table else ():
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", ""))
    return ["|".join(r) for r in rows.values()]


def _under_heading(outline: Outline, title: re.Pattern[str]) -> str:
    """The first sentence under a heading."""
    for section in outline.sections:
        if title.match(fold(section.title)):
            for passage in outline.passages:
                if passage.section == section.index and passage.kind is not PassageKind.HEADING:
                    return passage.text.strip()
    return ""


def _before_stop(text: str) -> str:
    return re.split(r"[。；;]", text)[0]


def _plain(text: str) -> str:
    """A name without quotation marks around it, trailing stops and runs of blanks."""
    text = re.sub(r"\s+", " " if text.isascii() else "", text).strip("：:，,。；; ")
    inner = re.fullmatch(r"[“\"《](.+)[”\"》]", text)
    return inner.group(1) if inner else text


def _is_unit(text: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.project["unit_name"].match(fold(text))) and len(fold(text)) >= 4


def cover_lines(outline: Outline) -> Iterator[Block]:
    """The first lines of the plan, before its contents page or first table of figures."""
    files = outline.submission.files
    plan = next((f for f in files if f.role is Role.PLAN), files[0] if files else None)
    if plan is None:
        return
    index = files.index(plan)
    first = next((s.block for s in outline.sections if s.file == index), _COVER_BLOCKS)
    for block in plan.document.blocks[: min(_COVER_BLOCKS, max(first, 1))]:
        if block.kind is BlockKind.CONTENTS or fold(block.text) in ("目录", "目次"):
            return
        if block.table is None and block.text.strip():
            yield block


def _cover_title(outline: Outline, lexicon: Lexicon) -> str:
    """The title on the cover without 建设方案 and the like; a line before a bare 建设方案 counts as the title."""
    lines = [b for b in cover_lines(outline) if len(b.text.strip()) <= 60]
    tail = lexicon.project["title_tail"]
    previous = ""
    for block in lines:
        text = block.text.strip()
        folded = fold(text)
        if _FORM_TITLE.search(folded):
            previous = ""
            continue
        match = tail.search(folded)
        if match:
            bare = len(_ASIDE.sub("", folded[: match.start()])) < 4
            if bare and previous:
                return _plain(_REQUEST.sub(r"\1", previous))
            if not bare and previous and _CONTINUES.match(folded):
                return _cut_tail(previous + text, tail.search(fold(previous + text)) or match)
            if not bare:
                return _cut_tail(text, match)
        if not _is_unit(text, lexicon) and 4 <= len(folded) <= 50 and not folded.endswith("。"):
            previous = previous + text if previous and _CONTINUES.match(folded) else text
    return next((_plain(b.text) for b in lines if _NOUN.search(fold(b.text)) and not _SKIP.search(fold(b.text))), "")


def _cut_tail(text: str, match: re.Match[str]) -> str:
    _, origin = fold_with_map(text)
    folded = fold(text)
    noun = re.match(r"项目|系统|平台|工程", folded[match.start() :])
    end = match.start() + (len(noun.group()) if noun else 0)
    return _plain(_REQUEST.sub(r"\1", text[: origin[end - 1] + 1])) if end else _plain(text)


def _heading_title(outline: Outline) -> str:
    """Last resort: the name of the file or folder that was submitted, without 方案 and version marks."""
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", outline.submission.name)
    return _FILE_TAIL.sub("", stem) or stem


def _sentence_unit(outline: Outline, lexicon: Lexicon) -> str:
    votes: Counter[str] = Counter()
    for passage in outline.passages[:200]:
        match = lexicon.project["unit_sentence"].search(fold(passage.text))
        if match and _is_unit(match.group(1), lexicon):
            votes[match.group(1)] += 1
    return votes.most_common(1)[0][0] if votes else ""
