"""Whatever a submission says comes out as dead text, in every format."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from pipeline.model.assessment import Assessment
from pipeline.report.ledger import render_ledger
from pipeline.report.render import FORMATS, render
from pipeline.report.to_text import render_text

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '"\' onmouseover=alert(1) x="',
    "image": "<img src=x onerror=alert(1)>",
    "closing": "</style></title></p><!--",
    "template": "{{ 7*7 }}{% for x in y %}{{ self.__init__ }}",
    "formula": "=cmd|'/C calc'!A0",
    "formula-plus": "+1+1",
    "formula-at": "@SUM(1)",
    "terminal": "\x1b]0;title\x07\x1b[2J\x9b31m",
    "bidi": "\u202e\u2066\u200f",
    "control": "\x00\x01\x08\x0b\x0c\x7f\x85",
    "surrogate": "\ud800\udfff\ud83d",
    "xml": "]]>&#0;&amp;\ufffe\uffff",
    "tags": "\U000e0041\u2028\u2029",
}
DEAD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request: pytest.FixtureRequest, poisoned: Callable[[str], Assessment]) -> Assessment:
    return poisoned(request.param)


def poison_values(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        codes = {"id", "status", "state", "verdict", "total", "completeness", "similarity", "amount"}
        return {k: v if k in codes else poison_values(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [poison_values(v, text) for v in value]
    return text + value if isinstance(value, str) else value


class Shape(HTMLParser):
    """Counts elements and their attributes' names, and keeps every address."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] += 1
        for name, value in attrs:
            self.counts[f"{tag}[{name}]"] += 1
            if name in ("href", "src", "action", "data"):
                self.addresses.append(value or "")


def shape(page: bytes) -> Shape:
    parser = Shape()
    parser.feed(page.decode("utf-8"))
    return parser


def test_a_page_has_the_same_elements_whatever_the_texts_say(hostile: Assessment, decided: Assessment) -> None:
    assert shape(render(hostile, "html")).counts == shape(render(decided, "html")).counts


def test_every_address_of_a_page_stays_within_it(hostile: Assessment) -> None:
    assert all(address.startswith("#") for address in shape(render(hostile, "html")).addresses)


@pytest.mark.parametrize("kind", ["html", "text", "json", "sarif"])
def test_no_control_or_direction_character_is_in_any_text_format(hostile: Assessment, kind: str) -> None:
    assert not DEAD.search(render(hostile, kind).decode("utf-8"))


def test_colour_brings_only_our_own_escapes(hostile: Assessment) -> None:
    without_ours = re.sub("\x1b\\[[0-9;]*m", "", render_text(hostile, colour=True))
    assert not DEAD.search(without_ours)


@pytest.mark.parametrize("kind", ["docx", "notice", "xlsx"])
def test_office_packages_are_valid_xml_in_every_part(hostile: Assessment, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render(hostile, kind))) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))


@pytest.mark.parametrize("kind", ["docx", "notice"])
def test_a_word_file_has_no_field_but_the_page_number_and_no_outside_link(hostile: Assessment, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render(hostile, kind))) as package:
        parts = {
            name: package.read(name).decode("utf-8") for name in package.namelist() if name.endswith((".xml", ".rels"))
        }
    fields = [f for text in parts.values() for f in re.findall(r"<w:(?:fldSimple|instrText)[^>]*>", text)]
    assert all('w:instr="PAGE"' in field for field in fields)
    assert not any('TargetMode="External"' in text for text in parts.values())


def test_no_cell_of_a_workbook_is_a_formula(hostile: Assessment) -> None:
    assert_no_formula(render(hostile, "xlsx"))


def assert_no_formula(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(n) for n in package.namelist() if n.startswith("xl/worksheets"))


def test_a_text_like_a_formula_is_marked_as_text_for_the_next_editor(poisoned: Callable[[str], Assessment]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(poisoned("=1+1"), "xlsx")))
    name = book["概况"]["B2"]
    assert name.value == "=1+1智慧养老综合服务平台"
    assert name.quotePrefix


def test_a_template_stays_the_text_that_it_is(poisoned: Callable[[str], Assessment]) -> None:
    page = render(poisoned("{{ 7*7 }}"), "html").decode("utf-8")
    assert "{{ 7*7 }}智慧养老" in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_ledger_stays_harmless_in_every_format(decided_round: dict[str, Any], text: str) -> None:
    hostile = poison_values(decided_round, text)
    page = render_ledger(hostile, "html")
    assert shape(page).counts["script"] == 1
    assert not any(name.split("[")[-1].startswith("on") for name in shape(page).counts)
    assert all(address == "" or address[0] in "#." for address in shape(page).addresses)
    assert not DEAD.search(page.decode("utf-8").replace("\t", ""))
    assert json.loads(render_ledger(hostile, "json"))
    assert_no_formula(render_ledger(hostile, "xlsx"))


def test_the_table_of_formats_leaves_none_untested() -> None:
    assert set(FORMATS) == {"text", "json", "html", "docx", "notice", "xlsx", "sarif"}
