"""Type of the project (项目性质): what the form ticks, what the text declares, what the title says, in that order."""

from __future__ import annotations

import re
from collections import Counter

from extractors.facts.project import cover_lines
from pipeline.model.lexicon import Lexicon
from pipeline.model.outline import Outline
from pipeline.model.proposal import Form
from pipeline.model.text import fold

_TYPES = ("service", "operation", "continued", "rebuild", "upgrade", "new")
_NAMES = {
    "新建": "new", "续建": "continued", "改建": "rebuild", "扩建": "rebuild", "改扩建": "rebuild", "升级": "upgrade",
    "升级改造": "upgrade", "运维": "operation", "运行维护": "operation", "购买服务": "service",
}  # fmt: skip
_DECLARED = re.compile(
    r"项目(?:性质|类型|类别)(?:为|是|属)?[:|]*(?:为|属于?)?(新建|续建|升级|改扩建|改建|扩建|运维|运行维护|购买服务)"
)
_SAID = re.compile(
    r"(?:本项目|项目|本系统|系统|工程|属)(?:拟)?(?:为|属|是|系|属于).{0,14}?"
    r"(新建|续建|升级改造|改扩建|改建|扩建|运维|购买服务)"
)
_BOXES = re.compile(r"[□☐☑√■✓☒]|新建|续建|改建(?!筑)")
_CHOICE = re.compile(r"新建|续建|改建|扩建|升级|运维|购买服务")  # opens the list: its ticks stand behind the choices
_TICK_BEHIND = re.compile(r"(新建|续建|改建|扩建|升级|运维|购买服务)(?:项目)?[(:]?[☑√■✓✔☒]")
_OTHER = re.compile(  # 其他☑(购买服务), ☑其他:软件维护; the words behind are the clerk's own
    r"(?:其他(?:项目)?[(:]?[☑√■✓✔☒]|[☑√■✓✔☒]其他(?:项目)?)[):]?\(?([^()□☐☑√■✓✔☒]{2,20})"
)
_OWN_WORDS = {
    "operation": re.compile(r"运维|维护|维保"),
    "service": re.compile(r"服务|采购|租[用赁]"),
    "upgrade": re.compile(r"升级|改造|更新"),
    "rebuild": re.compile(r"[改扩]建|扩容"),
    "continued": re.compile(r"[续二三]期|续建"),
}
_TITLE = 40  # characters of a cover line that can be a title


def project_type(outline: Outline, name: str, forms: tuple[Form, ...], lexicon: Lexicon) -> str:
    """new, continued, upgrade, rebuild, operation or service; new where the submission does not say."""
    ticked = _ticked(forms, lexicon)
    if ticked:
        return ticked
    declared, votes = _declared(outline)
    if declared:
        return declared
    titles = [fold(name), *(fold(b.text) for b in cover_lines(outline) if len(b.text) <= _TITLE)]
    titled = next((k for k in _TYPES if any(lexicon.project[f"type_{k}"].search(t) for t in titles)), "")
    if titled not in ("", "new"):
        return titled
    return votes.most_common(1)[0][0] if votes else "new"


def _ticked(forms: tuple[Form, ...], lexicon: Lexicon) -> str:
    for form in forms:
        nature = next((f.value for f in form.fields if f.name == "nature" and f.state == "filled"), "")
        behind = _TICK_BEHIND.search(fold(nature)) if _CHOICE.match(fold(nature)) else None
        match = behind or lexicon.project["ticked"].search(fold(nature))
        if match:
            return _NAMES[match.group(1)]
        other = _OTHER.search(fold(nature))
        own = next((name for name, words in _OWN_WORDS.items() if other and words.search(other.group(1))), "")
        if own:
            return own
    return ""


def _declared(outline: Outline) -> tuple[str, Counter[str]]:
    """The type that a line declares outright, and how often sentences call the project each type."""
    votes: Counter[str] = Counter()
    for passage in outline.passages:
        text = fold(passage.text)
        if len(_BOXES.findall(text)) > 1:
            continue  # the choices of a form, not a statement
        match = _DECLARED.search(text)
        if match:
            return _NAMES[match.group(1)], votes
        match = _SAID.search(text)
        if match:
            votes[_NAMES[match.group(1)]] += 1
    return "", votes
