"""Money (金额): an exact amount of yuan that keeps the words it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """Unit of a written amount (单位)."""

    YUAN = "元"
    WAN = "万元"
    YI = "亿元"
    UNKNOWN = ""

    @property
    def factor(self) -> Decimal:
        """Yuan in one of the unit; an unknown unit counts as yuan."""
        return {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000), "": Decimal(1)}[self.value]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in yuan, exact, with its wording and unit; `step` is half of its last printed digit, in yuan."""

    yuan: Decimal
    wording: str
    unit: Unit = Unit.YUAN
    step: Decimal = Decimal("0")
    capital: bool = False  # written in Chinese capitals (大写)
    approximate: bool = False  # 约, 左右
