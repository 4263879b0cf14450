"""rapidocr with onnxruntime: its model ships in the wheel; one thread, since pages run in parallel."""

from __future__ import annotations

import logging
from typing import Any

from extractors.readers.ocr.engine import Word

_SETTINGS = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,  # costs a tenth of time, saves a third of memory
    "Det.limit_type": "max",
    "Det.limit_side_len": 1024,  # pixels at which lines are sought; they are read at full size
    "Rec.rec_batch_num": 1,  # lines of unlike width in one batch are padded to the widest
    "Global.log_level": "error",
    "Global.text_score": 0.4,
}


class RapidEngine:
    """The PP-OCR models of rapidocr on the CPU."""

    name = "rapidocr"

    def __init__(self) -> None:
        """Load the models."""
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(params=_SETTINGS)

    def recognise(self, picture: Any) -> list[Word]:
        """The lines of the page's picture with boxes in pixels."""
        # Pages come upright: the orientation model costs a fifth. All is said, since the engine keeps what a call sets.
        result = self._engine(picture, use_det=True, use_cls=False, use_rec=True)
        if result is None or result.boxes is None or result.txts is None:
            return []
        words = []
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=False):
            xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
            if text.strip():
                words.append(Word(text, min(xs), min(ys), max(xs), max(ys), float(score)))
        return words

    def read_line(self, picture: Any) -> tuple[str, float]:
        """The text of a picture of one line."""
        result = self._engine(picture, use_det=False, use_cls=False, use_rec=True)
        if result is None or not result.txts:
            return "", 0.0
        return str(result.txts[0]).strip(), float(result.scores[0])
