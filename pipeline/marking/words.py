"""Word files with comments (Word 批注): each note at its passage, or after the last section where one is missing."""

from __future__ import annotations

import bisect
import copy
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pipeline.marking.matching import Span, find_quote
from pipeline.marking.notes import AUTHOR, INITIALS, Note
from pipeline.model.text import fold_with_map
from pipeline.report.fixed_zip import repeatable
from pipeline.report.plaintext import plain, shorten

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_READ: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_BOX: Final = f"{_W}txbxContent"
_CONTENTS_STYLE: Final = re.compile(r"^(?:TOC|目录)\s*\d", re.IGNORECASE)
_QUOTE: Final = 80  # characters of a passage that is told instead of marked
_MACROS: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"


def mark_word(data: bytes, notes: Sequence[Note]) -> tuple[bytes, tuple[Note, ...]]:
    """The docx with a comment for each note, and the notes for which it has no place.

    Equal bytes and notes give equal bytes. Raises ValueError, KeyError and the like where python-docx cannot open it.
    """
    document = _open(data)
    text = _Text(document)
    left = tuple(note for note in notes if not _place(document, text, note))
    out = io.BytesIO()
    document.save(out)
    return repeatable(out.getvalue()), left


def _open(data: bytes) -> Any:
    import docx
    from docx.opc.package import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    PartFactory.part_type_for.setdefault(_MACROS, DocumentPart)  # the macros stay what they were, unopened
    part: Any = Package.open(io.BytesIO(data)).main_document_part
    if not isinstance(part, DocumentPart):
        raise ValueError("no Word document")
    return docx.document.Document(part.element, part)


class _Text:
    """The paragraphs of the body in reading order, and all their folded text as one."""

    def __init__(self, document: Any) -> None:
        self.paragraphs: list[Any] = []
        self.starts: list[int] = []
        self._contents: list[Span] = []
        pieces: list[str] = []
        at = 0
        for paragraph in document.element.body.iter(f"{_W}p"):
            if _inside(paragraph, (_FALLBACK, _BOX)):
                continue
            folded = "".join(_folded(piece) for _, piece in _pieces(paragraph))
            if not folded:
                continue
            if _CONTENTS_STYLE.match(_style(paragraph, document)):
                self._contents.append((at, at + len(folded)))
            self.paragraphs.append(paragraph)
            self.starts.append(at)
            pieces.append(folded)
            at += len(folded)
        self.all = "".join(pieces)

    def find(self, note: Note) -> tuple[Span, ...]:
        """The first place of the quote below its heading, then anywhere; the heading itself where the quote is gone."""
        start = self._below(note)
        for begin in dict.fromkeys((start, 0)):
            spans = self._outside_contents(note.quote, begin, note.contents)
            if spans:
                return spans
        return self._outside_contents(note.heading[-1], 0, False) if note.heading and not note.contents else ()

    def _below(self, note: Note) -> int:
        at = 0
        for title in note.heading:
            spans = self._outside_contents(title, at, note.contents)
            at = spans[0][0] if spans else at
        return at

    def _outside_contents(self, quote: str, start: int, contents: bool) -> tuple[Span, ...]:
        while True:
            spans = find_quote(self.all, quote, start)
            page = next((s for s in self._contents if spans and s[0] <= spans[0][0] < s[1]), None)
            if page is None or contents:
                return spans
            start = page[1]


def _inside(element: Any, tags: tuple[str, ...]) -> bool:
    return any(parent.tag in tags for parent in element.iterancestors())


def _style(paragraph: Any, document: Any) -> str:
    style_id = paragraph.style
    if not style_id:
        return ""
    try:
        style = document.part.styles.element.get_by_id(style_id)
    except (KeyError, AttributeError):
        return str(style_id)
    return str(style.name_val or style_id) if style is not None else str(style_id)


def _pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The runs of a paragraph with their visible text; text boxes and deleted text are passed over."""
    for run in _runs(paragraph):
        yield run, "".join(_letters(run))


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag not in _NOT_READ and isinstance(child.tag, str) and child.tag != f"{_W}pPr":
            yield from _runs(child)


def _letters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"


def _place(document: Any, text: _Text, note: Note) -> bool:
    """Put the note's comment into the document; False where there is no text at all to hang it on."""
    runs, words = _spot(text, note), note.text
    if not runs and text.paragraphs:
        runs = _ending(text)
        words += f"\n（原文“{shorten(plain(note.quote), _QUOTE)}”在正文段落中未能定位，可能在文本框或脚注中。）"
    if not runs:
        return False
    from docx.text.run import Run

    first, last = Run(runs[0], document), Run(runs[-1], document)
    comment = document.add_comment([first, last], text=words, author=AUTHOR, initials=INITIALS)
    comment._comment_elm.attrib.pop(f"{_W}date", None)  # a clock would make equal assessments differ
    return True


def _spot(text: _Text, note: Note) -> list[Any]:
    """The runs of the passage, cut to it, or of the last paragraph where a section is missing; empty if not found.

    A passage that goes on in a further paragraph or cell is marked in its first.
    """
    if not note.quote and not note.heading:
        return _ending(text) if text.paragraphs else []
    spans = text.find(note)
    if not spans:
        return []
    begin, end = max(spans, key=lambda span: span[1] - span[0])  # of a row's cells the one that says most
    index = bisect.bisect_right(text.starts, begin) - 1
    start = text.starts[index]
    return _cut(text.paragraphs[index], begin - start, end - start)


def _ending(text: _Text) -> list[Any]:
    return [run for run, piece in _pieces(text.paragraphs[-1]) if piece.strip()]


def _cut(paragraph: Any, begin: int, end: int) -> list[Any]:
    """The runs that hold the paragraph's folded characters from `begin` to `end`, split to fit where they can be."""
    for place in (end, begin):  # the later cut first, so that the earlier place stays true
        _split(paragraph, place)
    out: list[Any] = []
    at = 0
    for run, piece in _pieces(paragraph):
        size = len(_folded(piece))
        if at < end and at + size > begin:
            out.append(run)
        at += size
    return out


def _folded(piece: str) -> str:
    """Folded character by character, so that the lengths of runs add up to that of their paragraph."""
    return fold_with_map(piece)[0]


def _split(paragraph: Any, place: int) -> None:
    """Make a run end at the folded place, where the run that holds it is plain text of one piece."""
    at = 0
    for run, piece in _pieces(paragraph):
        folded, origin = fold_with_map(piece)
        if at < place < at + len(folded):
            texts = [child for child in run if child.tag == f"{_W}t"]
            if len(texts) == 1 and all(child.tag in (f"{_W}t", f"{_W}rPr") for child in run):
                _divide(run, texts[0], origin[place - at])
            return
        at += len(folded)


def _divide(run: Any, text: Any, at: int) -> None:
    rest = copy.deepcopy(run)
    whole = text.text or ""
    other = next(child for child in rest if child.tag == f"{_W}t")
    text.text, other.text = whole[:at], whole[at:]
    for part in (text, other):
        part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(rest)
