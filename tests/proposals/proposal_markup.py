"""Read the small markup of the test proposals (see README.md beside this file) into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

FIELD_STYLES = ("auto", "typed", "bold", "outline", "custom")
INLINE = re.compile(r"\{\{(del|ins|hidden|white|comment|footnote|textbox|sdt):\s*(.*?)\}\}|\*\*(.+?)\*\*", re.S)
CN = "[一二三四五六七八九十百零〇]+"
# (a number at the head of a heading, Word number format, level text, whether numbers above show as digits)
NUMBERS = (
    (rf"第{CN}章\s*", "chineseCountingThousand", "第%{n}章", False),
    (rf"第{CN}节\s*", "chineseCountingThousand", "第%{n}节", False),
    (rf"第{CN}部分[：:]?\s*", "chineseCountingThousand", "第%{n}部分", False),
    (rf"{CN}、\s*", "chineseCountingThousand", "%{n}、", False),
    (rf"（{CN}）\s*", "chineseCountingThousand", "（%{n}）", False),
    (r"（\d+）\s*", "decimal", "（%{n}）", True),
    (r"\d+(?:\.\d+)+\.?\s*", "decimal", "{path}", True),
    (r"\d+[.．、]\s*", "decimal", "%{n}.", True),
    (r"\d+\s+", "decimal", "%{n}", True),
)


@dataclass(frozen=True)
class Block:
    """One piece of a text: a heading (level 1 to 4), a paragraph (0), a bullet, a table or a page break."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Source:
    """A parsed text: the keys of its front matter and its blocks in order."""

    meta: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def style(self) -> str:
        """How headings are made; `typed` unless told."""
        return self.meta.get("style", "typed")

    def headings(self) -> list[Block]:
        """All headings in order."""
        return [b for b in self.blocks if b.kind == "heading"]


def parse(text: str) -> Source:
    """Read the markup; raises ValueError where a key or a style is unknown."""
    meta: dict[str, str] = {}
    if text.startswith("---\n"):
        head, text = text[4:].split("\n---\n", 1)
        for line in filter(None, map(str.strip, head.splitlines())):
            key, _, value = line.partition(":")
            meta[key.strip()] = value.strip()
    unknown = set(meta) - {"style", "header", "footer", "toc", "toc_extra", "cover"}
    if unknown or meta.get("style", "typed") not in FIELD_STYLES:
        raise ValueError(f"unknown front matter: {unknown or meta['style']}")
    blocks: list[Block] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|")):
        members = list(group)
        blocks.extend([_table(members)] if is_row else map(_line, members))
    return Source(meta, tuple(blocks))


def _line(line: str) -> Block:
    if line == "{{pagebreak}}":
        return Block("pagebreak")
    if match := re.match(r"(#{1,4})\s+(.*)", line):
        return Block("heading", match[2], len(match[1]))
    if line.startswith("- "):
        return Block("bullet", line[2:])
    return Block("paragraph", line)


def _table(lines: list[str]) -> Block:
    """One table; a line of dashes below the header row is left out, as in Markdown."""
    kept = [line for line in lines if not re.fullmatch(r"[|\-: ]+", line) or "-" not in line]
    rows = [tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")) for line in kept]
    width = max(map(len, rows))
    return Block("table", rows=tuple(row + ("",) * (width - len(row)) for row in rows))


def split_number(text: str) -> tuple[str, str]:
    """A heading's number with the blank behind it, and the rest; the number is empty where there is none."""
    for pattern, *_ in NUMBERS:
        if match := re.match(pattern, text):
            return match[0], text[match.end() :]
    return "", text


def plain(text: str) -> str:
    """The words a reader of the body sees: deletions, hidden and white text, comments and footnotes left out."""
    return INLINE.sub(lambda m: m[3] or (m[2] if m[1] in {"ins", "sdt", "textbox"} else ""), text)


def contents_lines(source: Source) -> Iterator[tuple[int, str]]:
    """(level, text) of each contents line; what `toc_extra` lists comes before the first higher-numbered heading."""
    extra = [x.strip() for x in source.meta.get("toc_extra", "").split(";") if x.strip()]
    for heading in source.headings():
        while extra and heading.level == 1 and 0 < _order(extra[0]) < _order(heading.text):
            yield 1, extra.pop(0)
        if heading.level <= 2:
            yield heading.level, plain(heading.text)
    yield from ((1, text) for text in extra)


def _order(text: str) -> int:
    """The number at the head of a heading up to 19, 0 where there is none."""
    number = re.search(r"\d+|[一二三四五六七八九十]+", split_number(text)[0])
    if not number:
        return 0
    if number[0].isdigit():
        return int(number[0])
    tens, _, unit = number[0].rpartition("十")
    return (10 if "十" in number[0] else 0) + ("一二三四五六七八九".find(unit or tens) + 1)
