"""Composite objects (复合对象) of OFD pages: drawings kept in a resource and put where a page asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from extractors.readers.ofd_page import Drawn, Edge, draw, matrix_of, numbers
from extractors.readers.trees import local_name

_DEEPEST = 4  # composites within composites
_MOST = 2_000  # of a page; more are a fault of the file, and the page says that something was cut off


def drawn_units(root: Any, fonts: dict[str, str], units: Mapping[str, Any]) -> Drawn:
    """What the composites of a page or template draw, at their places; `units` are the drawings by resource id."""
    page = Drawn()
    for count, unit in enumerate(_placed(root, fonts, units, 0)):
        if count >= _MOST:
            page.cut = True
            break
        page.add(unit)
    return page


def _placed(root: Any, fonts: dict[str, str], units: Mapping[str, Any], depth: int) -> Iterator[Drawn]:
    for node in root.iter():
        unit = units.get(str(node.get("ResourceID"))) if local_name(node) == "CompositeObject" else None
        if unit is None:
            continue
        yield _moved(draw(unit, fonts), node)
        if depth < _DEEPEST:
            yield from (_moved(inner, node) for inner in _placed(unit, fonts, units, depth + 1))


def _moved(drawn: Drawn, node: Any) -> Drawn:
    """The drawing where the composite's boundary and matrix put it; turning is left out."""
    left, top, *_ = numbers(node.get("Boundary"), 4)
    a, _, _, d, e, f = matrix_of(node)

    def box(edge: Edge) -> Edge:
        across = sorted((left + a * edge.left + e, left + a * edge.right + e))
        down = sorted((top + d * edge.top + f, top + d * edge.bottom + f))
        return Edge(across[0], down[0], across[1], down[1])

    out = Drawn(cut=drawn.cut, images=list(drawn.images))
    for run in drawn.texts:
        ends = sorted((left + a * run.left + e, left + a * run.right + e))
        size = run.size * (abs(d) or 1.0)
        out.texts.append(replace(run, left=ends[0], right=ends[1], base=top + d * run.base + f, size=size))
    out.edges = [box(edge) for edge in drawn.edges]
    out.fills = [box(edge) for edge in drawn.fills]
    out.places = {name: box(edge) for name, edge in drawn.places.items()}
    return out
