"""Image files (图片): one page a frame, read through recognition like a scan."""

from __future__ import annotations

import io

from extractors.readers.limits import ReadOptions
from pipeline.errors import UnreadableError
from pipeline.model.document import Document

_PIXELS = 60_000_000
_FRAMES = 50
_LONGEST = 4_000


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The document of a png, jpeg, tiff or bmp file; raises UnreadableError for a picture that can't be opened."""
    from PIL import Image, ImageSequence

    from extractors.readers.ocr.scan import Picture, scanned_parts
    from extractors.readers.pdf.assembly import assemble

    Image.MAX_IMAGE_PIXELS = _PIXELS
    pictures: list[Picture] = []
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _PIXELS:
                raise UnreadableError(f"图片“{name}”像素过大，没有读取。", "请降低分辨率后重新提交。", "image-limit")
            for frame in list(ImageSequence.Iterator(image))[:_FRAMES]:
                page = frame.convert("L")
                page.thumbnail((_LONGEST, _LONGEST))
                buffer = io.BytesIO()
                page.save(buffer, "PNG")
                pictures.append(Picture(buffer.getvalue(), page.width, page.height, len(pictures) + 1))
    except UnreadableError:
        raise
    except Exception as error:  # Pillow's decoders raise many kinds on broken files
        raise UnreadableError(f"图片“{name}”已损坏，无法打开。", "请重新扫描或导出后提交。", "damaged-image") from error
    parts = scanned_parts(pictures, options)
    return assemble(name, "image", data, parts)
