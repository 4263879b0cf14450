"""Copied regulation text (照抄条文): hashes of character shingles, so that no regulation's sentence ships with us.

`python -m checks.copied FILE` prints the hashes of a regulation's articles, for a county's shingles.txt.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from pipeline.model.text import fold

_SIZE = 10
_NOT_TEXT = re.compile(r"[^\u4e00-\u9fff0-9a-z]")
_NUMBER = "[一二三四五六七八九十百]+"
_ARTICLE = re.compile(rf"^(?:[-*•]|\[[^\]]*\])*第({_NUMBER})条")
_CHAPTER = re.compile(rf"^第{_NUMBER}章.{{0,20}}$")
_CITED = re.compile(rf"第{_NUMBER}条")
_OWN_CLAUSE = re.compile(rf"^第{_NUMBER}条(?!规定|要求|明确|提出)")
_ASKING = re.compile(  # 《…办法》提出应秉持…的原则; 第十三条要对…进行审核
    rf"第{_NUMBER}条[^。;]{{0,60}}?(?:审核|审查|评审|验收)|第{_NUMBER}条(?:规定|要求|明确|提出)[^。;]{{0,60}}?(?:应当?|必须|须|不得|必备)|"
    r"(?:办法|规定|条例|通知)[》)][^。;]{0,30}(?:该|其|本)(?:办法|规定|条例|通知)(?:提出|要求|规定|明确|强调)"
)
_DEMANDS = re.compile(r"要求|规定|审核|审查|应当|必须|作为[^,。;]{1,16}内容")
_OWN = re.compile(  # the project's own doing, and no promise to comply
    r"(?:本项目|本方案|本系统|本平台|我[局院校馆所镇]|据此|为此|因此)"
    r"(?!(?:将|会|要|均|都)?(?:予以|按照?|依照?|遵照?|严格|认真|积极)[^,。;]{0,12}(?:配合|落实|执行|办理|要求|规定))"
)
_SEVERAL = 2  # articles
_ANNEX = re.compile(r"^附件|^抄送|^[^。]{4,40}\d{4}年?\d{1,2}月?\d{1,2}日?印发")


def tells_rule(text: str) -> bool:
    """Whether a folded sentence only tells what articles of a rule ask for, and of the project that it will comply."""
    text = _OWN_CLAUSE.sub("", text)  # a proposal that numbers its own clauses so
    several = len(_CITED.findall(text)) >= _SEVERAL and _DEMANDS.search(text) is not None
    return (several or _ASKING.search(text) is not None) and _OWN.search(text) is None


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of ten Chinese characters, letters or digits of a folded text."""
    plain = _NOT_TEXT.sub("", text)
    return frozenset(crc32(plain[i : i + _SIZE].encode()) for i in range(len(plain) - _SIZE + 1))


def share_copied(text: str, known: frozenset[int]) -> float:
    """The share of a folded text's shingles, 0-1, that stand in the known text too."""
    own = shingles(text)
    return len(own & known) / len(own) if own and known else 0.0


def articles(text: str) -> Iterator[str]:
    """The articles of a regulation's text, folded, without numbers, chapter headings, letterhead and annex."""
    current: list[str] | None = None
    for line in map(fold, text.splitlines()):
        opens = _ARTICLE.match(line)
        if opens is not None or _CHAPTER.match(line) or (current is not None and _ANNEX.match(line)):
            if current:
                yield "".join(current)
            current = [line[opens.end() :]] if opens is not None else None
        elif current is not None:
            current.append(line)
    if current:
        yield "".join(current)


def article_hashes(text: str) -> tuple[str, ...]:
    """The hashes of all articles as eight hexadecimal digits each, sorted, none twice."""
    return tuple(sorted(f"{h:08x}" for h in frozenset[int]().union(*map(shingles, articles(text)))))


if __name__ == "__main__":
    for hexed in article_hashes(Path(sys.argv[1]).read_text(encoding="utf-8")):
        sys.stdout.write(hexed + "\n")
