"""Dark grounds (深色底): where a page has light print on a dark ground, so that its print is what is lighter."""

from __future__ import annotations

from typing import Any

_SMALL = 300  # pixels of the longer side at which grounds are told
_AROUND = 9  # pixels there; strokes narrower than half of that are no ground
_DARK = 128  # grey level of the lightest dark ground
_APART = 25  # grey levels between a ground and what is printed on it
_LEAST = 0.002  # share of a page that a ground takes
_MOST = 0.5  # share of a page from which its ground is the page's


def dark_grounds(picture: Any) -> Any:
    """The grey of the dark ground where a picture has one with lighter print, else 255; None where it has none."""
    import cv2
    import numpy as np

    scale = min(1.0, _SMALL / max(picture.shape))
    down, across = (max(scale, 1 / side) for side in picture.shape)  # one row at the least
    small = cv2.resize(picture, None, fx=across, fy=down, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, _AROUND)
    dark = (ground < _DARK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    out = np.full_like(small, 255)
    off = small.astype(np.int16) - ground
    for index in range(1, count):
        if stats[index][cv2.CC_STAT_AREA] < _LEAST * small.size:
            continue
        where = labels == index
        if int((off[where] > _APART).sum()) > int((off[where] < -_APART).sum()):
            out[where] = int(np.median(ground[where]))
    if int(out.min()) == 255:
        return None
    return cv2.resize(out, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_NEAREST)


def on_light(picture: Any) -> Any:
    """A grey picture, turned into its negative where most of it is a dark ground."""
    grounds = dark_grounds(picture)
    return 255 - picture if grounds is not None and float((grounds < 255).mean()) >= _MOST else picture
