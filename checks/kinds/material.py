"""material (材料): a document that the submission must hold: a file of its own, or a clearly bounded part of one.

Fields: `material` is form, plan, minutes, opinion, contract_or_demand or support; `form` names the declaration form;
`topic` tells of the document where it is not there (a dated statement can stand for minutes; a plan to hold the
meeting is partial).

Meets: a file 会议纪要. Does not: 拟于近期提交会议研究.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from checks.bygone import is_bygone
from checks.nearest import with_nearest
from checks.papers import is_of_another_matter
from checks.reading import Reading
from checks.result import Result
from checks.rule import MaterialRule
from checks.seen import Seen
from pipeline.model.assessment import Evidence, Status
from pipeline.model.outline import PassageKind, Section
from pipeline.model.submission import Role, SubmittedFile
from pipeline.model.text import fold

_CHAPTERS = 3  # with content of their own, behind a form
_PLAN_TEXT = 300  # folded characters of own text that make a plan
_LABELLED = re.compile(r"[^:。]{2,12}:")  # a line of a form
_BOUNDED_TEXT = 40
_BRIEF_TEXT = 20  # an instruction (批示) is a line
_PAPERS = re.compile(
    r"附(?:送|报|交)?(?:的)?(?:材料|文件)|(?:支撑|佐证|证明|依据)材料|文件摘[录编]|(?:相关|有关)的?文件(?!夹|名|管理|流转|处理|归档)"
)
_PAPER = re.compile(r"会议纪要|批示|批复|抄告单|规划")
_SAID_TEXT = 12  # folded characters; what is less is no opinion and no decision
_LABEL_ONLY = re.compile(r".{0,24}[::]|(?:20\d\d)?年\d*月\d*日|[\s_|]*|.{0,8}(?:签名|签字|盖章|日期).{0,8}")
_EARLIER = re.compile(r"一期|上一?期|[老旧原](?:系统|平台|项目)")
_OWN = re.compile(r"本项目|本方案|拟(?!定)")
_NAMED_PAPER = re.compile(
    r"(?:纪要|批复|批示|规划摘录|通知)[^。;]{0,30}(?:作为附件|附后|后附|另附|附件[一二三四五六七八九\d]|随[^,。;]{0,6}(?:报送|附)|复印件)|"
    r"附件?[一二三四五六七八九\d]?[、:.]?[^。]{0,60}(?:会议纪要|批复|批示)"
)
_EXCERPT = re.compile(r"(?:规划|批示|批复|纪要|通知|意见).{0,40}(?:摘录|摘要|节录|原文|:[“\"])")
_FULL_TEXT = re.compile(r"(?:专家|论证|评审)[^,。;]{0,6}意见(?:的)?(?:全文|原文)")
_SIGNED = re.compile(r"组长[:为是]?[^,。;]{2,}")
_OPINION_SENTENCES = 12
_MARKS = 2
_TITLES = {
    Role.MINUTES: re.compile(
        r"会议纪要|会议记录|(?:联席|支部|支委|班子|馆务|院务|校务|行务|局务)会(?:议)?(?:纪要|记录|决议)|办公会纪要|集体决策(?:记录|意见|纪要)|三重一大.{0,8}(?:记录|纪要|决策)|决议"
    ),
    Role.OPINION: re.compile(r"专家(?:组)?(?:论证|评审|评议)?(?:意见|结论|评议书)|论证意见|评审意见"),
    Role.CONTRACT: re.compile(
        r"(?:上一期|上期|原|上年度|20\d\d年度?)?.{0,10}合同(?:书|文本|复印件|扫描件)?(?:[(（][^)）]{1,8}[)）])?$"
        r"|(?:上一?期|上(?:一)?年度?|20\d\d年度?)[^,。]{0,8}合同(?:的)?(?:执行|履行|履约|约定)?(?:情况|内容)?$"
    ),
    Role.DEMAND: re.compile(r"服务需求(?:报告|说明书?)?|需求报告|采购需求(?:报告|书)?|运维需求"),
    Role.SUPPORT: re.compile(
        r"批复|批示|(?:办文|批办|抄告|交办|签批|收文处理)(?:单|笺|签)|规划(?:文件|摘录|摘编)"
        r"|会议纪要|任务分解|通知$|文件依据附件"
    ),
}


def judge(rule: MaterialRule, reading: Reading) -> Result:
    """The rule's result on the reading."""
    return _MATERIALS[rule.material](rule, reading)


def _files(reading: Reading, *roles: Role) -> list[tuple[int, SubmittedFile]]:
    return [(i, f) for i, f in enumerate(reading.outline.submission.files) if f.role in roles]


def _file_result(found: list[tuple[int, SubmittedFile]], what: str) -> Result:
    index, file = found[0]
    if file.document.unreadable_pages or not file.document.blocks:
        return Result(Status.NEEDS_REVIEW, f"“{file.document.name}”没有完整读出，请人工核对。", (), 0.4)
    first = next((b for b in file.document.blocks if b.text.strip()), None)
    if file.role in (Role.OPINION, Role.MINUTES) and _says(file) < _SAID_TEXT:
        place = Evidence(first.text[:80] if first else file.document.name, index, first.page if first else None)
        return Result(Status.PARTIAL, f"“{file.document.name}”只有标题和签字栏，没有填写内容。", (place,), 0.85)
    quote = file.role_evidence or (first.text[:80] if first else file.document.name)
    evidence = Evidence(quote, index, first.page if first else None, (), first.index if first else None)
    return Result(Status.SATISFIED, f"已提交{what}：{file.document.name}。", (evidence,), 0.93)


def _says(file: SubmittedFile) -> int:
    """The folded characters of a paper beside its title, its labels and the blanks for names and dates."""
    lines = [fold(line) for block in file.document.blocks[1:] for line in block.text.split("\n")]
    return sum(len(line) for line in lines if not _LABEL_ONLY.fullmatch(line))


def _bounded(reading: Reading, *roles: Role, annex: bool = False) -> Section | None:
    """A section that is the document itself: an annex or heading titled so, with text of its own."""
    for section in reading.outline.sections:
        title = fold(section.title)
        if annex and not any(fold(title).startswith("附") for title in section.path):
            continue
        if any(_TITLES[r].search(title) for r in roles if r in _TITLES):
            if Role.SUPPORT not in roles and is_of_another_matter(reading, section):
                continue
            text = sum(len(s.text) for s in reading.content(section) if not s.present or len(s.text) > _BOUNDED_TEXT)
            if text >= (_BRIEF_TEXT if Role.SUPPORT in roles else _BOUNDED_TEXT):
                return section
    return None


def _is_paper(section: Section) -> bool:
    title = fold(section.title)
    return any(_TITLES[role].search(title) for role in (Role.MINUTES, Role.OPINION))


def _form(rule: MaterialRule, reading: Reading) -> Result:
    form = next((f for f in reading.proposal.forms if f.name == rule.form), None)
    if form is not None:
        place = form.place
        evidence = Evidence(form.title, place.file, place.page, (), place.block, place.table)
        return Result(Status.SATISFIED, f"已提交：{form.title}。", (evidence,), 0.95)
    files = _files(reading, Role.FORM)
    if files:
        name = files[0][1].document.name
        return Result(Status.NEEDS_REVIEW, f"“{name}”像是申报表，但表格没有读出来，请人工核对。", (), 0.4)
    return Result(Status.MISSING, "报送材料中没有申报表。", (), 0.9)


def _plan(rule: MaterialRule, reading: Reading) -> Result:
    plans = _files(reading, Role.PLAN, Role.FEASIBILITY)
    for index, file in plans:
        length = sum(len(s.text) for s in reading.body if s.passage.file == index)
        if length >= _PLAN_TEXT:
            return _file_result([(index, file)], "建设方案")
    behind = _plan_behind_form(reading)
    if behind is not None:
        return behind
    if plans:
        return _file_result(plans, "建设方案") if reading.unread else _thin(plans)
    return Result(Status.MISSING, "报送材料中没有建设方案。", (), 0.88)


def _plan_behind_form(reading: Reading) -> Result | None:
    """The plan as a part of the file that opens with the form: chapters of prose behind it."""
    for index, _ in _files(reading, Role.FORM, Role.OTHER):
        chapters = [s for s in reading.outline.sections if s.file == index and reading.content(s)]
        own = [s for chapter in chapters for s in reading.content(chapter)]
        prose = any(s.passage.kind is PassageKind.SENTENCE for s in own)
        if len(chapters) >= _CHAPTERS and prose and sum(len(s.text) for s in own) >= _PLAN_TEXT:
            return Result(Status.SATISFIED, "建设方案在申报表之后。", (reading.heading_evidence(chapters[0]),), 0.85)
    return None


def _thin(plans: list[tuple[int, SubmittedFile]]) -> Result:
    name = plans[0][1].document.name
    return Result(Status.PARTIAL, f"“{name}”内容过少，不足以构成建设方案。", (), 0.75)


def _minutes(rule: MaterialRule, reading: Reading) -> Result:
    found = _files(reading, Role.MINUTES)
    if found:
        return _file_result(found, "集体决策记录")
    section = _bounded(reading, Role.MINUTES)
    if section is not None:
        return _of_section(reading, section, 0.85)
    return _told(rule, reading, "没有集体决策的记录，也没有写明日期的决策说明。")


def _opinion(rule: MaterialRule, reading: Reading) -> Result:
    found = _files(reading, Role.OPINION)
    if found:
        return _file_result(found, "专家论证意见")
    section = _bounded(reading, Role.OPINION)
    if section is not None:
        return _of_section(reading, section, 0.82)
    quoted = _in_full(reading)
    if quoted is not None:
        return Result(Status.SATISFIED, "文中录有专家意见的全文和专家姓名。", (reading.evidence(quoted),), 0.75)
    return _told(rule, reading, "报送材料中没有专家论证意见。")


def _of_section(reading: Reading, section: Section, confidence: float) -> Result:
    """A paper that is a part of a file: there, or still the form of one (专家组意见：（论证会后填写）)."""
    evidence = (reading.heading_evidence(section),)
    under = reading.under(section)
    told = sum(len(s.text) for s in under if s.counts and not s.blank and not _LABELLED.match(s.text))
    if any(s.placeholder for s in under) and told < _BOUNDED_TEXT:
        return Result(Status.PARTIAL, f"“{section.display}”还是没有填写的空白格式。", evidence, 0.85)
    return Result(Status.SATISFIED, f"见“{section.display}”。", evidence, confidence)


def _in_full(reading: Reading) -> Seen | None:
    """The sentence behind which the experts' opinion stands in full, in quotation marks and with who signed it."""
    spoken = [s for s in reading.seen if s.speaking and s.passage.kind is PassageKind.SENTENCE]
    for at, seen in enumerate(spoken):
        announced = _FULL_TEXT.search(seen.text)
        if announced is None:
            continue
        near = (s.text for s in spoken[at : at + _OPINION_SENTENCES] if s.passage.block - seen.passage.block <= 1)
        text = "".join(near)[announced.end() :]
        if text.count('"') >= _MARKS and len(text) >= _BOUNDED_TEXT and _SIGNED.search(text):
            return seen
    return None


def _told(rule: MaterialRule, reading: Reading, nothing: str) -> Result:
    """The document is not there; what the text tells of it."""
    topic = reading.lexicon.topics[rule.topic] if rule.topic else None
    if topic is None:
        return Result(Status.MISSING, nothing, (), 0.85)
    others = {s.index for s in reading.outline.sections if _is_paper(s) and is_of_another_matter(reading, s)}
    rule_of = reading.lexicon.modality.rule
    said = [
        s
        for s in reading.seen
        if (s.speaking and not s.copied and s.passage.section not in others)
        and (topic.mentions is not None and topic.mentions.search(s.bare))
        and (not rule_of.search(s.text) or _OWN.search(s.text))
    ]
    dated = [s for s in said if topic.says is not None and topic.says.search(s.text) and not _of_an_earlier(reading, s)]
    if rule.material == "minutes" and dated and not (topic.unless and topic.unless.search(dated[0].text)):
        return Result(Status.SATISFIED, "文中写明了决策的日期和结论。", (reading.evidence(dated[0]),), 0.8)
    if said:
        said.sort(key=lambda s: s.passage.kind is PassageKind.HEADING)  # a sentence tells more than a title
        message = "文中提到了，但报送材料中没有这份文件。"
        return Result(Status.PARTIAL, message, (reading.evidence(said[0]),), 0.8)
    return with_nearest(Result(Status.MISSING, nothing, (), 0.88), topic.name, reading)


def _of_an_earlier(reading: Reading, seen: Seen) -> bool:
    """Whether a sentence tells of what was decided on an earlier project."""
    return _EARLIER.search(seen.text) is not None and is_bygone(seen.text, reading.lexicon.intent, reading.year)


def _contract_or_demand(rule: MaterialRule, reading: Reading) -> Result:
    found = _files(reading, Role.CONTRACT, Role.DEMAND)
    if found:
        return _file_result(found, "上一期合同或服务需求报告")
    section = _bounded(reading, Role.DEMAND, Role.CONTRACT)
    if section is not None:
        return Result(Status.SATISFIED, f"见“{section.display}”。", (reading.heading_evidence(section),), 0.8)
    return Result(Status.MISSING, "报送材料中没有上一期合同，也没有服务需求报告。", (), 0.85)


def _support(rule: MaterialRule, reading: Reading) -> Result:
    found = _files(reading, Role.MINUTES, Role.SUPPORT, Role.OPINION)
    if found:
        return _file_result(found, "有关文件")
    section = _bounded(reading, Role.MINUTES, Role.SUPPORT, annex=True)
    if section is not None:
        return Result(Status.SATISFIED, f"见“{section.display}”。", (reading.heading_evidence(section),), 0.8)
    section = next((s for s in reading.outline.sections if _holds_excerpts(reading, s)), None)
    if section is not None:
        return Result(Status.SATISFIED, f"见“{section.display}”。", (reading.heading_evidence(section),), 0.75)
    named = next((s for s in reading.told if _NAMED_PAPER.search(s.text)), None) or _named_paper(reading)
    if named is not None:
        message = "文中写明附有规划、批复、会议纪要等文件，但报送材料中没有。"
        return Result(Status.PARTIAL, message, (reading.evidence(named),), 0.75)
    return Result(Status.MISSING, "报送材料中没有规划、批示、批复、会议纪要等文件。", (), 0.85)


def _named_paper(reading: Reading) -> Seen | None:
    """A line that only names a paper where papers are to stand (相关文件)."""
    holders = [s for s in reading.outline.sections if _PAPERS.search(fold(s.title))]
    return next((s for h in holders for s in reading.under(h) if s.speaking and _PAPER.search(s.text)), None)


def _holds_excerpts(reading: Reading, section: Section) -> bool:
    """Whether a section of papers handed in with the plan (附送材料) quotes one that supports the project."""
    if not _PAPERS.search(fold(section.title)):
        return False
    return any(_EXCERPT.search(s.text) for s in reading.content(section))


_MATERIALS: dict[str, Callable[[MaterialRule, Reading], Result]] = {
    "form": _form,
    "plan": _plan,
    "minutes": _minutes,
    "opinion": _opinion,
    "contract_or_demand": _contract_or_demand,
    "support": _support,
}
