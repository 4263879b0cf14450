"""Whether a report belongs to a submission, to these rules and to this program (核验): facts in plain sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.report.from_json import parse_report
from pipeline.report.plaintext import plain
from pipeline.report.seal import read_seal
from pipeline.report.to_json import digest_of

Hashed = Sequence[tuple[str, str]]  # name and SHA-256 of each file of the submission


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was held against the report: stable `name`, whether it agrees, the sentence."""

    name: str
    agrees: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a report says that it was made from; `untouched` whether it is as it was written."""

    tool_version: str
    county: str
    rules: str
    files: Hashed
    untouched: bool


def read_claim(data: bytes) -> Claim:
    """The claim of a JSON or HTML report; raises UnreadableError, code "not-a-report", where it makes none."""
    seal = None if data.lstrip()[:1] in (b"{", b"[") else read_seal(data)
    try:
        if seal is not None:
            value, untouched = seal
            return Claim(value["tool"]["version"], value["county"], value["rules"], _hashed(value["files"]), untouched)
        value = parse_report(data)
        regulation = value["regulation"]
        return Claim(
            value["tool"]["version"],
            regulation["county"],
            regulation.get("rules", ""),
            _hashed(value["submission"]["files"]),
            value["tool"].get("digest") == digest_of(value),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableError("该文件不是完整的审查报告。", "请指定 JSON 或 HTML 报告。", "not-a-report") from error


def _hashed(files: Iterable[dict[str, Any]]) -> Hashed:
    return tuple((str(file["name"]), str(file["sha256"])) for file in files)


def verify(claim: Claim, files: Hashed, rules_of: Callable[[str], str], version: str) -> tuple[Point, ...]:
    """Every point: files, rules, program, the report itself.

    `files` are the submission's, `rules_of` gives the hash of a county's rules here ("" for none), `version` is this
    program's.
    """
    here = rules_of(claim.county)
    return (
        *_files(claim.files, files),
        _rules(claim, here),
        Point(
            "program",
            claim.tool_version == version,
            f"程序版本一致：{version}。"
            if claim.tool_version == version
            else f"程序版本不同：报告出自 {plain(claim.tool_version)}，本机为 {version}，结论可能不同。",
        ),
        Point(
            "report",
            claim.untouched,
            "报告自生成以来未被改动。" if claim.untouched else "报告内容与生成时不同，可能被改动过。",
        ),
    )


def _rules(claim: Claim, here: str) -> Point:
    if not here:
        return Point("rules", False, f"本机没有报告所依据的县（市）“{plain(claim.county)}”的规则，无法核对。")
    if not claim.rules:
        return Point("rules", False, "报告没有记载规则指纹，无法核对规则。")
    if claim.rules == here:
        return Point("rules", True, f"规则一致：{here}。")
    return Point("rules", False, f"规则不同：报告依据 {plain(claim.rules)}，本机为 {here}，结论可能不同。")


def _files(claimed: Hashed, files: Hashed) -> Iterable[Point]:
    """One point where all files agree whatever they are called, else one for each that does not."""
    wanted, given = Counter(sha for _, sha in claimed), Counter(sha for _, sha in files)
    if wanted == given and files:
        yield Point("files", True, f"材料一致：{len(files)} 个文件与报告所审查的完全相同。")
        return
    named, here = {name for name, _ in claimed}, {name for name, _ in files}
    sentences = [
        f"《{plain(name)}》{'内容与报告所审查的不同' if name in named else '不在报告所审查的材料中'}。"
        for name, sha in files
        if not wanted[sha]
    ]
    sentences += [
        f"报告审查过《{plain(name)}》，所给材料中没有。" for name, sha in claimed if not given[sha] and name not in here
    ]
    for sentence in sentences or ["相同文件的份数与报告所审查的不同。"]:
        yield Point("files", False, sentence)


def render_text(points: Sequence[Point]) -> str:
    """The points as lines, the answer first."""
    answer = (
        "报告与材料、规则、程序均相符。" if all(p.agrees for p in points) else "报告与现有材料、规则或程序不完全相符。"
    )
    return "\n".join([answer, *(f"  {'✓' if p.agrees else '✗'} {p.sentence}" for p in points)]) + "\n"


def render_json(points: Sequence[Point]) -> str:
    """The points as JSON."""
    listed = [{"name": p.name, "agrees": p.agrees, "sentence": p.sentence} for p in points]
    return json.dumps({"agrees": all(p.agrees for p in points), "points": listed}, ensure_ascii=False, indent=1) + "\n"
