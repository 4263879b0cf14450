"""Pages in a real browser: Debian's Chromium driven by Playwright; without either the tests skip and say why."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.report.ledger import render_ledger
from pipeline.report.pictures import PageMark, PagePicture
from pipeline.report.to_html import render
from pipeline.report.view import build_view
from pipeline.review.comparing import compare_reports
from pipeline.review.comparison_report import render_html

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


def neighbour(name: str) -> ModuleType:
    """A module of the report tests, which are no package."""
    path = Path(__file__).parents[1] / "report" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"browser_{name}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages() -> dict[str, bytes]:
    """Every kind of page that the program makes, by name."""
    report = neighbour("conftest")
    whole, decided = report.make_assessment(), report.make_decided()
    number = next(row.number for row in build_view(decided).rows if row.id == "sihong.16.off_cloud")
    picture = PagePicture(
        0, 18, "image/png", neighbour("test_pictures").dot(), 800, 1100, (PageMark(number, 0, ((90, 80, 400, 24),)),)
    )
    return {
        "report": render(decided, (picture,)),
        "ledger": render_ledger(report.make_decided_round(), "html"),
        "comparison": render_html(compare_reports(whole, decided)),
    }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running browser."""
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages as files."""
    folder = tmp_path_factory.mktemp("pages")
    out = {}
    for name, content in pages().items():
        out[name] = folder / f"{name}.html"
        out[name].write_bytes(content)
    return out


@pytest.fixture
def show(chromium: Any, files: dict[str, Path]) -> Iterator[Callable[..., Any]]:
    """Open a page by name: show("report", width=375, scheme="dark"); what the console says fails the test."""
    opened: list[Any] = []
    said: list[str] = []

    def call(name: str, width: int = 1440, scheme: str = "light") -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", offline=True
        )
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(request.url))
        page.goto(files[name].as_uri())
        return page

    yield call
    for context in opened:
        context.close()
    assert said == []


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, fetched by npm's ordinary client."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    try:
        done = subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4"],
            cwd=folder, capture_output=True, timeout=90, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("the package registry did not answer in time")
    source = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not source.is_file():
        pytest.skip("axe-core could not be fetched by npm")
    return source.read_text(encoding="utf-8")
