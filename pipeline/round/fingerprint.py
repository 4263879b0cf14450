"""What a result depends on: the submission's bytes, the rules, the program and the options."""

from __future__ import annotations

import contextlib
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
_READ = ("document.py", "submission.py", "text.py")


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


def signature(path: Path) -> tuple[int, int, float]:
    """Number, bytes together and time of the last change (seconds since 1970) of a file, or of all below a folder.

    Cheap, and another one as long as something is still being copied. What cannot be looked at counts as empty.
    """
    count, size, changed = 0, 0, 0.0
    names = (Path(folder, name) for folder, _, files_ in os.walk(path) for name in files_) if path.is_dir() else (path,)
    for file in names:
        with contextlib.suppress(OSError):
            state = file.lstat()
            count, size, changed = count + 1, size + state.st_size, max(changed, state.st_mtime)
    return count, size, changed


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


@lru_cache(maxsize=1)
def reader_hash() -> str:
    """Version of what makes a document of a file; rules and judgement have no part in it."""
    digest = hashlib.sha256()
    _add_tree(digest, files("extractors").joinpath("readers"), "readers")
    for name in _READ:
        _add_tree(digest, files("pipeline").joinpath("model", name), name)
    return digest.hexdigest()


def reading_key(content: str, name: str, ocr: str) -> str:
    """The file name under which what was read of a submission is kept: all that the reading depends on."""
    parts = [content, name, ocr, reader_hash()]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def county_mark(county: str) -> str:
    """A county for the fingerprint: the id of one that ships (its data are the program's), else the folder's content.

    Raises OSError where the folder cannot be read.
    """
    return content_hash(Path(county)) if is_county_folder(county) else county


def is_county_folder(county: str) -> bool:
    """Whether the text is the path of a county's folder and not the id of a county that ships."""
    return bool(county) and not is_shipped(county) and Path(county).is_dir()


def is_shipped(county: str) -> bool:
    """Whether a county of that id ships with the program."""
    return county.isidentifier() and files("corpora").joinpath("counties", county, "county.yaml").is_file()


def fingerprint(content: str, county: str, submitted: str, ocr: str) -> str:
    """One value for all that the result depends on."""
    parts = [content, county, submitted, ocr, program_hash()]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()
