from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.model.document import Document
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.submission import Submission, SubmittedFile
from pipeline.round.lookalikes import Source, find_lookalikes
from pipeline.round.store import DONE, Record, Store
from pipeline.worker.traces import shingles, traces


def prose(seed: int, sentences: int = 30) -> list[str]:
    """Sentences of forty characters that no other seed has."""
    chance = random.Random(seed)
    return ["".join(chr(chance.randint(0x4E00, 0x8FFF)) for _ in range(40)) + "。" for _ in range(sentences)]


def outline(texts: list[str]) -> Outline:
    passages = tuple(
        Passage(index, PassageKind.SENTENCE, text, 0, index, index + 1, None) for index, text in enumerate(texts)
    )
    return Outline(Submission("x", (SubmittedFile(Document("x", "docx", "0")),)), (), passages)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    made.prepare()
    return made


def keep(store: Store, texts: dict[str, list[str]], **rows: dict[str, str]) -> tuple[Record, ...]:
    records = []
    for name, sentences in texts.items():
        record = Record(name, f"{name}.docx", "", DONE, row=dict(rows.get(name, {})))
        records.append(store.save(record, traces(outline(sentences))))
    return tuple(records)


def test_submissions_that_share_passages_are_named_both_ways(store: Store) -> None:
    common = prose(0, 20)
    records = keep(store, {"a": common + prose(1, 20), "b": prose(2, 10) + common, "c": prose(3)})
    found = find_lookalikes(store, records)
    assert {name: [entry["name"] for entry in entries] for name, entries in found.items()} == {
        "a": ["b.docx"], "b": ["a.docx"],
    }  # fmt: skip
    assert 0.6 < found["a"][0]["similarity"] < 0.7


def test_shared_passages_stand_side_by_side(store: Store) -> None:
    common = prose(0)
    found = find_lookalikes(store, keep(store, {"a": common, "b": ["前言" * 10, *common]}))
    for passage in found["a"][0]["passages"]:
        assert passage["own"]["text"] == passage["other"]["text"]
    own, other = found["b"][0]["passages"][0]["own"], found["b"][0]["passages"][0]["other"]
    assert int(own["where"][2:-2]) == int(other["where"][2:-2]) + 1


def test_the_order_does_not_matter(store: Store) -> None:
    common = prose(0)
    records = keep(store, {"a": common + prose(1, 5), "b": common, "c": common[:20] + prose(2, 5)})
    assert find_lookalikes(store, records) == find_lookalikes(store, records[::-1])


def test_what_everybody_says_is_no_likeness(store: Store) -> None:
    template = prose(0, 20)
    texts = {f"s{n:02d}": [*template, *prose(n + 1, 20)] for n in range(12)}
    assert find_lookalikes(store, keep(store, texts)) == {}


def test_copied_regulation_text_is_nobodys() -> None:
    from checks.copied import shingles as of_regulation
    from pipeline.model.text import fold

    text = prose(0, 1)[0]
    assert traces(outline([text]), of_regulation(fold(text)))["passages"] == b"[]"
    assert text.encode("ascii", "backslashreplace").decode()[2:6] in traces(outline([text]))["passages"].decode()


def test_headings_and_short_lines_are_no_likeness() -> None:
    assert shingles("第一章 项目概况") == set()


def test_a_submission_handed_in_again_is_called_so(store: Store) -> None:
    row = {"project": "智慧养老", "unit": "民政局"}
    found = find_lookalikes(store, keep(store, {"a": prose(0), "b": prose(0)}, a=row, b=row))
    assert found["a"][0]["relation"] == "可能是同一项目重新报送"


def test_a_round_of_one_has_no_lookalikes(store: Store) -> None:
    assert find_lookalikes(store, keep(store, {"a": prose(0)})) == {}


def test_the_same_file_twice_is_called_so(store: Store) -> None:
    first, second = (store.save(Record(name, name, "", DONE, content="x"), traces(outline(prose(0)))) for name in "ab")
    assert find_lookalikes(store, (first, second))["a"][0]["relation"].startswith("文件完全相同")


def test_an_earlier_round_is_searched_too_and_never_against_itself(store: Store, tmp_path: Path) -> None:
    past = Store(tmp_path / "past")
    past.prepare()
    earlier = [Source(record, past, "往期") for record in keep(past, {"x": prose(0), "y": prose(0)})]
    found = find_lookalikes(store, keep(store, {"a": prose(0), "b": prose(9)}), earlier)
    assert [(entry["name"], entry["round"]) for entry in found.pop("a")] == [("x.docx", "往期"), ("y.docx", "往期")]
    assert found == {}


def test_reworded_text_is_found_by_its_weighed_characters(store: Store) -> None:
    first = prose(0, 60)
    chance = random.Random(5)
    other = [text[:18] + chr(chance.randint(0x4E00, 0x8FFF)) + text[19:] for text in first]
    second = [kept if n % 4 == 0 else changed for n, (kept, changed) in enumerate(zip(first, other, strict=True))]
    entry = find_lookalikes(store, keep(store, {"a": first, "b": second}))["a"][0]
    assert entry["similarity"] < 0.7 < entry["cosine"]


def test_template_text_beside_own_text_does_not_count(store: Store) -> None:
    template = prose(0, 40)
    texts = {f"s{n:02d}": [*template, *prose(n + 1, 10)] for n in range(12)}
    texts["s00"] = [*template, *prose(2, 5), *prose(99, 5)]  # half of what s01 has of its own
    found = find_lookalikes(store, keep(store, texts))
    assert set(found) == {"s00", "s01"}
    assert 0.4 < found["s00"][0]["similarity"] < 0.6
    assert {pair["own"]["text"] for pair in found["s00"][0]["passages"]} <= set(prose(2, 5))
