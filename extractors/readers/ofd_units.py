"""Composite objects (复合对象) of OFD pages: drawings kept in a resource and put where a page asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from extractors.readers.ofd_page import Drawn, Edge, draw, matrix_of, numbers
from extractors.readers.trees import local_name

_DEEPEST = 4  # composites within composites
_MOST = 2_000  # of a page; what is more is not read, and the page says that something was cut off


def drawn_units(root: Any, fonts: dict[str, str], units: Mapping[str, Any]) -> Drawn:
    """What the composites of a page or template draw, at their places; `units` are the drawings by resource id."""
    page = Drawn()
    for count, unit in enumerate(_placed(root, _Units(fonts, units), 0)):
        if count >= _MOST or page.full:
            page.cut = True
            break
        page.add(unit)
    return page


class _Units:
    """The drawings of the file, each drawn once."""

    def __init__(self, fonts: dict[str, str], nodes: Mapping[str, Any]) -> None:
        self._fonts, self._nodes = fonts, nodes
        self._drawn: dict[str, Drawn] = {}

    def node(self, placed: Any) -> Any:
        """The drawing that an element of a page puts there, None where it puts none."""
        return self._nodes.get(str(placed.get("ResourceID"))) if local_name(placed) == "CompositeObject" else None

    def drawn(self, placed: Any) -> Drawn:
        """What that drawing shows, without the composites inside it."""
        name = str(placed.get("ResourceID"))
        if name not in self._drawn:
            self._drawn[name] = draw(self._nodes[name], self._fonts)
        return self._drawn[name]


def _placed(root: Any, units: _Units, depth: int) -> Iterator[Drawn]:
    for node in root.iter():
        unit = units.node(node)
        if unit is None:
            continue
        yield _moved(units.drawn(node), node)
        if depth < _DEEPEST:
            yield from (_moved(inner, node) for inner in _placed(unit, units, depth + 1))


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
