"""Unfolding (解压) the bytes of a PDF's stream within bounds: how much comes out, and whether that is all of it."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence

_STEP = 2**18
_ZLIB_HEAD = 2  # bytes in front of what is deflated
_PIECE = 64  # bytes of a damaged stream that are unpacked at a time, so that little is lost with the damage
_NOTHING = 8  # bytes that may unfold to nothing
_FLATE, _ASCII85 = (b"FlateDecode", b"Fl"), (b"ASCII85Decode", b"A85")
_LETTERS = (*_ASCII85, b"ASCIIHexDecode", b"AHx")
_GROWTH = 128  # times that what is not unfolded here may grow at most, but for a chain


def unfold(content: bytes, filters: Sequence[bytes], limit: int, other: int) -> tuple[bytes | None, bool]:
    """What a stream's bytes unfold to, as far as it can be told here, and whether they unfold to their end.

    None in place of what unfolds beyond the limit, in bytes, or is broken; what no filter here unfolds counts as
    nothing where it can't grow beyond `other` bytes.
    """
    whole = True
    for name in filters:
        if name in _FLATE:
            unfolded, all_of_it = _inflate(content, limit)
            if unfolded is None:
                return None, False
            content = unfolded
            whole &= all_of_it
        elif name in _ASCII85:
            content = _from_letters(content)
        else:
            # A chain of filters is what bombs are made of.
            packed = sum(n not in _LETTERS for n in filters)
            return (b"" if packed == 1 and len(content) < other // _GROWTH else None), whole
    return (content if len(content) <= limit else None), whole


def cut_short(content: bytes) -> bool:
    """Whether deflated bytes are broken or end before their end; what they unfold to is not kept."""
    unpacker = zlib.decompressobj()
    rest = content
    try:
        while rest and not unpacker.eof:
            unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return True
    return bool(content) and not unpacker.eof


def _from_letters(content: bytes) -> bytes:
    """Bytes written in ASCII85; none where they are broken, for the library to judge."""
    try:
        return base64.a85decode(content.strip().removeprefix(b"<~").removesuffix(b"~>"))
    except ValueError:
        return b""


def _inflate(content: bytes, limit: int) -> tuple[bytes | None, bool]:
    """The inflated bytes, as many as come out, and whether that is all of them.

    None in place of bytes beyond the limit or where nothing comes out of something.
    """
    unpacker = zlib.decompressobj()
    parts: list[bytes] = []
    total = 0
    rest = content
    try:
        while rest and not unpacker.eof:
            part = unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
            total += len(part)
            parts.append(part)
            if total > limit:
                return None, False
    except zlib.error:
        return _salvaged(content, limit)
    if unpacker.eof or not total:
        return b"".join(parts), True
    return b"".join(parts), _salvaged(content, limit)[1]


def _salvaged(content: bytes, limit: int) -> tuple[bytes | None, bool]:
    """As `_inflate`, whatever the checksum behind the bytes, and of damaged ones what stands before the damage."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    total = 0
    try:
        for place in range(_ZLIB_HEAD, len(content), _PIECE):
            part = unpacker.decompress(content[place : place + _PIECE], limit + 1 - total)
            total += len(part)
            parts.append(part)
            if unpacker.eof or total > limit:
                break
    except zlib.error:
        pass
    if total > limit or (not total and len(content.strip()) > _NOTHING):
        return None, False
    return b"".join(parts), unpacker.eof
