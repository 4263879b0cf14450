"""python-docx as the opener of well-formed packages; what it cannot open is parsed part by part instead.

python-docx inflates every part, pictures too, and follows every relationship. So it is given a package rebuilt in
memory from the parts that passed our checks, with pictures and the like left empty.
"""

from __future__ import annotations

import io
import zipfile

from extractors.readers.word.markup import Element
from extractors.readers.word.package import CONTENT_TYPES, ROOT_RELATIONS, Package
from pipeline.errors import UnreadableError

_MOST = 16 * 2**20  # bytes of XML; python-docx's typed elements cost more than plain ones on very large files
_IDLE = ("theme", "glossary", "fonttable", "websettings", "styleswitheffects", "customxml", "media/", "embeddings")


def preload(package: Package) -> bool:
    """Open the package with python-docx and keep its trees; False, and nothing kept, where it will not open."""
    try:
        trees = _open(package)
    except UnreadableError as error:
        if error.code == "dtd-forbidden":
            raise
        return False
    except Exception:  # python-docx raises whatever the malformed place leads to; our own parser has the last word
        return False
    package.trees.update(trees)
    return True


def _open(package: Package) -> dict[str, Element]:
    names = list(package.parts.names())
    if CONTENT_TYPES not in names or ROOT_RELATIONS not in names:
        return {}
    wanted = [name for name in names if _wanted(name)]
    if sum(package.parts.size(name) for name in wanted) > _MOST:
        return {}
    import docx

    document = docx.Document(_rebuilt(package, names, set(wanted)))
    parts = [document.part, *(r.target_part for r in document.part.rels.values() if not r.is_external)]
    return {str(p.partname).lstrip("/").lower(): p.element for p in parts if hasattr(p, "element")}


def _wanted(name: str) -> bool:
    return name.endswith(".rels") or (name.endswith(".xml") and not any(word in name for word in _IDLE))


def _rebuilt(package: Package, names: list[str], wanted: set[str]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as rebuilt:
        for name in names:
            rebuilt.writestr(package.parts.original(name), (package.blob(name) or b"") if name in wanted else b"")
    out.seek(0)
    return out
