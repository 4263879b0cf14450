"""Submission (报送材料): one project's files, each with its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.document import Document


class Role(StrEnum):
    """What a file is within its submission (材料类别)."""

    PLAN = "plan"  # 建设方案
    FORM = "form"  # 申报表
    OPINION = "opinion"  # 专家论证意见
    MINUTES = "minutes"  # 会议纪要, 集体决策记录
    CONTRACT = "contract"  # 上一期合同
    DEMAND = "demand"  # 服务需求报告
    FEASIBILITY = "feasibility"  # 可行性研究报告 as a file of its own
    BUDGET = "budget"  # a budget table of its own, mostly a spreadsheet
    SUPPORT = "support"  # 规划、批示、批复
    OTHER = "other"


# Warnings that say that a part of the file was not read, in formats that have no pages to mark as unread.
UNREAD_CODES = frozenset(
    {
        "pictures", "page-pictures", "truncated", "part-unread", "unreadable-file", "embedded-object",
        "external-reference", "formula-without-value", "page-limit", "large-document", "embedded-files",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of the submission: its document, role and the words that gave the role."""

    document: Document
    role: Role = Role.OTHER
    role_evidence: str = ""

    @property
    def unread_parts(self) -> tuple[str, ...]:
        """What was not read of a file without pages, in Chinese."""
        return tuple(w.message for w in self.document.warnings if w.code in UNREAD_CODES)


@dataclass(frozen=True, slots=True)
class Submission:
    """All files of one project, in name order; `skipped` names members that were left out, with the reason."""

    name: str
    files: tuple[SubmittedFile, ...]
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def unread(self) -> bool:
        """Whether any page or part of any file could not be read."""
        return any(f.document.unreadable_pages or f.unread_parts for f in self.files)
