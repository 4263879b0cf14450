"""What reading costs, as ratios within one run: `python tests/benchmarks/reading.py [--pages N] [--recognise]`.

PDF against pdfplumber's extract_text and extract_tables on the same file, a Word file against python-docx's walk over
paragraphs and tables, recognition against the engine's own time, and the memory that each takes.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROSE = (
    "本项目由县数据局牵头建设，覆盖全县十二个乡镇，依托县政务云部署，数据按日汇聚到共享交换平台，供各部门按需申请使用。"
)
COLUMNS = (72, 110, 290, 350, 430, 520)
ROWS = 12


def build_pdf(path: Path, pages: int) -> None:
    """Write a proposal of so many pages: a heading, paragraphs and a ruled table on each."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in range(1, pages + 1):
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(72, 770, f"{page}.1 建设内容")
        canvas.setFont("STSong-Light", 12)
        for line in range(16):
            canvas.drawString(72, 740 - 20 * line, PROSE[line % 8 :][:37])
        canvas.grid(COLUMNS, [400 - 24 * row for row in range(ROWS + 1)])
        for row in range(ROWS):
            cells = (str(row), f"软件开发与系统集成{row}", f"{row}套", f"{row},500", f"{row * row},500")
            for x, text in zip(COLUMNS, cells, strict=False):
                canvas.drawString(x + 4, 384 - 24 * row, text)
        canvas.drawCentredString(297, 30, f"- {page} -")
        canvas.showPage()
    canvas.save()


def print_pdf(word: Path, place: Path, pages: int) -> Path:
    """A PDF of the Word file as LibreOffice prints it, with its fonts; where it is missing, one drawn here."""
    if shutil.which("soffice"):
        command = [
            "soffice",
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*command, "--outdir", str(place), str(word)], capture_output=True, check=False)
        if word.with_suffix(".pdf").exists():
            return word.with_suffix(".pdf")
    drawn = place / "drawn.pdf"
    build_pdf(drawn, pages)
    return drawn


def build_docx(path: Path, pages: int) -> None:
    """Write a Word file of about so many pages."""
    import docx

    document: Any = docx.Document()
    for page in range(1, pages + 1):
        document.add_heading(f"{page}.1 建设内容", 2)
        for _ in range(6):
            document.add_paragraph(PROSE * 2)
        table = document.add_table(rows=ROWS, cols=5, style="Table Grid")
        for number, row in enumerate(table.rows):
            for cell, text in zip(row.cells, (str(number), "软件", "1套", "9,500", "9,500"), strict=True):
                cell.text = text
    document.save(str(path))


def cpu(call: Callable[[], object], times: int = 7) -> float:
    """The least CPU seconds, children's included, that a call takes."""
    best = float("inf")
    for _ in range(times):
        before = _used()
        call()
        best = min(best, _used() - before)
    return best


def _used() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def read(path: Path) -> object:
    """Read a file as the program does."""
    from extractors.readers import registry
    from extractors.readers.limits import ReadOptions

    return registry.read(path.read_bytes(), path.name, ReadOptions())


def plumb(path: Path) -> None:
    """Read a PDF as pdfplumber does, closing each page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def walk(path: Path) -> None:
    """Read a Word file by python-docx's own paragraphs, tables and cells."""
    import docx

    document: Any = docx.Document(str(path))
    for paragraph in document.paragraphs:
        str(paragraph.text)
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                str(cell.text)


def memory(path: Path) -> float:
    """The largest resident size in MiB of a fresh process that reads a file."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (path,))


def _peak(path: Path) -> float:
    read(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def scan(path: Path, target: Path) -> list[bytes]:
    """Write the pages of a PDF as pictures into another; gives the pictures as they are recognised."""
    import pypdfium2

    pictures = []
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        out = io.BytesIO()
        image = page.render(scale=200 / 72, grayscale=True).to_pil()
        image.save(out, "PNG")
        pictures.append((image, out.getvalue()))
    first, *rest = (image for image, _ in pictures)
    first.save(target, save_all=True, append_images=rest, resolution=200)
    return [png for _, png in pictures]


def engine_alone(pictures: list[bytes]) -> None:
    """Recognise pictures with nothing but the engine, one thread, its model loaded once."""
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine: Any = RapidOCR(params={**threads, "Global.log_level": "error"})
    for png in pictures:
        engine(png, use_cls=False)


def recognition(place: Path) -> None:
    """Recognition of three pages beside the engine's own time, both with loading the model."""
    path, target = place / "pages.pdf", place / "scan.pdf"
    build_pdf(path, 3)
    pictures = scan(path, target)
    alone, ours = cpu(lambda: engine_alone(pictures), 1), cpu(lambda: read(target), 1)
    print(f"recognising 3 pages: {ours:.1f} CPU s, {ours / alone:.2f} of the engine's own {alone:.1f}")


def main() -> None:
    """Print all ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--recognise", action="store_true", help="recognition as well; about half a minute")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        word = place / "plan.docx"
        build_docx(word, options.pages)
        pdf = print_pdf(word, place, options.pages)
        read(pdf), read(word)  # what is imported once is not counted
        for path, other, name in ((pdf, plumb, "pdfplumber"), (word, walk, "python-docx")):
            ours, theirs = cpu(lambda path=path: read(path)), cpu(lambda path=path, other=other: other(path), 1)  # type: ignore[misc]
            print(
                f"{path.suffix[1:]} of about {options.pages} pages: {ours:.3f} CPU s, {ours / theirs:.3f} of {name}'s"
            )
            print(f"  memory: {memory(path):.0f} MiB")
        if options.recognise:
            recognition(place)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
