"""Recognition engines (文字识别引擎): the protocol, the table of engines, and the null engine as a first-class one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised line of text: box in pixels from the top left, confidence 0-1."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


class Engine(Protocol):
    """Recognises one page. Runs in worker processes; pure but for its loaded model; raises nothing of its own."""

    name: str

    def recognise(self, png: bytes) -> list[Word]:
        """The lines of a page image (PNG bytes), in no particular order."""
        ...


def engine_name(mode: str) -> str:
    """The engine that a mode ("auto" or "off") stands for on this machine: rapidocr or none."""
    if mode == "off" or find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return "none"
    return "rapidocr"


def load_engine(name: str) -> Engine:
    """The engine of that name, its model loaded."""
    if name == "rapidocr":
        from extractors.readers.ocr.rapid import RapidEngine

        return RapidEngine()
    from extractors.readers.ocr.none import NoEngine

    return NoEngine()
