from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.assessment import Assessment
from pipeline.report.ledger import render_ledger
from pipeline.report.render import render

Make = Callable[..., Assessment]


class Elements(HTMLParser):
    """Start tags with their attributes, in document order, and the text inside each labelled tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def having(self, tag: str, attribute: str) -> list[str]:
        return [attrs[attribute] for name, attrs in self.tags if name == tag and attribute in attrs]


def elements(page: str) -> Elements:
    parser = Elements()
    parser.feed(page)
    return parser


@pytest.fixture
def page(assessment: Assessment) -> str:
    return render(assessment, "html").decode("utf-8")


@pytest.fixture
def ledger(round_data: dict[str, Any]) -> str:
    return render_ledger(round_data, "html").decode("utf-8")


def policy_of(page: str) -> str:
    found = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found.group(1).replace("&#39;", "'")


def digest(page: str, tag: str) -> str:
    found = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    assert found
    return base64.b64encode(hashlib.sha256(found.group(1).encode("utf-8")).digest()).decode("ascii")


def test_the_policy_allows_our_style_by_its_hash_and_no_script_at_all(page: str) -> None:
    assert "default-src 'none'" in policy_of(page)
    assert f"style-src 'sha256-{digest(page, 'style')}'" in policy_of(page)
    assert "script-src 'none'" in policy_of(page)
    assert "<script" not in page


def test_the_ledger_allows_exactly_its_one_script_by_hash(ledger: str) -> None:
    assert f"script-src 'sha256-{digest(ledger, 'script')}'" in policy_of(ledger)
    assert f"style-src 'sha256-{digest(ledger, 'style')}'" in policy_of(ledger)
    assert "unsafe" not in policy_of(ledger)


@pytest.mark.parametrize("which", ["page", "ledger"])
def test_a_page_asks_nothing_of_the_network_and_sets_no_inline_style(
    which: str, request: pytest.FixtureRequest
) -> None:
    text = request.getfixturevalue(which)
    tags = elements(text).tags
    assert not re.search(r"https?://|url\(|@import", text)
    assert not any("style" in attrs for _, attrs in tags)
    assert {name for name, _ in tags}.isdisjoint({"img", "iframe", "object", "embed", "link", "base"})


def test_what_could_not_be_read_stands_before_the_list_of_what_to_mend(page: str) -> None:
    assert page.index('id="verdict-title"') < page.index('id="unread"') < page.index('id="must"')
    assert page.index('id="must"') < page.index('id="requirements"')


def test_every_finding_stands_in_the_page_with_its_id_and_status(page: str, assessment: Assessment) -> None:
    for finding in assessment.findings:
        assert f'<p class="id">{finding.id}</p>' in page
    rows = elements(page).having("div", "data-status")
    assert sorted(rows) == sorted(f.status.value for f in assessment.findings)


def test_ids_are_unique_and_every_inner_link_has_its_target(page: str) -> None:
    parsed = elements(page)
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {address.removeprefix("#") for address in parsed.having("a", "href")} <= set(ids)


def test_the_page_has_one_main_heading_landmarks_and_a_skip_link(page: str) -> None:
    names = [name for name, _ in elements(page).tags]
    assert [names.count(tag) for tag in ("h1", "main", "nav")] == [1, 1, 1]
    assert elements(page).having("html", "lang") == ["zh-CN"]
    assert next(a for n, a in elements(page).tags if n == "a")["href"] == "#main"


def test_each_section_is_named_by_its_heading(page: str) -> None:
    ids = {attrs["id"] for _, attrs in elements(page).tags if "id" in attrs}
    labels = elements(page).having("section", "aria-labelledby")
    assert len(labels) == page.count("<section")
    assert set(labels) <= ids


def test_each_status_and_article_has_a_filter_and_a_rule_without_script(page: str) -> None:
    boxes = elements(page).having("input", "id")
    assert "show-missing" in boxes
    assert "show-satisfied" in boxes
    for box in boxes:
        status = box.removeprefix("show-")
        assert f'main:has(#show-{status}:not(:checked)) .row[data-status="{status}"]' in page
    for article in [a for a in elements(page).having("option", "value") if a]:
        assert f'option[value="{article}"]:checked) .article:not(#{article})' in page


def test_a_link_leads_to_its_row_even_where_the_filter_hides_it(page: str) -> None:
    assert ".row:target{display:grid!important}.article:has(.row:target){display:block!important}" in page


def test_the_reconciliation_is_drawn_and_told_in_words(page: str) -> None:
    assert 'aria-label="明细 318.00 万元"' in page
    assert "勾稽关系" in page
    assert "不符" in page


def test_versions_and_hashes_stand_in_the_page(page: str, assessment: Assessment) -> None:
    for text in ("2022-01-30", "洪政办发〔2022〕5号", "0.1.0", *(f.sha256 for f in assessment.files)):
        assert text in page


def test_a_page_without_budget_or_findings_still_renders(make: Make) -> None:
    from pipeline.model.budget import Budget

    bare = make(findings=(), budget=Budget(), links=(), route=(), sections=(), files=(), skipped=(), county_evidence=())
    text = render(bare, "html").decode("utf-8")
    assert "材料中未载明总投资" in text
    assert 'id="must"' not in text


def test_sixty_findings_with_long_quotes_stay_far_below_three_megabytes(make: Make) -> None:
    base = make()
    long = tuple(
        dataclasses.replace(f, evidence=tuple(dataclasses.replace(e, quote=e.quote + "甲" * 5000) for e in f.evidence))
        for f in base.findings * 4
    )
    assert len(render(dataclasses.replace(base, findings=long), "html")) < 1_000_000


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("reports/01.html", "./reports/01.html"),
        ("reports/智慧 100%.html", "./reports/%E6%99%BA%E6%85%A7%20100%25.html"),
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("//elsewhere/x.html", "./elsewhere/x.html"),
        ("../../secret.html", ""),
        ("..\\secret.html", ""),
        ("", ""),
    ],
)
def test_a_link_of_the_ledger_stays_below_its_folder(path: str, link: str) -> None:
    from pipeline.report.ledger_view import safe_link

    assert safe_link(path) == link


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_a_browser_runs_the_ledger_without_a_complaint(ledger: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.html"
    file.write_text(ledger, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    done = subprocess.run(
        [str(BROWSER), *options, profile, file.as_uri()], capture_output=True, text=True, timeout=60, check=False
    )
    assert "显示 13 份，共 13 份</span>" in done.stdout
    assert "CONSOLE" not in done.stderr
