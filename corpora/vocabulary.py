"""The lexicon files as a typed Lexicon; a value that is no pattern names file and key."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from corpora.access import list_yaml, load_yaml
from corpora.triggers import bit, triggers
from pipeline.errors import ProfileError
from pipeline.model.columns import Columns
from pipeline.model.lexicon import Ban, Intent, Lexicon, Modality, Part, Topic
from pipeline.model.wording import Wording

_TOPIC_PATTERNS = (
    "section",
    "not_section",
    "says",
    "unless",
    "mentions",
    "header",
    "needs",
    "exempts",
    "rules_out",
    "context",
)
_PART_VALUES = ("title", "own_sections", "tables", "label")
_TOPIC_VALUES = (
    "enough",
    "list_or_table",
    "dated",
    "present_counts",
    "minimum",
    "general_titles",
    "of_itself",
    "under_present",
    "not_under",
    "akin",
)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the program; raises ProfileError where a file is not valid."""
    topics: dict[str, Topic] = {}
    kinds = _patterns("columns.yaml", load_yaml("lexicon", "columns.yaml"))
    for file in list_yaml("lexicon", "topics"):
        for name, data in load_yaml("lexicon", "topics", file).items():
            if name in topics:
                raise ProfileError(f"词库“{file}”中的主题“{name}”重复。", "请合并两处定义。")
            topics[name] = _topic(file, name, data, kinds)
    bans = {n: _ban("bans.yaml", n, d) for n, d in load_yaml("lexicon", "bans.yaml").items()}
    modality = Modality(**_patterns("modality.yaml", load_yaml("lexicon", "modality.yaml")))
    intent = Intent(**_patterns("intent.yaml", load_yaml("lexicon", "intent.yaml")))
    conditions = {n: _patterns("conditions.yaml", d) for n, d in load_yaml("lexicon", "conditions.yaml").items()}
    return Lexicon(
        topics=topics,
        bans=bans,
        modality=modality,
        intent=intent,
        conditions=conditions,
        project=_patterns("project.yaml", load_yaml("lexicon", "project.yaml")),
        exemptions=_patterns("exemptions.yaml", load_yaml("lexicon", "exemptions.yaml")),
        sections=dict(load_yaml("lexicon", "sections.yaml")),
    )


def wording(file: str, key: str, value: Any) -> Wording:
    """One pattern from a string or a list of alternatives; raises ProfileError naming file and key if neither."""
    alternatives = [value] if isinstance(value, str) else value
    where = f"词库“{file}”中“{key}”"
    if not isinstance(alternatives, list) or not all(isinstance(a, str) for a in alternatives):
        raise ProfileError(f"{where}应为一个模式或一组模式。", "请对照其他条目改正。")
    source = "|".join(f"(?:{a})" for a in alternatives)
    return Wording(source, where, bit(source), triggers)


def _patterns(file: str, data: dict[str, Any]) -> dict[str, Wording]:
    return {key: wording(file, key, value) for key, value in data.items()}


def _topic(file: str, name: str, data: dict[str, Any], kinds: dict[str, Wording]) -> Topic:
    unknown = set(data) - {*_TOPIC_PATTERNS, *_TOPIC_VALUES, "title", "details", "parts", "tables"}
    if unknown:
        raise ProfileError(f"词库“{file}”主题“{name}”有未知的键：{'、'.join(sorted(unknown))}。", "请对照说明改正。")
    where = f"{name}."
    patterns: dict[str, Any] = {k: wording(file, where + k, data[k]) for k in _TOPIC_PATTERNS if k in data}
    values: dict[str, Any] = {k: data[k] for k in _TOPIC_VALUES if k in data}
    details = tuple(wording(file, where + "details", d) for d in data.get("details", ()))
    parts = {n: _part(file, n, d, kinds) for n, d in data.get("parts", {}).items()}
    tables = _tables(file, name, data, kinds)
    return Topic(name=name, title=data["title"], details=details, parts=parts, tables=tables, **patterns, **values)


def _tables(file: str, name: str, data: dict[str, Any], kinds: dict[str, Wording]) -> tuple[Columns, ...]:
    """The sets of columns under `tables`, those behind a - not to be there.

    Raises ProfileError where one names a kind that columns.yaml has not.
    """
    sets = data.get("tables", ())
    unknown = {kind.removeprefix("-") for names in sets for kind in names} - set(kinds)
    if unknown:
        raise ProfileError(
            f"词库“{file}”中“{name}.tables”有未知的列：{'、'.join(sorted(unknown))}。", "请对照 columns.yaml 改正。"
        )
    return tuple(
        Columns(
            tuple(kinds[name] for name in names if not name.startswith("-")),
            tuple(kinds[name[1:]] for name in names if name.startswith("-")),
        )
        for names in sets
    )


def _part(file: str, name: str, data: dict[str, Any], kinds: dict[str, Wording]) -> Part:
    values = {"says": None, "section": None} | data
    patterns = {k: v and wording(file, name, v) for k, v in values.items() if k not in _PART_VALUES}
    tables = _tables(file, name, data, kinds)
    own_sections = bool(data.get("own_sections", False))
    label = str(data.get("label", ""))
    return Part(name=name, title=data["title"], own_sections=own_sections, tables=tables, label=label, **patterns)


def _ban(file: str, name: str, data: dict[str, Any]) -> Ban:
    patterns = {k: wording(file, f"{name}.{k}", v) for k, v in data.items() if k not in ("title", "heard")}
    return Ban(name=name, title=data["title"], heard=tuple(data.get("heard", ())), **patterns)
