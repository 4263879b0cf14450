from __future__ import annotations

from pathlib import Path

from extractors.readers.limits import Limits
from pipeline.worker.allowance import allow, measure


def sized(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_a_larger_submission_gets_more_up_to_the_limit(tmp_path: Path) -> None:
    limits = Limits()
    small, large, huge = (allow(sized(tmp_path / str(size), size)) for size in (2**10, 2**23, 2**31))
    assert small.seconds < large.seconds <= huge.seconds == limits.seconds
    assert small.memory < large.memory < huge.memory == limits.memory_bytes


def test_a_folder_counts_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    sized(tmp_path / "a" / "1", 1000)
    sized(tmp_path / "2", 500)
    assert measure(tmp_path) == (1500, False)


def test_what_must_be_converted_first_gets_longer(tmp_path: Path) -> None:
    plain, old = allow(sized(tmp_path / "a.docx", 9)), allow(sized(tmp_path / "b.DOC", 9))
    assert plain.seconds < old.seconds <= allow(tmp_path).seconds


def test_a_missing_path_gets_the_least(tmp_path: Path) -> None:
    assert allow(tmp_path / "none") == allow(sized(tmp_path / "empty", 0))
