from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest

pytestmark = pytest.mark.slow
Show = Callable[..., Any]
each_page = pytest.mark.parametrize("name", ["report", "ledger", "comparison"])


@each_page
@pytest.mark.parametrize("width", [375, 768, 1440])
def test_a_page_fits_its_window_at_every_width(show: Show, name: str, width: int) -> None:
    page = show(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").is_visible()


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
def test_axe_finds_nothing_to_complain_about(show: Show, axe: str, name: str, scheme: str, width: int) -> None:
    page = show(name, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found["violations"]]
    assert told == []


@each_page
def test_every_text_of_a_phone_is_large_enough_to_read(show: Show, name: str) -> None:
    page = show(name, 375)
    sizes = page.evaluate(
        "[...document.querySelectorAll('main p, main li, main td, main dd')]"
        ".filter(e => e.offsetParent && e.innerText.trim()).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 12


def test_the_filter_hides_what_is_unticked_and_articles_that_are_empty(show: Show) -> None:
    page = show("report")
    rows = page.locator("#requirements .row:visible")
    before = rows.count()
    page.uncheck("#show-satisfied")
    assert page.locator('#requirements .row[data-status="satisfied"]:visible').count() == 0
    assert 0 < rows.count() < before
    page.select_option("select[aria-label]", index=2)
    assert page.locator("#requirements .article:visible").count() == 1
    page.click("button[type=reset]")
    assert rows.count() == before


def test_a_report_says_where_nothing_is_left_to_show(show: Show) -> None:
    page = show("report")
    for box in page.locator(".filters input[type=checkbox]").all():
        box.uncheck()
    assert page.get_by_text("没有符合筛选条件的条目。").is_visible()


def test_a_link_of_the_list_leads_to_its_row_even_where_the_filter_hides_it(show: Show) -> None:
    page = show("report")
    page.uncheck("#show-missing")
    link = page.locator("#must h3 a").nth(1)
    target = str(link.get_attribute("href"))
    link.click()
    assert page.locator(target).is_visible()


def test_the_report_can_be_used_by_keyboard_alone(show: Show) -> None:
    page = show("report")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"show-missing", "SELECT", "BUTTON", "A", "SUMMARY"} <= reached
    page.focus("#show-missing")
    page.keyboard.press("Space")
    assert not page.is_checked("#show-missing")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_the_picture_of_a_page_opens_at_the_passage(show: Show) -> None:
    page = show("report")
    link = page.get_by_role("link", name="看原页").first
    mark = str(link.get_attribute("href"))
    assert not page.locator(mark).is_visible()
    link.click()
    assert page.locator(mark).is_visible()
    assert page.evaluate(f"document.querySelector('{mark}').getBoundingClientRect().top") < 900


def test_the_passage_opens_between_what_is_around_it(show: Show) -> None:
    page = show("report")
    summaries = page.locator(".around summary")
    for number in range(summaries.count()):
        summaries.nth(number).click()
    assert page.locator(".around mark:visible").count() == summaries.count()


def test_the_ledger_sorts_and_searches(show: Show) -> None:
    page = show("ledger")
    head = page.get_by_role("button", name="总投资")
    head.click()
    head.click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") in ("ascending", "descending")
    totals = [float(value or 0) for value in page.eval_on_selector_all(
        "#submissions-table tbody tr:not([hidden]) td.money[data-value]:nth-of-type(5)",
        "cells => cells.map(c => c.dataset.value)")]  # fmt: skip
    filled = [total for total in totals if total]
    assert filled in (sorted(filled), sorted(filled, reverse=True))
    page.fill("#search", "教育局")
    visible = page.locator("#submissions-table tbody tr:visible")
    assert 0 < visible.count() < len(totals)
    assert all("教育局" in text for text in visible.all_inner_texts())
    page.fill("#search", "")
    page.select_option("#outcome", "failed")
    assert visible.count() == 1


def test_a_page_works_without_script(chromium: Any, files: dict[str, Any]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["ledger"].as_uri())
    assert page.locator("#submissions-table tbody tr").count() == 13
    context.close()


@each_page
def test_a_page_prints_on_a4_with_all_that_matters(show: Show, name: str) -> None:
    page = show(name)
    heads = [head for head in page.locator("section:not(#pages)>h2, main h3:visible").all_inner_texts() if head.strip()]
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        sizes = {tuple(round(side) for side in sorted(sheet.get_size())) for sheet in printed}
        text = "".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
    assert all(abs(short - 595) < 3 and abs(long - 842) < 3 for short, long in sizes)
    flat = "".join(text.split())
    for head in heads:
        assert "".join(head.split())[:8] in flat
    assert "跳到" not in flat
    assert "恢复全部" not in flat
