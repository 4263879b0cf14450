"""content (内容): the submission itself must say it, in substance, anywhere in the body.

Fields: `topic` names what to look for (corpora/lexicon/topics); `chapter` wants a chapter or section of its own;
`parts` are parts of the topic that must all be there; `also` are further topics that belong to it; `figure` asks for a
stated total (`total`) or a total with its breakdown (`breakdown`) or sources with amounts (`sources`); `material` is a
file that is as good; `exemptible` accepts a reasoned statement that the matter does not arise; `plan_of_its_own`
wants a section headed so.

Meets: a section 必要性 with two sentences of the project's own. Does not: the heading 必要性 over an unfilled hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checks.exemptions import exempted
from checks.gathered import gathered
from checks.grades import Grade, Graded
from checks.grading import grade_topic
from checks.kinds.element import scattered_parts
from checks.kinds.figure import amounts_in, money_gap, stating_total
from checks.kinds.prohibition import proposed
from checks.nearest import with_nearest
from checks.parts import Parts, find_parts
from checks.reading import Reading
from checks.result import Result
from checks.rule import ContentRule
from pipeline.model.assessment import Evidence, Status
from pipeline.model.lexicon import Topic
from pipeline.model.submission import Role
from pipeline.model.text import fold

_QUOTES = 3
_PARTS_OF_CHAPTER = 2
_OF_COSTS = ("total", "breakdown")
_PRICED = 2  # rows of costs that make an estimate
_SATISFYING = (Grade.FULL, Grade.SCATTERED)
_OPENING = re.compile(
    r"背景|政策|形势|上级|要求|文件|必要|由来|缘由|缘起|来源|来路|来龙|因由|起因|回顾|概况|概述|概要|现状|前言|引言|总论|总则|简介|立项|依据|为什么|说明$"
)
_CAUSES = re.compile(
    r"(?:申报|提出|实施|建设|启动|立项)(?:了)?(?:本|该)?(?:项目|系统|平台)|本项目|我[县市镇乡局院校馆]"
)
_WHY = {
    Grade.RULED_OUT: "只写明不涉及，没有给出理由",
    Grade.EMPTY: "只有标题，标题下没有内容",
    Grade.PLACEHOLDER: "标题下仍是模板提示或待填的空白",
    Grade.COPIED: "标题下只是照抄管理办法的条文，没有本项目自己的内容",
    Grade.DEFERRED: "内容被推到以后或推给未提交的附件",
    Grade.MENTIONED: "只是一带而过，没有实质内容",
    Grade.WEAK: "内容过于笼统，没有实质说明",
}


def judge(rule: ContentRule, reading: Reading) -> Result:
    """The rule's result on the reading."""
    if exempted(reading, rule.moot_when_said):
        return Result(Status.NOT_APPLICABLE, "项目整体属于办法列明的例外，这一条不适用。", (), 0.75)
    topic = reading.lexicon.topics[rule.topic]
    parts = find_parts(reading, topic, rule.parts)
    graded = _graded(rule, reading, topic, parts)
    if graded.grade is Grade.EXEMPT:
        return _exempt(rule, reading, graded)
    evidence = (_evidence(reading, graded) + parts.evidence)[:_QUOTES]
    if graded.grade in _SATISFYING or (parts.begun and topic.says is None):
        return _complete(rule, reading, graded, parts, evidence)
    if graded.grade in (Grade.ABSENT, Grade.MENTIONED) and (told := _told_by_another(rule, reading)):
        return told
    if graded.grade is Grade.ABSENT:
        return _absent(rule, reading, topic, parts)
    nothing_of_it = bool(rule.parts) and not parts.begun and graded.grade is Grade.WEAK
    return Result(Status.PARTIAL, _lacks(parts) if nothing_of_it else _why(graded), evidence, graded.confidence)


def _graded(rule: ContentRule, reading: Reading, topic: Topic, parts: Parts) -> Graded:
    """The topic's grade; a file of the rule's role lifts it, the lack of every part lowers it."""
    graded = grade_topic(reading, topic)
    if rule.material is not None and any(f.role is Role(rule.material) for f in reading.outline.submission.files):
        return replace(graded, grade=Grade.FULL)
    if rule.figure in _OF_COSTS and graded.grade < Grade.SCATTERED and (priced := _priced(reading)):
        return priced
    if rule.parts and not parts.begun and graded.grade in _SATISFYING:
        return replace(graded, grade=Grade.WEAK, confidence=0.75)
    return graded


def _priced(reading: Reading) -> Graded | None:
    """The estimate by its figures, under whatever title: a table of costs of two rows and more, else a sentence."""
    table = next((t for t in reading.proposal.budget.tables if len(t.lines) >= _PRICED), None)
    if table is None:
        return _told_by_sentence(reading)
    place = table.place
    rows = [s for s in reading.body if s.passage.file == place.file and s.passage.block == place.block]
    return Graded(Grade.SCATTERED, tuple(rows[:2]), confidence=0.8) if rows else None


def _told_by_sentence(reading: Reading) -> Graded | None:
    """The estimate in one sentence: its total with the costs that make it, or the total and no more."""
    told = [s for s in stating_total(reading) if amounts_in(s.text)]
    if not told:
        return None
    most = max(told, key=lambda s: amounts_in(s.text))
    grade = Grade.SCATTERED if amounts_in(most.text) > _PRICED else Grade.MENTIONED
    return Graded(grade, (most,), confidence=0.75)


def _complete(
    rule: ContentRule, reading: Reading, graded: Graded, parts: Parts, evidence: tuple[Evidence, ...]
) -> Result:
    """The topic is said; the first thing that it still lacks makes it partial."""
    lack = next(_shortfalls(rule, reading, graded, parts), "")
    if lack:
        return Result(Status.PARTIAL, lack, evidence, 0.8)
    return Result(Status.SATISFIED, _found(graded), evidence, graded.confidence)


def _shortfalls(rule: ContentRule, reading: Reading, graded: Graded, parts: Parts) -> Iterator[str]:
    """What keeps a said topic from being complete, gravest first."""
    lexicon = reading.lexicon
    chaptered = graded.grade is Grade.FULL or (rule.chapter and gathered(reading, lexicon.topics[rule.topic]))
    if not chaptered and (rule.chapter or rule.plan_of_its_own):
        what = "独立的篇（章）或小节" if rule.chapter else "单独成节的方案"
        yield f"文中虽有涉及，但没有{what}。"
    if parts.missing:
        yield _lacks(parts)
    for name in rule.spoiled_by:
        if proposed(reading, lexicon.bans[name]):
            yield f"只有一部分如此，另一部分拟{lexicon.bans[name].title}。"
    for name in rule.also:
        if grade_topic(reading, lexicon.topics[name]).grade not in _SATISFYING:
            yield f"已写明主要内容，但缺少“{lexicon.topics[name].title}”。"
    if rule.figure is not None and (gap := money_gap(rule.figure, reading)):
        yield gap


def _told_by_another(rule: ContentRule, reading: Reading) -> Result | None:
    """What a topic that tells this one too says, in more than one of its parts where it has parts."""
    for name in rule.told_by:
        topic = reading.lexicon.topics[name]
        told = grade_topic(reading, topic)
        parted = not topic.parts or len(scattered_parts(reading, topic)) >= _PARTS_OF_CHAPTER
        if told.grade is Grade.FULL or (told.grade in _SATISFYING and parted):
            return Result(Status.SATISFIED, _found(told), _evidence(reading, told)[:_QUOTES], 0.7)
    return None


def _absent(rule: ContentRule, reading: Reading, topic: Topic, parts: Parts) -> Result:
    """Nothing says the topic itself; what its parts and the pieces of its chapter still say."""
    if rule.parts and not parts.missing and topic.present_counts and any(_leads_up(e) for e in parts.evidence):
        return Result(Status.SATISFIED, "文中已有说明（不在以此为题的章节）。", parts.evidence[:_QUOTES], 0.65)
    scattered = scattered_parts(reading, topic) if rule.chapter else []
    if len(scattered) >= _PARTS_OF_CHAPTER:
        quotes = tuple(reading.evidence(s) for s in scattered[:_QUOTES])
        return Result(Status.PARTIAL, "文中散见部分内容，但没有独立的篇（章）或小节。", quotes, 0.7)
    nothing = Result(Status.MISSING, f"全文（含表格、附件和申报表）没有找到“{rule.title}”的内容。", (), 0.85)
    return with_nearest(nothing, rule.topic, reading)


def _leads_up(said: Evidence) -> bool:
    """Whether a sentence leads up to the project, by its place or its words; a standard that is cited does not."""
    return _OPENING.search(fold("".join(said.heading))) is not None or _CAUSES.search(fold(said.quote)) is not None


def _exempt(rule: ContentRule, reading: Reading, graded: Graded) -> Result:
    evidence = _evidence(reading, graded)
    if rule.exemptible:
        message = "已说明不适用的理由，属于办法允许的例外，请审核人员核对所引依据。"
        return Result(Status.SATISFIED, message, evidence, 0.75)
    return Result(Status.PARTIAL, "只写明不涉及；办法没有规定这项可以免除。", evidence, 0.75)


def _evidence(reading: Reading, graded: Graded) -> tuple[Evidence, ...]:
    quotes = tuple(reading.evidence(s) for s in graded.passages)
    if graded.section is not None and not quotes:
        return (reading.heading_evidence(graded.section),)
    return quotes


def _found(graded: Graded) -> str:
    if graded.section is not None:
        return f"见“{graded.section.display}”。"
    return "文中已有说明（不在以此为题的章节）。"


def _why(graded: Graded) -> str:
    where = f"“{graded.section.display}”" if graded.section is not None else "文中"
    return f"{where}{_WHY[graded.grade]}。"


def _lacks(parts: Parts) -> str:
    return f"已有部分内容，但缺少：{'、'.join(p.title for p in parts.missing)}。"
