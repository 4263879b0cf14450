"""The rule pack (规则包) as one short value: a county's rules and all vocabulary and models that judging uses."""

from __future__ import annotations

import hashlib
from importlib.resources.abc import Traversable
from pathlib import Path

from checks.loader import county_ids
from corpora.access import root

_SHARED = ("common", "lexicon", "models")
_DATA = (".yaml", ".txt", ".npz")
_LENGTH = 16  # hex digits shown; enough to tell versions apart


def rules_hash(county: str) -> str:
    """The hash of what a county id, or the folder of a county, is judged by; "" where there is no such county."""
    if county in county_ids():
        return _hash(root().joinpath("counties", county))
    folder = Path(county)
    return _hash(folder) if county and folder.joinpath("county.yaml").is_file() else ""


def _hash(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for name, node in (("county", folder), *((part, root().joinpath(part)) for part in _SHARED)):
        _add(digest, node, name)
    return digest.hexdigest()[:_LENGTH]


def _add(digest: hashlib._Hash, node: Traversable, name: str) -> None:
    """Take in names and bytes of all data files below the node, in name order."""
    if node.is_dir():
        for child in sorted(node.iterdir(), key=lambda item: item.name):
            _add(digest, child, f"{name}/{child.name}")
    elif name.endswith(_DATA):
        digest.update(name.encode("utf-8") + b"\0" + hashlib.sha256(node.read_bytes()).digest())
