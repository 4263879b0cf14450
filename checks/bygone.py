"""Bygone (往事): what years before that of the submission saw is no plan."""

from __future__ import annotations

import re

from pipeline.model.lexicon import Intent

_PAST_YEAR = re.compile(r".{0,14}?((?:19|20)\d\d)年(?!度|以来)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_LAST = re.compile("去年|前年|上一年度")
_ONCE = re.compile("曾(?=[经设在于由将把对与向从请做用上租放])")
_ASIDE = re.compile(r"《[^》]*》|\([^()]*\)")
_SPAN = re.compile(r"(?:自|从)(?:19|20)\d\d年[^,。;\d]{0,4}(?:到|至|-)((?:19|20)\d\d)年(?!的|度的)")
_SPAN_OF_DATA = re.compile("数据范围|口径|历史数据|案卷|台账数据|清洗|补录")
_WHICH = re.compile(
    r"(?:19|20)\d\d年[^,。;]{0,6}(?<!目)的(?![,。;]|$)"
)  # 2023年建成的 says which, and not what was done
_CLAUSES = re.compile("[,;:。]")
# The project's own deeds, and what was agreed or approved for it, hold on.
_OWN = re.compile(
    r"本(?:方案|稿|系统|平台)|^(?:该|现有?)?(?:系统|平台|项目)|我[局院校馆县市镇乡处站们]|签订|签署|批复|批准|核定|同意"
)


def is_past(clause: str, intent: Intent, year: int | None) -> bool:
    """Whether a folded clause opens with what is over; without the year of the submission, years tell nothing."""
    if intent.past.match(clause):
        return True
    named = _PAST_YEAR.match(clause)
    return named is not None and year is not None and int(named[1]) < year


def is_plan(clause: str, intent: Intent, year: int | None) -> bool:
    """Whether a folded clause speaks of what is to come."""
    coming = year is not None and any(int(named) >= year for named in _YEAR.findall(clause))
    return coming or intent.now.search(clause) is not None


def is_bygone(text: str, intent: Intent, year: int | None) -> bool:
    """Whether a folded sentence tells what others did, or an earlier phase, in years before the submission's.

    From the clause that names the year on it says that it was done, and what stands before only names of whom it
    tells: 全部应用部署在县政务云，该云2022年已建成 tells of today. What lasted from one past year to another is over,
    whoever did it. Last year (去年) is such a year at all times.
    """
    text = _ASIDE.sub("", text)
    if _OWN.search(text) or intent.proposed.search(text):
        return False
    span = _SPAN.search(text)
    if span is not None and year is not None and int(span[1]) < year and not _SPAN_OF_DATA.search(text):
        return True
    if not intent.somebody.search(text):
        return False
    years = [int(named) for named in _YEAR.findall(text)]
    if years and year is not None and max(years) > year - (_ONCE.search(text) is None):
        return False
    clauses = [clause for clause in _CLAUSES.split(_WHICH.sub("", text)) if clause]
    for at, clause in enumerate(clauses):
        if _LAST.search(clause) or (year is not None and _YEAR.search(clause)):
            return any(intent.done.search(rest) for rest in clauses[at:])
        if intent.asserts.search(clause):
            return False
    return False
