"""Evidence as a reader finds it again (原文位置): chapter, table row, the file's page and the printed page number."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.assessment import Evidence, FileRecord
from pipeline.report.plaintext import plain

WHOLE = "全文"  # the place of what stands nowhere in particular
QUOTE_LIMIT = 600  # characters of a quote that a report shows; a longer passage is found by its place


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One passage: clean quote, file name, headings from the top, and `where`, the place in words.

    `brief` is the place for a narrow column: the innermost heading and the page.

    `doubtful` is set where the text comes from recognition and a person should look at the original.
    """

    quote: str
    file_name: str
    headings: tuple[str, ...]
    page: int | None
    page_label: str
    where: str
    brief: str
    doubtful: bool
    before: str = ""
    after: str = ""
    file: int = 0


def place_view(evidence: Evidence, files: tuple[FileRecord, ...]) -> PlaceView:
    """The evidence for showing; the file is named in `where` only when there are several."""
    name = plain(files[evidence.file].name) if 0 <= evidence.file < len(files) else ""
    headings = tuple(plain(h) for h in evidence.heading if plain(h))
    parts = [f"《{brief_name(name)}》"] if name and len(files) > 1 else []
    parts += [" › ".join(headings)] if headings else []
    parts += [text for text in (row_words(evidence.table, evidence.row), page_words(evidence)) if text]
    return PlaceView(
        quote=plain(evidence.quote),
        file_name=name,
        headings=headings,
        page=evidence.page,
        page_label=plain(evidence.page_label),
        where="，".join(parts) or WHOLE,
        brief="，".join([*headings[-1:], *([pages] if (pages := page_words(evidence)) else [])]) or WHOLE,
        doubtful=evidence.confidence < 1.0,
        before=plain(evidence.before),
        after=plain(evidence.after),
        file=evidence.file,
    )


def brief_name(name: str, limit: int = 20) -> str:
    """A file name with its middle left out where it is long; beginning and ending tell files apart."""
    return name if len(name) <= limit else f"{name[: limit - 9]}…{name[-8:]}"


def page_words(evidence: Evidence) -> str:
    """Both page numbers where they are known and differ: the file's and the printed one."""
    label = plain(evidence.page_label)
    if evidence.page is None:
        return f"印刷页码 {label}" if label else ""
    if label and label != str(evidence.page):
        return f"文件第 {evidence.page} 页（印刷页码 {label}）"
    return f"第 {evidence.page} 页"


def row_words(table: int | None, row: int | None) -> str:
    """Table and row counted from one, as a person counts them; both come 0-based."""
    words = [f"表 {table + 1}"] if table is not None else []
    words += [f"第 {row + 1} 行"] if row is not None else []
    return " ".join(words)


def page_ranges(pages: tuple[int, ...]) -> str:
    """1-based page numbers as ranges: `1、3–5`."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
