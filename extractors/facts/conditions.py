"""Conditions (适用条件): what the submission says that decides which requirements and routes apply, with evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.assessment import Condition, Evidence
from pipeline.model.budget import Budget
from pipeline.model.evidence import evidence_of
from pipeline.model.lexicon import Lexicon, Topic
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.proposal import Form
from pipeline.model.text import fold
from pipeline.model.whose import SURER, whose
from pipeline.model.wording import Wording

_CONSTRUCTION = frozenset({"new", "continued", "upgrade", "rebuild"})
_SERVING = frozenset({"operation", "service"})
_PHASED = re.compile(
    r"分(?:两|二|三|四|[2-4])(?:个)?(?:年度?|期)(?:实施|建设|安排|完成|推进)|(?:两|三|四)(?:个)?年度(?:实施|安排|建设)|"
    r"分(?:两|二|三)(?:个)?年度?(?:进行|实施|支付|投入)|分年度?(?:实施|建设|安排|拨付|支付|列支)|(?:分|按|跨|在)[^,。;]{0,6}(?:20\d\d(?:年)?[、和,-]?){2,3}[^,。;]{0,4}年?度|"
    r"(?:资金|经费|投资|款项)[^,。;]{0,8}(?:分|按)[两二三四2-4](?:个)?(?:财政|预算|会计)?年度?[^,。;]{0,4}(?:拨付|支付|安排|列支|投入|到位)|跨年度(?:实施|项目)|跨[^,。;]{0,14}[两三2-4]个?(?:预算|财政|会计)?年度|"
    r"(?<!免费)(?<!质保)(?<!维护)(?<!运维)服务期限?(?:为|共|:)?[两三四五]年,?自20\d\d年|"
    r"20\d\d年?(?:和|、|至|到|与)20\d\d年?(?:两年|两个年度|[^,。;]{0,4}(?:付清|分付|分别支付))|20\d\d年(?:和|、)20\d\d年(?:视|根据|结合|按)|"
    r"(?:钱|资金|经费|款|费用)[^,。;]{0,4}分[两二三四2-4](?:个)?年度?(?:用|花|付|给|出|拨)|[两三2-3]个年度总?预算|20\d\d年(?:、|和)20\d\d年各(?:为|是|占)?多少|[两三四五]年(?:的)?(?:服务|运维|维护)(?:总)?(?:费用?|经费|预算)(?:共|合|总)计"
)
_NOT_PHASED = re.compile(r"不分(?:期|年度)|一次性?(?:建成|完成|安排)|一期(?:完成|建成)|(?:列入|纳入)(?:以前|往年)")
_SEVERAL = 2
_MONTH = re.compile(r"(20\d\d)年(?:\d{1,2}月|[上下]半年|[年初底末一二三四]{0,2}季度|[初底末])")
_UPKEEP = re.compile(r"免费|运维|维护|质保|养护|保修|绩效|评价|归档|移交|编制|立项|申报|论证|正式运行")
_MAX_EVIDENCE = 3
_BY_EAR = {  # labels of the model of passages, and how likely they have to be
    "cross_department": (("joint_plan",), 0.95),
    "city_county_joint": (("joint_build",), 0.95),
    "on_shared_platform": (("gov_cloud", "county_data_center"), 0.85),
    "important_system": (("mlps.level",), 0.9),
}
_TO_HEAR = {  # a sentence without any is not put to the model
    "cross_department": re.compile(r"[局委院办心所站]"),
    "city_county_joint": re.compile(r"县[^。;]{0,24}(?:建|负责|承担|出资|由县)"),
    "on_shared_platform": re.compile(r"云|中心"),
    "important_system": re.compile(r"(?:三|3|四)级"),
}
_NO_OFFICE = re.compile(r"承建|供应商|中标|开发商|服务商|公司")  # those who build it for us build nothing with us
_ELSEWHERE = frozenset({"other", "rule"})  # the level that the old system has is ours
_MAY_DENY = "on_shared_platform"  # 不放厂家的机房，装到县里的云上: what is denied there is another place
_OF_PROJECT = re.compile(r"本?(?:项目|工程|次|期|系统)|方案")
_CITED = re.compile(r"《[^》]*》?")  # the title of a cited document is not about this project


@dataclass(frozen=True, slots=True)
class Declared:
    """What the submission declares of itself: project type, unit, declaration forms."""

    type: str
    unit: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the trained models hear in each passage, by index: topics (`likely`), whose matter it is (`stances`)."""

    likely: Sequence[Mapping[str, float]] = ()
    stances: Sequence[Mapping[str, float]] = ()


def infer_conditions(
    outline: Outline, budget: Budget, declared: Declared, lexicon: Lexicon, heard: Heard
) -> dict[str, Condition]:
    """All conditions of the contract by name, each with the passages that it rests on.

    What is surely not this project's matter decides nothing.
    """
    out: dict[str, Condition] = {}
    said = _matches(outline, lexicon, heard)
    for name in ("cross_department", "important_system", "emergency", "classified", "city_county_joint",
                 "public_security_video", "on_shared_platform", "custom_development"):  # fmt: skip
        out[name] = Condition(name, bool(said[name]), tuple(said[name][:_MAX_EVIDENCE]))
    out["multi_year"] = _multi_year(outline, budget, lexicon.topics["schedule"])
    one_off = said["one_off"]
    out["long_term_system"] = Condition("long_term_system", not one_off, tuple(one_off[:_MAX_EVIDENCE]))
    typed = _type_evidence(outline, lexicon.project.get(f"type_{declared.type}"))
    for name, types in (("construction", _CONSTRUCTION), ("operation_or_service", _SERVING)):
        holds = declared.type in types
        out[name] = Condition(name, holds, typed if holds else ())
    out["has_supervising_unit"] = _supervising(declared, said["supervising_unit"], lexicon)
    for name in ("key_project", "construction_works"):
        found = [] if _ruled_out(outline, lexicon, name) else said[name]  # works of the business stand in any text
        out[name] = Condition(name, bool(found), tuple(found[:_MAX_EVIDENCE]))
    return out


def _ruled_out(outline: Outline, lexicon: Lexicon, name: str) -> bool:
    """Whether a sentence says outright that the condition does not hold of the project."""
    no = lexicon.conditions[name]["no"]
    return any(no.search(text) and _OF_PROJECT.search(text) for text in (fold(p.text) for p in outline.passages))


def set_conditions(conditions: dict[str, Condition], given: Mapping[str, bool]) -> dict[str, Condition]:
    """The conditions with those that the caller decides put in place of the inferred ones."""
    return conditions | {name: Condition(name, holds, given=True) for name, holds in given.items()}


def _matches(outline: Outline, lexicon: Lexicon, heard: Heard) -> dict[str, list[Evidence]]:
    """For each condition the passages that say yes, by words or surely by ear, and are not taken back."""
    out: dict[str, list[Evidence]] = {name: [] for name in lexicon.conditions}
    for passage in outline.passages:
        text = _CITED.sub("", fold(passage.text))
        for name, patterns in lexicon.conditions.items():
            said = patterns["yes"].search(text) is not None or _by_ear(name, passage, text, heard, lexicon)
            if (
                said
                and not patterns["no"].search(text)
                and not _quoted(passage, outline, lexicon)
                and not _anothers(passage, text, heard)
            ):
                out[name].append(evidence_of(outline, passage))
    return out


def _by_ear(name: str, passage: Passage, text: str, heard: Heard, lexicon: Lexicon) -> bool:
    """Whether the model surely hears the condition in a sentence that does not deny it."""
    labels, least = _BY_EAR.get(name, ((), 1.0))
    if not labels or passage.kind is PassageKind.HEADING or passage.index >= len(heard.likely):
        return False
    if not _TO_HEAR[name].search(text) or (name != _MAY_DENY and lexicon.modality.negation.search(text)):
        return False
    if name == "cross_department" and _NO_OFFICE.search(text):
        return False
    likely = heard.likely[passage.index]
    return any(likely.get(label, 0.0) >= least for label in labels)


def _anothers(passage: Passage, text: str, heard: Heard) -> bool:
    """Whether the passage surely tells of somebody else (a vendor's system of level three) or of a rule."""
    if passage.kind is PassageKind.HEADING or passage.index >= len(heard.stances):
        return False
    return bool(whose(text, heard.stances[passage.index], _ELSEWHERE, SURER))


def _quoted(passage: Passage, outline: Outline, lexicon: Lexicon) -> bool:
    """Whether the passage tells of a rule, another place or the present state instead of this project."""
    text = fold(passage.text)
    modality = lexicon.modality
    if modality.rule.search(text) and not re.search(r"本项目|本系统|本平台|拟|系统按", text):
        return True
    path = [fold(t) for t in outline.path(passage.section)]
    if any(modality.outside_section.search(title) for title in path):
        return True
    titles = "".join(path[-2:])
    present = bool(modality.present_section.search(titles)) and passage.kind is not PassageKind.HEADING
    return (present or bool(modality.elsewhere.search(text))) and not re.search(r"本项目|拟|本次|本期", text)


def _type_evidence(outline: Outline, words: Wording | None) -> tuple[Evidence, ...]:
    """The first passage, titles before text, that calls the project by its type."""
    named = [p for p in outline.passages if words is not None and words.search(fold(p.text))]
    named.sort(key=lambda p: p.kind is not PassageKind.HEADING)
    return tuple(evidence_of(outline, p) for p in named[:1])


def _multi_year(outline: Outline, budget: Budget, schedule: Topic) -> Condition:
    """Two or more budget years: by the amounts of years, by words, or by the years that the schedule runs over.

    A project whose whole total is one year's is none of several, whatever else is said.
    """
    years = {a.year or a.label for a in budget.annual}
    if len(years) >= _SEVERAL:
        places = [
            Evidence(a.quote, a.place.file, a.place.page, a.place.heading, a.place.block, a.place.table, a.place.row)
            for a in budget.annual[:_MAX_EVIDENCE]
        ]
        return Condition("multi_year", True, tuple(places))
    if years and budget.total is not None and budget.total.agrees(budget.annual[0].amount):
        return Condition("multi_year", False, ())
    found = [p for p in outline.passages if _PHASED.search(fold(p.text)) and not _NOT_PHASED.search(fold(p.text))]
    found = found or _running_over(outline, schedule)
    return Condition("multi_year", bool(found), tuple(evidence_of(outline, p) for p in found[:_MAX_EVIDENCE]))


def _running_over(outline: Outline, schedule: Topic) -> list[Passage]:
    """The first and the last step of a schedule whose steps fall into different years.

    Papers, upkeep and reviews are no steps.
    """
    headed = [s for s in outline.sections if schedule.announces(fold(s.title))]
    dated: list[tuple[int, Passage]] = []
    for passage in outline.passages:
        text = _CITED.sub("", fold(passage.text))
        if any(outline.inside(passage, section) for section in headed) and not _UPKEEP.search(text):
            dated += [(int(year), passage) for year in _MONTH.findall(text)]
    if not dated:
        return []
    first, last = min(dated, key=lambda pair: pair[0]), max(dated, key=lambda pair: pair[0])
    return list(dict.fromkeys((first[1], last[1]))) if first[0] < last[0] else []


_TOWNSHIP = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处|政府)?$")
_SUBORDINATE = re.compile(
    r"(?<!城)[镇乡](?!村).{2,12}(?:办公室|办)(?:\([^()]*\))?$|(?:医院|卫生院|保健院|学校|小学|中学|幼儿园|大队|支队|所|站|馆|中心|学院|院|[林农茶渔]场|医疗集团|医共体|管理处|福利院)$"
)


def _supervising(declared: Declared, said: Iterable[Evidence], lexicon: Lexicon) -> Condition:
    """A township or a subordinate body declares, or the form's opinion column is filled in."""
    unit, denied = declared.unit, lexicon.conditions["supervising_unit"]["no"]
    filled = [f for form in declared.forms for f in form.fields if f.state == "filled"]
    opinions = [f for f in filled if f.name == "supervisor_opinion" and not denied.search(fold(f.value))]
    if opinions:
        place = opinions[0].place
        quote = f"{opinions[0].label}：{opinions[0].value}"[:200]
        return Condition("has_supervising_unit", True, (Evidence(quote, place.file, place.page, (), place.block),))
    if unit and (_TOWNSHIP.search(unit) or _SUBORDINATE.search(unit)):
        return Condition("has_supervising_unit", True, (Evidence(unit, 0),))
    own = [e for e in said if unit and unit in e.quote and re.search(r"隶属|下属|所属|直属|主管(?:部门|单位)", e.quote)]
    return Condition("has_supervising_unit", bool(own), tuple(own[:_MAX_EVIDENCE]))
