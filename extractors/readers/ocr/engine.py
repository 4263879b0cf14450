"""Recognition engines (文字识别引擎): the protocol, the table of engines, and the null engine as a first-class one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any, Protocol


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
    """Recognises pictures (arrays of grey rows). Runs in worker processes; pure but for its loaded model."""

    name: str

    def recognise(self, picture: Any) -> list[Word]:
        """The lines of a page's picture, in no particular order; may raise what its library raises."""
        ...

    def read_line(self, picture: Any) -> tuple[str, float]:
        """The text of a picture that holds a single line, and its confidence 0-1; "" where there is none."""
        ...


@lru_cache(maxsize=2)
def engine_name(mode: str) -> str:
    """The engine that a mode ("auto" or "off") stands for on this machine: rapidocr or none."""
    if mode == "off" or find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return "none"
    return "rapidocr"


@lru_cache(maxsize=2)
def engine_version(name: str) -> str:
    """The engine's release, part of the name under which its results are kept."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"


def load_engine(name: str) -> Engine:
    """The engine of that name, its model loaded."""
    if name == "rapidocr":
        from extractors.readers.ocr.rapid import RapidEngine

        return RapidEngine()
    from extractors.readers.ocr.none import NoEngine

    return NoEngine()
