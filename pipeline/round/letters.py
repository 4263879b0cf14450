"""The letters of a whole round in one Word file (补正通知书合订), from its reports, each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import UnreadableError
from pipeline.report.from_json import assessment_from
from pipeline.report.to_notice import render_notices
from pipeline.round.store import DONE, Record, Store
from pipeline.round.versions import versions


def letters(store: Store, records: Iterable[Record]) -> bytes:
    """The docx with a letter for each submission that has something to mend, in name order.

    Superseded versions get none. Raises UnreadableError where nobody has anything to mend or a report is damaged.
    """
    records = tuple(records)
    replaced = {key for key, version in versions(records).items() if "superseded_by" in version}
    wanted = [
        record for record in records
        if record.state == DONE and verdict_of(record) != "complete" and record.id not in replaced
    ]  # fmt: skip
    if not wanted:
        raise UnreadableError("这一批中没有需要补正的材料。", "", "nothing-to-mend")
    return render_notices([assessment_from(store.report_path(record.id, "json").read_bytes()) for record in wanted])


def verdict_of(record: Record) -> str:
    """The verdict that counts: with the reviewers' decisions where there are any."""
    return str((record.row.get("reviewed") or record.row)["verdict"])
