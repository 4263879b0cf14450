"""Pages through recognition: in parallel by processes, each result kept by the hash of the page's picture."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.engine import Engine, Word, engine_name, load_engine
from extractors.readers.ocr.rulings import find_rulings
from extractors.readers.pdf.glyphs import Edge

_VERSION = "2"  # of what a kept result holds; older ones are recognised again

Page = tuple[list[Word], list[Edge], float]  # words and rulings in pixels of the upright picture, skew in degrees
_engine: Engine | None = None


def recognise_pages(pictures: Sequence[bytes], options: ReadOptions) -> list[Page | None]:
    """Words and ruling lines of each picture (PNG bytes), None where a page failed or no engine is there.

    Results come from `options.cache` where they were kept before; `options.progress` hears of every page done.
    """
    name = engine_name(options.ocr)
    if name == "none":
        return [None] * len(pictures)
    out: list[Page | None] = [_kept(picture, name, options.cache) for picture in pictures]
    todo = [i for i, page in enumerate(out) if page is None]
    done = len(pictures) - len(todo)
    if todo and options.progress is not None:
        options.progress(done, len(pictures), "识别文字")  # told before the model loads: it needs more memory and time
    for index, page in _run(name, [(i, pictures[i]) for i in todo], options.processes):
        out[index] = page
        done += 1
        if page is not None:
            _keep(pictures[index], name, page, options.cache)
        if options.progress is not None:
            options.progress(done, len(pictures), f"识别第{index + 1}页")
    return out


def _run(name: str, todo: list[tuple[int, bytes]], processes: int) -> Iterator[tuple[int, Page | None]]:
    """Pages as they are done; one page is not worth a process of its own."""
    if len(todo) <= 1 or processes <= 1:
        for index, picture in todo:
            yield index, _guarded(lambda picture=picture: _page(name, picture))  # type: ignore[misc]
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(todo)), mp_context=context) as pool:
        futures = {pool.submit(_page, name, picture): index for index, picture in todo}
        for future in as_completed(futures):
            yield futures[future], _guarded(future.result)


def _guarded(make: Callable[[], Page]) -> Page | None:
    """The page, or None where recognition broke on it: one page never costs the others."""
    try:
        return make()
    except Exception:  # an engine may raise anything, a worker may have been killed
        return None


def _page(name: str, picture: bytes) -> Page:
    """Recognise one picture; runs in a worker process, which loads its engine once."""
    global _engine  # noqa: PLW0603 - one model a process, loaded on first use
    if _engine is None or _engine.name != name:
        _engine = load_engine(name)
    upright, edges, angle = find_rulings(picture)
    return _engine.recognise(upright), edges, angle


def _file(picture: bytes, name: str, cache: Path | None) -> Path | None:
    if cache is None:
        return None
    return cache / f"{name}-{_VERSION}-{hashlib.sha256(picture).hexdigest()}.json"


def _kept(picture: bytes, name: str, cache: Path | None) -> Page | None:
    file = _file(picture, name, cache)
    if file is None or not file.is_file():
        return None
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return [Word(*w) for w in data["words"]], [Edge(*e) for e in data["edges"]], float(data["angle"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a broken entry is made anew


def _keep(picture: bytes, name: str, page: Page, cache: Path | None) -> None:
    """Write the result beside the others in one move; a cache that can't be written costs only time."""
    file = _file(picture, name, cache)
    if file is None:
        return
    words = [[w.text, w.x0, w.top, w.x1, w.bottom, w.confidence] for w in page[0]]
    edges = [[e.x0, e.top, e.x1, e.bottom] for e in page[1]]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({"words": words, "edges": edges, "angle": page[2]}, stream, ensure_ascii=False)
        Path(temporary).replace(file)
    except OSError:
        return
