"""Resubmissions (重新报送): the same unit and project again with other content, held against the version before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from pipeline.model.text import fold
from pipeline.round.lookalikes import Source
from pipeline.round.store import DONE, Record

_GAPS = frozenset({"partial", "missing", "violated", "error"})


def versions(records: Iterable[Record], earlier: Iterable[Source] = ()) -> dict[str, dict[str, Any]]:
    """For each submission's id `earlier` (the version before it, held against it) and `superseded_by` (a name).

    The version before is, in this order: an older submission of this round, by the time its files were last changed;
    what lay under the same name before; the latest of an earlier round. None where unit or project is not known.
    """
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.state == DONE and all(_key(record.row)):
            groups.setdefault(_key(record.row), []).append(record)
    before = _latest(earlier)
    out: dict[str, dict[str, Any]] = {}
    for key, group in groups.items():
        group.sort(key=lambda record: (record.received, record.name))
        first = group[0]
        known = first.previous or before.get(key)
        if known and _key(known["row"]) == key and known["content"] != first.content:
            out.setdefault(first.id, {})["earlier"] = reconcile(known, first.row)
        for one, other in pairwise(_distinct(group)):
            out.setdefault(one.id, {})["superseded_by"] = other.name
            out.setdefault(other.id, {})["earlier"] = reconcile(as_previous(one), other.row)
    return out


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return fold(str(row.get("unit") or "")), fold(str(row.get("project") or ""))


def _latest(earlier: Iterable[Source]) -> dict[tuple[str, str], dict[str, Any]]:
    """The latest version of each project in the earlier rounds."""
    done = [source for source in earlier if source.record.state == DONE]
    done.sort(key=lambda source: (source.record.received, source.round, source.record.name))
    return {_key(source.record.row): as_previous(source.record, source.round) for source in done}


def _distinct(group: Sequence[Record]) -> list[Record]:
    """The versions without copies of one that came before: the same files twice are no new version."""
    seen: set[str] = set()
    return [record for record in group if not (record.content in seen or seen.add(record.content))]  # type: ignore[func-returns-value]


def as_previous(record: Record, folder: str = "") -> dict[str, Any]:
    """What is kept of a version to hold the next one against."""
    row = {name: record.row.get(name) for name in ("unit", "project", "verdict", "completeness", "total", "findings")}
    return {"name": record.name, "round": folder, "content": record.content, "row": row}


def reconcile(before: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The version before by name, round, verdict and total; which of its gaps are mended, left, and which are new."""
    old, new = _gaps(before["row"]), _gaps(row)
    return {
        "name": before["name"],
        "round": before["round"],
        **{name: before["row"].get(name) for name in ("verdict", "completeness", "total")},
        "mended": [title for key, title in old.items() if key not in new],
        "left": [title for key, title in new.items() if key in old],
        "new": [title for key, title in new.items() if key not in old],
    }


def _gaps(row: dict[str, Any]) -> dict[str, str]:
    """Id and title, article first, of each finding that has to be mended."""
    return {
        finding["id"]: " ".join(filter(None, [finding.get("article"), finding.get("title")]))
        for finding in row.get("findings") or ()
        if finding["status"] in _GAPS
    }


def sentence(earlier: dict[str, Any]) -> str:
    """The reconciliation in words for the ledger's page."""
    origin = f"（{earlier['round']}）" if earlier["round"] else ""
    counts = f"已补正 {len(earlier['mended'])} 项，仍缺 {len(earlier['left'])} 项，新增 {len(earlier['new'])} 项"
    return f"重新报送：与前一版本“{earlier['name']}”{origin}相比，{counts}。"
