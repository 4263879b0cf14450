"""The ledger for showing: each submission clean and worded, and the round's counts, gaps and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from pipeline.model.assessment import Standing, Status, Verdict
from pipeline.report import wording
from pipeline.report.ledger import in_name_order
from pipeline.report.places import page_ranges
from pipeline.report.plaintext import plain

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Mark:
    """One requirement's result in one submission."""

    id: str
    article: str
    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class Passage:
    """Two passages that are alike: place and text on this side and on the other."""

    own_where: str
    own_text: str
    other_where: str
    other_text: str


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Another submission that is close to this one; `label` names it with the share in common."""

    label: str
    relation: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission; `outcome` is its verdict or failed, `link` a safe relative address of its page or ""."""

    name: str
    outcome: str
    outcome_text: str
    reason: str
    county: str
    project: str
    unit: str
    type_text: str
    total: Decimal | None
    completeness: Decimal | None
    link: str
    marks: tuple[Mark, ...]
    steps: tuple[str, ...]
    budget: dict[str, Any]
    duplicates: tuple[Lookalike, ...]
    unread: str
    reviewed: str  # the program's own verdict, where reviewers decided otherwise on something

    @property
    def gaps(self) -> int:
        """How many requirements are not met, and how many budget errors stand."""
        return sum(mark.status.is_gap or mark.status is Status.ERROR for mark in self.marks)

    @property
    def review(self) -> int:
        """How many requirements wait for a person."""
        return sum(mark.status is Status.NEEDS_REVIEW for mark in self.marks)

    @property
    def status_of(self) -> dict[str, Status]:
        """The status of each requirement by id."""
        return {mark.id: mark.status for mark in self.marks}


@dataclass(frozen=True, slots=True)
class Share:
    """A row of a plot: label, count or sum in yuan, its text, and its width from 0 to 100."""

    label: str
    amount: Decimal
    text: str
    width: int
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Overruled:
    """A rule on which reviewers decided: its id and title, how often, and how often otherwise than the program."""

    id: str
    title: str
    decided: int
    overruled: int


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The whole round; `facts` are label and text, the plots are ordered by size."""

    facts: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    requirements: tuple[Mark, ...]
    outcomes: tuple[Share, ...]
    gaps: tuple[Share, ...]
    by_unit: tuple[Share, ...]
    by_route: tuple[Share, ...]
    total: Decimal
    overrulings: tuple[Overruled, ...]


def ledger_view(round_data: dict[str, Any]) -> LedgerView:
    """The view of a round's plain data; missing fields read as blank."""
    entries = tuple(_entry(raw) for raw in in_name_order(round_data["submissions"]))
    marks = {mark.id: mark for entry in entries for mark in entry.marks if not _is_note(mark.id)}
    return LedgerView(
        facts=tuple(_facts(round_data["round"], len(entries))),
        entries=entries,
        requirements=tuple(marks.values()),
        outcomes=_outcomes(entries),
        gaps=_gaps(entries),
        by_unit=_sums((entry.unit, entry.total) for entry in entries),
        by_route=_sums((step, entry.total) for entry in entries for step in entry.steps),
        total=sum((entry.total for entry in entries if entry.total), Decimal(0)),
        overrulings=tuple(_overruled(raw, marks) for raw in round_data.get("overrulings") or ()),
    )


def _overruled(raw: dict[str, Any], marks: dict[str, Mark]) -> Overruled:
    finding_id = plain(raw.get("id"))
    mark = marks.get(finding_id)
    title = f"{mark.article}　{mark.title}".strip("　") if mark else finding_id
    return Overruled(finding_id, title, int(raw.get("decided") or 0), int(raw.get("overruled") or 0))


def _facts(facts: dict[str, Any], count: int) -> Iterable[tuple[str, str]]:
    yield "申报批次", plain(facts.get("folder"))
    if facts.get("county"):
        yield "县（市、区）", wording.county(plain(facts["county"]))
    yield "报送材料", f"{count} 份"
    yield "开始", _minute(facts.get("started"))
    yield "结束", _minute(facts.get("finished"))
    yield "程序版本", plain(facts.get("tool_version"))


def _minute(stamp: Any) -> str:
    """An ISO time to the minute, as people write it."""
    return plain(stamp)[:16].replace("T", " ")


def _entry(raw: dict[str, Any]) -> Entry:
    own, counts = raw.get("verdict"), raw.get("reviewed") or raw
    outcome = plain(counts.get("verdict"))
    if raw.get("state") == FAILED or outcome not in set(Verdict):
        outcome = FAILED
    return Entry(
        name=plain(raw.get("name")),
        outcome=outcome,
        outcome_text=wording.FAILED if outcome == FAILED else wording.VERDICT[Verdict(outcome)],
        reason=plain(raw.get("reason")),
        county=wording.county(plain(raw.get("county"))),
        project=plain(raw.get("project")),
        unit=plain(raw.get("unit")) or wording.NOT_STATED,
        type_text=wording.project_type(plain(raw.get("type"))) if outcome != FAILED else "",
        total=decimal_or_none(raw.get("total")),
        completeness=decimal_or_none(counts.get("completeness")),
        link=safe_link(str(raw.get("html") or "")),
        marks=tuple(_mark(f) for f in raw.get("findings") or () if f.get("status") in set(Status)),
        steps=tuple(_words(step) for step in raw.get("route") or ()),
        budget=raw.get("budget") or {},
        duplicates=tuple(_lookalike(other) for other in raw.get("duplicates") or ()),
        unread=_unread(raw.get("unread") or ()),
        reviewed=_reviewed(raw) if counts is not raw and own in set(Verdict) else "",
    )


def _reviewed(raw: dict[str, Any]) -> str:
    decided = sum(_applied(finding) for finding in raw.get("findings") or ())
    number = f" {decided} 项" if decided else ""
    verdict = wording.VERDICT[Verdict(raw["verdict"])]
    return f"已计入人工认定{number}；程序结论：{verdict}，完整度 {plain(raw.get('completeness'))}"


def _applied(finding: dict[str, Any]) -> bool:
    decision = finding.get("decision")
    return isinstance(decision, dict) and decision.get("standing") == Standing.APPLIED.value


def safe_link(path: str) -> str:
    """A relative address below the ledger, percent-encoded; "" for none and for one that leaves the folder."""
    parts = [part for part in plain(path).split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\\" in path:
        return ""
    return "./" + "/".join(quote(part, safe="") for part in parts)


def _mark(raw: dict[str, Any]) -> Mark:
    title = wording.titled(plain(raw.get("title")) or plain(raw.get("id")), plain(raw.get("kind")))
    status = raw["decision"]["status"] if _applied(raw) else raw["status"]
    return Mark(plain(raw.get("id")), plain(raw.get("article")), title, Status(status))


def _words(raw: Any) -> str:
    """A step or a similar submission, given as a text or as a mapping with a title or name, in words."""
    if not isinstance(raw, dict):
        return plain(raw)
    head = plain(raw.get("title") or raw.get("name") or raw.get("other") or raw.get("id"))
    share = decimal_or_none(raw.get("similarity", raw.get("score")))
    tail = f"（相似度 {share * 100:.0f}%）" if share is not None else ""
    article = plain(raw.get("article"))
    tail += "（待确认）" if raw.get("open") else ""
    return f"{article}　{head}{tail}" if article else f"{head}{tail}"


def _lookalike(raw: Any) -> Lookalike:
    if not isinstance(raw, dict):
        return Lookalike(plain(raw), "", ())
    sides = [(p.get("own") or {}, p.get("other") or {}) for p in raw.get("passages") or ()]
    passages = tuple(
        Passage(plain(own.get("where")), plain(own.get("text")), plain(other.get("where")), plain(other.get("text")))
        for own, other in sides
    )
    return Lookalike(_words(raw), plain(raw.get("relation")), passages)


def _unread(raw: Iterable[Any]) -> str:
    items = list(raw)
    if items and all(isinstance(item, int) for item in items):
        return f"第 {page_ranges(tuple(items))} 页"
    return "；".join(_words(item) for item in items)


def decimal_or_none(value: Any) -> Decimal | None:
    """A number from JSON, exact; None for none and for what is no finite number."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_note(finding_id: str) -> bool:
    return finding_id.startswith(("budget.", "quality."))


def _outcomes(entries: tuple[Entry, ...]) -> tuple[Share, ...]:
    tally = Counter(entry.outcome for entry in entries)
    names = [(v.value, wording.VERDICT[v]) for v in Verdict] + [(FAILED, wording.FAILED)]
    return tuple(
        Share(name, Decimal(tally[key]), f"{tally[key]} 份", _width(Decimal(tally[key]), Decimal(len(entries))), key)
        for key, name in names
    )


def _gaps(entries: tuple[Entry, ...], most: int = 10) -> tuple[Share, ...]:
    """The requirements that fail most often, with how many submissions fail them."""
    tally: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        tally.update({(m.id, m.article, m.title) for m in entry.marks if m.status.is_gap or m.status is Status.ERROR})
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))[:most]
    top = Decimal(ranked[0][1]) if ranked else Decimal(0)
    return tuple(
        Share(f"{article}　{title}".strip("　"), Decimal(count), f"{count} 份", _width(Decimal(count), top))
        for (_, article, title), count in ranked
    )


def _sums(pairs: Iterable[tuple[str, Decimal | None]]) -> tuple[Share, ...]:
    sums: dict[str, Decimal] = {}
    for label, total in pairs:
        if total is not None:
            sums[label] = sums.get(label, Decimal(0)) + total
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    top = ranked[0][1] if ranked else Decimal(0)
    return tuple(Share(label, total, f"{total / 10_000:,.2f} 万元", _width(total, top)) for label, total in ranked)


def _width(part: Decimal, whole: Decimal) -> int:
    return max(0, min(100, int(part * 100 / whole))) if whole > 0 else 0
