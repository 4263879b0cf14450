"""Which reader takes which type of file, and what is said of the types that none takes; readers are imported on use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath

from extractors.readers.archive import open_container
from extractors.readers.limits import ReadOptions
from extractors.readers.naming import shown
from extractors.readers.normalize import GETA
from extractors.readers.sniff import sniff
from pipeline.errors import FanganError, UnreadableError
from pipeline.model.document import Document, ExtractionWarning

Reader = Callable[[bytes, str, ReadOptions], Document]

_WORD = "extractors.readers.word.reader:read"
_IMAGE = "extractors.readers.ocr.image:read"
_LEGACY = "extractors.readers.legacy:read"

# Type as `sniff` gives it -> reader as "module:function".
READERS = {
    "docx": _WORD,
    "docm": _WORD,
    "pdf": "extractors.readers.pdf.reader:read",
    "doc": _LEGACY,
    "wps": _LEGACY,
    "rtf": _LEGACY,
    "odt": _LEGACY,
    "ods": _LEGACY,
    "xls": _LEGACY,
    "word-xml": _WORD,
    "xlsx": "extractors.readers.sheet:read",
    "ofd": "extractors.readers.ofd:read",
    "png": _IMAGE,
    "jpeg": _IMAGE,
    "tiff": _IMAGE,
    "bmp": _IMAGE,
    "webp": _IMAGE,
    "text": "extractors.readers.plain:read",
}

_UNLOCK = "请解除密码保护后重新提交。"
_AS_PDF = "请转换为 .docx 或 PDF 后重新提交。"
_NOT_KNOWN = "请提交 .docx、.doc、.wps、PDF、OFD、.xlsx、图片或 zip 文件。"

# Type -> (what is said, advice, code).
REFUSED = {
    "empty": ("是空文件（0 字节）", "请重新导出或重新上传。", "empty-file"),
    "encrypted-ooxml": ("有密码保护，无法读取", _UNLOCK, "encrypted"),
    "encrypted-doc": ("有密码保护，无法读取", _UNLOCK, "encrypted"),
    "damaged-ole": ("是旧版 Office 格式，但结构已损坏", "请打开原件另存为 .docx 后重新提交。", "damaged-ole"),
    "ole": ("是不能识别的旧版 Office 格式", _AS_PDF, "unsupported-type"),
    "ppt": ("是演示文稿，不能读取", _AS_PDF, "unsupported-type"),
    "pptx": ("是演示文稿，不能读取", _AS_PDF, "unsupported-type"),
    "xlsb": ("是二进制工作簿（.xlsb），不能读取", "请另存为 .xlsx 后重新提交。", "unsupported-type"),
    "msg": ("是邮件，不能读取", "请提交邮件中的附件。", "unsupported-type"),
    "mail": ("是邮件或单一文件网页，不能读取", _AS_PDF, "unsupported-type"),
    "html": ("是网页，不能读取", _AS_PDF, "unsupported-type"),
    "xml": ("是 XML 数据，不能读取", _AS_PDF, "unsupported-type"),
    "rar": ("是 RAR 压缩包，不能读取", "请解压后改用 zip 格式打包。", "unsupported-type"),
    "7z": ("是 7z 压缩包，不能读取", "请解压后改用 zip 格式打包。", "unsupported-type"),
    "gzip": ("是 gz、bz2 或 xz 压缩文件，不能读取", "请解压后改用 zip 格式打包。", "unsupported-type"),
    "exe": ("是可执行程序，不能读取", _NOT_KNOWN, "unsupported-type"),
    "pickle": ("是程序数据，不能读取", _NOT_KNOWN, "unsupported-type"),
    "gif": ("是 GIF 图片，不能读取", "请转换为 PNG、JPEG 或 PDF 后重新提交。", "unsupported-type"),
    "heic": ("是手机照片（HEIC），不能读取", "请转换为 JPG 或 PDF 后重新提交。", "unsupported-type"),
    "dwg": ("是 CAD 图纸，不能读取", "请导出为 PDF 后重新提交。", "unsupported-type"),
    "postscript": ("是 PostScript 文件，不能读取", "请转换为 PDF 后重新提交。", "unsupported-type"),
    "zip": ("是压缩包，不能作为单个文件读取", "请解压后提交其中的文件。", "archive"),
    "unknown": ("不是能识别的文件类型，可能已损坏", _NOT_KNOWN, "unknown-type"),
}

_TEXT_NAMES = {"", ".txt", ".text", ".md"}
# A file locked by WPS's document security shows nothing but a notice of a few lines to other programs.
_NOTICE = re.compile(r"(WPS|金山).{0,60}(加密|受保护|授权|权限)|(加密|受保护).{0,60}(WPS|金山)", re.S)
_LACKING = re.compile(f"(?<=[\u3400-\u9fff]){GETA}(?!{GETA})")  # a row of them is an ornament
_PDF_TAIL = 4096
_NOTICE_LENGTH = 600
_NOTICE_BLOCKS = 12


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The file `data`, shown as `name`, as a Document, whatever its name ends in.

    Raises UnreadableError (or DependencyError, where a program is missing) with a Chinese sentence that names the
    file; no other exception leaves.
    """
    name = shown(name) or "未命名"
    if len(data) > options.limits.file_bytes:
        bound = options.limits.file_bytes // 2**20
        raise UnreadableError(f"“{name}”超过 {bound} MB，未予读取。", "请压缩图片或拆分后提交。", "too-large")
    kind = sniff(data)
    if kind not in READERS or (kind == "text" and _suffix(name) not in _TEXT_NAMES):
        raise refusal(kind, name)
    document = _guarded(_reader(kind), data, name, options)
    _refuse_notice(document)
    known = {warning.code for warning in document.warnings}
    found = (*_warnings(kind, data), *_lacking_letters(document))
    extra = tuple(warning for warning in found if warning.code not in known)
    return replace(document, warnings=(*document.warnings, *extra)) if extra else document


def refusal(kind: str, name: str) -> UnreadableError:
    """The error for a type that is not read, naming the file."""
    if kind == "text":
        suffix = _suffix(name)
        return UnreadableError(
            f"“{name}”的内容是纯文本，与扩展名“{suffix}”不符。", "请核对后提交原始文档。", "unsupported-type"
        )
    what, advice, code = REFUSED.get(kind, REFUSED["unknown"])
    return UnreadableError(f"“{name}”{what}。", advice, code)


def _suffix(name: str) -> str:
    return PurePosixPath(name.lower()).suffix


def _reader(kind: str) -> Reader:
    module, function = READERS[kind].split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader


def _guarded(reader: Reader, data: bytes, name: str, options: ReadOptions) -> Document:
    """Call the reader; what a broken file makes a library raise becomes an error of ours that names the file."""
    try:
        return reader(data, name, options)
    except UnreadableError as error:
        raise _named(error, name) from error
    except FanganError:
        raise
    except MemoryError as error:
        raise UnreadableError(f"读取“{name}”所需内存过大，已停止。", "请拆分后提交。", "memory-limit") from error
    except RecursionError as error:
        raise UnreadableError(f"“{name}”内部嵌套过深，无法读取。", "请另存后重新提交。", "nesting-limit") from error
    except Exception as error:
        what = f"读取“{name}”时出错（{type(error).__name__}），文件可能已损坏。"
        raise UnreadableError(what, "请打开原件另存后重新提交。", "damaged-file") from error


def _named(error: UnreadableError, name: str) -> UnreadableError:
    if name in error.message:
        return error
    return UnreadableError(f"“{name}”无法读取：{error.message}", error.advice, error.code)


def _refuse_notice(document: Document) -> None:
    """Raise for a document that is only the notice that WPS has locked it."""
    if len(document.blocks) > _NOTICE_BLOCKS or document.unreadable_pages:
        return
    text = "\n".join(block.text for block in document.blocks)
    if len(text) <= _NOTICE_LENGTH and _NOTICE.search(text):
        raise UnreadableError(
            f"“{document.name}”已用 WPS 加密，读到的只是加密提示，没有正文。",
            "请在 WPS 中解除加密后重新提交。",
            "encrypted",
        )


def _warnings(kind: str, data: bytes) -> tuple[ExtractionWarning, ...]:
    found = []
    if kind == "docm":
        found.append(ExtractionWarning("active-content", "文件含有宏；宏没有运行，只读取了文字。"))
    if kind == "pdf" and _holds_zip(data):
        found.append(
            ExtractionWarning(
                "polyglot", "文件同时是 PDF 和压缩文档，这里按 PDF 读取；用其他软件打开可能看到不同内容。"
            )
        )
    if kind == "pdf":
        found += _pdf_damage(data)
    return tuple(found)


def _lacking_letters(document: Document) -> list[ExtractionWarning]:
    """Letters of the writer's own making: each one stands as a sign in the text, and how many there are is said."""
    count = sum(len(_LACKING.findall(block.text)) for block in document.blocks if GETA in block.text)
    if not count:
        return []
    message = f"文中有 {count} 处自造字或缺字，读不出来，以“{GETA}”代替（常见于生僻人名、地名），请对照原件核对。"
    return [ExtractionWarning("missing-characters", message)]


def _pdf_damage(data: bytes) -> list[ExtractionWarning]:
    """What the ends of a PDF show: bytes before its header, a tail that is cut off."""
    if not data.startswith(b"%PDF-"):
        return [ExtractionWarning("damaged-pdf", "PDF 文件头之前有多余内容，已跳过；请核对所读文字是否完整。")]
    if b"startxref" not in data[-_PDF_TAIL:]:
        return [ExtractionWarning("damaged-pdf", "PDF 文件结尾不完整，可能没有传完；已尽量读取，请核对是否缺页。")]
    return []


def _holds_zip(data: bytes) -> bool:
    if b"PK\x05\x06" not in data[-66_000:]:
        return False
    try:
        return any(member.start >= 0 for member in open_container(data, ReadOptions().limits).members)
    except UnreadableError:
        return False
