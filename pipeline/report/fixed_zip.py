"""Office packages made repeatable (同料同字节): entries get one fixed time, and no clock is left in the properties."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Final

FIXED_TIME: Final = datetime(2000, 1, 1)
_STAMP = "2000-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def repeatable(package: bytes) -> bytes:
    """The same zip package with entries in their order, each at 1980-01-01, and its two core times fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + _STAMP.encode() + rb"\g<2>", data)
            new.writestr(entry, data)
    return out.getvalue()
