"""Mutated files give a Document or an UnreadableError, and nothing else ever leaves."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from extractors.readers import office
from extractors.readers.limits import ReadOptions
from extractors.readers.opening import open_submission
from extractors.readers.registry import read
from pipeline.errors import UnreadableError
from pipeline.model.document import Document

OPTIONS = ReadOptions(ocr="off")
EACH = 35


def mutants(data: bytes, seed: int) -> list[bytes]:
    """Copies with flipped bytes, cut, doubled or zeroed stretches."""
    draw = random.Random(seed)
    out = []
    for _ in range(EACH):
        copy = bytearray(data)
        for _ in range(draw.randint(1, 6)):
            at = draw.randrange(len(copy))
            end = min(len(copy), at + draw.randint(1, 64))
            change = draw.randrange(4)
            if change == 0:
                copy[at] ^= 1 << draw.randrange(8)
            elif change == 1:
                del copy[at:end]
            elif change == 2:
                copy[at:at] = copy[at:end]
            else:
                copy[at:end] = bytes(end - at)
        out.append(bytes(copy))
    return out


@pytest.fixture(autouse=True)
def _no_conversions(monkeypatch: Any) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)


def outcome(data: bytes) -> Document | None:
    try:
        return read(data, "变.bin", OPTIONS)
    except UnreadableError as error:
        assert error.message and error.code
        return None


def test_mutated_workbooks(build: Any) -> None:
    data = build["xlsx"](lambda book: [book.active.append([f"项{n}", n]) for n in range(20)])
    stored = build["zip"]({m.name: c for m, c in parts(data)}, 0)
    assert len([outcome(m) for m in [*mutants(data, 1), *mutants(stored, 2)]]) == 2 * EACH


def test_mutated_ofd_files(build: Any) -> None:
    data = build["ofd"]("".join(build["text"](f"第{n}段正文。", 30, 40 + 8 * n) for n in range(9)))
    stored = build["zip"]({m.name: c for m, c in parts(data)}, 0)
    assert len([outcome(m) for m in [*mutants(data, 3), *mutants(stored, 4)]]) == 2 * EACH


def parts(data: bytes) -> list[tuple[Any, bytes]]:
    from extractors.readers.archive import open_container

    container = open_container(data, OPTIONS.limits)
    return [(member, container.read(member)) for member in container.members]


def test_mutated_zips(build: Any, plan: bytes, tmp_path: Path) -> None:
    inner = build["zip"]({"a/b.txt": "正文。".encode()})
    data = build["zip"]({"方案.docx": plan, "说明.txt": "项目背景".encode(), "内.zip": inner})
    path = tmp_path / "s.zip"
    read_files = 0
    for mutant in mutants(data, 5):
        path.write_bytes(mutant)
        try:
            read_files += len(open_submission(path, OPTIONS).files)
        except UnreadableError as error:
            assert error.message
    assert read_files > EACH // 2
