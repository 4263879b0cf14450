"""The gap report (差距报告) as one HTML file: works offline, filters without script, prints on A4, reads on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.assessment import Assessment, Status
from pipeline.report import wording
from pipeline.report.bars import WIDTH, bars
from pipeline.report.pages import page, resource
from pipeline.report.pictures import Album, PagePicture
from pipeline.report.places import QUOTE_LIMIT
from pipeline.report.plaintext import shorten
from pipeline.report.seal import blank_seal, sealed
from pipeline.report.view import View, build_view

_SHOWN = 4  # passages of a finding that stand open; the rest is folded away


def render(assessment: Assessment, pictures: Sequence[PagePicture] = ()) -> bytes:
    """The report as UTF-8 HTML without any outside resource; `pictures` of pages are embedded where they are given."""
    view = build_view(assessment)
    album = Album(view, pictures)
    return sealed(_page(assessment, view, album))


def _page(assessment: Assessment, view: View, album: Album) -> bytes:
    return page(
        "report.html",
        seal=blank_seal(assessment),
        pictures=bool(album.leaves),
        album=album,
        style=resource("base.css") + resource("report.css") + filter_rules(view),
        view=view,
        words=wording,
        bars=bars(view.money),
        bar_width=WIDTH,
        shown=_SHOWN,
        cut=lambda text: shorten(text, QUOTE_LIMIT),
        filters=[(s, word, count) for s, word, count in view.counts if count],
    )


def filter_rules(view: View) -> str:
    """Style rules that hide what the reader unticked; names in them are ours (status codes and numbers).

    Besides the rows, an article goes when none of its statuses is ticked, and a note comes when nothing is left.
    """
    rules = [f'main:has(#show-{s}:not(:checked)) .row[data-status="{s}"]{{display:none}}' for s, _, _ in view.counts]
    for article in view.articles:
        gone = _none_ticked({row.status for row in article.rows})
        chosen = f'option[value="{article.anchor}"]:checked'
        rules.append(f"main{gone} #{article.anchor}{{display:none}}")
        rules.append(f"main:has({chosen}) .article:not(#{article.anchor}){{display:none}}")
        rules.append(f"main:has({chosen}){gone} .nothing-left{{display:block}}")
    every = _none_ticked({row.status for article in view.articles for row in article.rows})
    rules.append(f"main{every} .nothing-left{{display:block}}")
    # a row that a link leads to shows even where the filter would hide it
    rules.append(".row:target{display:grid!important}.article:has(.row:target){display:block!important}")
    return "@media screen{" + "\n".join(rules) + "}\n"


def _none_ticked(statuses: set[Status]) -> str:
    return "".join(f":has(#show-{s}:not(:checked))" for s in sorted(statuses))
