"""Word documents in the form of official papers (公文格式): A4, 仿宋 body, 黑体 headings, blanks to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pipeline.report.fixed_zip import FIXED_TIME, repeatable
from pipeline.report.plaintext import plain, shorten

BODY_FONT: Final = "仿宋"
HEAD_FONT: Final = "黑体"
TITLE_FONT: Final = "宋体"
LATIN_FONT: Final = "Times New Roman"
BODY_SIZE: Final = 16  # points, 三号
TITLE_SIZE: Final = 22  # points, 二号
TABLE_SIZE: Final = 10.5  # points, 五号
_PARAGRAPH_LIMIT: Final = 4000  # characters; a paragraph longer than that is no sentence of a paper
BLANK_NUMBER: Final = "＿＿＿＿〔＿＿＿＿〕＿＿＿号"
BLANK_DATE: Final = "＿＿＿＿年＿＿月＿＿日"
_NUMERALS: Final = "一二三四五六七八九十"


def chinese_ordinal(number: int) -> str:
    """A number from 1 to 19 in Chinese, for headings; digits above."""
    if number <= 10:
        return _NUMERALS[number - 1]
    return f"十{_NUMERALS[number - 11]}" if number < 20 else str(number)


class Paper:
    """A Word document under way; every text goes through `plain`, so that it is valid XML and on one line."""

    def __init__(self, title: str) -> None:
        """Begin with page, fonts and core properties set; `title` is the document property, not yet printed."""
        import docx

        self.document: Any = docx.Document()
        self._sections = 0
        self._page_set_up()
        self._fonts()
        properties = self.document.core_properties
        properties.title, properties.author, properties.last_modified_by = shorten(plain(title), 200), "", ""
        properties.comments, properties.created, properties.modified = "", FIXED_TIME, FIXED_TIME

    def _page_set_up(self) -> None:
        from docx.shared import Mm

        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
        _page_number(page.footer.paragraphs[0])

    def _fonts(self) -> None:
        from docx.shared import Pt

        style = self.document.styles["Normal"]
        style.font.size = Pt(BODY_SIZE)
        _set_font(style, BODY_FONT)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = Pt(28)
        _set_font(self.document.styles["Heading 1"], HEAD_FONT)
        _speak_chinese(self.document.styles.element)

    def title(self, text: str) -> None:
        """The centred title, with an empty line below."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        self._sections = 0
        paragraph = self._paragraph(text, TITLE_FONT, TITLE_SIZE, bold=True, indent=False)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(36)
        paragraph.paragraph_format.space_after = Pt(10)

    def line(self, text: str, align: str = "left", keep: bool = False) -> None:
        """A line without indent: left, center or right; `keep` holds it on one page with the next."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._paragraph(text, BODY_FONT, BODY_SIZE, indent=False)
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        paragraph.paragraph_format.keep_with_next = keep

    def heading(self, text: str) -> None:
        """A heading of the first level, numbered in Chinese."""
        self._sections += 1
        paragraph = self._paragraph(f"{chinese_ordinal(self._sections)}、{text}", HEAD_FONT, BODY_SIZE)
        paragraph.style = self.document.styles["Heading 1"]
        paragraph.paragraph_format.keep_with_next = True
        _plain_heading(paragraph)

    def body(self, text: str, lead: str = "", keep: bool = False) -> None:
        """A paragraph indented by two characters; `lead` is set bold before it, `keep` holds it with the next."""
        paragraph = self._paragraph("", BODY_FONT, BODY_SIZE)
        paragraph.paragraph_format.keep_with_next = keep
        if lead:
            _run(paragraph, lead, BODY_FONT, BODY_SIZE, bold=True)
        _run(paragraph, text, BODY_FONT, BODY_SIZE)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]], widths_mm: Sequence[int]) -> None:
        """A ruled table whose head row repeats on each page; widths in millimetres."""
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=len(headers))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
        _fill_row(table.rows[0], headers, widths_mm, bold=True)
        _repeat_head(table.rows[0])
        for row in rows:
            added = table.add_row()
            _keep_whole(added)
            _fill_row(added, row, widths_mm)

    def signature(self, lines: Sequence[str]) -> None:
        """An empty line and then the lines at the right, all on one page."""
        self.line("", keep=True)
        for number, text in enumerate(lines, 1):
            self.line(f"{text}　　", "right", keep=number < len(lines))

    def page_break(self) -> None:
        """The next paragraph starts a new page."""
        self.document.add_page_break()

    def bytes(self) -> bytes:
        """The docx package; equal contents give equal bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return repeatable(out.getvalue())

    def _paragraph(self, text: str, font: str, size: float, bold: bool = False, indent: bool = True) -> Any:
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        if text:
            _run(paragraph, text, font, size, bold)
        return paragraph


def _run(paragraph: Any, text: str, font: str, size: float, bold: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(shorten(plain(text), _PARAGRAPH_LIMIT))
    run.font.size, run.font.bold = Pt(size), bold
    _set_font(run, font)


def _set_font(owner: Any, name: str) -> None:
    """Chinese text in `name`, Latin letters and digits in the Latin face; Word keeps the two apart."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    owner.font.name = LATIN_FONT
    owner.font.color.rgb = RGBColor(0, 0, 0)
    fonts = owner.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes take the Chinese face


def _speak_chinese(styles: Any) -> None:
    """The document's language, which decides on which side of its square a full stop stands."""
    from docx.oxml.ns import qn

    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _plain_heading(paragraph: Any) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.bold = False


def _fill_row(row: Any, texts: Sequence[str], widths_mm: Sequence[int], bold: bool = False) -> None:
    from docx.shared import Mm, Pt

    for cell, text, width in zip(row.cells, texts, widths_mm, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(16)
        _run(paragraph, text, HEAD_FONT if bold else BODY_FONT, TABLE_SIZE)


def _repeat_head(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(paragraph: Any) -> None:
    """`— 3 —` at the foot of each page, as official papers have it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")
    for run in paragraph.runs:
        _set_font(run, TITLE_FONT)
