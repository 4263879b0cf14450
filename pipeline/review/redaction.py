"""Names, numbers and addresses hidden (隐去个人信息): the same one gets the same sign wherever it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from pipeline.model.assessment import (
    Assessment,
    Condition,
    FileRecord,
    Finding,
    RegulationRecord,
    RouteStep,
    SectionHit,
)
from pipeline.model.budget import BudgetLine, EstimateTable, Link
from pipeline.report.plaintext import plain
from pipeline.review.persons import find_persons

REMARK: Final = "本报告已隐去姓名、电话、证件号码、账号、邮箱和网络地址，同一对象用同一代号。"

_NOT_DIGIT, _NOT_AFTER = r"(?<![\dA-Za-z])", r"(?![\dA-Za-z])"
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_FIRST: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]\d)"  # of two digits at least: 4.1.2.3 is a heading's number
_HEX: Final = "[0-9A-Fa-f]{1,4}"
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DASH: Final = r"[-\u2010-\u2015 ]?"
# kind -> pattern on text of the same length with full-width digits made half; the first that matches a place has it
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("邮箱", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("网址", re.compile(r"(?:https?|ftp|wss?|jdbc:[a-z]+)://[^\s,;，。；、）)】》”\"']+")),
    (
        "网址",
        re.compile(
            r"(?<![A-Za-z0-9_.-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|cn|gov|edu|local|lan|internal)(?::\d{2,5})?(?![\w.-]*[A-Za-z0-9])"
        ),
    ),
    ("证件号", re.compile(_NOT_DIGIT + rf"\d{{6}}(?:19|20)\d{{2}}{_DAY}\d{{3}}[\dXx]" + _NOT_AFTER)),
    ("电话", re.compile(_NOT_DIGIT + rf"(?:\+?86{_DASH})?1[3-9]\d{_DASH}\d{{4}}{_DASH}\d{{4}}" + _NOT_AFTER)),
    ("电话", re.compile(_NOT_DIGIT + rf"\(?0\d{{2,3}}\)?{_DASH}[2-9]\d{{6,7}}(?:[-转]\d{{1,5}})?" + _NOT_AFTER)),
    ("电话", re.compile(_NOT_DIGIT + rf"[48]00{_DASH}\d{{3}}{_DASH}\d{{4}}" + _NOT_AFTER)),
    ("电话", re.compile(r"(?<=电话)[:： ]{0,3}()\d[\d\- ]{5,16}\d|(?<=手机)[:： ]{0,3}()\d[\d\- ]{5,16}\d")),
    ("账号", re.compile(_NOT_DIGIT + r"[1-9]\d{3}(?: ?\d{4}){3}(?: ?\d{1,3})?" + _NOT_AFTER)),
    ("网络地址", re.compile(rf"(?<![\d.]){_FIRST}(?:\.{_OCTET}){{3}}(?::\d{{1,5}}|/\d{{1,2}})?(?![\d.]*\d)")),
    ("网络地址", re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){3,7}(?::?[0-9A-Fa-f]{1,4}){1,4}(?:/\d{1,3})?(?![\w:])")),
    ("网络地址", re.compile(rf"(?<![\w:])(?:{_HEX}:){{1,6}}:(?:{_HEX}(?::{_HEX}){{0,5}})?(?![\w:])")),
    ("网络地址", re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])")),
)  # fmt: skip
# Texts that are codes, or the regulation's own words.
_KEPT: Final[dict[type, frozenset[str]]] = {
    RegulationRecord: frozenset(f.name for f in fields(RegulationRecord)),
    FileRecord: frozenset({"sha256", "format", "role"}),
    Finding: frozenset({"id", "kind", "article", "demand", "title"}),
    Condition: frozenset({"name"}),
    RouteStep: frozenset({"id", "article", "title"}),
    SectionHit: frozenset({"id"}),
    Link: frozenset({"name", "title"}),
    BudgetLine: frozenset({"role", "number"}),
    EstimateTable: frozenset({"across"}),
    Assessment: frozenset({"submitted", "tool_version", "share", "remarks"}),
}
_CODES: Final = frozenset({"type", "made", "until", "unit"})


def redacted(assessment: Assessment) -> Assessment:
    """The assessment with every person, number and address in its texts hidden, and a remark that says so."""
    signs = _Signs(find_persons(tuple(dict.fromkeys(_texts(assessment)))))
    hidden: Assessment = _walk(assessment, signs.hide)
    return replace(hidden, remarks=(*assessment.remarks, REMARK))


def _keeps(owner: object, name: str) -> bool:
    if name in _KEPT.get(type(owner), frozenset()):
        return True
    return name in _CODES and not (name == "unit" and type(owner).__name__ == "ProjectRecord")


def _texts(value: Any) -> Iterator[str]:
    """Every text of the assessment that may be about somebody."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if not _keeps(value, field.name):
                yield from _texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif type(value) is str and value:
        yield plain(value)


def _walk(value: Any, hide: Callable[[str], str]) -> Any:
    """The same value with every such text hidden."""
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if not _keeps(value, field.name)]
        changed = {name: _walk(getattr(value, name), hide) for name in names}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_walk(item, hide) for item in value)
    return hide(value) if type(value) is str and value else value


class _Signs:
    """The sign of each thing hidden, numbered by kind in the order of their first coming."""

    def __init__(self, persons: tuple[str, ...]) -> None:
        self._signs: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        longest = sorted(persons, key=lambda name: (-len(name), name))
        self._persons = re.compile("|".join(map(re.escape, longest))) if longest else None

    def hide(self, text: str) -> str:
        """The clean text with signs in place of what is hidden."""
        text = plain(text)
        for kind, pattern in _PATTERNS:
            text = self._replace(text, kind, pattern)
        return self._replace(text, "姓名", self._persons) if self._persons else text

    def _replace(self, text: str, kind: str, pattern: re.Pattern[str]) -> str:
        flat = _half_width(text)
        out, reached = [], 0
        for match in pattern.finditer(flat):
            begin = match.start(1) if match.lastindex and match.start(1) >= 0 else match.start()
            begin = match.start(2) if match.lastindex == 2 and match.start(2) >= 0 else begin
            out += [text[reached:begin], self._sign(kind, match.group())]
            reached = match.end()
        return "".join([*out, text[reached:]])

    def _sign(self, kind: str, found: str) -> str:
        key = kind, re.sub(r"[^\w@.]", "", found).lower()
        if key not in self._signs:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._signs[key] = f"〔{kind}{self._counts[kind]}〕"
        return self._signs[key]


def _half_width(text: str) -> str:
    """The text with full-width letters, digits and signs made half, character for character."""
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", char)) == 1 else char for char in text)
