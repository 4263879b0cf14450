"""The file of decisions (decisions.json) beside a round or a report: read whole, written whole, never rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pipeline.errors import UsageError
from pipeline.model.assessment import Status
from pipeline.report.to_json import clean
from pipeline.report.wording import TOOL
from pipeline.review.decisions import Entry

NAME: Final = "decisions.json"
_WHAT: Final = "decisions"
_HOME: Final = ".fangan"  # where a round keeps its own things
_REPORTS: Final = "reports"


def decisions_beside(report: Path) -> Path:
    """Where decisions on a report are kept: in the round's folder for a report of a round, else beside the report."""
    folder = report.resolve().parent
    if folder.name == _REPORTS and (folder.parent / _HOME).is_dir():
        folder = folder.parent
    return folder / NAME


def read_decisions(path: Path) -> tuple[Entry, ...]:
    """The entries in the order in which they were made; none where there is no file, or one that is not ours.

    Raises UsageError where the file cannot be read or is damaged: what reviewers decided is never dropped silently.
    """
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    tool = value.get("tool") if isinstance(value, dict) else None
    if not isinstance(tool, dict) or (tool.get("name"), tool.get("what")) != (TOOL, _WHAT):
        return ()
    try:
        return tuple(_entry(item) for item in value["decisions"])
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UsageError:
    return UsageError(f"人工认定文件“{path}”无法读取或已损坏。", "请恢复该文件，或移走后重新认定。")


def _entry(item: dict[str, Any]) -> Entry:
    status = item["status"]
    return Entry(**{
        **item,
        "status": None if status is None else Status(status),
        "machine": Status(item["machine"]),
        "quotes": tuple(item["quotes"]),
        "files": tuple(item["files"]),
        "figures": tuple(item.get("figures", ("", ""))),
    })  # fmt: skip


def written(entries: Iterable[Entry]) -> bytes:
    """The file's content as UTF-8 JSON."""
    value = {
        "schema_version": "1",
        "tool": {"name": TOOL, "what": _WHAT},
        "decisions": [asdict(entry) for entry in entries],
    }
    return (json.dumps(clean(value), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
