"""The lexicon's patterns as the first opinion, the model as the second, and both together, on hands never seen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from corpora.vocabulary import load_lexicon
from extractors.facts.classifier import unnumbered
from extractors.training.figures import merit
from extractors.training.fitting import Array, Table
from extractors.training.texts import Sample
from pipeline.model.lexicon import Lexicon, Topic
from pipeline.model.wording import Wording

ADDS = (0.5, 0.7, 0.8, 0.9)
DROPS = (0.005, 0.01, 0.02, 0.05)
Matcher = Callable[[str], bool]


def compare(kind: str, samples: tuple[Sample, ...], table: Table, probability: Array) -> str:
    """Tables in Markdown of patterns alone, of the model alone and of both, for labels that have patterns.

    `probability` are those of models that never saw the hand. A topic's false friends (not_section) veto the model on
    headings; for passages the patterns are `says` and `unless`, which look at a sentence alone. Stances have none: "".
    """
    if kind == "stances":
        return ""
    lexicon = load_lexicon()
    matchers = [(_matchers(kind, lexicon, name), column) for name, column in table.names]
    known = [(pair, column) for pair, column in matchers if pair is not None]
    texts = [unnumbered(sample.text) for sample in samples]
    columns = [column for _, column in known]
    truth = table.truth[:, columns]
    found = np.array([[takes(text) for (takes, _), _ in known] for text in texts])
    barred = np.array([[refuses(text) for (_, refuses), _ in known] for text in texts])
    likely = np.where(barred, 0.0, probability[:, columns])
    drawn = [("模式", found)]
    drawn += [(f"模型≥{t}", likely >= t) for t in ADDS]
    drawn += [(f"模式或模型≥{t}", found | (likely >= t)) for t in ADDS]
    drawn += [(f"模式（去掉模型<0.01的）或模型≥{t}", (found & (likely >= 0.01)) | (likely >= t)) for t in ADDS]
    out = [
        f"### 与词库模式比较（有模式的{len(known)}个主题和要素）\n",
        "| 意见 | 准确率 | 召回率 | F1 |\n|---|---|---|---|",
    ]
    for name, said in drawn:
        m = merit(said, truth)
        out.append(f"| {name} | {m.precision:.3f} | {m.recall:.3f} | {m.f1:.3f} |")
    return "\n".join([*out, "", *_changes(found, likely, truth)]) + "\n"


def _matchers(kind: str, lexicon: Lexicon, name: str) -> tuple[Matcher, Matcher] | None:
    """What takes a text for the label and what bars the model from it; None where the lexicon has no pattern."""
    topic = lexicon.topics.get(name.partition(".")[0])
    if topic is None:
        return None
    if kind == "headings":
        return (topic.announces, lambda t: _found(topic.not_section, t)) if topic.name == name else None
    says = topic.says if topic.name == name else _part_says(topic, name)
    if says is None:
        return None
    unless = topic.unless if topic.name == name else None
    return (lambda t: bool(says.search(t)) and not _found(unless, t), lambda t: False)


def _part_says(topic: Topic, name: str) -> Wording | None:
    part = topic.parts.get(name.partition(".")[2])
    return part.says if part is not None else None


def _found(pattern: Wording | None, text: str) -> bool:
    return pattern is not None and pattern.search(text) is not None


def _changes(found: Array, likely: Array, truth: Array) -> list[str]:
    out = ["| 第二意见 | 次数 | 说对的 |\n|---|---|---|"]
    for threshold in ADDS:
        added = (likely >= threshold) & ~found
        out.append(f"| 补上模型≥{threshold}的 | {added.sum()} | {truth[added].mean():.3f} |")
    for threshold in DROPS:
        dropped = found & (likely < threshold)
        out.append(f"| 去掉模型<{threshold}的 | {dropped.sum()} | {1 - truth[dropped].mean():.3f} |")
    return out
