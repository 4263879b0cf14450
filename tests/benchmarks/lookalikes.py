"""Look-alikes among many submissions: `python lookalikes.py [--submissions 3000]`; CPU seconds, planted and found."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from pipeline.model.document import Document
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.submission import Submission, SubmittedFile
from pipeline.round.lookalikes import find_lookalikes
from pipeline.round.store import DONE, Record, Store
from pipeline.worker.traces import traces

PLANTED = 20  # pairs that have half of their text in common


def prose(seed: int, sentences: int) -> list[str]:
    """Sentences of fifty characters that no other seed has."""
    chance = random.Random(seed)
    return ["".join(map(chr, chance.choices(range(0x4E00, 0x8FFF), k=50))) + "。" for _ in range(sentences)]


def keep(store: Store, number: int, texts: list[str]) -> Record:
    passages = tuple(Passage(n, PassageKind.SENTENCE, text, 0, n, None, None) for n, text in enumerate(texts))
    outline = Outline(Submission("x", (SubmittedFile(Document("x", "docx", "0")),)), (), passages)
    return store.save(Record(f"{number:05d}", f"{number}.docx", "", DONE), traces(outline))


def main() -> None:
    """Write traces as a round does, then find what is alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=3000)
    parser.add_argument("--sentences", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name))
        store.prepare()
        template, local = prose(1, 40), prose(2, 40)  # everybody's; that of twenty
        records = []
        for number in range(options.submissions):
            own = prose(1000 + number, options.sentences)
            if number < 2 * PLANTED and number % 2:
                own[: len(own) // 2] = prose(1000 + number - 1, options.sentences)[: len(own) // 2]
            records.append(keep(store, number, template + own + (local if number % 150 == 0 else [])))
        start = time.process_time()
        found = find_lookalikes(store, records)
        seconds = time.process_time() - start
    wanted = {f"{number:05d}" for number in range(2 * PLANTED)}
    print(f"{options.submissions} submissions: {seconds:.1f} CPU s")
    print(f"planted {len(wanted)}, found {len(wanted & set(found))}, found besides {len(set(found) - wanted)}")


if __name__ == "__main__":
    main()
