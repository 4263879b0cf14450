from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable

import pytest
from PIL import Image

from pipeline.model.assessment import Assessment
from pipeline.report.pictures import Album, PageMark, PagePicture
from pipeline.report.to_html import render
from pipeline.report.view import build_view

Make = Callable[..., Assessment]


def dot() -> bytes:
    out = io.BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def picture(assessment: Assessment) -> PagePicture:
    """The page that the finding on servers quotes, with its first passage marked."""
    number = next(row.number for row in build_view(assessment).rows if row.id == "sihong.16.off_cloud")
    return PagePicture(0, 18, "image/png", dot(), 800, 1100, (PageMark(number, 0, ((10, 20, 300, 16),)),))


def test_without_pictures_the_page_carries_and_allows_none(assessment: Assessment) -> None:
    text = render(assessment).decode()
    assert "img-src &#39;none&#39;" in text
    assert "data:" not in text
    assert "看原页" not in text


def test_a_picture_is_embedded_once_and_the_passage_leads_to_its_mark(
    assessment: Assessment, picture: PagePicture
) -> None:
    text = render(assessment, (picture,)).decode()
    assert "img-src data:;" in text
    assert text.count("data:image/png;base64," + base64.b64encode(dot()).decode()) == 1
    (target,) = set(re.findall(r'<a href="#([^"]+)">看原页', text))
    assert f'<g id="{target}" class="hit violated">' in text
    assert '<rect x="10" y="20" width="300" height="16"/>' in text


def test_a_passage_that_is_not_marked_leads_to_its_page(assessment: Assessment, picture: PagePicture) -> None:
    import dataclasses

    bare = dataclasses.replace(picture, marks=())
    text = render(assessment, (bare,)).decode()
    assert '<a href="#page-1-18">看原页' in text
    assert "扫描页，未标出位置" in text


def test_pages_are_named_with_their_file_where_there_are_several(assessment: Assessment, picture: PagePicture) -> None:
    (leaf,) = Album(build_view(assessment), (picture,)).leaves
    assert leaf.title == "《智慧养老综合服务平台建设方案.pdf》第 18 页"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202e\x1b[2J", "]]></svg><img src=x>", "{{ 7*7 }}"])
def test_hostile_text_beside_a_picture_is_dead(
    poisoned: Callable[[str], Assessment], decided: Assessment, picture: PagePicture, text: str
) -> None:
    page = render(poisoned(text), (picture,)).decode()
    for tag in ("<script", "<img", "\u202e", "\x1b", "49智慧"):
        assert tag not in page
    assert page.count("<svg") == render(decided, (picture,)).decode().count("<svg")


def test_the_passage_stands_between_what_is_around_it(make: Make) -> None:
    import dataclasses

    base = make()
    finding = base.findings[0]
    evidence = dataclasses.replace(finding.evidence[0], before="<b>前文", after="后文</b>")
    changed = dataclasses.replace(finding, evidence=(evidence,))
    text = render(dataclasses.replace(base, findings=(changed,))).decode()
    assert f"<p>&lt;b&gt;前文<mark>{evidence.quote}</mark>后文&lt;/b&gt;</p>" in text
