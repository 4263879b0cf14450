"""What the trained model hears says a topic where it is sure, or where several voices lean one way in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from checks.reading import Reading
from checks.saying import heard, usable
from checks.seen import Seen

ONE = "摆渡的老黄讲起来滔滔不绝。"
TWO = "来的人都说这里与别处不同。"
TEXT = "# 渡口值守系统建设方案\n## 一、其一\n{}\n## 二、其二\n{}\n"


def chances(monkeypatch: pytest.MonkeyPatch, given: Mapping[str, float]) -> None:
    """Let the model give these probabilities for passages, whatever the topic."""

    def likelihood(_: Reading, seen: Seen, label: str) -> float:
        return next((chance for text, chance in given.items() if text in seen.passage.text), 0.0)

    monkeypatch.setattr(Reading, "likelihood", likelihood)


def found(reading: Reading, *, surely: bool = False) -> list[str]:
    topic = reading.lexicon.topics["features"]
    return [s.passage.text for s in heard(reading, topic, usable(reading, topic), surely=surely)]


def test_two_voices_in_one_section_are_heard(read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    chances(monkeypatch, {ONE: 0.6, TWO: 0.3})
    reading = read(TEXT.format(ONE + "\n" + TWO, "系统设在渡口。"), "sihong")
    assert found(reading) == [ONE, TWO]
    assert found(reading, surely=True) == []


def test_voices_in_different_sections_are_not(read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    chances(monkeypatch, {ONE: 0.6, TWO: 0.3})
    assert found(read(TEXT.format(ONE, TWO), "sihong")) == []


@pytest.mark.parametrize(("one", "two"), [(0.6, 0.1), (0.4, 0.4), (0.8, 0.0)])
def test_a_voice_alone_or_low_ones_are_not(
    one: float, two: float, read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    chances(monkeypatch, {ONE: one, TWO: two})
    assert found(read(TEXT.format(ONE + "\n" + TWO, "系统设在渡口。"), "sihong")) == []


def test_one_sure_passage_is_enough(read: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    long = "摆渡的老黄讲起来滔滔不绝，讲到日头落山也不肯停下。"
    chances(monkeypatch, {long: 0.95})
    assert found(read(TEXT.format(long, TWO), "sihong"), surely=True) == [long]
