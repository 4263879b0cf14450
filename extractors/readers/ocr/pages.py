"""Pages through recognition, each result kept by the hash of the page's picture and the engine's release."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.engine import engine_name, engine_version
from extractors.readers.ocr.pool import recognise_all
from extractors.readers.ocr.recognition import Recognised

_FORM = "12"  # of what a kept result holds and how it is made; older ones are recognised again


def recognise_pages(pictures: Sequence[bytes], options: ReadOptions, numbers: Sequence[int]) -> list[Recognised | None]:
    """The page of each picture (PNG bytes), None where recognition failed or no engine is there.

    Results come from `options.cache` where they were kept before; `options.progress` hears of every page done, by its
    1-based number in the file.
    """
    name = engine_name(options.ocr)
    if name == "none" or not pictures:
        return [None] * len(pictures)
    store = Store(options.cache, name)
    out: list[Recognised | None] = [store.get(picture) for picture in pictures]
    todo = [(i, pictures[i]) for i, page in enumerate(out) if page is None]
    done = len(pictures) - len(todo)
    if todo and options.progress is not None:
        options.progress(done, len(pictures), "识别文字")  # told before a model loads: it needs more memory and time
    for index, page in recognise_all(name, todo, options.processes, options.limits.seconds_per_recognised_page):
        out[index] = page
        done += 1
        if page is not None:
            store.put(pictures[index], page)
        if options.progress is not None:
            options.progress(done, len(pictures), f"识别第{numbers[index]}页")
    return out


class Store:
    """Recognised pages kept in a folder; a folder that can't be used costs only time."""

    def __init__(self, folder: Path | None, engine: str) -> None:
        """Take the folder, None for none, and the engine's name."""
        self._folder = folder
        self._stem = f"{engine}-{engine_version(engine)}-{_FORM}"

    def _file(self, picture: bytes) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / f"{self._stem}-{hashlib.sha256(picture).hexdigest()}.json"

    def get(self, picture: bytes) -> Recognised | None:
        """The kept page of a picture, None where there is none or its entry is broken."""
        file = self._file(picture)
        if file is None:
            return None
        try:
            return Recognised.unpack(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, picture: bytes, page: Recognised) -> None:
        """Keep a page in one move, so that nobody ever reads half of it."""
        file = self._file(picture)
        if file is None:
            return
        temporary = ""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(page.pack(), stream, ensure_ascii=False)
            Path(temporary).replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
