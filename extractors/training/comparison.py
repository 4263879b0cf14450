"""Headings once more: the lexicon's patterns as the first opinion, the model as the second, and both together."""

from __future__ import annotations

import numpy as np

from corpora.vocabulary import load_lexicon
from extractors.facts.classifier import unnumbered
from extractors.facts.sections import announces
from extractors.training.figures import merit
from extractors.training.fitting import Array, Table
from extractors.training.texts import Sample

ADDS = (0.5, 0.7, 0.8, 0.9)
DROPS = (0.005, 0.01, 0.02, 0.05)


def compare(samples: tuple[Sample, ...], table: Table, probability: Array) -> str:
    """Tables in Markdown of patterns alone, of the model alone and of both; topics only, parts left out.

    `probability` are those of models that never saw the hand. A topic's false friends (not_section) veto the model.
    """
    topics = load_lexicon().topics
    names = [(topics[name], column) for name, column in table.names if name in topics]
    titles = [unnumbered(sample.text) for sample in samples]
    columns = [column for _, column in names]
    truth = table.truth[:, columns]
    found = np.array([[announces(topic, title) for topic, _ in names] for title in titles])
    friends = np.array([[bool(t.not_section and t.not_section.search(title)) for t, _ in names] for title in titles])
    likely = np.where(friends, 0.0, probability[:, columns])
    drawn = [("模式", found)]
    drawn += [(f"模型≥{t}", likely >= t) for t in ADDS]
    drawn += [(f"模式或模型≥{t}", found | (likely >= t)) for t in ADDS]
    drawn += [(f"模式（去掉模型<0.01的）或模型≥{t}", (found & (likely >= 0.01)) | (likely >= t)) for t in ADDS]
    out = ["### 与词库模式比较（只算主题，不算要素）\n", "| 意见 | 准确率 | 召回率 | F1 |\n|---|---|---|---|"]
    for name, said in drawn:
        m = merit(said, truth)
        out.append(f"| {name} | {m.precision:.3f} | {m.recall:.3f} | {m.f1:.3f} |")
    return "\n".join([*out, "", *_changes(found, likely, truth)]) + "\n"


def _changes(found: Array, likely: Array, truth: Array) -> list[str]:
    out = ["| 第二意见 | 次数 | 说对的 |\n|---|---|---|"]
    for threshold in ADDS:
        added = (likely >= threshold) & ~found
        out.append(f"| 补上模型≥{threshold}的 | {added.sum()} | {truth[added].mean():.3f} |")
    for threshold in DROPS:
        dropped = found & (likely < threshold)
        out.append(f"| 去掉模型<{threshold}的 | {dropped.sum()} | {1 - truth[dropped].mean():.3f} |")
    return out
