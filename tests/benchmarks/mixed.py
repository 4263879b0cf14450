"""A mixed round (docx, PDF, 5% broken) beside checking its submissions one by one: `python mixed.py`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import CHAPTERS, SENTENCE, build, cpu, run, warm


def build_pdf(path: Path, seed: int, pages: int) -> None:
    """Write a proposal of about so many pages as PDF with a text layer."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontSize=16, leading=30)
    flow = [Paragraph(f"智慧平台{seed}建设方案", head)]
    for number, chapter in enumerate(CHAPTERS, 1):
        flow.append(Paragraph(f"{number} {chapter}", head))
        flow += [Paragraph(SENTENCE.format(n=seed * 1000 + number * 100 + line) * 2, body) for line in range(pages * 2)]
    rows = [[str(n), f"Software {n}", f"{n}.5"] for n in range(20)]
    SimpleDocTemplate(str(path)).build([*flow, Table(rows, style=[("GRID", (0, 0), (-1, -1), 1, (0, 0, 0))])])


def fill(folder: Path, count: int) -> None:
    """Two docx to each PDF, and every twentieth broken."""
    for seed in range(count):
        if seed % 20 == 7:
            (folder / f"{seed:04d}.docx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
        elif seed % 3 == 1:
            build_pdf(folder / f"{seed:04d}.pdf", seed, 8)
        else:
            build(folder / f"{seed:04d}.docx", seed, 8)


def main() -> None:
    """Print the ratio, start-up of Prefect and its server apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder, nothing = place / "round", place / "nothing"
        folder.mkdir()
        nothing.mkdir()
        fill(folder, options.submissions)
        build(nothing / "0000.docx", 0, 8)
        one, base = warm(nothing, sorted(nothing.iterdir())), cpu(run("round", "run", nothing, "--out", place / "a"))
        alone = warm(folder, sorted(folder.iterdir()))
        total, wall = cpu(run("round", "run", folder, "--out", place / "b", "--county", "sihong"))
        server = base[0] - one
        print(f"mixed round of {options.submissions}: {total:.1f} CPU s, {wall:.1f} s; start-up {server:.1f} of them")
        print(f"  start-up apart {(total - server) / alone:.2f} of one by one in a warm worker ({alone:.1f} CPU s)")


if __name__ == "__main__":
    main()
