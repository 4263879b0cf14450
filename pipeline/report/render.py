"""render(assessment, format): the one verb of this room; a format is a module, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.assessment import Assessment

# format -> "module:function" taking an Assessment and giving bytes
FORMATS: Final[dict[str, str]] = {
    "text": "pipeline.report.to_text:render",
    "json": "pipeline.report.to_json:render",
    "html": "pipeline.report.to_html:render",
    "docx": "pipeline.report.to_docx:render",
    "notice": "pipeline.report.to_notice:render",
    "xlsx": "pipeline.report.to_xlsx:render",
    "sarif": "pipeline.report.to_sarif:render",
}


def render(assessment: Assessment, format: str) -> bytes:
    """The report as bytes of the format (text, json, html, docx, notice, xlsx, sarif).

    Equal assessments give equal bytes. Raises UsageError for a format that is not known.
    """
    if format not in FORMATS:
        raise UsageError(f"不支持的报告格式：{format}。", f"可选格式：{'、'.join(FORMATS)}。")
    module, name = FORMATS[format].split(":")
    result: bytes = getattr(import_module(module), name)(assessment)
    return result
