"""A seeded generator of estimate tables in many layouts, with the row of every figure, for planting errors."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from budget_papers import Paper

GROUPS = ("应用软件开发", "硬件设备购置", "基础软件", "系统集成", "其他费用")
ITEMS = (
    "综合管理模块",
    "数据治理",
    "移动端",
    "接口开发",
    "服务器",
    "交换机",
    "数据库软件",
    "安装调试",
    "监理",
    "测评",
    "培训",
)
NUMBERS = "一二三四五六七八九十"
WAN = Decimal(10_000)


@dataclass
class Item:
    name: str
    price: Decimal  # yuan
    count: int
    amount: Decimal  # yuan; what the table says


@dataclass
class Project:
    """A project's costs; `groups` sum to `subtotals` and those to `total` unless an error is planted."""

    groups: list[tuple[str, list[Item]]]
    subtotals: list[Decimal]
    total: Decimal
    prose: Decimal


@dataclass
class Sheet:
    """A table under construction: its rows and the row at which each planted place stands."""

    rows: list[list[str]] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)

    def add(self, *cells: str, mark: str = "") -> None:
        if mark:
            self.at[mark] = len(self.rows)
        self.rows.append(list(cells))


def project(rng: random.Random, places: int) -> Project:
    """A project whose prices have `places` decimals of ten thousand yuan."""
    names = iter(rng.sample(ITEMS, len(ITEMS)))
    groups = []
    for name in GROUPS[: rng.randint(3, 4)]:
        items = []
        for _ in range(rng.randint(2, 3)):
            unit = WAN.scaleb(-places)
            price = Decimal(rng.randint(20, 400)) * unit * rng.choice((10, 25, 100))
            count = rng.randint(2, 30)
            items.append(Item(next(names, "其他服务"), price, count, price * count))
        groups.append((name, items))
    subtotals = [sum((i.amount for i in items), Decimal(0)) for _, items in groups]
    total = sum(subtotals, Decimal(0))
    return Project(groups, subtotals, total, total)


def plant(rng: random.Random, made: Project, error: str) -> str:
    """Plants the error; the mark of its row ("item:1:0", "group:2", "total", "")."""
    group = rng.randrange(len(made.groups))
    row = rng.randrange(len(made.groups[group][1]))
    item = made.groups[group][1][row]
    change = (item.amount * Decimal("0.1")).quantize(Decimal(1000)) + 3000
    if error == "item":
        item.amount += change
        return f"item:{group}:{row}"
    if error == "product":  # the sums are those of the stated amounts
        item.amount += change
        made.subtotals[group] += change
        made.total += change
        made.prose = made.total
        return f"item:{group}:{row}"
    if error == "group":
        made.subtotals[group] += change
        return f"group:{group}"
    if error == "total":
        made.total += change
        return "total"
    if error == "slip":
        item.amount *= WAN
        return f"item:{group}:{row}"
    if error == "prose":
        made.prose += change
    return ""


def wan(yuan: Decimal) -> str:
    return f"{yuan / WAN:.2f}" if yuan % 100 == 0 else f"{(yuan / WAN).normalize():f}"


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def whole(amount: Decimal) -> str:
    return f"{amount:,.0f}"


def _each(made: Project) -> list[tuple[int, int, Item]]:
    return [(g, i, item) for g, (_, items) in enumerate(made.groups) for i, item in enumerate(items)]


def flat(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "费用名称", "单位", "数量", "单价（元）", "金额（元）")
    for n, (g, i, item) in enumerate(_each(made), 1):
        cells = (str(n), item.name, "套", str(item.count), whole(item.price), whole(item.amount))
        sheet.add(*cells, mark=f"item:{g}:{i}")
    sheet.add("合计", "<", "<", "<", "<", whole(made.total), mark="total")
    return sheet


def front_groups(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "项目名称", "数量", "单价（万元）", "金额（万元）", "备注")
    n = 0
    for g, (name, items) in enumerate(made.groups):
        sheet.add(NUMBERS[g], name, "", "", wan(made.subtotals[g]), "", mark=f"group:{g}")
        for i, item in enumerate(items):
            n += 1
            cells = (str(n), item.name, f"{item.count}台", wan(item.price), wan(item.amount), "")
            sheet.add(*cells, mark=f"item:{g}:{i}")
    sheet.add("", "合 计", "", "", wan(made.total), "", mark="total")
    return sheet


def back_subtotals(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("内容", "数量", "单价", "合价")
    for g, (name, items) in enumerate(made.groups):
        sheet.add(f"{NUMBERS[g]}、{name}", "", "", "")
        for i, item in enumerate(items):
            sheet.add(
                f"{i + 1}.{item.name}", f"{item.count} 项", wan(item.price), wan(item.amount), mark=f"item:{g}:{i}"
            )
        sheet.add("小计", "", "", wan(made.subtotals[g]), mark=f"group:{g}")
    sheet.add("总计", "", "", wan(made.total), mark="total")
    return sheet


def categories(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("类别", "序号", "项目", "数量", "单价（万元）", "金额（万元）")
    for g, (name, items) in enumerate(made.groups):
        for i, item in enumerate(items):
            first = name if i == 0 else "^"
            cells = (first, str(i + 1), item.name, str(item.count), wan(item.price), wan(item.amount))
            sheet.add(*cells, mark=f"item:{g}:{i}")
        sheet.add("^", "小计", "<", "<", "<", wan(made.subtotals[g]), mark=f"group:{g}")
    sheet.add("合计", "<", "<", "<", "<", wan(made.total), mark="total")
    return sheet


def bare_categories(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("分项", "明细", "金额（元）")
    for g, i, item in _each(made):
        sheet.add(made.groups[g][0] if i == 0 else "", item.name, whole(item.amount), mark=f"item:{g}:{i}")
    sheet.add("合计", "", whole(made.total), mark="total")
    return sheet


def dotted(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("编号", "支出项目", "投资额（万元）")
    for g, (name, items) in enumerate(made.groups):
        sheet.add(str(g + 1), name, wan(made.subtotals[g]), mark=f"group:{g}")
        for i, item in enumerate(items):
            sheet.add(f"{g + 1}.{i + 1}", item.name, wan(item.amount), mark=f"item:{g}:{i}")
    sheet.add("", "项目总投资", wan(made.total), mark="total")
    return sheet


def last_group(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "分项费用", "工程量", "单位", "综合单价/（元）", "合计（万元）")
    for g, (name, items) in enumerate(made.groups):
        sheet.add(NUMBERS[g], name, "", "", "", wan(made.subtotals[g]), mark=f"group:{g}")
        for i, item in enumerate(items):
            cells = (f"（{NUMBERS[i]}）", item.name, str(item.count), "套", yuan(item.price), wan(item.amount))
            sheet.add(*cells, mark=f"item:{g}:{i}")
    sheet.add(NUMBERS[len(made.groups)], "合计", "", "", "", wan(made.total), mark="total")
    return sheet


def formulas(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "建设内容", "测算依据", "金额（万元）")
    for g, (name, items) in enumerate(made.groups):
        sheet.add(NUMBERS[g], name, "", wan(made.subtotals[g]), mark=f"group:{g}")
        for i, item in enumerate(items):
            basis = f"{item.count}人月×{wan(item.price)}万元"
            sheet.add(str(i + 1), item.name, basis, wan(item.amount), mark=f"item:{g}:{i}")
    sheet.add("", "合计", "", wan(made.total), mark="total")
    return sheet


def unnumbered_heads(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "名称", "数量", "单价(元)", "小计(元)")
    n = 0
    for g, (name, items) in enumerate(made.groups):
        sheet.add("", name, "", "", whole(made.subtotals[g]), mark=f"group:{g}")
        for i, item in enumerate(items):
            n += 1
            cells = (str(n), item.name, str(item.count), whole(item.price), whole(item.amount))
            sheet.add(*cells, mark=f"item:{g}:{i}")
    sheet.add("", "合计", "", "", whole(made.total), mark="total")
    return sheet


def factors(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "服务内容", "人数", "月数", "单价（元/人月）", "费用（元）")
    for n, (g, i, item) in enumerate(_each(made), 1):
        months = 3 if item.count % 3 == 0 else 1
        cells = (str(n), item.name, str(item.count // months), str(months), whole(item.price), whole(item.amount))
        sheet.add(*cells, mark=f"item:{g}:{i}")
    sheet.add("", "总价", "", "", "", whole(made.total), mark="total")
    return sheet


def spanned_sums(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("费用类别", "明细", "金额（万元）", "小计（万元）")
    for g, (name, items) in enumerate(made.groups):
        for i, item in enumerate(items):
            top = i == 0
            group, part = (name if top else "^"), (wan(made.subtotals[g]) if top else "^")
            sheet.add(group, item.name, wan(item.amount), part, mark=f"item:{g}:{i}")
            if top:
                sheet.at[f"group:{g}"] = len(sheet.rows) - 1
    sheet.add("合计", "<", wan(made.total), wan(made.total), mark="total")
    return sheet


def spreadsheet(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("项目投资估算明细表", "<", "<", "<", "<")
    sheet.add("单位：元", "<", "<", "<", "<")
    sheet.add("序号", "名称", "数量", "单价", "金额")
    for n, (g, i, item) in enumerate(_each(made), 1):
        wide = str(item.count).translate({48 + d: 0xFF10 + d for d in range(10)})
        sheet.add(str(n), item.name, f"{wide}套", yuan(item.price), f"¥{yuan(item.amount)}", mark=f"item:{g}:{i}")
    sheet.add("合计", "<", "<", "<", f"¥{yuan(made.total)}", mark="total")
    return sheet


def total_first(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "费用名称", "费用（万元）", "说明")
    sheet.add("", "项目总投资", wan(made.total), "", mark="total")
    for g, (name, items) in enumerate(made.groups):
        sheet.add(NUMBERS[g], name, wan(made.subtotals[g]), "", mark=f"group:{g}")
        for i, item in enumerate(items):
            sheet.add(str(i + 1), item.name, wan(item.amount), "", mark=f"item:{g}:{i}")
    return sheet


def three_levels(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "工程或费用名称", "概算金额（元）")
    half = len(made.groups) // 2
    for part, (name, span) in enumerate((("工程费用", range(half)), ("其他费用", range(half, len(made.groups))))):
        sheet.add(NUMBERS[part], name, whole(sum((made.subtotals[g] for g in span), Decimal(0))))
        for n, g in enumerate(span):
            sheet.add(f"（{NUMBERS[n]}）", made.groups[g][0], whole(made.subtotals[g]), mark=f"group:{g}")
            for i, item in enumerate(made.groups[g][1]):
                sheet.add(str(i + 1), item.name, whole(item.amount), mark=f"item:{g}:{i}")
    sheet.add("三", "总概算", whole(made.total), mark="total")
    return sheet


def kinds_of_cost(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "项目名称", "投资估算（万元）", "<", "<")
    sheet.add("^", "^", "设备购置费", "安装费", "合计")
    for n, (g, i, item) in enumerate(_each(made), 1):
        part = (item.price * item.count / 4).quantize(Decimal(100))
        parts = (wan(part), wan(item.price * item.count - part))
        sheet.add(str(n), item.name, *parts, wan(item.amount), mark=f"item:{g}:{i}")
    sheet.add("", "合计", "", "", wan(made.total), mark="total")
    return sheet


def parts_named(made: Project) -> Sheet:
    sheet = Sheet()
    sheet.add("序号", "名称", "金额（元）")
    for g, (name, items) in enumerate(made.groups):
        sheet.add(str(g + 1), name, whole(made.subtotals[g]), mark=f"group:{g}")
        sheet.add("", f"其中：{items[0].name}", whole(items[0].amount))
    sheet.add("", "合计", whole(made.total), mark="total")
    return sheet


@dataclass(frozen=True)
class Layout:
    """A layout: how it draws, the caption, the decimals of prices in ten thousand yuan, the errors it can hold."""

    draw: Callable[[Project], Sheet]
    caption: str
    places: int
    errors: tuple[str, ...]


_ALL = ("item", "product", "group", "total", "slip", "prose")
_SUMS = ("item", "group", "total", "slip", "prose")
_FLAT = ("item", "product", "total", "slip", "prose")
LAYOUTS = {
    "flat": Layout(flat, "表1 投资概算表", 4, _FLAT),
    "front groups": Layout(front_groups, "表2 投资估算表", 2, _ALL),
    "subtotals behind": Layout(back_subtotals, "项目预算表（单位：万元）", 2, _ALL),
    "categories": Layout(categories, "投资概算明细表", 2, _ALL),
    "bare categories": Layout(bare_categories, "费用明细表", 4, ("total", "slip", "prose")),
    "dotted numbers": Layout(dotted, "总投资估算表", 2, _SUMS),
    "total as last group": Layout(last_group, "投资匡算表", 2, _ALL),
    "formulas": Layout(formulas, "项目概算表", 2, _ALL),
    "heads without number": Layout(unnumbered_heads, "经费预算表", 4, _ALL),
    "two counts": Layout(factors, "服务费用预算表", 4, _FLAT),
    "sums beside": Layout(spanned_sums, "投资构成表", 2, _SUMS),
    "spreadsheet": Layout(spreadsheet, "", 4, _FLAT),
    "total first": Layout(total_first, "项目投资概算表", 2, _SUMS),
    "kinds of cost": Layout(kinds_of_cost, "投资估算表", 2, ("item", "total", "slip", "prose")),
    "parts named": Layout(parts_named, "概算表", 4, ("group", "total", "prose")),
    "three levels": Layout(three_levels, "概算总表", 4, ("item", "total", "slip", "prose")),
}


def paper_of(layout: Layout, made: Project, *, below: bool = False) -> tuple[Paper, Sheet]:
    """The plan that holds the table; `below` puts the total into the paragraph under it."""
    sheet = layout.draw(made)
    paper = Paper()
    paper.heading("项目概况")
    paper.text(f"本项目总投资{wan(made.prose)}万元，建设期十个月。")
    paper.heading("投资概算")
    if layout.caption:
        paper.text(layout.caption)
    rows = sheet.rows
    if below:
        rows = rows[: sheet.at["total"]]
    paper.table(rows)
    if below:
        paper.text(f"合计：{wan(made.total)}万元。")
    paper.text("价格参考近期成交结果。")
    return paper, sheet
