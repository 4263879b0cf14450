"""What a requirement asks (要求说明): its article, demand, remedy and examples, as a clerk would want it told."""

from __future__ import annotations

from checks.fragment import as_read
from checks.loader import county_ids, load_profile
from checks.rule import Rule
from pipeline.errors import UsageError
from pipeline.model.conditions import CONDITIONS

_LEVELS = {"veto": "一票否决", "required": "必备", "conditional": "有条件必备", "advisory": "建议（不计分）"}
_KINDS = {
    "content": "内容", "element": "要素", "figure": "数字", "material": "材料", "field": "申报表栏目",
    "prohibition": "禁止事项",
}  # fmt: skip


def explain(requirement: str) -> str:
    """The requirement in Chinese; raises UsageError for an id that no county has."""
    county = requirement.split(".", maxsplit=1)[0]
    if county in county_ids():
        profile = load_profile(county)
        rule = next((r for r in profile.rules if r.id == requirement), None)
        if rule is not None:
            return _text(rule, profile.county.title)
    raise UsageError(f"没有编号为“{requirement}”的要求。", "请用 fangan profiles show 县 查看全部编号。")


def _text(rule: Rule, regulation: str) -> str:
    lines = [
        f"{rule.title}（{rule.id}）",
        f"依据：《{regulation}》{rule.article}",
        f"级别：{_LEVELS[rule.level]}；类别：{_KINDS[rule.kind]}",
        f"要求：{rule.asks}",
    ]
    if rule.applies_when:
        lines.append(f"适用情形：{CONDITIONS[rule.applies_when]}")
    lines.append(f"补正：{rule.remedy}")
    good = next((e for e in rule.examples if e.expect in ("satisfied", "not_applicable")), None)
    bad = next((e for e in rule.examples if e.expect in ("missing", "partial", "violated")), None)
    for label, example in (("符合的例子", good), ("不符合的例子", bad)):
        if example is not None:
            lines += [f"{label}：", *("    " + line for line in as_read(example.text))]
    return "\n".join(lines)
