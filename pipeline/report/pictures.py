"""Pictures of pages (原文页面) for an HTML report: each page once, with the passages marked that findings quote."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report.places import PlaceView
from pipeline.report.rows import RowView
from pipeline.report.view import View

Box = tuple[int, int, int, int]  # left, top, width, height in pixels of the picture


@dataclass(frozen=True, slots=True)
class PageMark:
    """A marked passage: the number of its finding in report order, of the passage within it, and its boxes."""

    finding: int
    passage: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a file (index, 1-based page) as PNG or JPEG bytes with its size in pixels and marked passages."""

    file: int
    page: int
    media_type: str
    data: bytes
    width: int
    height: int
    marks: tuple[PageMark, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafMark:
    """A marked passage for showing: anchor, what it belongs to, status for its colour, boxes."""

    anchor: str
    label: str
    status: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page for showing; `source` is a data address made by us."""

    anchor: str
    title: str
    source: str
    width: int
    height: int
    marks: tuple[LeafMark, ...]


class Album:
    """The pictures of a report, and which passage leads to which."""

    def __init__(self, view: View, pictures: Sequence[PagePicture]) -> None:
        """Take the report's view and its pictures, which may be none."""
        rows = {row.number: row for row in view.rows}
        several = len(view.files) > 1
        names = {n: f.name for n, f in enumerate(view.files)} if several else {}
        self.leaves = tuple(_leaf(picture, rows, names) for picture in pictures)
        pages = {(picture.file, picture.page): leaf.anchor for picture, leaf in zip(pictures, self.leaves, strict=True)}
        marked = {mark.anchor for leaf in self.leaves for mark in leaf.marks}
        self._targets: dict[tuple[int, PlaceView], str] = {}
        for row in view.rows:
            for number, place in enumerate(row.evidence):
                anchor = _mark_anchor(row, number)
                page = pages.get((place.file, place.page or 0), "")
                self._targets[row.number, place] = anchor if anchor in marked else page

    def target(self, row: RowView, place: PlaceView) -> str:
        """The anchor of the passage on its page's picture, of the page where it is not marked, "" without picture."""
        return self._targets.get((row.number, place), "")


def _mark_anchor(row: RowView, passage: int) -> str:
    return f"{row.anchor}-p{passage + 1}"


def _leaf(picture: PagePicture, rows: dict[int, RowView], names: dict[int, str]) -> Leaf:
    name = f"《{names[picture.file]}》" if picture.file in names else ""
    return Leaf(
        anchor=f"page-{picture.file + 1}-{picture.page}",
        title=f"{name}第 {picture.page} 页",
        source=f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}",
        width=picture.width,
        height=picture.height,
        marks=tuple(_mark(mark, rows[mark.finding]) for mark in picture.marks if mark.finding in rows),
    )


def _mark(mark: PageMark, row: RowView) -> LeafMark:
    return LeafMark(_mark_anchor(row, mark.passage), f"{row.title}：{row.status_text}", row.status.value, mark.boxes)
