"""Opening a PDF (打开文件): with PDFium, with what the whole file shows of damage, scripts and attachments."""

from __future__ import annotations

import contextlib
import ctypes
import re
from collections.abc import Iterator
from typing import Any

from extractors.readers.pdf.mending import mended
from extractors.readers.pdf.preflight import LOST_END, Preflight
from pipeline.errors import UnreadableError
from pipeline.model.document import ExtractionWarning

_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|RichMedia)\b")
_MOST_BOOKMARKS = 3_000
_COUNT = re.compile(rb"/Count\s+(\d{1,12})")


@contextlib.contextmanager
def opened(flight: Preflight, name: str) -> Iterator[Any]:
    """The open document of the ordinary bindings; raises UnreadableError where it is locked or broken beyond repair.

    No script or action of the file is ever run: the library is built without a script engine, and the form environment
    is started only to read the values of fields.
    """
    pdf = _open(flight, name)
    try:
        _start_form(pdf, name)
        if len(pdf) == 0:
            raise UnreadableError(f"PDF文件“{name}”没有任何页面。", "请重新导出后提交。", "no-pages")
        yield pdf
    finally:
        pdf.close()


def _start_form(pdf: Any, name: str) -> None:
    """Make the values of fields readable; raises UnreadableError for a form that only one program can draw."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    kind = raw.FPDF_GetFormType(pdf.raw)
    if kind == raw.FORMTYPE_NONE:
        return
    if kind == raw.FORMTYPE_XFA_FULL:
        what = f"PDF文件“{name}”是动态表单，页面内容不在文件中，无法读取。"
        raise UnreadableError(what, "请打印为普通 PDF 后重新提交。", "xfa-form")
    with contextlib.suppress(pdfium.PdfiumError, RuntimeError):  # a broken form is read as a plain page
        pdf.init_forms()


def _open(flight: Preflight, name: str) -> Any:
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    from extractors.readers.pdf import standin

    standin.install()
    try:
        return pdfium.PdfDocument(flight.data)
    except pdfium.PdfiumError as error:
        whole = None
        if getattr(error, "err_code", None) == raw.FPDF_ERR_FORMAT:
            whole = mended(flight.data, flight.frame)
        if whole is None:
            raise _refusal(error, flight.frame, name) from error
    try:
        pdf = pdfium.PdfDocument(whole)
    except pdfium.PdfiumError as error:
        raise _refusal(error, flight.frame, name) from error
    flight.data, flight.doubtful = whole, True
    flight.damage.append(LOST_END)
    return pdf


def _refusal(error: Exception, data: bytes, name: str) -> UnreadableError:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        return UnreadableError(f"PDF文件“{name}”设有打开密码。", "请取消密码后重新提交。", "encrypted")
    if getattr(error, "err_code", None) == raw.FPDF_ERR_SECURITY:
        return UnreadableError(f"PDF文件“{name}”用了不能识别的加密方式。", "请取消加密后重新提交。", "encrypted")
    if re.search(rb"/Kids\s*\[\s*\]", data) and re.search(rb"/Count\s+0\b", data):
        return UnreadableError(f"PDF文件“{name}”没有任何页面。", "请重新导出后提交。", "no-pages")
    return UnreadableError(f"PDF文件“{name}”已损坏，无法打开。", "请重新导出后提交。", "damaged-pdf")


def file_warnings(pdf: Any, flight: Preflight) -> list[ExtractionWarning]:
    """What the whole file shows: scripts that were not run, attachments that were not opened, damage, older states."""
    from pypdfium2 import raw

    out = []
    if _ACTIVE.search(flight.frame) or raw.FPDFDoc_GetJavaScriptActionCount(pdf.raw) > 0:
        out.append(ExtractionWarning("active-content", "文件含有脚本或动作，均未执行。"))
    attached = raw.FPDFDoc_GetAttachmentCount(pdf.raw)
    if attached > 0:
        text = f"文件内嵌了{attached}个附件，没有打开；其中如有申报材料，请单独提交。"
        out.append(ExtractionWarning("embedded-files", text))
    damage = [*flight.damage, *(["部分内容流"] if flight.taken_out else [])]
    if damage or not raw.FPDF_DocumentHasValidCrossReferenceTable(pdf.raw) or _miscounted(pdf, flight.frame):
        what = f"（{'、'.join(damage)}）" if damage else ""
        text = f"文件结构有损坏{what}，已尽量读取，请核对所读文字是否完整。"
        out.append(ExtractionWarning("damaged-pdf", text))
    if _updated(pdf, flight.data):
        out.append(ExtractionWarning("incremental-update", "文件保存后又作过修改，只读取最后一次保存的内容。"))
    return out


def _miscounted(pdf: Any, data: bytes) -> bool:
    """Whether the page tree claims far more pages than there are."""
    claimed = max((int(m) for m in _COUNT.findall(data)), default=0)
    return claimed > 1_000_000 and claimed > len(pdf)


def _updated(pdf: Any, data: bytes) -> bool:
    """Whether the file was saved again on top of an older version; a linearised file ends twice by nature."""
    from pypdfium2 import raw

    ends = (ctypes.c_uint * 8)()
    count = int(raw.FPDF_GetTrailerEnds(pdf.raw, ends, 8))
    return count > (2 if b"/Linearized" in data[:2_048] else 1)


def bookmarks(pdf: Any) -> tuple[tuple[int, str], ...]:
    """The file's outline as (level from 1, title), bounded; empty where it is broken."""
    out = []
    try:
        for item in pdf.get_toc(max_depth=9):
            out.append((item.level + 1, item.get_title()))
            if len(out) >= _MOST_BOOKMARKS:
                break
    except Exception:  # bookmarks are a help only; a broken outline raises many kinds
        return ()
    return tuple(out)
