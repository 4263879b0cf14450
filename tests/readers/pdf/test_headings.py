"""Bookmarks make headings of lines that stand out, not of small print with the same words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from extractors.readers.pdf.headings import Headings
from extractors.readers.pdf.paragraphs import Paragraph


@pytest.mark.parametrize(
    ("size", "bold", "level"), [(14.0, False, 2), (13.0, True, 2), (13.0, False, None), (16.0, False, 2)]
)
def test_a_line_smaller_than_the_text_is_a_heading_where_it_is_bold(size: float, bold: bool, level: int | None) -> None:
    line = cast(Paragraph, cast(Any, SimpleNamespace(size=size, bold=bold)))
    assert Headings([(2, "产业素描")], 14.0).level("产业素描", line) == level
