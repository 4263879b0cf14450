"""Image files (图片): one page a frame, read through recognition like a scan."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.printed import on_white
from extractors.readers.ocr.scan import Picture, scanned_parts
from extractors.readers.ocr.seals import without_seals
from extractors.readers.pdf.assembly import assemble
from pipeline.errors import UnreadableError
from pipeline.model.document import Document, ExtractionWarning

_PIXELS = 120_000_000  # of one frame: a sheet of A1 at 300 dpi has 70 million
_FRAMES = 200
_LONG = 3.0  # times its width that a picture is high which is no page but a long screenshot
_PAGE, _SLACK = 1.5, 0.15  # of its width: how high its pieces are, and where around that they may be cut
_LONGEST = 2_600  # pixels of a frame's longer side at which it is recognised; an A4 page has 220 dpi then


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The document of a png, jpeg, tiff or bmp file; raises UnreadableError for a picture that can't be opened."""
    pictures, more = _pictures(data, name)
    parts = scanned_parts(pictures, options)
    warnings = []
    if more:
        text = f"图片文件的页数超过上限，只读前{_FRAMES}页。"
        warnings.append(ExtractionWarning("page-limit", text))
    return assemble(name, "image", data, parts, warnings=warnings)


def read_pictures(files: Sequence[bytes], name: str, options: ReadOptions) -> list[Document | None]:
    """The document of each image file, all of them recognised together; None for one that can't be opened."""
    opened = [_opened(data, name) for data in files]
    numbered = [replace(picture, number=n) for n, picture in enumerate(itertools.chain(*opened), 1)]
    parts = iter(scanned_parts(numbered, options))
    return [
        assemble(name, "image", data, list(itertools.islice(parts, len(pictures)))) if pictures else None
        for data, pictures in zip(files, opened, strict=True)
    ]


def cropped(data: bytes, crop: tuple[float, float, float, float]) -> bytes | None:
    """An image file with shares of its width and height cut off at the left, top, right and bottom, as a PNG.

    None where it cannot be opened or is too large.
    """
    from PIL import Image

    left, top, right, bottom = crop
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height > _PIXELS:
                return None
            box = (int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height))
            image.crop(box).save(out, "PNG")
    except Exception:  # Pillow's decoders raise many kinds on broken files
        return None
    return out.getvalue()


def _opened(data: bytes, name: str) -> list[Picture]:
    """The pieces of an image file's first frame; none where it can't be opened."""
    try:
        return _pictures(data, name, frames=1)[0]
    except UnreadableError:
        return []


def _pictures(data: bytes, name: str, frames: int | None = None) -> tuple[list[Picture], bool]:
    """The first frames of the file (None: all) as pictures, and whether there are more than are read.

    Where a later frame is broken its picture is empty, so that its page is there and unread.
    """
    from PIL import Image

    pictures: list[Picture] = []
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft(image.mode, (_LONGEST, _LONGEST))  # a JPEG is unpacked at a size near the one wanted
            for at in itertools.count() if frames is None else range(frames):
                found, more = _frame(image, at, len(pictures), name)
                pictures += found
                if len(pictures) > _FRAMES:
                    return pictures[:_FRAMES], True
                if not more:
                    break
    except UnreadableError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except Exception as error:  # Pillow's decoders raise many kinds on broken files
        raise UnreadableError(f"图片“{name}”已损坏，无法打开。", "请重新扫描或导出后提交。", "damaged-image") from error
    return pictures, False


def _frame(image: Any, at: int, before: int, name: str) -> tuple[list[Picture], bool]:
    """The pictures of one frame, and whether to look for another; a broken one gives an empty picture.

    Raises what Pillow raises where the first frame is broken: then the file is.
    """
    try:
        image.seek(at)
    except EOFError:
        return [], False
    except Exception:  # where one frame does not tell the place of the next, all behind it are lost
        if at == 0:
            raise
        return [Picture(b"", image.width, image.height, before + 1)], False
    try:
        return [_picture(piece, before + n, name) for n, piece in enumerate(_pieces(image), 1)], True
    except UnreadableError:
        raise
    except Exception:  # Pillow's decoders raise many kinds on broken frames
        if at == 0:
            raise
        return [Picture(b"", image.width, image.height, before + 1)], True


def _pieces(frame: Any) -> Iterator[Any]:
    """The frame, or the pieces of a long one (长截图), each as long as a page and cut where nothing is written."""
    width, height = frame.size
    if height < _LONG * width or width * height > _PIXELS:
        yield frame
        return
    from PIL import ImageOps, ImageStat

    page = without_seals(on_white(ImageOps.exif_transpose(frame)))
    top, step, slack = 0, round(_PAGE * width), round(_SLACK * width)
    while top < height:
        end = min(top + step, height)
        if end < height:
            rows = range(max(end - slack, top + 1), end)
            end = max(rows, key=lambda y: (ImageStat.Stat(page.crop((0, y, width, y + 1))).extrema[0][0], y))
        yield page.crop((0, top, width, end))
        top = end


def _picture(frame: Any, number: int, name: str) -> Picture:
    """A frame in grey, turned as the camera held it, bounded in size."""
    from PIL import ImageOps

    if frame.width * frame.height > _PIXELS:
        raise _too_large(name)
    page = without_seals(on_white(ImageOps.exif_transpose(frame)))
    page.thumbnail((_LONGEST, _LONGEST))
    buffer = io.BytesIO()
    page.save(buffer, "PNG", compress_level=1)
    return Picture(buffer.getvalue(), page.width, page.height, number)


def _too_large(name: str) -> UnreadableError:
    return UnreadableError(f"图片“{name}”像素过大，没有读取。", "请降低分辨率后重新提交。", "image-limit")
