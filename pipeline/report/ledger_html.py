"""The ledger as a page: the leader's page with plots first, then a table to sort and search, linking the reports."""

from __future__ import annotations

from typing import Any

from pipeline.report import wording
from pipeline.report.amounts import wan
from pipeline.report.ledger_view import ledger_view
from pipeline.report.pages import page, resource


def render(round_data: dict[str, Any]) -> bytes:
    """The page as UTF-8 HTML; it works without script too, then unsorted and unfiltered."""
    return page(
        "ledger.html",
        style=resource("base.css") + resource("ledger.css"),
        script=resource("ledger.js"),
        view=ledger_view(round_data),
        words=wording,
        wan=wan,
    )
