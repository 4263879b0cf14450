"""Numbers of budget rows (一、（一）、1、1.1) and how deep they stand under one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model.budget import BudgetLine

# How deep a numbering style stands among the others: 一 above （一） above 1 above 1.1 above （1）.
_STYLES = (
    ("part", re.compile(r"第[一二三四五六七八九十]+(?:部分|章|篇|类)")),
    ("roman", re.compile(r"[IVXⅠ-Ⅻ]+")),
    ("letter", re.compile(r"[A-Z]")),
    ("stem", re.compile(r"[甲乙丙丁戊己庚辛]")),
    ("chinese", re.compile(r"[一二三四五六七八九十]+")),
    ("bracket", re.compile(r"\([一二三四五六七八九十]+\)")),
    ("digit", re.compile(r"\d{1,3}")),
    ("two", re.compile(r"(?:\d{1,3}|[A-Z])[.-]\d{1,3}")),
    ("three", re.compile(r"(?:\d{1,3}|[A-Z])(?:[.-]\d{1,3}){2}")),
    ("four", re.compile(r"(?:\d{1,3}|[A-Z])(?:[.-]\d{1,3}){3}")),
    ("round", re.compile(r"\(\d{1,2}\)|\d{1,2}\)")),
    ("circle", re.compile(r"[①-⑳]")),
    ("small", re.compile(r"[a-z]")),
)
_LEADING = re.compile(
    r"\s*(第[一二三四五六七八九十]+(?:部分|章|篇|类)|\([一二三四五六七八九十]+\)|\(\d{1,2}\)|[①-⑳]|\d{1,2}\)"
    r"|[甲乙丙丁戊己庚辛](?=[、.:：])|[一二三四五六七八九十]{1,3}(?=[、.,:：])|\d{1,3}(?:\.\d{1,3}){1,3}(?=[\s、.一-鿿])|\d{1,3}(?=[、.](?!\d))"
    r"|[IVXⅠ-Ⅻ]+(?=[、.\s])|[A-Z](?=[、.]))[、.,:：\s]*"
)


def leading_number(name: str) -> re.Match[str] | None:
    """The number that a name begins with, its mark and blanks included; group 1 is the number alone."""
    return _LEADING.match(name)


def deepened(lines: list[BudgetLine]) -> Iterator[BudgetLine]:
    """Depths by numbering style, over the styles that occur; a row without a number stands below a numbered one."""
    ranks = [_rank(line.number) for line in lines]
    used = sorted({rank for rank in ranks if rank >= 0})
    order = {rank: depth for depth, rank in enumerate(used)}
    current = 0
    for line, rank in zip(lines, ranks, strict=True):
        if line.role == "total":
            yield replace(line, depth=0)
            continue
        if rank >= 0:
            current = order[rank]
            yield replace(line, depth=current)
        else:
            yield replace(line, depth=current + 1 if used and line.role == "item" else current)


def _rank(number: str) -> int:
    plain = "".join(number.split())
    return next((rank for rank, (_, style) in enumerate(_STYLES) if style.fullmatch(plain)), -1)
