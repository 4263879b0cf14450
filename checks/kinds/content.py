"""content (内容): the submission itself must say it, in substance, anywhere in the body.

Fields: `topic` names what to look for (corpora/lexicon/topics); `chapter` wants a chapter or section of its own;
`parts` are parts of the topic that must all be there; `also` are further topics that belong to it; `figure` asks for a
stated total (`total`) or a total with its breakdown (`breakdown`) or sources with amounts (`sources`); `material` is a
file that is as good; `exemptible` accepts a reasoned statement that the matter does not arise; `plan_of_its_own`
wants a section headed so.

Meets: a section 必要性 with two sentences of the project's own. Does not: the heading 必要性 over an unfilled hint.
"""

from __future__ import annotations

from checks.exemptions import exempted
from checks.grading import Grade, Graded, grade_topic, usable
from checks.kinds.element import scattered_parts
from checks.kinds.figure import money_gap
from checks.kinds.prohibition import proposed
from checks.reading import Reading, Seen
from checks.result import Result
from checks.rule import ContentRule
from pipeline.model.assessment import Evidence, Status
from pipeline.model.lexicon import Part, Topic
from pipeline.model.outline import Section
from pipeline.model.submission import Role
from pipeline.model.text import fold

_PARTS_OF_CHAPTER = 2
_SATISFYING = (Grade.FULL, Grade.SCATTERED)
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
    graded = grade_topic(reading, topic)
    if rule.material is not None and any(f.role is Role(rule.material) for f in reading.outline.submission.files):
        graded = Graded(Grade.FULL, graded.passages, graded.section, graded.looked)
    if graded.grade is Grade.EXEMPT:
        return _exempt(rule, reading, graded)
    missing_parts, part_evidence = _parts(rule, reading, topic)
    if rule.parts and len(missing_parts) == len(rule.parts) and graded.grade in _SATISFYING:
        graded = Graded(Grade.WEAK, graded.passages, graded.section, graded.looked, 0.75)
    evidence = _evidence(reading, graded) + part_evidence
    if graded.grade in _SATISFYING or (rule.parts and not topic.says and len(missing_parts) < len(rule.parts)):
        return _complete(rule, reading, graded, missing_parts, evidence)
    if graded.grade is Grade.ABSENT and rule.chapter:
        scattered = scattered_parts(reading, topic)
        if len(scattered) >= _PARTS_OF_CHAPTER:
            quotes = tuple(reading.evidence(s) for s in scattered[:3])
            return Result(Status.PARTIAL, "文中散见部分内容，但没有独立的篇（章）或小节。", quotes, 0.7)
    if graded.grade is Grade.ABSENT:
        if rule.parts and not missing_parts and (topic.present_counts or topic.says is None):
            return Result(Status.SATISFIED, "文中已有说明（不在以此为题的章节）。", part_evidence, 0.65)
        if rule.parts and len(missing_parts) < len(rule.parts) and topic.says is None:
            return Result(Status.PARTIAL, _lacks(missing_parts), part_evidence, 0.75)
        return Result(Status.MISSING, _nothing(rule, graded), (), 0.85)
    return Result(Status.PARTIAL, _why(graded), evidence[:3], graded.confidence)


def _complete(
    rule: ContentRule, reading: Reading, graded: Graded, missing: list[Part], evidence: tuple[Evidence, ...]
) -> Result:
    """The topic is said; what may still keep it from being complete."""
    if rule.chapter and graded.grade is not Grade.FULL:
        return Result(Status.PARTIAL, "文中虽有涉及，但没有独立的篇（章）或小节。", evidence[:3], 0.85)
    if rule.plan_of_its_own and graded.grade is not Grade.FULL:
        return Result(Status.PARTIAL, "文中虽有涉及，但没有单独成节的方案。", evidence[:3], 0.8)
    if missing:
        return Result(Status.PARTIAL, _lacks(missing), evidence[:3], 0.8)
    spoiled = next((b for b in rule.spoiled_by if proposed(reading, reading.lexicon.bans[b])), None)
    if spoiled is not None:
        what = reading.lexicon.bans[spoiled].title
        return Result(Status.PARTIAL, f"只有一部分如此，另一部分拟{what}。", evidence[:3], 0.7)
    for name in rule.also:
        other = grade_topic(reading, reading.lexicon.topics[name])
        if other.grade not in _SATISFYING:
            title = reading.lexicon.topics[name].title
            return Result(Status.PARTIAL, f"已写明主要内容，但缺少“{title}”。", evidence[:3], 0.8)
    if rule.figure is not None:
        gap = money_gap(rule.figure, reading)
        if gap:
            return Result(Status.PARTIAL, gap, evidence[:3], 0.85)
    return Result(Status.SATISFIED, _found(graded), evidence[:3], graded.confidence)


def _exempt(rule: ContentRule, reading: Reading, graded: Graded) -> Result:
    evidence = _evidence(reading, graded)
    if rule.exemptible:
        return Result(
            Status.SATISFIED, "已说明不适用的理由，属于办法允许的例外，请审核人员核对所引依据。", evidence, 0.75
        )
    return Result(Status.PARTIAL, "只写明不涉及；办法没有规定这项可以免除。", evidence, 0.75)


def _parts(rule: ContentRule, reading: Reading, topic: Topic) -> tuple[list[Part], tuple[Evidence, ...]]:
    """The parts that are nowhere said, and one passage for each that is."""
    missing: list[Part] = []
    evidence: list[Evidence] = []
    for name in rule.parts:
        part = topic.parts[name]
        where = part_passages(reading, topic, part)
        hit = next((s for s in where if part.says is not None and part.says.search(s.text)), None)
        hit = hit or next((s for section in _headed(reading, part) for s in reading.content(section)), None)
        if hit is None:
            missing.append(part)
        else:
            evidence.append(reading.evidence(hit))
    return missing, tuple(evidence)


def part_passages(reading: Reading, topic: Topic, part: Part) -> list[Seen]:
    """Where a part of the topic may stand: the topic's sections first, then whatever else of the body may say it."""
    sections = (*reading.sections(topic.name), *_headed(reading, part))
    own = [s for section in sections for s in reading.content(section)]
    if part.own_sections and own:
        return own
    m = reading.lexicon.modality
    near = {(s.passage.file, s.passage.block) for s in reading.body if topic.mentions and topic.mentions.search(s.bare)}
    rest = [
        s for s in usable(reading, topic)
        if (not m.negation.search(s.text) or m.plan.search(s.text))
        and (topic.mentions is None or (s.passage.file, s.passage.block) in near)
    ]  # fmt: skip
    return own + rest


def _headed(reading: Reading, part: Part) -> list[Section]:
    """The sections that are headed like the part."""
    if part.section is None:
        return []
    return [s for s in reading.outline.sections if part.section.search(fold(s.title))]


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


def _lacks(parts: list[Part]) -> str:
    return f"已有部分内容，但缺少：{'、'.join(p.title for p in parts)}。"


def _nothing(rule: ContentRule, graded: Graded) -> str:
    return f"全文（含表格、附件和申报表）没有找到“{rule.title}”的内容。"
