"""The labelled texts of the corpora: one file is one hand, one line is a text, a tab and its labels.

In `stances` a line has three fields: text, whose matter it tells (its stance), and the labels of that matter. Such a
text teaches passages too: told of the plan it says its matter, told of somebody else's or of the past it says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from corpora.access import load_yaml, root
from corpora.vocabulary import load_lexicon
from extractors.facts.classifier import relative_years
from pipeline.errors import ProfileError

KINDS = ("headings", "passages", "stances")
NONE = "none"  # announces or says no topic
_PLAN = "plan"
_NOT_OURS = ("current", "other")
_WRITTEN = 2025  # the year in which the writers of the stances' texts set them


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled text; `labels` hold what the written ones bring along, `hand` is the file's name without ending."""

    text: str
    labels: frozenset[str]
    hand: str


def load_samples(kind: str) -> tuple[Sample, ...]:
    """All samples of "headings", "passages" or "stances", by file name and line.

    Raises ProfileError naming file and line.
    """
    if kind == "stances":
        texts = ((relative_years(text, _WRITTEN), stance, hand) for text, stance, _, hand in _stances())
        return tuple(Sample(text, frozenset({stance}), hand) for text, stance, hand in texts)
    implied = load_yaml("training", "labels.yaml")[kind]
    allowed = label_titles()
    out = [_sample(file, n, line, implied, allowed) for file, n, line in _lines(kind)]
    return (*out, *_taught_beside(implied)) if kind == "passages" else tuple(out)


def stance_titles() -> dict[str, str]:
    """The stances with Chinese titles."""
    titles: dict[str, str] = load_yaml("training", "labels.yaml")["stances"]
    return titles


def label_titles() -> dict[str, str]:
    """The label set with Chinese titles: the lexicon's topics, parts (`topic.part`) and bans that are taught."""
    topics = {topic.name: topic.title for topic in load_lexicon().topics.values()}
    labels = load_yaml("training", "labels.yaml")
    parts: dict[str, str] = labels["parts"]
    bans: dict[str, str] = labels["bans"]
    return topics | bans | {name: f"{topics[name.partition('.')[0]]}：{title}" for name, title in parts.items()}


def _lines(kind: str) -> Iterator[tuple[str, int, str]]:
    """File name, 1-based line and line of all texts of a kind."""
    for node in sorted(root().joinpath("training", kind).iterdir(), key=lambda n: n.name):
        if node.name.endswith(".tsv"):
            yield from ((node.name, n, line) for n, line in enumerate(node.read_text("utf-8").splitlines(), 1))


def _stances() -> Iterator[tuple[str, str, frozenset[str], str]]:
    """Text, stance, labels of its matter and hand."""
    known, allowed = stance_titles(), label_titles()
    for file, number, line in _lines("stances"):
        fields = line.split("\t")
        labels = frozenset(fields[-1].split(","))
        if len(fields) != 3 or not fields[0].strip() or fields[1] not in known or not labels <= set(allowed):
            raise _wrong(file, number, "文本、制表符、所指、制表符、标签")
        yield fields[0], fields[1], labels, file.removesuffix(".tsv")


def _taught_beside(implied: dict[str, list[str]]) -> Iterator[Sample]:
    """What the texts of stances teach of passages; where the present state counts, they teach nothing."""
    topics = load_lexicon().topics
    present = {name for name, topic in topics.items() if topic.present_counts}
    for text, stance, labels, hand in _stances():
        if stance == _PLAN:
            yield Sample(text, labels | {name for label in labels for name in implied.get(label, ())}, hand)
        elif stance in _NOT_OURS and not labels & present:
            yield Sample(text, frozenset(), hand)


def _sample(file: str, line: int, raw: str, implied: dict[str, list[str]], allowed: Collection[str]) -> Sample:
    text, tab, names = raw.partition("\t")
    written = set(names.split(",")) - {NONE}
    if not tab or not text.strip() or not names.strip() or not written <= set(allowed):
        raise _wrong(file, line, "文本、制表符、标签")
    brought = {name for label in written for name in implied.get(label, ())}
    return Sample(text, frozenset(written | brought), file.removesuffix(".tsv"))


def _wrong(file: str, line: int, wanted: str) -> ProfileError:
    return ProfileError(f"训练文本“{file}”第{line}行不是“{wanted}”。", "请对照词库的主题名改正标签。")
