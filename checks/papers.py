"""Papers (会议纪要、专家意见) among the chapters: whether one is about this project or about something else.

What a paper deals with stands in the brackets of its title, behind 对…进行论证, 审议… or 议题：. Where it names
nothing, it is taken for the project's: a clerk who annexes minutes seldom annexes wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.reading import Reading
from pipeline.model.outline import Section
from pipeline.model.text import fold

_DEALS_WITH = (
    re.compile(r"对(?:于)?([^,。;:|]{4,40}?)(?:进行|作|开展)了?(?:论证|评审|评议|审查)"),
    re.compile(r"(?:事项|议题)[\"]?:([^,。;:|]{4,40})"),
    re.compile(r"(?:审议|研究)了?(?![院员所生馆后])(?!意见|中心|一致|同意|决定|认为)([^,。;:|]{4,40})"),
)
_ORDER = re.compile(r"(?:规则|程序|规定|制度|要求)$|大额资金")  # by which a meeting decides, and not what
_IN_TITLE = re.compile(r"\(([^()]{6,40})\)$")
_EXCERPT = re.compile(r"摘|节录|复印|扫描|\d{4}年|第?\d+[号期次]")
_WORKS = re.compile(r"信息化|数字化|智慧|智能|系统(?!性|工程)|平台|软件|本项目|该项目|建设方案|立项|申报|政务云")
_COMMON = re.compile(
    r"[省市县区镇乡]|系统|平台|建设|项目|方案|管理|信息|工程|服务|综合|中心|运维|运行|维护|技术|实施|设计|初步|总体|预算|概算|报告"
)
_PHASE = re.compile(r"(?<![十二三四五六七八九第])(?:一|上一?)期(?!.*[二三]期)")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_DECIDES = re.compile("纪要|意见|论证|评审|决定")
_LONG_AGO = 2  # years; minutes of last year may be on this project
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def is_of_another_matter(reading: Reading, section: Section) -> bool:
    """Whether the paper is of an earlier phase, or deals with what has words of its own and none of the project's."""
    if _is_earlier(reading, section):
        return True
    named = [*_matters(reading, section)]
    if not named:
        return False
    words = _words(fold(reading.proposal.name))
    return all(_WORKS.search(matter) is None and _words(matter) and not words & _words(matter) for matter in named)


def _is_earlier(reading: Reading, section: Section) -> bool:
    """Whether minutes or an opinion are those of an earlier phase, or, beside a new project, of long before it.

    The contract of the phase before is what an operation project has to hand in.
    """
    title, name = fold(section.title), fold(reading.proposal.name)
    if not _DECIDES.search(title) or "本项目" in title:
        return False
    if _PHASE.search(title) and not _PHASE.search(name):
        return True
    if reading.proposal.type != "new" or reading.year is None or not _YEAR.search(title):
        return False
    texts = (title, *(seen.text for seen in reading.under(section)))
    return max(int(named) for text in texts for named in _YEAR.findall(text)) <= reading.year - _LONG_AGO


def _matters(reading: Reading, section: Section) -> Iterator[str]:
    in_title = _IN_TITLE.search(fold(section.title))
    if in_title and not _EXCERPT.search(in_title[1]):
        yield in_title[1]
    for seen in reading.under(section):
        for pattern in _DEALS_WITH:
            yield from (matter for matter in pattern.findall(seen.text) if not _ORDER.search(matter))


def _words(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, without what every project's name holds."""
    runs = _HAN.findall(_COMMON.sub(" ", text))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
