"""Plain text (.txt) as paragraphs, in whichever of the usual charsets it is."""

from __future__ import annotations

import hashlib

from extractors.readers.limits import ReadOptions
from extractors.readers.normalize import clean
from pipeline.errors import UnreadableError
from pipeline.model.document import Block, BlockKind, Document, ExtractionWarning

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """A text file as a Document, one paragraph a line that holds something. Raises UnreadableError where none does."""
    limits = options.limits
    text, lossy = _decode(data)
    warnings = []
    if lossy:
        warnings.append(ExtractionWarning("charset", "部分字符的编码不能识别，已略去。"))
    if len(text) > limits.text_characters:
        text = text[: limits.text_characters]
        warnings.append(ExtractionWarning("large-document", f"文字超过{limits.text_characters}字，其后未读取。"))
    lines = [line for line in map(clean, text.splitlines()) if line]
    if len(lines) > limits.blocks:
        lines = lines[: limits.blocks]
        warnings.append(ExtractionWarning("large-document", f"段落超过{limits.blocks}个，其后未读取。"))
    if not lines:
        raise UnreadableError(f"“{name}”中没有文字。", "请核对文件。", "empty")
    blocks = tuple(Block(index, BlockKind.PARAGRAPH, line) for index, line in enumerate(lines))
    return Document(name, "text", hashlib.sha256(data).hexdigest(), blocks, warnings=tuple(warnings))


def _decode(data: bytes) -> tuple[str, bool]:
    """The text, and whether characters were lost: by byte-order mark, else UTF-8, else GB18030."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            text = data.decode(charset, "replace")
            return text, "\ufffd" in text
    for charset in ("utf-8", "gb18030"):
        try:
            return data.decode(charset), False
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace"), True
