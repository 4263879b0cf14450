"""The null engine: recognises nothing; with it the program works and says what it could not read."""

from __future__ import annotations

from extractors.readers.ocr.engine import Word


class NoEngine:
    """An engine that finds no text."""

    name = "none"

    def recognise(self, png: bytes) -> list[Word]:
        """No lines, whatever the image."""
        return []
