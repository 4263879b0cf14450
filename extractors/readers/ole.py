"""OLE2 containers (Word 97 .doc, WPS, .xls, encrypted OOXML): what one is by its streams, and whether it is locked."""

from __future__ import annotations

from io import BytesIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_WORD_MAGIC = 0xA5EC
_ENCRYPTED_FLAG = 0x0100
# Stream or storage at the top -> what the file is; the first that is there decides.
_BY_STREAM = (
    ("EncryptedPackage", "encrypted-ooxml"),
    ("EncryptionInfo", "encrypted-ooxml"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "wps"),
    ("__properties_version1.0", "msg"),
)


def kind(data: bytes) -> str:
    """What the OLE2 file is: doc, encrypted-doc, wps, xls, ppt, msg, encrypted-ooxml, ole, or damaged-ole."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            found = next((name for stream, name in _BY_STREAM if ole.exists(stream)), "ole")
            if found == "doc" and _word_locked(ole.openstream("WordDocument").read(16)):
                return "encrypted-doc"
            return found
    except (OSError, ValueError, IndexError, KeyError, RecursionError, AttributeError, TypeError):
        return "damaged-ole"


def _word_locked(head: bytes) -> bool:
    """Whether the file information block says that the text is encrypted or obfuscated."""
    if len(head) < 12 or int.from_bytes(head[:2], "little") != _WORD_MAGIC:
        return False
    return bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED_FLAG)
