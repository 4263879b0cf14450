"""Nearest (最接近的文字): what a gap's reader is shown where a content was not found: the closest that does not count.

A department that is told that something is missing looks for it; where its file holds the words in a deleted sentence,
a comment, a running head, the contents page or the expert opinion, or says something like it, the finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.reading import Reading
from checks.result import Result
from checks.seen import Seen
from pipeline.model.assessment import Evidence
from pipeline.model.document import AsideKind
from pipeline.model.lexicon import Topic
from pipeline.model.outline import PassageKind
from pipeline.model.submission import Role
from pipeline.model.text import fold
from pipeline.model.wording import Wording

_QUOTE = 80
_LIKE = 0.3  # of the model's probability; below it a passage is only about the same project
_WHERE = {
    AsideKind.HEADER: "页眉",
    AsideKind.FOOTER: "页脚",
    AsideKind.COMMENT: "批注",
    AsideKind.DELETED: "已删除的文字",
    AsideKind.HIDDEN: "隐藏的文字",
    AsideKind.COVERED: "被遮盖的文字",
    AsideKind.WATERMARK: "水印",
}
_PAPERS = {
    Role.MINUTES: "会议纪要",
    Role.OPINION: "专家意见",
    Role.CONTRACT: "合同",
    Role.SUPPORT: "有关文件",
}


def with_nearest(result: Result, name: str, reading: Reading, part: str = "") -> Result:
    """A missing content's result with the nearest passage as evidence and a sentence on why it does not count."""
    topic = reading.lexicon.topics[name]
    found = next(_candidates(reading, topic, part), None)
    if found is None:
        return result
    why, place = found
    return replace(result, message=result.message + why, evidence=(place,))


def _candidates(reading: Reading, topic: Topic, part: str) -> Iterator[tuple[str, Evidence]]:
    """What comes near, closest first."""
    own = topic.parts[part] if part else None
    pattern = own.section if own is not None else None
    words = [p for p in ((own.section, own.says) if own else (topic.section, topic.says, topic.mentions)) if p]
    yield from _asides(reading, words)
    yield from _contents(reading, topic, pattern)
    yield from _papers(reading, words)
    yield from _alike(reading, f"{topic.name}.{part}" if part else topic.name)


def _asides(reading: Reading, words: list[Wording]) -> Iterator[tuple[str, Evidence]]:
    for index, file in enumerate(reading.outline.submission.files):
        for aside in file.document.asides:
            text = fold(aside.text)
            if any(word.search(text) for word in words):
                where = _WHERE[aside.kind]
                place = Evidence(aside.text.strip()[:_QUOTE], index, aside.page, (where,), aside.block)
                yield f"只在{where}中出现，不算正文。", place


def _contents(reading: Reading, topic: Topic, own: Wording | None) -> Iterator[tuple[str, Evidence]]:
    for index, title in reading.outline.contents:
        text = fold(title)
        if own.search(text) if own is not None else topic.announces(text):
            yield f"目录中列有“{title}”，正文中没有这一部分。", Evidence(title, index, None, ("目录",))


def _papers(reading: Reading, words: list[Wording]) -> Iterator[tuple[str, Evidence]]:
    """What papers about the plan say is not the plan's own content."""
    for seen in reading.seen:
        paper = _PAPERS.get(reading.outline.submission.files[seen.passage.file].role)
        if paper and not seen.speaking and any(word.search(seen.bare) for word in words):
            yield f"只在{paper}中提到，方案中没有写。", reading.evidence(seen)


def _alike(reading: Reading, name: str) -> Iterator[tuple[str, Evidence]]:
    """The passage that the model takes for the most like it."""
    rated = (pair for pair in reading.hearing(name) if pair[1].passage.kind is not PassageKind.HEADING)
    best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    if best[1] is not None and best[0] >= _LIKE:
        yield f"最接近的文字{_shortcoming(best[1])}，不足以认定。", reading.evidence(best[1])


def _shortcoming(seen: Seen) -> str:
    if seen.placeholder:
        return "仍待填写"
    if seen.deferral:
        return "推到以后再定"
    if seen.copied:
        return "照抄了办法的条文"
    if seen.present:
        return "说的是现状"
    if seen.hollow:
        return "只是笼统的表述"
    return "没有明确说到这一点"
