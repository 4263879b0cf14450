"""Complex fields (w:fldChar): what a field shows is text, what it is told to do is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.readers.trees import Element
from extractors.readers.word import equations, symbols
from extractors.readers.word.autonumbers import AutoNumbers
from extractors.readers.word.markup import FIELD_CHAR, VAL, W, flag, integer

_TYPE = W + "fldCharType"
_CHECK = W + "checkBox"
_MACRO = re.compile(r"^\s*MACROBUTTON\s+\S+\s*(.*)$", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"^\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*\\f\s+\"?([^\"\\]+))?", re.IGNORECASE)


@dataclass(slots=True)
class _Frame:
    """One open field."""

    begin: Element
    instruction: list[str] = field(default_factory=list)
    shows: bool = False  # past its separator
    contents: bool = False


class Fields:
    """State of the fields of one story; paragraphs come one after another and fields may span them."""

    def __init__(self, root: Element | None) -> None:
        """Find the field marks without a partner; a field that never ends must not swallow the rest of the document."""
        self._frames: list[_Frame] = []
        self._stray = set() if root is None else _unpaired(root)
        self._numbers = AutoNumbers()
        self.hides = False  # inside an instruction
        self.contents = False  # inside the result of a TOC field

    def mark(self, char: Element, level: int | None = None) -> str:
        """Take a field mark; gives what a field shows that has no result of its own (check boxes, 带圈字符, numbers).

        `level` is the heading level of the paragraph's style, None in body text.
        """
        if char in self._stray:
            return ""
        kind = char.get(_TYPE)
        shown = ""
        if kind == "begin":
            self._frames.append(_Frame(char))
        elif self._frames and kind == "separate":
            frame = self._frames[-1]
            frame.shows = True
            frame.contents = _word(frame) == "TOC"
        elif self._frames and kind == "end":
            frame = self._frames.pop()
            shown = _without_result(frame)
            if not (shown or frame.shows or self._hidden()):
                shown = self.number("".join(frame.instruction), level)
        self._update()
        return "" if self.hides else shown

    def number(self, instruction: str, level: int | None) -> str:
        """The next number of a field that counts (AUTONUM, LISTNUM), "" for any other; `level` as in `mark`."""
        return self._numbers.shown(instruction, level)

    def instruct(self, text: str) -> None:
        """Take a piece of instruction."""
        if self._frames and not self._frames[-1].shows:
            self._frames[-1].instruction.append(text)

    def leave_contents(self) -> None:
        """A heading of the body has come: whatever TOC field is still open is open by mistake."""
        for frame in self._frames:
            frame.contents = False
        self._update()

    def _hidden(self) -> bool:
        return any(not frame.shows for frame in self._frames)

    def _update(self) -> None:
        self.hides = self._hidden()
        self.contents = any(frame.contents for frame in self._frames)


def is_contents(instruction: str) -> bool:
    """Whether a field instruction makes a contents page."""
    return instruction.split()[:1] == ["TOC"]


def _word(frame: _Frame) -> str:
    words = "".join(frame.instruction).split()
    return words[0].upper() if words else ""


def _without_result(frame: _Frame) -> str:
    boxes = frame.begin.iter(_CHECK)
    box = next(boxes, None)
    if box is not None:
        return _legacy_box(box)
    lists = frame.begin.find(f"{W}ffData/{W}ddList")
    instruction = "".join(frame.instruction)
    if lists is not None and not frame.shows:
        return _selected(lists)
    return "" if frame.shows else _from_instruction(instruction)


def _legacy_box(box: Element) -> str:
    for name in ("checked", "default"):
        state = box.find(W + name)
        if state is not None:
            return symbols.TICKED if flag(state) else symbols.UNTICKED
    return symbols.UNTICKED


def _selected(lists: Element) -> str:
    result = lists.find(W + "result")
    index = 0 if result is None else integer(result.get(VAL), 0)
    entries = [entry.get(VAL) or "" for entry in lists.iterchildren(W + "listEntry")]
    return entries[index] if 0 <= index < len(entries) else ""


def _from_instruction(instruction: str) -> str:
    macro = _MACRO.match(instruction)
    if macro:
        return macro.group(1).strip()
    symbol = _SYMBOL.match(instruction)
    if symbol:
        return symbols.sign((symbol.group(2) or "symbol").strip(), int(symbol.group(1), 0))
    if instruction.split()[:1] and instruction.split(maxsplit=1)[0].upper() == "EQ":
        return equations.shown(instruction.split(maxsplit=1)[1] if len(instruction.split(maxsplit=1)) > 1 else "")
    return ""


def _unpaired(root: Element) -> set[Element]:
    opened: list[Element] = []
    stray: set[Element] = set()
    for char in root.iter(FIELD_CHAR):
        kind = char.get(_TYPE)
        if kind == "begin":
            opened.append(char)
        elif not opened:
            stray.add(char)
        elif kind == "end":
            opened.pop()
    return stray | set(opened)
