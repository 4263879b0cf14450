"""Scattered (散见): a topic said in substance outside a section of its own: sentences, a table, facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.grades import Grade, Graded
from checks.reading import Reading
from checks.saying import asserts, count_details, empty_phrase, heard, leaning, usable
from checks.seen import Seen
from checks.whose import stranger
from pipeline.model.lexicon import Topic
from pipeline.model.outline import PassageKind

_ROWS = 2
_YEAR, _LAST_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年"), re.compile("去年|前年")
_HARDLY = 0.3  # of the model's probability
_LAW = re.compile(
    r"^(?:根据|按照?)?《[^》]{3,40}(?:法|条例|办法|规定|准则)》(?:第[一二三四五六七八九十百\d]+条)?(?:规定|明确|要求)"
)
_MANY = 3  # distinct facts beyond those of a section that make a table without a title the topic's
_BOUGHT = re.compile(r"金额|单价|数量|万元|元\)|规格|型号|费用|预算|投资")
_WITNESSES = 2
_LISTED = 3  # rows of one table that list the items of a catalogue
_POINTS, _TOLD = re.compile(r"(?:这|此|以上|以下|上述)(?:就|便|即)?(?:是|为)"), 40  # folded characters told beside it
_BARE = 16  # folded characters; a sentence as short as 本项目十分必要 says nothing more than its topic


def find_scattered(reading: Reading, topic: Topic, judged: frozenset[int]) -> Graded | None:
    """The first way in which the rest of the body says the topic, else the way that comes nearest.

    `judged` are indexes of passages that stand in the topic's own sections.
    """
    passages = [s for s in usable(reading, topic) if s.passage.index not in judged]
    best: Graded | None = None
    for way in (_sentences, _table, _facts):
        graded = way(reading, topic, passages)
        if graded is not None and (best is None or graded.grade > best.grade):
            best = graded
        if best is not None and best.grade >= Grade.SCATTERED:
            return best
    return best or _model(reading, topic, passages)


def _kept_apart(reading: Reading, topic: Topic) -> frozenset[int | None]:
    """The sections of topics that are kept apart from this one: what stands there is said of them."""
    others = set(topic.not_under)
    if not others:
        return frozenset()
    return frozenset(
        s.index
        for s in reading.outline.sections
        if reading.announced(s) & others and topic.name not in reading.announced(s)
    )


def _sentences(reading: Reading, topic: Topic, passages: list[Seen]) -> Graded | None:
    m = reading.lexicon.modality
    said = [s for s in passages if asserts(topic, s, m) and not _quotes(reading, s) and not empty_phrase(s, m)]
    said = [s for s in said if not _dated_back(reading, topic, s)]
    whose = [stranger(reading, topic, s) for s in said]
    words = [s for s, name in zip(said, whose, strict=True) if name == "empty"]
    said = [s for s, name in zip(said, whose, strict=True) if not name]
    if not said and (words := words or [s for s in passages if s.hollow and asserts(topic, s, m)]):
        return Graded(Grade.MENTIONED, tuple(words[:1]), confidence=0.8)
    full = [s for s in said if not s.blank]
    if said and not full:
        return Graded(Grade.PLACEHOLDER, tuple(said[:1]), confidence=0.85)
    if not full or not (topic.needs is None or any(topic.needs.search(s.text) for s in full)):
        return None
    rows = any(s.passage.kind is PassageKind.ROW for s in full)
    bare = sum(len(s.text) for s in full) < min(topic.minimum, _BARE) and not rows and not _points(passages, full[0])
    return Graded(Grade.MENTIONED if bare else Grade.SCATTERED, tuple(full[:2]), confidence=0.8)


def _dated_back(reading: Reading, topic: Topic, seen: Seen) -> bool:
    """Whether a sentence of past years has the topic's words, and the model hears next to nothing of the topic in it.

    去年市里评选创新应用场景，我县入围 names the unit's county, and is no plan.
    """
    if topic.present_counts or reading.proposal.goes_on or reading.year is None:
        return False
    years = [int(year) for year in _YEAR.findall(seen.text)]
    past = max(years) < reading.year if years else _LAST_YEAR.search(seen.text) is not None
    return past and reading.likelihood(seen, topic.name) < _HARDLY


def _quotes(reading: Reading, seen: Seen) -> bool:
    """Whether a sentence tells a rule, and nothing of this project; a law's own sentence (《…》规定) never does."""
    m = reading.lexicon.modality
    if _LAW.match(seen.text):
        return True
    return m.rule.search(seen.text) is not None and not m.plan.search(seen.text)


def _points(passages: list[Seen], said: Seen) -> bool:
    """Whether a sentence points at what its paragraph tells (这是本项目的创新应用场景。系统为每一块农田…)."""
    place = said.passage.file, said.passage.block
    told = sum(len(s.text) for s in passages if (s.passage.file, s.passage.block) == place and s is not said)
    return _POINTS.match(said.text) is not None and told >= _TOLD


def _table(reading: Reading, topic: Topic, passages: list[Seen]) -> Graded | None:
    """A table whose header row or caption is the topic's, with at least two rows of data."""
    for rows in reading.tables:
        headed = any(topic.heads(r.text) for r in rows[:2])
        if topic.unless is not None and any(topic.unless.search(row.text) for row in rows):
            continue
        if len(rows) <= _ROWS or rows[0].present or not (headed or _captioned(reading, topic, rows[0])):
            continue
        filled = [s for s in rows[1:] if not s.blank and not s.placeholder]
        grade = Grade.SCATTERED if len(filled) >= _ROWS else Grade.PLACEHOLDER
        return Graded(grade, tuple(rows[:2]), confidence=0.85)
    return None


def _captioned(reading: Reading, topic: Topic, first: Seen) -> bool:
    """Whether the table's caption (表2 数据资源清单), or the line that leads it in, announces the topic."""
    caption = reading.caption(first) or reading.lead(first)
    if not caption or topic.section is None or not topic.list_or_table:
        return False
    return bool(topic.section.search(caption)) and not (topic.not_section and topic.not_section.search(caption))


def _facts(reading: Reading, topic: Topic, passages: list[Seen]) -> Graded | None:
    """Several distinct facts of the topic: close together in one paragraph, or more of them all over the body."""
    if not topic.details:
        return None
    apart = _kept_apart(reading, topic)
    passages = [s for s in passages if s.passage.section not in apart]
    led = next((rows for rows in reading.tables if _leads_in(reading, topic, rows[0])), [])
    led = led or next((rows for rows in reading.tables if _tells(topic, rows)), [])
    if count_details(topic, led) > topic.enough:
        return Graded(Grade.SCATTERED, tuple(led[:2]), confidence=0.75)
    dense = next((b for b in _paragraphs(passages) if count_details(topic, b) >= topic.enough + 2), None)
    if dense:
        return Graded(Grade.SCATTERED, tuple(dense[:2]), confidence=0.75)
    named = topic.mentions is None or any(topic.mentions.search(s.bare) for s in passages)
    wanted = topic.enough + (1 if named else 3) + (1 if reading.sections(topic.name) else 0)
    told = [
        s for s in passages if s.passage.kind is not PassageKind.ROW
    ]  # a fee or a device in a table designs nothing
    if count_details(topic, told) < wanted:
        return None
    kept = [s for s in told if any(d.search(s.text) for d in topic.details)]
    return Graded(Grade.SCATTERED, tuple(kept[:2]), confidence=0.7)


def _leads_in(reading: Reading, topic: Topic, first: Seen) -> bool:
    """Whether the line right before a table says that it is about the topic (网络安全按下面几条来。)."""
    line = reading.lead(first)
    return topic.mentions is not None and bool(line) and topic.mentions.search(line) is not None


def _tells(topic: Topic, rows: list[Seen]) -> bool:
    """Whether a table tells many facts of the topic by itself; one of things to buy designs nothing."""
    if any(_BOUGHT.search(row.text) for row in rows[:2]) or rows[0].present:
        return False
    return count_details(topic, rows) >= topic.enough + _MANY


def _paragraphs(passages: list[Seen]) -> Iterator[list[Seen]]:
    blocks: dict[tuple[int, int], list[Seen]] = {}
    for seen in passages:
        if seen.passage.kind is not PassageKind.ROW:
            blocks.setdefault((seen.passage.file, seen.passage.block), []).append(seen)
    yield from blocks.values()


def _model(reading: Reading, topic: Topic, passages: list[Seen]) -> Graded | None:
    """What only the trained model hears; where a regular content is said in unheard-of words."""
    said = (_listed if topic.list_or_table else heard)(reading, topic, passages)
    if topic.details:  # one sentence is no security design
        said = said if len(said) >= _WITNESSES and count_details(topic, said) >= topic.enough else []
    if not said:
        return None
    best = sorted(said, key=lambda s: -reading.likelihood(s, topic.name))[:2]
    return Graded(Grade.SCATTERED, tuple(best), confidence=0.75)


def _listed(reading: Reading, topic: Topic, passages: list[Seen]) -> list[Seen]:
    """The rows of the first table that the model hears the topic in, those that it is sure of and those that lean."""
    said = heard(reading, topic, passages)
    said += [s for s in leaning(reading, topic, passages) if s not in said]
    return next((rows for rows in _tables(said) if len(rows) >= _LISTED), [])


def _tables(passages: list[Seen]) -> Iterator[list[Seen]]:
    """The rows among the passages, table by table."""
    rows: dict[tuple[int, int | None], list[Seen]] = {}
    for seen in passages:
        if seen.passage.kind is PassageKind.ROW:
            rows.setdefault((seen.passage.file, seen.passage.table), []).append(seen)
    yield from rows.values()
