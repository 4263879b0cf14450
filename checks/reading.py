"""Reading (审读): a proposal prepared for judging: folded passages, how each is meant, and the content of sections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from checks.attachments import has_attachment
from checks.bygone import is_bygone
from checks.copied import share_copied, tells_rule
from checks.seen import Seen, heads_blanks, is_filler, is_lacking, is_unfilled, prevails, tables_of
from pipeline.model.assessment import Evidence
from pipeline.model.evidence import evidence_of
from pipeline.model.lexicon import Lexicon
from pipeline.model.outline import Outline, Passage, PassageKind, Section
from pipeline.model.proposal import Proposal
from pipeline.model.submission import Role
from pipeline.model.text import fold
from pipeline.model.whose import PLANNED

# Files that speak for the plan; minutes, opinions and contracts are documents about it.
_SPEAKING = frozenset({Role.PLAN, Role.FORM, Role.FEASIBILITY, Role.BUDGET, Role.OTHER, Role.DEMAND})
_TITLES = re.compile(r"《[^》]*》?|<[^<>]{4,60}>")
_CAPTION = re.compile(r"^(?:附?表)\s*[\d一二三四五六七八九十]+.{2,40}$")
_COPIED = 0.7
_LEADS = re.compile(r"下表|于后|下面|如下|以下|按下|见表|[:：]$")
_LEAD_LENGTH = 40
_SIGNED = re.compile(r"签字|签章|盖章|签名|日期[:：]|年\s*月\s*日")  # a blank left for a signature is meant to be blank
_COPY_LENGTH = 40
_SHORT_COPY, _VERBATIM = 20, 0.9
_HOLLOW_LENGTH = 60
_FIGURE = re.compile(r"\d")

_OFFICE, _SHORT_NAME = re.compile(r".*?(?:局|委|院|馆|中心|中学|小学)"), 3
_FOR_US = re.compile(
    r"申请|本系统|我[局院校馆县市镇乡]"
)  # a system that something is asked for, or that is tied to ours
_SAYS_ENOUGH = 24  # folded characters beside the clause that points at an attachment
_PAPER = re.compile("纪要|意见|方案|清单|合同|协议|报告|证明|批复|目录|承诺")
_ANNEXED = re.compile("附后|后附")  # points at an attachment without a number
_POINTER = re.compile(
    r"\([^()]*(?:附件|附表|附录|附图|附后|后附)[^()]*\)"
)  # an aside that points at an attachment puts nothing off
_NO_PLAN = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:购置|采购|购买|新建|新购|建设)的|不(?:再|另)?(?:新建|扩容|改造|采购|购置|[建购增动碰])|"
    r"(?:数字政府|信息化|数字化|智慧城市|系统|平台|基础设施)建设(?:步伐|水平|成效|成果|进程|基础|工作|不断|取得|稳步)"
)
_TO_THIS_DAY = re.compile(
    r"(?:运行|使用|沿用|服务|租用)至今|至今未?(?:曾|作|做)?[^,。;]{0,4}(?:改动|改造|升级|更新|更换)"
)  # no plan, whatever else stands in it


Opened = tuple[str, int, list[Seen]]  # a title that a paragraph opens with, where it ends, the paragraph's passages


class Reading:
    """A proposal read with a lexicon; everything is computed once and shared by all rules."""

    def __init__(self, proposal: Proposal, lexicon: Lexicon, shingles: frozenset[int], year: int | None = None) -> None:
        """Prepare the proposal; `shingles` are hashes of the regulation's text, `year` is that of the submission."""
        self.proposal = proposal
        self.lexicon = lexicon
        self.shingles = shingles
        self.year = year
        self.outline: Outline = proposal.outline
        self.proposed: dict[str, list[Seen]] = {}  # by ban, as far as a rule has asked
        self.contexts: dict[tuple[str, int], bool] = {}  # by topic and passage, as far as a rule has asked
        self.gathered: dict[str, Section | None] = {}  # the chapter that its subsections make, by topic
        self.opened: list[Opened] | None = None  # the paragraphs with a title of their own, once a rule has asked
        self._heard: dict[int, Mapping[str, float]] = {}  # what the model hears, by passage, as far as a rule has asked

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """All passages of the body, in reading order."""
        seen = tuple(self._see(p) for p in self.outline.passages)
        for rows in tables_of(seen):
            if heads_blanks(rows):
                rows[0].blank = True
                _leave_lead(seen, rows[0])
        return seen

    @cached_property
    def body(self) -> tuple[Seen, ...]:
        """The passages that are content of the project's own."""
        return tuple(s for s in self.seen if s.counts)

    @cached_property
    def told(self) -> tuple[Seen, ...]:
        """The content and what is put off: a thing that is proposed for the time being is proposed all the same."""
        return tuple(s for s in self.seen if s.counts or (s.speaking and s.deferral and not s.announcing))

    @cached_property
    def planned(self) -> tuple[Seen, ...]:
        """The content without what tells of the present state, of a lack, or of another place."""
        m = self.lexicon.modality
        return tuple(s for s in self.body if not (self._is_past(s) or self._lacks(s) or m.elsewhere.search(s.text)))

    def _is_past(self, seen: Seen) -> bool:
        """Whether a sentence only describes the present state; what a system has that is kept is the plan's too."""
        listed = seen.passage.kind is PassageKind.ROW and seen.passage.section in self._present_sections
        kept = self.proposal.goes_on and not listed and self.planned_by_ear(seen) >= PLANNED
        return seen.present and not kept

    def _lacks(self, seen: Seen) -> bool:
        """Whether a sentence tells of a lack; 一家与服务商没有往来的单位 lacks nothing, and the model hears a plan."""
        return is_lacking(seen, self.lexicon.modality) and self.planned_by_ear(seen) < PLANNED

    @cached_property
    def ours(self) -> list[Seen]:
        """The planned content without what opens with another office's or a vendor's system."""
        return [s for s in self.planned if not self.of_others(s)]

    def of_others(self, seen: Seen) -> bool:
        """Whether a sentence opens with a system of another office's or of a vendor's."""
        if _FOR_US.search(seen.text) or self.lexicon.intent.proposed.search(seen.text):
            return False
        match = self.lexicon.modality.others.match(seen.text)
        return match is not None and not _is_ours(fold(self.proposal.unit), match.group())

    @cached_property
    def unread(self) -> bool:
        """Whether a page of the submission could not be read."""
        return self.outline.submission.unread

    @cached_property
    def _by_section(self) -> dict[int, list[Seen]]:
        """Passages of each section, those of its subsections included."""
        out: dict[int, list[Seen]] = defaultdict(list)
        for seen in self.seen:
            index = seen.passage.section
            while index is not None:
                out[index].append(seen)
                index = self.outline.sections[index].parent
        return out

    @cached_property
    def _topics(self) -> dict[str, list[Section]]:
        out: dict[str, list[Section]] = defaultdict(list)
        for hit in self.proposal.topics:
            out[hit.topic].append(self.outline.sections[hit.section])
        return out

    @cached_property
    def _present_sections(self) -> frozenset[int]:
        pattern = self.lexicon.modality.present_section
        return frozenset(
            s.index
            for s in self.outline.sections
            if any(pattern.search(fold(title)) and not _mixed(fold(title)) for title in s.path)
        )

    @cached_property
    def tables(self) -> tuple[list[Seen], ...]:
        """The rows of each table of the body that count, in reading order."""
        return tuple(tables_of(s for s in self.seen if s.speaking))

    @cached_property
    def _headers(self) -> dict[tuple[int, int | None], str]:
        """The text of the first row of each table."""
        return {(rows[0].passage.file, rows[0].passage.table): rows[0].text for rows in self.tables}

    def header(self, seen: Seen) -> str:
        """The folded first row of the table that a row belongs to, "" for any other passage."""
        if seen.passage.kind is not PassageKind.ROW:
            return ""
        return self._headers.get((seen.passage.file, seen.passage.table), "")

    def caption(self, row: Seen) -> str:
        """The folded caption above or below a row's table, "" where there is none."""
        blocks = self.outline.submission.files[row.passage.file].document.blocks
        for index in (row.passage.block - 1, row.passage.block + 1):
            if 0 <= index < len(blocks) and _CAPTION.match(blocks[index].text.strip()):
                return fold(blocks[index].text)
        return ""

    def lead(self, row: Seen) -> str:
        """The folded line that leads in a row's table (各项措施见下表：), "" where there is none."""
        blocks = self.outline.submission.files[row.passage.file].document.blocks
        before = fold(blocks[row.passage.block - 1].text) if row.passage.block else ""
        before = before.rstrip("。").rpartition("。")[2]
        return before if len(before) <= _LEAD_LENGTH and _LEADS.search(before) else ""

    @cached_property
    def background_sections(self) -> frozenset[int]:
        """Indexes of the sections that tell what led to the project; what stands there is not yet proposed."""
        pattern = self.lexicon.modality.background_section
        return frozenset(s.index for s in self.outline.sections if any(pattern.search(fold(t)) for t in s.path))

    def sections(self, topic: str) -> list[Section]:
        """The sections whose heading announces the topic, in reading order."""
        return self._topics.get(topic, [])

    def announced(self, section: Section) -> frozenset[str]:
        """The topics that the section's title announces by its words."""
        return self._announced.get(section.index, frozenset())

    @cached_property
    def _announced(self) -> dict[int, frozenset[str]]:
        out: dict[int, set[str]] = defaultdict(set)
        for hit in self.proposal.topics:
            if hit.by != "model":
                out[hit.section].add(hit.topic)
        return {index: frozenset(names) for index, names in out.items()}

    def titled_by_model(self, topic: str, section: Section, below: float = 1.01) -> bool:
        """Whether only the trained model heard the topic in the heading, with a probability of less than `below`."""
        return any(
            hit.by == "model" and hit.confidence < below
            for hit in self.proposal.topics
            if hit.section == section.index and hit.topic == topic
        )

    def likelihood(self, seen: Seen, name: str) -> float:
        """How likely, 0-1, the passage says the topic or part (`topic.part`), by the trained model."""
        index = seen.passage.index
        heard = self._heard.get(index)
        if heard is None:
            likely = self.proposal.likely
            heard = self._heard[index] = likely[index] if index < len(likely) else {}
        return heard.get(name, 0.0)

    def hearing(self, name: str) -> Sequence[tuple[float, Seen]]:
        """The passages in which the trained model hears the topic or part at all, with how likely, in order."""
        return self._hearing.get(name, ())

    @cached_property
    def _hearing(self) -> dict[str, list[tuple[float, Seen]]]:
        out: dict[str, list[tuple[float, Seen]]] = defaultdict(list)
        likely = self.proposal.likely
        for seen in self.seen:
            for name, share in likely[seen.passage.index].items() if seen.passage.index < len(likely) else ():
                out[name].append((share, seen))
        return out

    def stances(self, seen: Seen) -> Mapping[str, float]:
        """How likely, 0-1, the passage tells whose matter (所指), by the trained model; nothing for headings."""
        stances, index = self.proposal.stances, seen.passage.index
        if seen.passage.kind is PassageKind.HEADING or index >= len(stances):
            return {}
        return stances[index]

    def planned_by_ear(self, seen: Seen) -> float:
        """How likely, 0-1, the passage tells the plan, by the trained model."""
        return self.stances(seen).get("plan", 0.0)

    def under(self, section: Section) -> list[Seen]:
        """All passages under the section's heading, subsections and their headings included."""
        return [s for s in self._by_section[section.index] if s.passage.block != section.block]

    def content(self, section: Section) -> list[Seen]:
        """The passages under the section that are content of the project's own."""
        return [s for s in self.under(section) if s.counts]

    def evidence(self, seen: Seen) -> Evidence:
        """The passage as evidence."""
        return evidence_of(self.outline, seen.passage)

    def heading_evidence(self, section: Section) -> Evidence:
        """The section's heading as evidence."""
        return Evidence(section.display, section.file, section.page, section.path, section.block)

    def _see(self, passage: Passage) -> Seen:
        text = fold(passage.text)
        m = self.lexicon.modality
        heading = passage.kind is PassageKind.HEADING
        bare = _TITLES.sub("", text)
        placeholder = not heading and (bool(m.placeholder_whole.search(text)) or is_unfilled(passage))
        deferral = not heading and not placeholder and self._deferred(passage, text)
        return Seen(
            passage=passage,
            text=text,
            bare=bare,
            placeholder=placeholder,
            blank=not heading and self._has_blank(passage, text),
            deferral=deferral,
            present=self._present(passage, text),
            announcing=not heading and (is_filler(text) or bool(m.announcing.search(text))),
            copied=not heading and self._copied(text),
            speaking=self._speaks(passage),
            hollow=len(text) < _HOLLOW_LENGTH and not _FIGURE.search(text) and bool(m.hollow.search(text)),
        )

    def _copied(self, text: str) -> bool:
        """Whether a text is a piece of the regulation, or only tells of its articles.

        A piece is most of a long sentence, or nearly all of a short one.
        """
        if tells_rule(text):
            return True
        if len(text) < _SHORT_COPY:
            return False
        return share_copied(text, self.shingles) >= (_COPIED if len(text) >= _COPY_LENGTH else _VERBATIM)

    def _speaks(self, passage: Passage) -> bool:
        """Whether the passage speaks for the project: in a file of the plan, and not in a company's profile."""
        speaks = self.outline.submission.files[passage.file].role in _SPEAKING
        return speaks and passage.section not in self._outside_sections

    @cached_property
    def _outside_sections(self) -> frozenset[int]:
        """Indexes of the sections that are about somebody else, as a company's profile is."""
        pattern = self.lexicon.modality.outside_section
        return frozenset(s.index for s in self.outline.sections if any(pattern.search(fold(t)) for t in s.path))

    def _has_blank(self, passage: Passage, text: str) -> bool:
        m = self.lexicon.modality
        if not m.placeholder_inside.search(text):
            return False
        return not (m.not_placeholder.search(text) or _SIGNED.search(passage.text))

    def _deferred(self, passage: Passage, text: str) -> bool:
        """Whether the passage puts its content off; pointing at an attachment that is there does not."""
        m = self.lexicon.modality
        text = _POINTER.sub("", text)
        if not m.deferral.search(text) or m.not_deferral.search(text) or len(text) > 160:
            return False
        reference = m.attachment.search(text)
        if reference is None:
            return not (_ANNEXED.search(text) and self._annexes(text))
        rest = ",".join(clause for clause in text.split(",") if not m.attachment.search(clause))
        if len(rest) >= _SAYS_ENOUGH and not m.deferral.search(rest):
            return False  # says what it has to say, and where more stands
        return not self.has_attachment(
            reference.group(1) or "", reference.group(2) or reference.group(3) or "", passage
        )

    def _annexes(self, text: str) -> bool:
        """Whether the title of an attachment shares its last word (纪要, 方案) with what a sentence says is annexed."""
        titles = [fold(s.title) for s in self.outline.sections if s.display.startswith("附")]
        said = {word for title in titles for word in _PAPER.findall(title)}
        return any(word in text for word in said)

    def has_attachment(self, number: str, title: str, near: Passage | None = None) -> bool:
        """Whether the submission holds the attachment of that number or title that `near` points at."""
        return has_attachment(self.outline, self.lexicon.modality.placeholder_whole, number, title, near)

    def _present(self, passage: Passage, text: str) -> bool:
        m = self.lexicon.modality
        if passage.section in self._present_sections:
            return not re.search(r"本项目|本次|本期|拟(?!合)", text)
        row = passage.kind is PassageKind.ROW  # a stage or an item of a plan, if not in a section of its own
        if not row and is_bygone(text, self.lexicon.intent, self.year):
            return True
        if _TO_THIS_DAY.search(text) and not re.search(r"本项目|本次|本期|拟(?!合)", text):
            return True
        return prevails(m.present, text) and not m.plan.search(_NO_PLAN.sub("", text))


def _leave_lead(seen: Sequence[Seen], head: Seen) -> None:
    """A line that does no more than lead in a table that is still to be filled in says nothing either."""
    index = head.passage.index
    before = seen[index - 1] if index else head
    if before.passage.file != head.passage.file or "," in before.text:
        return
    if len(before.text) <= _LEAD_LENGTH and _LEADS.search(before.text):
        before.announcing = True


def _is_ours(unit: str, opening: str) -> bool:
    """Whether the office that a sentence opens with is the unit that applies, or the one that it belongs to."""
    office = _OFFICE.match(opening)
    return office is not None and office.group()[-_SHORT_NAME:] in unit


def _mixed(title: str) -> bool:
    return any(word in title for word in ("背景", "必要", "需求", "依据", "目标", "建设内容", "方案"))
