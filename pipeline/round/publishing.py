"""A copy of ledger and reports where others read them: another folder or an object store, through fsspec."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipeline.errors import DependencyError, OutputError, UsageError
from pipeline.round.store import Store
from pipeline.round.writing import write_atomic

_ADVICE = "例如 /共享/审查结果 或 s3://桶/审查结果。"


def publish(store: Store, address: str) -> int:
    """Copy what changed since the last time to the address, the ledger last; gives the number of files copied.

    Raises UsageError for an address that is none, DependencyError where the store's driver is not installed,
    OutputError where it cannot be written to.
    """
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise DependencyError("缺少该存储的驱动。", f"请安装它的 fsspec 组件（{error.name}）。") from error
    except ValueError as error:
        raise UsageError(f"“{address.partition('://')[0]}”不是可用的存储。", _ADVICE) from error
    memory = store.home / "published.json"
    done = _done(memory, address)
    copied = 0
    try:
        for file in _files(store.out):
            name, data = file.relative_to(store.out).as_posix(), file.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if done.get(name) == digest:
                continue
            system.makedirs(f"{root}/{name}".rsplit("/", 1)[0], exist_ok=True)
            system.pipe_file(f"{root}/{name}", data)
            done[name] = digest
            copied += 1
    except Exception as error:  # each store has failures of its own
        raise OutputError(f"无法写入发布位置（{type(error).__name__}）。", "请检查地址、权限和网络。") from error
    write_atomic(memory, json.dumps({"address": address, "files": done}).encode("ascii"))
    return copied


def _files(out: Path) -> list[Path]:
    """Reports, then the ledger that names them."""
    return [*sorted((out / "reports").glob("*.*")), *sorted(out.glob("ledger.*"))]


def _done(memory: Path, address: str) -> dict[str, str]:
    """What was copied to the same address before: hash by name."""
    try:
        value = json.loads(memory.read_bytes())
    except (OSError, ValueError):
        return {}
    return dict(value["files"]) if value.get("address") == address else {}
