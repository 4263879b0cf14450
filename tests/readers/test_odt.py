"""ODF text: what the file hides is hidden text, before and after the conversion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from extractors.readers import office
from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.odt import with_hidden_text
from extractors.readers.registry import read
from extractors.readers.sniff import sniff
from pipeline.model.document import AsideKind

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{SPACE}{name}:1.0"' for name in ("office", "text", "style", "drawing"))
KIND = b"application/vnd.oasis.opendocument.text"
SEEN = "<text:p>看得见的正文，写明项目的建设背景和必要性。</text:p>"
needs_office = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")

Build = dict[str, Callable[..., Any]]


def content(body: str) -> bytes:
    inner = f"<office:automatic-styles/><office:body><office:text>{body}</office:text></office:body>"
    whole = f'<office:document-content {SPACES} office:version="1.2">{inner}</office:document-content>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{whole}'.encode()


def make(build: Build, body: str) -> bytes:
    entry = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", KIND.decode()), ("content.xml", "text/xml"))
    )
    manifest = f"<manifest:manifest {entry}>{listed}</manifest:manifest>".encode()
    made: bytes = build["zip"]({"mimetype": KIND, "content.xml": content(body), "META-INF/manifest.xml": manifest})
    return made


def section(attributes: str, body: str = "<text:p>藏<text:span>着</text:span>的话</text:p>") -> str:
    return f'<text:section text:name="S" {attributes}>{body}</text:section>'


HIDDEN = [
    section('text:display="none"'),
    section('text:display="condition" text:condition="ooow:x EQ 2" text:is-hidden="true"'),
    section('text:display="condition" text:condition="ooow:1 EQ 1"'),
    '<text:p><text:hidden-paragraph text:condition="ooow:x" text:is-hidden="true"/>藏着的话</text:p>',
]
SHOWN = [
    section('text:display="true"'),
    section('text:display="condition" text:condition="ooow:x EQ 2"'),
    section('text:display="condition" text:condition="ooow:1 EQ 1" text:is-hidden="false"'),
    '<text:p><text:hidden-paragraph text:condition="ooow:x" text:is-hidden="false"/>藏着的话</text:p>',
]


@needs_office
def test_what_is_hidden_is_set_aside(build: Build) -> None:
    document = read(make(build, SEEN + "".join(HIDDEN)), "方案.odt", ReadOptions())
    assert [block.text for block in document.blocks] == ["看得见的正文，写明项目的建设背景和必要性。"]
    assert [aside.text for aside in document.asides if aside.kind is AsideKind.HIDDEN] == ["藏着的话"] * len(HIDDEN)
    assert "hidden-text" in {warning.code for warning in document.warnings}


@pytest.mark.parametrize("body", HIDDEN)
def test_a_hidden_paragraph_becomes_hidden_text(build: Build, body: str) -> None:
    for data in (make(build, SEEN + body), content(SEEN + body)):
        assert sniff(with_hidden_text(data, Limits())) == "odt"
        assert with_hidden_text(data, Limits()) != data


@pytest.mark.parametrize("body", SHOWN)
def test_what_is_shown_is_left_as_it_is(build: Build, body: str) -> None:
    data = make(build, SEEN + body)
    assert with_hidden_text(data, Limits()) is data


def test_a_paragraph_around_a_box_that_hides_its_own_is_shown() -> None:
    inner = HIDDEN[3]
    body = f"<text:p>外<drawing:text-box>{inner}</drawing:text-box></text:p>"
    assert "<text:p>外<" in with_hidden_text(content(body), Limits()).decode()


def test_a_file_beyond_the_bounds_damaged_or_with_a_dtd_is_left_as_it_is(build: Build) -> None:
    data = make(build, HIDDEN[0])
    assert with_hidden_text(data, replace(Limits(), part_bytes=100)) is data
    assert with_hidden_text(data[:-40], Limits()) == data[:-40]
    declared = content(HIDDEN[0]).replace(b"<office:d", b'<!DOCTYPE a [<!ENTITY b "c">]><office:d', 1)
    for blob in (declared, content(HIDDEN[0])[:-9]):
        assert with_hidden_text(blob, Limits()) is blob
