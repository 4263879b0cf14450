"""Examples (示例): run the fragments that a county's rules carry; the linter and the tests share this one runner."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks import lint as linting
from checks.engine import run
from checks.fragment import to_submission
from checks.loader import load_profile_from
from checks.profiles import Profile
from checks.reading import Reading
from checks.rule import Example, Rule
from extractors.facts.understanding import understand
from extractors.structure.outline import build_outline
from pipeline.errors import ProfileError
from pipeline.model.assessment import Finding


@dataclass(frozen=True, slots=True)
class Misjudged:
    """An example that gets another status than it expects: the rule, its place in the list from 0, what came out."""

    rule: Rule
    position: int
    finding: Finding

    @property
    def sentence(self) -> str:
        """What went wrong, in Chinese."""
        wanted = self.rule.examples[self.position].expect
        return f"第{self.position + 1}个示例应为 {wanted}，实际为 {self.finding.status.value}：{self.finding.message}"


def run_example(rule: Rule, example: Example, profile: Profile) -> Finding:
    """The finding that the rule gives on the example; raises ProfileError where the fragment is not valid."""
    submission = to_submission(example.text, example.role, example.roles)
    proposal = understand(build_outline(submission), example.set)
    reading = Reading(proposal, profile.lexicon, profile.shingles)
    return run(reading, dataclasses.replace(profile, rules=(rule,)), None)[0]


def misjudged(rule: Rule, profile: Profile) -> Iterator[Misjudged]:
    """The rule's examples that do not get the status that they expect."""
    for position, example in enumerate(rule.examples):
        finding = run_example(rule, example, profile)
        if finding.status.value != example.expect:
            yield Misjudged(rule, position, finding)


def lint(path: Path) -> tuple[linting.LintProblem, ...]:
    """All problems of a county's folder or file of rules; where there are none, those of its examples.

    Raises ProfileError where there is no such file.
    """
    problems = linting.lint(path)
    folder = linting.county_folder(path)
    if problems or folder is None:
        return problems
    try:
        profile = load_profile_from(folder)
    except ProfileError:  # a fault in a file of the county that was not asked about
        return ()
    only = None if path.is_dir() else path.name
    return tuple(_of_examples(profile, linting.example_lines(folder), only))


def _of_examples(
    profile: Profile, lines: dict[str, tuple[Path, tuple[int, ...]]], only: str | None
) -> Iterator[linting.LintProblem]:
    for rule in profile.rules:
        file, places = lines[rule.id]
        if only is not None and file.name != only:
            continue
        for wrong in misjudged(rule, profile):
            yield linting.LintProblem(str(file), places[wrong.position], f"{rule.id}.examples", wrong.sentence)
