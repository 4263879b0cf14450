"""Lines of one paragraph parted by soft breaks (软回车): where one heads what follows it, they are paragraphs.

Who presses Shift+Enter for Enter types a whole plan as one paragraph, in which no heading would be found. An address
or a poem stays one paragraph, and so does a list of titles.
"""

from __future__ import annotations

import re
from itertools import pairwise

_HAN, _FORMAL = "一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾"
_UNIT = "(?:[万亿元％%米吨月]|年(?!度)|日(?!常|志))"
_TITLE = re.compile(
    rf"""(?P<number>
      第\s*(?:[{_HAN}]{{1,3}}|\d{{1,2}})\s*(?:章|节|篇|部分)
    | [{_HAN}]{{1,3}}\s*[、.．]
    | [（(]\s*[{_HAN}]{{1,3}}\s*[）)]
    | [{_FORMAL}]{{1,3}}、
    | \d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}(?![\d.．％%]|\s*{_UNIT})
    )
    [、.．:：\s]*
    (?=[\u4e00-\u9fffA-Za-z“《])[^。；！？：;!?:，,…·\t]{{2,25}}(?<![.．\d、])[：:]?$""",
    re.VERBOSE,
)
_ITEM = re.compile(r"\d{1,2}\s*[、.．)）]|[（(]\s*\d{1,2}\s*[）)]|[①-⑩]")
_SAYING = re.compile(r"[。；！？，]|.{26}")  # what text under a title has, and a name, a place or a signature has not
_STOPS = tuple("。；！？：;!?:")


def parted(text: str, number: str = "") -> list[str]:
    """The paragraphs of a text with soft breaks, whose automatic number is given; the text alone where it is one."""
    lines = [line for one in text.split("\n") if (line := one.strip())]
    kinds = [_kind(line) for line in [number + lines[0], *lines[1:]]] if len(lines) > 1 else []
    below = list(zip(kinds[1:], lines[1:], strict=False))
    if not any(kind and _is_headed(kind, *under) for kind, under in zip(kinds, below, strict=False)):
        return [text]
    out = [lines[0]]
    for (above, line), titles in zip(pairwise(lines), pairwise(kinds), strict=True):
        if any(titles) or above.endswith(_STOPS) or _ITEM.match(line):
            out.append(line)
        else:
            out[-1] += "\n" + line  # a sentence that goes on
    return out


def _is_headed(kind: str, below: str, line: str) -> bool:
    """Whether a title of some kind heads the line below it, of which the kind is given too."""
    if below:
        return below != kind
    return bool(_SAYING.search(line) or _ITEM.match(line))


def _kind(line: str) -> str:
    """What a title's number looks like, whatever it counts; empty for a line that is no title."""
    match = _TITLE.match(line)
    return "" if match is None else re.sub(rf"[{_HAN}{_FORMAL}\d]+", "1", re.sub(r"\s", "", match["number"]))
