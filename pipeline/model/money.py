"""Money (金额): an exact amount of yuan that keeps the words it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_FACTORS = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000, "": 1}


class Unit(StrEnum):
    """Unit of a written amount (单位)."""

    YUAN = "元"
    QIAN = "千元"
    WAN = "万元"
    BAIWAN = "百万元"
    YI = "亿元"
    UNKNOWN = ""

    @property
    def factor(self) -> Decimal:
        """Yuan in one of the unit; an unknown unit counts as yuan."""
        return Decimal(_FACTORS[self.value])


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in yuan, exact, with its wording and unit; `step` is half of its last printed digit, in yuan."""

    yuan: Decimal
    wording: str
    unit: Unit = Unit.YUAN
    step: Decimal = Decimal("0")
    capital: bool = False  # written in Chinese capitals (大写)
    approximate: bool = False  # 约, 左右

    @property
    def slack(self) -> Decimal:
        """How far, in yuan, the true amount may lie from the written one: `step`, or for 约 half of its last digit."""
        if not self.approximate or not self.yuan:
            return self.step
        last = int(self.yuan) or 1
        place = 0
        while last % 10 == 0:
            last //= 10
            place += 1
        return max(self.step, Decimal(5).scaleb(place - 1))

    def agrees(self, other: Money) -> bool:
        """Whether both can be the same amount, one perhaps rounded: 约330万元 agrees with 3,286,000元."""
        return abs(self.yuan - other.yuan) <= max(self.slack, other.slack)
