"""The labelled texts of the corpora: one file is one hand, one line is a text, a tab and its labels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from corpora.access import load_yaml, root
from corpora.vocabulary import load_lexicon
from pipeline.errors import ProfileError

KINDS = ("headings", "passages")
NONE = "none"  # announces or says no topic


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled text; `labels` hold what the written ones bring along, `hand` is the file's name without ending."""

    text: str
    labels: frozenset[str]
    hand: str


def load_samples(kind: str) -> tuple[Sample, ...]:
    """All samples of "headings" or "passages", by file name and line; raises ProfileError naming file and line."""
    implied = load_yaml("training", "labels.yaml")[kind]
    allowed = label_titles()
    folder = root().joinpath("training", kind)
    out = []
    for node in sorted(folder.iterdir(), key=lambda n: n.name):
        if node.name.endswith(".tsv"):
            lines = node.read_text(encoding="utf-8").splitlines()
            out += [_sample(node.name, n, line, implied, allowed) for n, line in enumerate(lines, 1)]
    return tuple(out)


def label_titles() -> dict[str, str]:
    """The label set with Chinese titles: the lexicon's topics, parts (`topic.part`) and bans that are taught."""
    topics = {topic.name: topic.title for topic in load_lexicon().topics.values()}
    labels = load_yaml("training", "labels.yaml")
    parts: dict[str, str] = labels["parts"]
    bans: dict[str, str] = labels["bans"]
    return topics | bans | {name: f"{topics[name.partition('.')[0]]}：{title}" for name, title in parts.items()}


def _sample(file: str, line: int, raw: str, implied: dict[str, list[str]], allowed: Collection[str]) -> Sample:
    text, tab, names = raw.partition("\t")
    written = set(names.split(",")) - {NONE}
    if not tab or not text.strip() or not names.strip() or not written <= set(allowed):
        raise ProfileError(f"训练文本“{file}”第{line}行不是“文本、制表符、标签”。", "请对照词库的主题名改正标签。")
    brought = {name for label in written for name in implied.get(label, ())}
    return Sample(text, frozenset(written | brought), file.removesuffix(".tsv"))
