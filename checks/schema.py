"""JSON Schema (模式文件) of the data files, made from their models, for editors that check while one types.

`python -m checks.schema FOLDER` writes them; corpora/schema holds them as shipped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from checks.rule import CountyData, RouteRule, Rule

_MODELS: dict[str, tuple[str, Any]] = {
    "county.json": ("县（市）：counties/*/county.yaml", CountyData),
    "routes.json": ("审批路径：counties/*/routes.yaml", list[RouteRule]),
    "rules.json": ("审查规则：counties/*/rules/*.yaml", list[Rule]),
}


def schemas() -> dict[str, str]:
    """File name to JSON text of every schema, keys sorted, so that equal models give equal bytes."""
    return {name: _text(title, model) for name, (title, model) in _MODELS.items()}


def _text(title: str, model: Any) -> str:
    schema = TypeAdapter(model).json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(schema | head, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    for file, content in schemas().items():
        (Path(sys.argv[1]) / file).write_text(content, encoding="utf-8")
