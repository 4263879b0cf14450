"""rapidocr with onnxruntime: its model ships in the wheel; one thread, since pages run in parallel."""

from __future__ import annotations

import logging
from typing import Any

from extractors.readers.ocr.engine import Word


class RapidEngine:
    """The PP-OCR models of rapidocr on the CPU."""

    name = "rapidocr"

    def __init__(self) -> None:
        """Load the models; about a second."""
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        from rapidocr import RapidOCR

        threads = {
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        self._engine: Any = RapidOCR(params={**threads, "Global.log_level": "error", "Global.text_score": 0.4})

    def recognise(self, png: bytes) -> list[Word]:
        """The lines of the page image with boxes in pixels."""
        result = self._engine(png, use_cls=False)  # pages come upright; the orientation model costs a fifth
        if result is None or result.boxes is None or result.txts is None:
            return []
        words = []
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=False):
            xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
            if text.strip():
                words.append(Word(text, min(xs), min(ys), max(xs), max(ys), float(score)))
        return words
