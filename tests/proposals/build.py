"""Turn proposal texts written in a small markup into docx files (and, where LibreOffice is at hand, PDF).

The markup is described in README.md beside this file. Run as
`python tests/proposals/build.py tests/proposals/hand1 OUTFOLDER [--pdf NAME,...]`: writes NAME.docx (or the folder
NAME/ for texts called `NAME--文件名.md`) and copies NAME.gold.json. Known truth stays apart from the program under
test: nothing here reads its checks.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from proposal_markup import INLINE, NUMBERS, Block, Source, contents_lines, parse, split_number

W = nsdecls("w")
LEVELS = (1, 2, 3, 4)
BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")
CUSTOM_NAMES = {1: "方案标题甲", 2: "CustomHeading2", 3: "标题3（2）", 4: "样式4"}
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def _t(text: str, tag: str = "w:t") -> str:
    parts = re.split(r"<br>", text)
    return "<w:br/>".join(f'<{tag} xml:space="preserve">{escape(p)}</{tag}>' for p in parts)


def _run(text: str, props: str = "", tag: str = "w:t") -> str:
    return f"<w:r>{'<w:rPr>' + props + '</w:rPr>' if props else ''}{_t(text, tag)}</w:r>"


def _text_box(text: str) -> str:
    """A drawing with a text box, and the same box again for old readers, as word processors write it."""
    inner = f"<w:txbxContent><w:p>{_run(text)}</w:p></w:txbxContent>"
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="5200000" cy="1300000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
    )
    return (
        f'<w:r><mc:AlternateContent {names}><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5200000" cy="1300000"/>'
        '<wp:docPr id="7" name="文本框"/>'
        "<a:graphic><a:graphicData "
        f'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData></a:graphic>'
        '</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:410pt;height:102pt"><v:textbox>'
        f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@dataclass
class Writer:
    """Writes one parsed text into one Word document."""

    source: Source
    document: Any = field(default_factory=docx.Document)
    footnotes: list[str] = field(default_factory=list)
    changes: int = 0

    def write(self, path: Path) -> None:
        """Write the docx to `path`."""
        self._styles()
        self._frame()
        self._cover()
        self._contents()
        for block in self.source.blocks:
            self._block(block)
        self._footnotes()
        self.document.save(str(path))

    # -- the document around the body
    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(12)
        normal.font.name = "Times New Roman"
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
        if self.source.style == "custom":
            for level in LEVELS:
                style = self.document.styles.add_style(CUSTOM_NAMES[level], WD_STYLE_TYPE.PARAGRAPH)
                style.base_style = self.document.styles[f"Heading {level}"]
        if self.source.meta.get("toc") == "yes":
            for level in (1, 2):
                self.document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        if self.source.style == "auto":
            self._numbering()

    def _numbering(self) -> None:
        """Number the heading styles as the first numbered heading of each level is numbered in the text."""
        part = self.document.part.numbering_part.element
        levels = []
        for level in LEVELS:
            first = next((h.text for h in self.source.headings() if h.level == level and split_number(h.text)[0]), None)
            if first is None:
                continue
            _, fmt, text, digits = next(n for n in NUMBERS if re.match(n[0], first))
            label = text.format(n=level, path=".".join(f"%{i}" for i in range(1, level + 1)))
            levels.append(
                f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
                f'<w:pStyle w:val="Heading{level}"/>{"<w:isLgl/>" if digits else ""}<w:suff w:val="space"/>'
                f'<w:lvlText w:val="{label}"/><w:lvlJc w:val="left"/></w:lvl>'
            )
            number = self.document.styles[f"Heading {level}"].element.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = level - 1
            number.get_or_add_numId().val = 77
        kind = '<w:multiLevelType w:val="multilevel"/>'
        part.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{kind}{"".join(levels)}</w:abstractNum>'))
        part.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def _frame(self) -> None:
        section = self.document.sections[0]
        if header := self.source.meta.get("header"):
            section.header.paragraphs[0].text = header
        if footer := self.source.meta.get("footer"):
            section.footer.paragraphs[0].text = footer

    def _cover(self) -> None:
        lines = [x.strip() for x in self.source.meta.get("cover", "").split("|") if x.strip()]
        for index, line in enumerate(lines):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = 1
            run = paragraph.add_run(line)
            run.bold, run.font.size = True, Pt(26 if index == 0 else 16)
        if lines:
            self.document.add_page_break()

    def _contents(self) -> None:
        kind = self.source.meta.get("toc", "no")
        if kind not in {"yes", "typed"}:
            return
        title = self.document.add_paragraph("目    录")
        title.alignment = 1
        lines = list(contents_lines(self.source))
        for index, (level, text) in enumerate(lines):
            page = str(2 + index * 2 // 3)
            if kind == "typed":
                self.document.add_paragraph("　" * (level - 1) + text + "…" * 24 + page)
            else:
                self._toc_line(level, f"{text}\t{page}", index == 0, index == len(lines) - 1)
        self.document.add_page_break()

    def _toc_line(self, level: int, text: str, first: bool, last: bool) -> None:
        paragraph = self.document.add_paragraph(style=f"toc {level}")
        if first:
            for mark in ("begin", 'TOC \\o "1-2" \\h \\z \\u', "separate"):
                code = f"<w:instrText>{mark}</w:instrText>" if " " in mark else f'<w:fldChar w:fldCharType="{mark}"/>'
                paragraph._p.append(parse_xml(f"<w:r {W}>{code}</w:r>"))
        paragraph.add_run(text)
        if last:
            paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))

    # -- the body
    def _block(self, block: Block) -> None:
        match block.kind:
            case "pagebreak":
                self.document.add_page_break()
            case "table":
                self._table(block)
            case "heading":
                self._heading(block)
            case "bullet":
                self._inline(self.document.add_paragraph(style="List Bullet"), block.text)
            case _:
                alone = re.fullmatch(r"\{\{sdt:\s*(.*?)\}\}", block.text)
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.first_line_indent = Pt(24)
                self._inline(paragraph, alone[1] if alone else block.text)
                if alone:
                    self._wrap_in_control(paragraph)

    def _wrap_in_control(self, paragraph: Paragraph) -> None:
        control = parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent/></w:sdt>")
        paragraph._p.addprevious(control)
        control[1].append(paragraph._p)

    def _heading(self, block: Block) -> None:
        level, style, text = block.level, self.source.style, block.text
        if style in {"bold", "outline"}:
            paragraph = self.document.add_paragraph()
            if style == "outline":
                paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="{level - 1}"/>'))
            self._inline(paragraph, f"**{text}**" if "{{" not in text else text)
            return
        name = CUSTOM_NAMES[level] if style == "custom" else f"Heading {level}"
        paragraph = self.document.add_paragraph(style=name)
        if style == "auto":
            number, text = split_number(text)
            if not number:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
        self._inline(paragraph, text)

    def _inline(self, paragraph: Paragraph, text: str, bold: bool = False) -> None:
        at = 0
        base = "<w:b/>" if bold else ""
        for match in INLINE.finditer(text):
            if match.start() > at:
                self._append(paragraph, _run(text[at : match.start()], base))
            if match[3]:
                self._append(paragraph, _run(match[3], "<w:b/>"))
            else:
                self._special(paragraph, match[1], match[2])
            at = match.end()
        if at < len(text):
            self._append(paragraph, _run(text[at:], base))

    def _append(self, paragraph: Paragraph, xml: str) -> None:
        paragraph._p.extend(list(parse_xml(f"<w:p {W}>{xml}</w:p>")))

    def _special(self, paragraph: Paragraph, kind: str, text: str) -> None:
        self.changes += 1
        mark = f'w:id="{900 + self.changes}" w:author="经办人" w:date="2026-08-01T09:00:00Z"'
        match kind:
            case "comment":
                anchor = paragraph.runs[-1] if paragraph.runs else paragraph.add_run("　")
                self.document.add_comment(anchor, text=text, author="审稿人", initials="审")
            case "footnote":
                self.footnotes.append(text)
                self._append(paragraph, f'<w:r><w:footnoteReference w:id="{len(self.footnotes) + 1}"/></w:r>')
            case "del":
                self._append(paragraph, f"<w:del {mark}>{_run(text, tag='w:delText')}</w:del>")
            case "ins":
                self._append(paragraph, f"<w:ins {mark}>{_run(text)}</w:ins>")
            case "hidden":
                self._append(paragraph, _run(text, "<w:vanish/>"))
            case "white":
                self._append(paragraph, _run(text, '<w:color w:val="FFFFFF"/>'))
            case "textbox":
                self._append(paragraph, _text_box(text))
            case _:
                self._append(paragraph, f"<w:sdt><w:sdtPr/><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>")

    def _table(self, block: Block) -> None:
        width = len(block.rows[0])
        borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in BORDERS)
        grid = f'<w:gridCol w:w="{9000 // width}"/>' * width
        table = parse_xml(
            f'<w:tbl {W}><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid></w:tbl>"
        )
        for index, row in enumerate(block.rows):
            table.append(self._row(row, block.rows[index + 1 : index + 2], index == 0))
        # the last child of a body is its section's properties
        self.document.element.body.insert(len(self.document.element.body) - 1, table)

    def _row(self, row: tuple[str, ...], below: tuple[tuple[str, ...], ...], head: bool) -> Any:
        line = parse_xml(f"<w:tr {W}>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}</w:tr>")
        for column, text in enumerate(row):
            if text == "<":
                continue
            span = 1
            while column + span < len(row) and row[column + span] == "<":
                span += 1
            starts = below and below[0][column] == "^"
            merge = "<w:vMerge/>" if text == "^" else '<w:vMerge w:val="restart"/>' if starts else ""
            props = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + merge
            cell = parse_xml(f"<w:tc {W}><w:tcPr>{props}</w:tcPr><w:p/></w:tc>")
            line.append(cell)
            if text != "^":
                self._inline(Paragraph(cell[1], self.document._body), text, bold=head)
        return line

    def _footnotes(self) -> None:
        """Add the footnotes part; numbers 0 and 1 are the separators that every such part has."""
        if not self.footnotes:
            return
        marks = (("separator", 0), ("continuationSeparator", 1))
        notes = [f'<w:footnote w:type="{k}" w:id="{i}"><w:p><w:r><w:{k}/></w:r></w:p></w:footnote>' for k, i in marks]
        notes += [
            f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r>{_run(x)}</w:p></w:footnote>'
            for i, x in enumerate(self.footnotes, 2)
        ]
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{"".join(notes)}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, xml.encode(), self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def build_docx(md_path: Path, out_path: Path) -> None:
    """Write the text at `md_path` as a docx to `out_path`; raises ValueError where the markup is wrong."""
    Writer(parse(md_path.read_text(encoding="utf-8"))).write(out_path)


def build_pdf(md_path: Path, out_path: Path) -> None:
    """Write the text as PDF through LibreOffice; raises FileNotFoundError where `soffice` is not installed.

    Automatic numbers are typed there: LibreOffice prints 九.1 where Word prints 9.1.
    """
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "text.docx"
        source = parse(md_path.read_text(encoding="utf-8"))
        style = "typed" if source.style == "auto" else source.style
        Writer(replace(source, meta={**source.meta, "style": style})).write(word)
        profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
        subprocess.run(
            [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        shutil.copyfile(word.with_suffix(".pdf"), out_path)


def build_folder(folder: Path, out: Path, as_pdf: Iterable[str] = ()) -> list[str]:
    """Build every proposal of `folder` below `out`, each with its gold file; gives the proposals' names."""
    out.mkdir(parents=True, exist_ok=True)
    pdfs, names = set(as_pdf), []
    for gold in sorted(folder.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        make, ending = (build_pdf, "pdf") if name in pdfs else (build_docx, "docx")
        single, parts = folder / f"{name}.md", sorted(folder.glob(f"{name}--*.md"))
        if single.exists():
            make(single, out / f"{name}.{ending}")
        for part in parts:
            (out / name).mkdir(exist_ok=True)
            make(part, out / name / f"{part.stem.split('--', 1)[1]}.{ending}")
        shutil.copyfile(gold, out / gold.name)
        names.append(name)
    return names


def main() -> int:
    """Read the command line, build, and name what was built."""
    parser = argparse.ArgumentParser(description="Build test proposals from their texts.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pdf", default="", help="names, divided by commas, that become PDF instead of docx")
    args = parser.parse_args()
    print("\n".join(build_folder(args.folder, args.out, filter(None, args.pdf.split(",")))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
