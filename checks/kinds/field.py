"""field (表格栏目): a field of the declaration form, filled in; missing where there is no form.

Fields: `form` and `field` name the form and its field (corpora/lexicon/forms.yaml). Blank, a slash or an untouched
template is missing; half filled or a placeholder is partial; 见附件 counts where the attachment was submitted.

Meets: 项目负责人：姓名 with 电话. Does not: a name with the telephone left blank.
"""

from __future__ import annotations

import re

from checks.reading import Reading
from checks.result import Result
from checks.rule import FieldRule
from pipeline.model.assessment import Evidence, Status
from pipeline.model.proposal import FormField
from pipeline.model.submission import Role
from pipeline.model.text import fold

_REFERENCE = re.compile(r"附(?:件|表|录)([一二三四五六七八九十\d]*)(?:《([^》]{2,40})》)?")
_NUMBERED = re.compile(r"附(?:件|表|录)[一二三四五六七八九十\d]")
_PROOF = re.compile(r"资金来源证明|出资证明|资金证明|捐赠(?:协议|证明)|资金承诺|共建(?:资金)?协议|证明材料")


def judge(rule: FieldRule, reading: Reading) -> Result:
    """The rule's result on the reading."""
    form = next((f for f in reading.proposal.forms if f.name == rule.form), None)
    if form is None:
        if any(f.role is Role.FORM for f in reading.outline.submission.files):
            return Result(Status.NEEDS_REVIEW, "申报表的表格没有读出来，请人工核对这一栏。", (), 0.4)
        return Result(Status.MISSING, "报送材料中没有申报表。", (), 0.9)
    field = next(f for f in form.fields if f.name == rule.field)
    place = field.place
    quote = f"{field.label}：{field.value}".replace("\n", " ") if field.value else f"{field.label}：（空白）"
    evidence = (Evidence(quote[:200], place.file, place.page, (form.title,), place.block, place.table),)
    return _JUDGES[field.state](field, reading, evidence)


def _filled(field: FormField, reading: Reading, evidence: tuple[Evidence, ...]) -> Result:
    return Result(Status.SATISFIED, "已填写。", evidence, 0.95)


def _half(field: FormField, reading: Reading, evidence: tuple[Evidence, ...]) -> Result:
    return Result(Status.PARTIAL, "只填写了一部分，或仍是占位符。", evidence, 0.9)


def _blank(field: FormField, reading: Reading, evidence: tuple[Evidence, ...]) -> Result:
    return Result(Status.MISSING, "这一栏没有填写。", evidence, 0.92)


def _attached(field: FormField, reading: Reading, evidence: tuple[Evidence, ...]) -> Result:
    match = _REFERENCE.search(fold(field.value))
    number, title = (match.group(1) or "", match.group(2) or "") if match else ("", "")
    unnumbered = not (number and _numbers_attachments(reading))
    if reading.has_attachment(number, title) or (unnumbered and _headed_so(field, reading)):
        return Result(Status.SATISFIED, "写明见附件，附件已在报送材料中。", evidence, 0.9)
    return Result(Status.PARTIAL, "写明见附件，但报送材料中没有该附件。", evidence, 0.88)


def _numbers_attachments(reading: Reading) -> bool:
    """Whether the submission numbers its attachments, so that a number which is not among them is lacking."""
    titles = [s.display for s in reading.outline.sections]
    names = [f.document.name for f in reading.outline.submission.files]
    return any(_NUMBERED.match(fold(t)) for t in titles) or any(_NUMBERED.search(fold(n)) for n in names)


def _headed_so(field: FormField, reading: Reading) -> bool:
    """Whether a file or section headed like the field is there, where the form only says 见附件."""
    topic = {"necessity": "necessity", "summary": "scope"}.get(field.name)
    return topic is not None and any(reading.content(s) for s in reading.sections(topic))


def _proof(field: FormField, reading: Reading, evidence: tuple[Evidence, ...]) -> Result:
    named = any(_PROOF.search(fold(f.document.name)) for f in reading.outline.submission.files)
    headed = any(_PROOF.search(fold(s.title)) for s in reading.outline.sections)
    if named or headed:
        return Result(Status.SATISFIED, "其他来源已附证明。", evidence, 0.8)
    return Result(Status.PARTIAL, "资金列在“其他”，但没有提供资金来源证明。", evidence, 0.9)


def _moot(field: FormField, reading: Reading, evidence: tuple[Evidence, ...]) -> Result:
    return Result(Status.NOT_APPLICABLE, "表中写明没有主管部门，这一栏不适用。", evidence, 0.8)


_JUDGES = {"filled": _filled, "half": _half, "blank": _blank, "attached": _attached, "proof": _proof, "moot": _moot}
