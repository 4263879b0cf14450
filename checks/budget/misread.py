"""Figures that text recognition may have misread: a digit dropped or doubled, a point lost."""

from __future__ import annotations

from decimal import Decimal

_SURE = 0.999  # below this a figure comes from recognition


def misread(found: Decimal, expected: Decimal, confidence: float) -> bool:
    """Whether a recognised figure differs from the expected one only as recognition errs: one digit lost or added."""
    if confidence >= _SURE or found <= 0 or expected <= 0 or found == expected:
        return False
    one, other = sorted((_digits(found), _digits(expected)), key=len)
    if one == other:
        return found * 10_000 != expected and found != expected * 10_000  # a point lost; 10,000 is a matter of units
    return len(other) == len(one) + 1 and any(other[:i] + other[i + 1 :] == one for i in range(len(other)))


def _digits(value: Decimal) -> str:
    return f"{value:f}".replace(".", "").strip("0")
