"""What stands in hidden runs besides text: boxes, pictures, notes and check boxes that nobody sees."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model.document import AsideKind, Document

VANISH = "<w:rPr><w:vanish/></w:rPr>"


def _in_hidden_run(run: str) -> str:
    assert run.startswith("<w:r>")
    return f"<w:r>{VANISH}{run[5:]}"


def _vml(word: Any, style: str = "width:100pt") -> str:
    content = word.p(word.t("暗框"))
    box = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return f'<w:r><w:pict><v:shape style="{style}">{box}</v:shape></w:pict></w:r>'


def _hidden(word: Any, document: Document) -> tuple[list[str], list[str]]:
    return [block.text for block in document.blocks], word.asides(document, AsideKind.HIDDEN)


def test_a_text_box_in_a_hidden_run_is_set_aside(word: Any) -> None:
    for box in (_vml(word), word.box(word.p(word.t("暗框")))):
        document = word.read(word.p(word.t("正文") + _in_hidden_run(box)))
        assert _hidden(word, document) == (["正文"], ["暗框"])


@pytest.mark.parametrize("style", ["width:10pt;visibility:hidden", "VISIBILITY: hidden;height:10pt"])
def test_a_vml_shape_that_is_switched_off_is_set_aside(word: Any, style: str) -> None:
    assert _hidden(word, word.read(word.p(word.t("正文") + _vml(word, style)))) == (["正文"], ["暗框"])


def test_a_text_box_in_a_run_of_tiny_or_white_type_is_seen(word: Any) -> None:
    for marks in ('<w:sz w:val="2"/>', '<w:color w:val="FFFFFF"/>'):
        box = _vml(word).replace("<w:r>", f"<w:r><w:rPr>{marks}</w:rPr>", 1)
        assert word.texts(word.p(word.t("正文") + box)) == ["正文", "暗框"]


def test_lettering_in_a_hidden_run_is_set_aside(word: Any) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    assert _hidden(word, word.read(word.p(word.t("正文") + _in_hidden_run(art)))) == (["正文"], ["艺术字"])


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_whose_mark_is_hidden_is_set_aside(word: Any, kind: str) -> None:
    mark = _in_hidden_run(f'<w:r><w:{kind}Reference w:id="2"/></w:r>')
    note = f'<w:{kind} w:id="2">{word.p(word.t("已通过评审"))}</w:{kind}>'
    body = word.p(word.t("正文") + mark) + word.table([word.cell(word.p(word.t("格")))])
    document = word.read(body, **{f"{kind}s": note})
    assert _hidden(word, document) == (["正文", "格"], ["已通过评审"])


def test_a_check_box_whose_sign_is_hidden_is_set_aside(word: Any) -> None:
    box = "<w14:checkbox><w14:checked/></w14:checkbox>"
    control = f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{word.t('☑', '<w:vanish/>')}</w:sdtContent></w:sdt>"
    assert _hidden(word, word.read(word.p(word.t("新建") + control))) == (["新建"], ["☑"])


def test_a_number_whose_level_is_hidden_counts_unseen(word: Any) -> None:
    hidden = word.level(0, "decimal", "%1.").replace("</w:lvl>", f"{VANISH}</w:lvl>")
    numbering = word.abstract(1, hidden, word.level(1, "decimal", "%1.%2")) + word.num(1, 1)
    body = "".join(word.numbered("文", 1, level) for level in (0, 0, 1))
    assert word.numbers(body, numbering=numbering) == ["", "", "2.1"]
