"""The null engine: recognises nothing; with it the program works and says what it could not read."""

from __future__ import annotations

from typing import Any

from extractors.readers.ocr.engine import Word


class NoEngine:
    """An engine that finds no text."""

    name = "none"

    def recognise(self, picture: Any) -> list[Word]:
        """No lines, whatever the picture."""
        return []

    def read_line(self, picture: Any) -> tuple[str, float]:
        """No text, whatever the picture."""
        return "", 0.0
