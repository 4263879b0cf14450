"""Words of the budget findings (corpora/common/budget.yaml), amounts as people read them, evidence from places."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.errors import ProfileError
from pipeline.model.assessment import Evidence, Finding, Status
from pipeline.model.budget import Place

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WAN = Decimal(10_000)
_SURE = 0.999


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("corpora") / "common" / "budget.yaml"
    data = yaml.load(source.read_text("utf-8"), Loader=_LOADER)
    if not isinstance(data, dict):
        raise ProfileError("文件 common/budget.yaml 不是键值结构。", "请恢复安装包中的原文件。")
    return data


def bound(name: str) -> Decimal:
    """A bound of the regulation by name: om_note and om_limit as ratios, contract_years in years."""
    return Decimal(_data()["bounds"][name])


def label(room: str, name: str) -> str:
    """The Chinese name of a kind of place (room "places") or of a link (room "links")."""
    return str(_data()[room][name])


def wan(yuan: Decimal) -> str:
    """An amount as officials read it: 320万元 from ten thousand up, 元 below; without trailing zeros."""
    if abs(yuan) >= _WAN:
        return f"{_plain(yuan / _WAN)}万元"
    return f"{_plain(yuan)}元"


def _plain(value: Decimal) -> str:
    text = f"{value.quantize(Decimal('0.000001')):f}".rstrip("0").rstrip(".")
    return text or "0"


def percent(ratio: Decimal) -> str:
    """A ratio as percent with one decimal."""
    return f"{(ratio * 100).quantize(Decimal('0.1'))}%"


def evidence(quote: str, place: Place) -> Evidence:
    """The quoted words with their place."""
    words = " ".join(quote.split())[:160]
    return Evidence(
        words, place.file, place.page, place.heading, place.block, place.table, place.row, "", place.confidence
    )


def where(place: Place) -> str:
    """How a message names a table's place: its page, where the file has pages."""
    page = f"第{place.page}页" if place.page else ""
    row = f"第{place.row + 1}行" if place.row is not None else ""
    return f"{page}表格{row}" if place.table is not None else page


def finding(
    code: str,
    words: dict[str, str],
    shown: Iterable[Evidence],
    *,
    variant: str = "message",
    advice: str = "suggestion",
    status: Status = Status.ERROR,
    expected: Decimal | None = None,
    found: Decimal | None = None,
    formula: str = "",
) -> Finding:
    """A budget finding in the words of the corpus; says so where its figures come from text recognition."""
    texts = _data()["findings"][code]
    marks = tuple(shown)
    confidence = min((e.confidence for e in marks), default=1.0)
    message = str(texts[variant]).format(**words)
    if confidence < _SURE:
        message += str(_data()["recognised"])
    return Finding(
        code,
        status,
        str(texts["title"]),
        message,
        "",
        None,
        str(texts[advice]).format(**words),
        confidence,
        marks,
        expected,
        found,
        formula,
    )
