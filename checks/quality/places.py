"""Copied from elsewhere (异地文本): another county's bodies are named throughout; told without a list of counties."""

from __future__ import annotations

import re
from collections import defaultdict

from checks.profiles import Profile
from checks.reading import Reading
from pipeline.model.assessment import Evidence, Finding, Status
from pipeline.model.document import AsideKind

_ENOUGH = 4
# Words before 县, 市, 区 that make no place name, by their last character.
_NO_NAME = re.compile(
    r"(?:我|全|本|各|该|外|邻|兄弟|一|每|两|几|到|在|由|和|与|及|的|以|省|对|向|是|为|按|市|县|区|部分|其他|其它|周边|试点|先进|"
    r"用|依托|依靠|借助|通过|接入|并入|纳入|归入|报送|推送|上报|至|往|距|跨|凡|"
    r"级|老|新|城|辖|社|片|园|库|灌|小|景|山|林|厂|校|院|馆|矿|湖|牧|专|自治|直辖|地级|县级|都|超|夜|股|上|闹|城|菜|集)$"
)
_ASIDE_WEIGHT = 2


def foreign_county(reading: Reading, profile: Profile) -> Finding | None:
    """A finding where a county that is not this one is named at least four times, headers included."""
    quotes = _mentions(reading, [*profile.county.names, *profile.county.parents])
    if not quotes:
        return None
    name = max(quotes, key=lambda n: len(quotes[n]))
    count = len(quotes[name])
    if count < _ENOUGH or count * 3 < _own_count(reading, profile):
        return None
    return Finding(
        "quality.wrong_county",
        Status.WARNING,
        "出现其他县（市）名称",
        f"文中反复出现“{name}”（{count}处），可能是照搬其他县（市）的方案。",
        suggestion=f"请核对全文，改为{profile.county.name}的单位和情况。",
        confidence=0.85,
        evidence=tuple(quotes[name][:5]),
    )


def _mentions(reading: Reading, own: list[str]) -> dict[str, list[Evidence]]:
    """Where each foreign county is named; a running head counts twice, since it stands on every page."""
    quotes: dict[str, list[Evidence]] = defaultdict(list)
    for seen in reading.seen:
        for name in _named(seen.passage.text, own):
            quotes[name].append(reading.evidence(seen))
    for file, submitted in enumerate(reading.outline.submission.files):
        for aside in submitted.document.asides:
            if aside.kind in (AsideKind.HEADER, AsideKind.FOOTER):
                for name in _named(aside.text, own):
                    head = Evidence(aside.text[:120], file, aside.page, ("页眉页脚",))
                    quotes[name] += [head] * _ASIDE_WEIGHT
    return quotes


def _own_count(reading: Reading, profile: Profile) -> int:
    name = profile.county.name
    return sum(s.passage.text.count(name) for s in reading.seen)


def _named(text: str, own: list[str]) -> list[str]:
    """County names in a text that are neither this county's nor those above it; the last two characters before 县."""
    out = []
    for match in re.finditer(r"([\u4e00-\u9fff]{2,3})(县|市|区)(?!级|里|直|域|委员|民|场|政府性)", text):
        stem, kind = match.groups()
        if any((stem + kind).endswith(name) or name.endswith(stem[-2:] + kind) or stem[-2:] in name for name in own):
            continue
        stem = stem[-2:]
        if _NO_NAME.search(stem) or _NO_NAME.search(stem[0]) or kind == "区":
            continue
        if kind == "市" and match.start() > 0 and "\u4e00" <= text[match.start() - 1] <= "\u9fff":
            continue  # 接入市…, 报送市…: only a name that opens a phrase is taken for a city
        out.append(stem + kind)
    return out
