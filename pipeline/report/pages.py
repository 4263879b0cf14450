"""HTML pages of one file (离线网页): Jinja2 with autoescape, styles inline, a strict security policy by hash."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup


def resource(name: str) -> str:
    """The text of a file in templates/. Raises FileNotFoundError for a name that is not there."""
    return (files("pipeline.report") / "templates" / name).read_text(encoding="utf-8")


class _Packaged(BaseLoader):
    """Templates as package data, wherever the package is installed."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        try:
            return resource(template), template, lambda: True
        except FileNotFoundError as error:
            raise TemplateNotFound(template) from error


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=_Packaged(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def page(template: str, style: str, script: str = "", pictures: bool = False, **values: Any) -> bytes:
    """The template filled in, as UTF-8.

    `style` and `script` are ours, never text of a submission; the template places them, and the policy allows exactly
    these two by their hashes; pictures are allowed as data inside the page where `pictures` is set, never from
    elsewhere. Everything in `values` is escaped.
    """
    text = (
        _environment()
        .get_template(template)
        .render(style=Markup(style), script=Markup(script), policy=_policy(style, script, pictures), **values)
    )
    return text.encode("utf-8")


def _policy(style: str, script: str, pictures: bool) -> str:
    images = "data:" if pictures else "'none'"
    scripts = f"'sha256-{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src {scripts}; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
