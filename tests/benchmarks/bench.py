"""How long things take, as ratios within one run: `python tests/benchmarks/bench.py [--submissions N]`."""

from __future__ import annotations

import argparse
import contextlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LIBRARIES = "import docx, pdfplumber, jieba, spacy, sklearn"
FANGAN = [sys.executable, "-m", "pipeline"]
CHAPTERS = (
    "项目概况",
    "建设必要性",
    "建设目标",
    "建设内容",
    "信息资源共享分析",
    "网络安全体系",
    "投资概算",
    "资金来源",
    "实施进度",
)
SENTENCE = "本项目由县数据局牵头建设，第{n}项内容覆盖全县十二个乡镇，依托县政务云部署，预计投入{n}万元，数据按日汇聚。"


def build(path: Path, seed: int, pages: int) -> None:
    """Write a proposal of about so many pages, different for each seed."""
    import docx

    document = docx.Document()
    document.add_paragraph(f"智慧平台{seed}建设方案")
    for number, chapter in enumerate(CHAPTERS, 1):
        document.add_heading(f"{number} {chapter}", 1)
        for line in range(pages * 2):
            document.add_paragraph(SENTENCE.format(n=seed * 1000 + number * 100 + line) * 2)
    table = document.add_table(rows=20, cols=3)
    for row, cells in enumerate(table.rows):
        for cell, text in zip(cells.cells, (str(row), f"软件开发{row}", f"{row}.5"), strict=True):
            cell.text = text
    document.save(str(path))


def cpu(call: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process and its children, and wall seconds, that a call takes."""
    before, start = usage(), time.monotonic()
    call()
    return usage() - before, time.monotonic() - start


def usage() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def run(*arguments: object) -> Callable[[], object]:
    """A call of the command line in a process of its own."""
    command = [*FANGAN, *map(str, arguments)]
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False)


def cold(place: Path) -> None:
    """A cold check of twenty pages beside the cold import of the five libraries."""
    path = place / "cold.docx"
    build(path, 0, 20)
    libraries = [sys.executable, "-c", LIBRARIES]
    imports = min(cpu(lambda: subprocess.run(libraries, stderr=subprocess.DEVNULL, check=True))[0] for _ in range(3))
    check = min(cpu(run("check", path, "--county", "sihong"))[0] for _ in range(3))
    print(f"cold check of a docx of 20 pages: {check:.2f} CPU s, {check / imports:.2f} of importing the five libraries")


def warm(folder: Path, paths: list[Path]) -> float:
    """CPU seconds of checking one by one in one warm worker."""
    from pipeline.errors import FanganError
    from pipeline.worker.allowance import allow
    from pipeline.worker.job import Job
    from pipeline.worker.pool import WorkerPool

    def one_by_one() -> None:
        with WorkerPool(1) as pool:
            for path in paths:
                job = Job("check", str(path), county="sihong", formats=("json", "html"), traces=True)
                with contextlib.suppress(FanganError):  # a broken one
                    pool.run(job, allow(path))

    return cpu(one_by_one)[0]


def rounds(place: Path, count: int) -> None:
    """A round beside checking its submissions one by one in a warm worker; what Prefect and its server cost."""
    folder, out, nothing = place / "round", place / "out", place / "nothing"
    folder.mkdir()
    nothing.mkdir()
    for seed in range(count):
        build(folder / f"{seed:04d}.docx", seed, 8)
    shutil.copy(folder / "0000.docx", nothing)
    one, base = warm(folder, sorted(nothing.iterdir())), cpu(run("round", "run", nothing, "--out", out / "a"))
    alone = warm(folder, sorted(folder.iterdir()))
    total, wall = cpu(run("round", "run", folder, "--out", out / "b", "--county", "sihong"))
    server = base[0] - one
    print(f"round of {count}: {total:.1f} CPU s, {wall:.1f} s; start-up of Prefect and its server {server:.1f} of them")
    print(
        f"  start-up apart {(total - server) / alone:.2f} of checking one by one in a warm worker ({alone:.1f} CPU s)"
    )
    again, _ = cpu(run("round", "run", folder, "--out", out / "b", "--county", "sihong"))
    print(f"  run again with nothing to do: {again / total:.3f} of it")


def reading(place: Path) -> None:
    """Reading speed of docx and of the same text as PDF, where LibreOffice can make one."""
    from extractors.readers.limits import ReadOptions
    from pipeline.assess import open_outline

    path = place / "read.docx"
    build(path, 1, 60)
    paths = [path]
    if shutil.which("soffice"):
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place), str(path)]
        subprocess.run(command, capture_output=True, check=False)
        paths += place.glob("read.pdf")
    base = 0.0
    for item in paths:
        open_outline(item, ReadOptions())
        seconds = min(cpu(lambda item=item: open_outline(item, ReadOptions()))[0] for _ in range(3))  # type: ignore[misc]
        base = base or seconds
        print(f"reading 60 pages of {item.suffix}: {seconds:.3f} CPU s warm, {seconds / base:.2f} of docx")


def main() -> None:
    """Print all ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cold(Path(folder))
        reading(Path(folder))
        rounds(Path(folder), options.submissions)


if __name__ == "__main__":
    main()
