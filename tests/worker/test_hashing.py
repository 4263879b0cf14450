from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.worker.hashing import hashes
from pipeline.worker.job import Job


def test_each_member_of_a_zip_is_listed_with_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("乙.txt", "二")
        packed.writestr("甲.txt", "一")
    found = hashes(Job("hashes", str(path))).summary["files"]
    assert found == [
        (name, hashlib.sha256(text.encode()).hexdigest()) for name, text in (("乙.txt", "二"), ("甲.txt", "一"))
    ]


def test_a_single_file_is_listed_alone(tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    path.write_bytes(b"x")
    assert hashes(Job("hashes", str(path))).summary["files"] == [("方案.txt", hashlib.sha256(b"x").hexdigest())]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        hashes(Job("hashes", str(tmp_path / "none")))
