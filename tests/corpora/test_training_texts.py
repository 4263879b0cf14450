"""The labelled texts: enough of them, of many hands, none twice; and the shipped models were taught by them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from corpora.access import load_yaml, root
from extractors.training.features import shipped
from extractors.training.fitting import STRENGTH, fit, tabulate
from extractors.training.texts import Sample, label_titles, load_samples, stance_titles
from pipeline.errors import ProfileError
from pipeline.model.text import fold

LEAST = {"headings": 2000, "passages": 3000, "stances": 5000}
TOPICAL = ("headings", "passages")  # their labels are topics; a text may have none


@pytest.fixture(scope="module", params=sorted(LEAST))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def samples(kind: str) -> tuple[Sample, ...]:
    return load_samples(kind)


def test_there_are_enough_texts_of_many_hands(kind: str, samples: tuple[Sample, ...]) -> None:
    hands = Counter(sample.hand for sample in samples)
    assert len(samples) >= LEAST[kind]
    assert len(hands) >= 10
    assert max(hands.values()) < len(samples) / 5


def test_no_text_stands_twice(samples: tuple[Sample, ...]) -> None:
    folded = Counter(fold(sample.text).rstrip("。.;；") for sample in samples)
    assert [text for text, count in folded.items() if count > 1] == []


def test_no_placeholder_of_the_writer_is_left(samples: tuple[Sample, ...]) -> None:
    assert [
        sample.text for sample in samples if set("{}\t") & set(sample.text) or sample.text != sample.text.strip()
    ] == []


@pytest.mark.parametrize("topical", TOPICAL)
def test_every_hand_holds_texts_of_no_topic(topical: str) -> None:
    samples = load_samples(topical)
    assert {s.hand for s in samples if not s.labels} == {s.hand for s in samples}


def test_every_hand_tells_of_everybody() -> None:
    samples = load_samples("stances")
    told = {(s.hand, name) for s in samples for name in s.labels}
    assert told == {(hand, name) for hand in {s.hand for s in samples} for name in stance_titles()}


def test_what_is_told_of_the_plan_says_its_matter_and_what_of_others_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, line in (
        ("passages", "全部部署在政务云。\tgov_cloud\n"),
        ("stances", "等保按二级做。\tplan\tmlps.level\n邻县的等保是三级。\tother\tmlps.level\n"
                    "应当定级。\trule\tmlps.level\n邻县去年内涝。\tother\tbackground\n"),
    ):  # fmt: skip
        (tmp_path / "training" / folder).mkdir(parents=True)
        (tmp_path / "training" / folder / "hand.tsv").write_text(line, encoding="utf-8")
    monkeypatch.setattr("extractors.training.texts.root", lambda: tmp_path)
    taught = {s.text: s.labels for s in load_samples("passages")}
    assert taught == {
        "全部部署在政务云。": {"gov_cloud", "hosting", "cloud_migration"},
        "等保按二级做。": {"mlps.level", "mlps", "security_assessment", "security"},
        "邻县的等保是三级。": set(),
    }


def test_every_label_that_is_taught_is_said_by_several_hands(samples: tuple[Sample, ...]) -> None:
    hands = Counter(name for name, _ in {(label, s.hand) for s in samples for label in s.labels})
    assert [name for name, _ in tabulate(samples).names if hands[name] < 4] == []


def test_what_labels_bring_along_are_labels() -> None:
    labels = load_yaml("training", "labels.yaml")
    named = {name for kind in TOPICAL for key, values in labels[kind].items() for name in (key, *values)}
    assert named <= set(label_titles())


WRONG = {
    "headings": ("建设内容\tscope", ["建设目标", "建设目标\t", "\tobjectives", "建设目标\tno_such_topic"]),
    "stances": (
        "等保二级。\tplan\tmlps",
        ["等保三级。\tplan", "等保三级。\tnobody\tmlps", "等保三级。\tplan\tno_such_topic"],
    ),
}


@pytest.mark.parametrize(("folder", "line"), [(name, line) for name, (_, lines) in WRONG.items() for line in lines])
def test_a_line_that_is_not_text_and_labels_is_told_with_file_and_line(
    folder: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "training" / folder).mkdir(parents=True)
    (tmp_path / "training" / folder / "hand.tsv").write_text(f"{WRONG[folder][0]}\n{line}\n", encoding="utf-8")
    monkeypatch.setattr("extractors.training.texts.root", lambda: tmp_path)
    with pytest.raises(ProfileError, match=r"hand\.tsv.*第2行"):
        load_samples(folder)


def test_the_shipped_model_is_the_one_that_these_texts_give(kind: str, samples: tuple[Sample, ...]) -> None:
    table = tabulate(samples)
    columns = list(range(0, table.truth.shape[1], 9))  # some are enough, all would take long
    fitted = fit([sample.text for sample in samples], table.truth[:, columns], shipped, STRENGTH[kind])
    with root().joinpath("models", f"{kind}.npz").open("rb") as file, np.load(file, allow_pickle=False) as data:
        ours = {key: data[key] for key in data.files}
    grams = sorted(fitted.vectorizer.vocabulary_, key=lambda gram: fitted.vectorizer.vocabulary_[gram])
    assert bytes(ours["grams"]).decode().split("\n") == grams
    assert [(name, column) for name, column in zip(topics_of(ours), ours["column"], strict=True)] == list(table.names)
    scale = ours["scale"][columns]
    drift = np.abs(ours["weights"][:, columns] * scale - fitted.weights) / scale
    assert drift.max() < 1.6  # half a step is rounding, the rest is another machine's arithmetic


def topics_of(arrays: dict[str, np.ndarray]) -> list[str]:
    return bytes(arrays["topics"]).decode().split("\n")


def test_the_card_tells_the_counts_and_the_figures_of_every_topic(kind: str, samples: tuple[Sample, ...]) -> None:
    card = root().joinpath("models", "CARD.md").read_text(encoding="utf-8")
    assert f"{len(samples)}条标注文本" in card
    assert "python -m extractors.training" in card
    assert [name for name, _ in tabulate(samples).names if f"| {name} |" not in card] == []
