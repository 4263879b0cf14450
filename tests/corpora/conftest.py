from __future__ import annotations

from pathlib import Path

import pytest

from corpora.access import root


@pytest.fixture
def counties() -> Path:
    """The folder that holds the counties' folders."""
    return Path(str(root())) / "counties"
