"""What a result depends on: the submission's bytes, the rules, the program and the options."""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.version import VERSION

_ROOMS = ("pipeline", "extractors", "checks", "corpora")
_SKIPPED = ("__pycache__",)


def content_hash(path: Path) -> str:
    """SHA-256 over a file, or over the names and bytes of all files below a folder; links are not followed.

    Raises OSError where a file cannot be read.
    """
    digest = hashlib.sha256()
    if not path.is_dir():
        _add_file(digest, path)
        return digest.hexdigest()
    for folder, subfolders, names in os.walk(path):
        subfolders.sort()
        for name in sorted(names):
            file = Path(folder, name)
            digest.update(os.fsencode(file.relative_to(path)) + b"\0")
            if file.is_file() and not file.is_symlink():
                _add_file(digest, file)
    return digest.hexdigest()


def _add_file(digest: hashlib._Hash, path: Path) -> None:
    digest.update(path.stat().st_size.to_bytes(8, "big"))
    with path.open("rb") as file:
        while piece := file.read(2**20):
            digest.update(piece)


@lru_cache(maxsize=1)
def program_hash() -> str:
    """Version of program and rule pack: the version number and a hash over every module and data file of the rooms."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        _add_tree(digest, files(room), room)
    return f"{VERSION}+{digest.hexdigest()[:16]}"


def _add_tree(digest: hashlib._Hash, node: Traversable, name: str) -> None:
    if node.is_dir():
        for child in sorted(node.iterdir(), key=lambda item: item.name):
            if child.name not in _SKIPPED:
                _add_tree(digest, child, f"{name}/{child.name}")
    elif not name.endswith(".pyc"):
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(node.read_bytes()).digest())


def fingerprint(content: str, county: str, submitted: str, ocr: str) -> str:
    """One value for all that the result depends on."""
    parts = [content, county, submitted, ocr, program_hash()]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
