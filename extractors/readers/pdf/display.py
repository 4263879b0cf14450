"""Display text (显示文本) of spans and lines: most hold nothing that has to be taken out, which is seen at a glance."""

from __future__ import annotations

import re

from extractors.readers.normalize import clean

_MARKS = "，。、；：！？（）《》“”‘’…—％·"
_PLAIN = re.compile(rf"(?:[!-~\u4e00-\u9fff{_MARKS}]+(?: [!-~\u4e00-\u9fff{_MARKS}]+)*)?")


def display(text: str) -> str:
    """What `clean` makes of a text."""
    return text if _PLAIN.fullmatch(text) else clean(text)
