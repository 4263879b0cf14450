"""All quality findings of a submission; each is an error of form that a department can mend at a glance."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from checks.attachments import holds_content
from checks.profiles import Profile
from checks.quality.places import foreign_county
from checks.reading import Reading
from checks.seen import Seen
from pipeline.model.assessment import Evidence, Finding, Status
from pipeline.model.document import BlockKind, Document
from pipeline.model.outline import Passage, PassageKind, Section
from pipeline.model.proposal import Form
from pipeline.model.submission import UNREAD_CODES, Role
from pipeline.model.text import fold

_MAX_EVIDENCE = 5
_SHORT_TITLE = 3  # characters; shorter ones stand in many others
_TITLE_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节篇部分]+|附[件表录图][一二三四五六七八九十\d]*|"
    r"[(]?[一二三四五六七八九十百\d.]+[)、.]?|[壹贰叁肆伍陆柒捌玖拾]+[、.]?|[甲乙丙丁戊己庚辛壬癸][、.](?:\d[、.]?)?)"
)
_ANNEX = re.compile(r"附[件录]")
_DOCUMENT = re.compile(r"(?:项目|建设|改建|扩建|改造|升级|运维|服务|实施)(?:建设)?方案(?:\([^()]*\))?$")
_FIGURES = {"om_cost": "om_cost", "annual": "annual_budget"}  # the topics of what a rule asks for as a figure
_CLAUSE = re.compile("[,;。]")
_CHECKED = (Role.PLAN, Role.FORM, Role.FEASIBILITY, Role.OTHER, Role.BUDGET, Role.DEMAND)


def check_quality(reading: Reading, profile: Profile, submitted: dt.date | None) -> tuple[Finding, ...]:
    """The quality findings, in a fixed order; none where there is nothing to say."""
    found = [
        _empty_sections(reading),
        _placeholders(reading),
        _deferrals(reading, profile),
        _ghosts(reading),
        _unread(reading),
        _late(profile, submitted),
        foreign_county(reading, profile),
    ]
    return tuple(f for f in found if f is not None)


def _finding(code: str, title: str, texts: tuple[str, str], evidence: list[Evidence], sure: float) -> Finding:
    """A quality finding; `texts` are its message and its suggestion."""
    message, suggestion = texts
    return Finding(
        f"quality.{code}",
        Status.WARNING,
        title,
        message,
        suggestion=suggestion,
        confidence=sure,
        evidence=tuple(evidence[:_MAX_EVIDENCE]),
    )


def _empty_sections(reading: Reading) -> Finding | None:
    """Leaf sections with nothing at all under their heading (a picture counts as something)."""
    empty = [s for s in reading.outline.sections if _is_empty(reading, s)]
    if not empty:
        return None
    names = "、".join(f"“{s.display}”" for s in empty[:5])
    texts = (f"有标题而没有内容：{names}。", "请补写内容，或删去该标题。")
    return _finding("empty_section", "空章节", texts, [reading.heading_evidence(s) for s in empty], 0.9)


def _is_empty(reading: Reading, section: Section) -> bool:
    file = reading.outline.submission.files[section.file]
    if file.role not in _CHECKED or section.last > section.block:
        return False
    if section.block + 1 >= len(file.document.blocks) and section.level > 2:
        return False
    if _runs_into_unread(file.document, section) or _only_titles(reading, section):
        return False
    if _ANNEX.match(fold(section.display)) and len(reading.outline.submission.files) > 1:
        return False  # a list of the annexes that come as files of their own
    return _confident_heading(reading, section)


def _only_titles(reading: Reading, section: Section) -> bool:
    """Whether chapters as high as the title follow it: it is an annex's, or the document's own set once more."""
    title = fold(section.title)
    if _ANNEX.match(fold(section.display)) or (not section.number and _DOCUMENT.search(title)):
        return holds_content(reading.outline, section)
    return False


def _runs_into_unread(document: Document, section: Section) -> bool:
    """Whether a page that was not read may hold the section's text: its own, or one before the next text read."""
    unread = {*document.unreadable_pages, *(w.page for w in document.warnings if w.code in UNREAD_CODES and w.page)}
    if section.page is None or not unread:
        return False
    following = document.blocks[section.block + 1 : section.block + 2]
    end = following[0].page if following and following[0].page is not None else document.pages[-1].number
    return any(section.page <= number <= end for number in unread)


def _confident_heading(reading: Reading, section: Section) -> bool:
    """A heading that the format declares, or one whose numbering its neighbours share."""
    block = reading.outline.submission.files[section.file].document.blocks[section.block]
    if block.kind is BlockKind.HEADING:
        return True
    siblings = [s for s in reading.outline.sections if s.file == section.file and s.level == section.level]
    return bool(section.number) and len(siblings) >= 2 and not section.title.endswith(("表", "图"))


def _placeholders(reading: Reading) -> Finding | None:
    found = [
        s for s in reading.seen
        if s.speaking and (s.placeholder or s.blank)
    ]  # fmt: skip
    if not found:
        return None
    texts = (f"有{len(found)}处模板提示或占位符没有替换成内容。", "请逐处填写实际内容。")
    return _finding("placeholder", "占位符未替换", texts, [reading.evidence(s) for s in found], 0.9)


def _deferrals(reading: Reading, profile: Profile) -> Finding | None:
    """Sentences that put off a content which the county requires."""
    names = {n for r in profile.rules for n in [getattr(r, "topic", None), *getattr(r, "also", [])] if n}
    figures = {getattr(r, "figure", None) for r in profile.rules}
    names |= {topic for figure, topic in _FIGURES.items() if figure in figures}
    topics = [reading.lexicon.topics[name] for name in sorted(names)]
    found = [e for form in reading.proposal.forms for e in _attached(reading, form)]
    for seen in reading.seen:
        if not (seen.speaking and seen.deferral) or (seen.passage.kind is PassageKind.ROW and not _in_words(seen)):
            continue
        path = [fold(t) for t in reading.outline.path(seen.passage.section)[-2:]]
        for topic in topics:
            mentioned = topic.mentions is not None and topic.mentions.search(seen.bare)
            headed = topic.section is not None and any(topic.section.search(t) for t in path)
            if mentioned or (headed and _alone(reading, seen)):
                found.append(reading.evidence(seen))
                break
    if not found:
        return None
    message = "有必备内容写成“另行编制”“详见附件”（未附）或“待以后再定”。"
    return _finding("deferred", "内容被推后", (message, "请在方案中写明，或附上所指的附件。"), found, 0.85)


def _in_words(seen: Seen) -> bool:
    """Whether a cell of a row says something in a clause of its own (加密…；密评安排待批复后另行编制)."""
    return any(_CLAUSE.search(cell.strip(",;:。")) for cell in seen.text.split("|"))


def _attached(reading: Reading, form: Form) -> Iterator[Evidence]:
    """The fields of a form that point at an attachment which was not submitted, as far as all pages were read."""
    if reading.outline.submission.unread:
        return
    for field in form.fields:
        reference = re.search(r"附(?:件|表|录)([一二三四五六七八九十\d]*)", fold(field.value))
        if field.state == "attached" and reference and not reading.has_attachment(reference.group(1), ""):
            place = field.place
            quote = f"{field.label}：{field.value}"
            yield Evidence(quote, place.file, place.page, (form.title,), place.block, place.table)


def _alone(reading: Reading, seen: Seen) -> bool:
    """Whether the section that the sentence stands in says little besides."""
    if seen.passage.section is None:
        return False
    section = reading.outline.sections[seen.passage.section]
    return sum(len(s.text) for s in reading.content(section)) < 120


def _ghosts(reading: Reading) -> Finding | None:
    """Contents entries that no heading or line of the body bears out, where most entries are borne out."""
    out: list[Evidence] = []
    for file, submitted in enumerate(reading.outline.submission.files):
        if submitted.document.unreadable_pages:
            continue  # what the contents list may stand there
        entries = [t for f, t in reading.outline.contents if f == file and len(fold(t)) >= 2]
        if not entries:
            continue
        titles = {_bare(s.title) for s in reading.outline.sections if s.file == file}
        lines = {_bare(p.text) for p in reading.outline.passages if p.file == file and _stands_alone(p)}
        free = titles - {_bare(t) for t in entries}  # a heading that is another entry's own bears out no second one
        missing = [t for t in entries if not _borne_out(_bare(t), titles | lines, free)]
        if missing and len(missing) <= len(entries) / 2:
            out.extend(Evidence(t, file, None, ("目录",)) for t in missing)
    if not out:
        return None
    names = "、".join(f"“{e.quote}”" for e in out[:5])
    texts = (f"目录列有而正文没有：{names}。", "请补写该章节，或更新目录。")
    return _finding("toc_mismatch", "目录与正文不符", texts, out, 0.88)


def _stands_alone(passage: Passage) -> bool:
    """Whether a passage of the body may be a title: a line, or a table's row that is one cell, as a title row is."""
    return passage.kind is not PassageKind.ROW or " | " not in passage.text


def _bare(title: str) -> str:
    """A title for comparison: folded, without number and punctuation."""
    return re.sub(r"[^\u4e00-\u9fffa-z0-9]", "", _TITLE_NUMBER.sub("", fold(title)))


def _borne_out(title: str, known: set[str], free: set[str]) -> bool:
    """Whether the body has the title itself, or a heading that says it in more or fewer words."""
    return not title or title in known or any(title in t or t in title for t in free if len(t) > _SHORT_TITLE)


def _unread(reading: Reading) -> Finding | None:
    out = []
    for file, submitted in enumerate(reading.outline.submission.files):
        for page in submitted.document.pages:
            if not page.readable:
                quote = f"{submitted.document.name} 第{page.number}页：{page.reason or '没有读出'}"
                out.append(Evidence(quote, file, page.number, (), None, page_label=page.label))
        if not submitted.document.unreadable_pages:
            out += [Evidence(f"{submitted.document.name}：{part}", file) for part in submitted.unread_parts]
    if not out:
        return None
    message = f"共{len(out)}处没有读出，与之有关的要求列为待人工复核。"
    return _finding("unreadable_page", "有内容没有读出", (message, "请提交可以复制文字的文件，或人工核对。"), out, 1.0)


def _late(profile: Profile, submitted: dt.date | None) -> Finding | None:
    """Submitted after the round closed (or before it opened), by the regulation's own day."""
    closes = profile.county.round.closes
    if submitted is None or closes is None:
        return None
    if submitted.strftime("%m-%d") <= closes:
        return None
    message = f"报送日期{submitted.isoformat()}晚于本批次截止日。{profile.county.round.text}。"
    return _finding("late", "逾期报送", (message, "请说明逾期原因，或转入下一批次。"), [], 1.0)
