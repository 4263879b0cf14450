"""Matrices (变换矩阵): from the space of an object to that of the page, as six figures a, b, c, d, e and f."""

from __future__ import annotations

from extractors.readers.pdf.sheet import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def compose(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does first the inner, then the outer."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point, moved by the matrix."""
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def box_through(m: Matrix, box: Box) -> Box:
    """The upright box around a box that the matrix moves."""
    if m is IDENTITY:
        return box
    corners = [apply(m, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return (min(xs), min(ys), max(xs), max(ys))
