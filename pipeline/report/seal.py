"""The seal of an HTML report (报告印记): what it was made from, and a hash by which a changed page is told."""

from __future__ import annotations

import hashlib
import html
import json
import re
from typing import Any, Final

from pipeline.model.assessment import Assessment
from pipeline.report.plaintext import plain
from pipeline.report.wording import TOOL

_BLANK: Final = "0" * 64
_SEAL: Final = re.compile(rb'<meta name="fangan-report" content="([^"]*)">')


def blank_seal(assessment: Assessment) -> str:
    """The seal as JSON for the page's head, its hash not yet filled in."""
    value = {
        "tool": {"name": TOOL, "version": plain(assessment.tool_version)},
        "county": plain(assessment.regulation.county),
        "rules": plain(assessment.regulation.rules),
        "files": [{"name": plain(f.name), "sha256": plain(f.sha256)} for f in assessment.files],
        "page": _BLANK,
    }
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def sealed(page: bytes) -> bytes:
    """The page with the hash of itself in its seal."""
    found = _SEAL.search(page)
    if found is None:
        return page
    digest = hashlib.sha256(page).hexdigest().encode("ascii")
    seal = found.group(1).replace(_BLANK.encode("ascii"), digest)
    return page[: found.start(1)] + seal + page[found.end(1) :]


def read_seal(page: bytes) -> tuple[dict[str, Any], bool] | None:
    """The seal of a page and whether the page is as it was written; None where it has none."""
    found = _SEAL.search(page)
    if found is None:
        return None
    try:
        value = json.loads(html.unescape(found.group(1).decode("utf-8")))
        digest = str(value["page"]).encode("ascii")
    except (ValueError, KeyError, TypeError):
        return None
    blank = found.group(1).replace(digest, _BLANK.encode("ascii"))
    whole = page[: found.start(1)] + blank + page[found.end(1) :]
    return value, hashlib.sha256(whole).hexdigest().encode("ascii") == digest
