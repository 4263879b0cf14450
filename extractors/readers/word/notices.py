"""What a reading lost or doubts, each sentence once, in Chinese for the report."""

from __future__ import annotations

from pipeline.model.document import ExtractionWarning

_MOST = 4  # sentences of one code, so that a thousand losses that name themselves give few


class Notices:
    """Collects warnings; the same loss is told once, two losses of one code (rows here, columns there) are both."""

    def __init__(self) -> None:
        """Start without warnings."""
        self._messages: dict[str, list[str]] = {}

    def add(self, code: str, message: str) -> None:
        """Note a loss under a stable kebab-case code, unless it is noted already."""
        told = self._messages.setdefault(code, [])
        if message not in told and len(told) < _MOST:
            told.append(message)

    def tracked(self) -> None:
        """Note tracked changes: what is read is the text with all of them accepted."""
        self.add("tracked-changes", "文中有修订痕迹，已按接受全部修订后的文字读取，删除的文字不计入正文。")

    def placeholder(self) -> None:
        """Note a content control that still shows its prompt."""
        self.add("placeholder-text", "文中有未填写的内容控件，仍显示“单击此处输入文字”一类的提示语。")

    def unknown_sign(self) -> None:
        """Note a sign of a symbol font that has no meaning here."""
        self.add("unknown-signs", "文中有符号字体（如 Wingdings）的符号不能识别，未读出，请对照原件核对。")

    def embedded(self) -> None:
        """Note another file inside this one."""
        self.add("embedded-object", "文中嵌入了其他文件（如 Excel 表格），其中的内容未读取，请人工核对。")

    def external(self) -> None:
        """Note a piece that lies outside, or is another document inserted whole."""
        self.add("external-reference", "文中引用了外部文件或插入的网页片段，其中的内容未读取，请人工核对。")

    def all(self) -> tuple[ExtractionWarning, ...]:
        """The warnings in the order in which they arose."""
        return tuple(ExtractionWarning(code, message) for code, told in self._messages.items() for message in told)
