"""Exemptions (例外): statements in the body that a regulation accepts, by their names in the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checks.reading import Reading, Seen

_DENIED = re.compile(
    r"非涉密|不涉密|不涉及(?:国家)?秘密|(?:不|未|没有|无需)(?:再|另行|单独|曾)?(?:开展|进行|组织|做)?[^,。;]{0,8}评估"
    r"|评估[^,。;]{0,6}(?:没有?|未)(?:曾)?(?:做|开展|进行|组织|搞)"
)


def exempted(reading: Reading, names: Iterable[str]) -> Seen | None:
    """The first sentence that states one of the named exemptions for this project, or None."""
    for name in names:
        pattern = reading.lexicon.exemptions[name]
        for seen in reading.body:
            if pattern.search(seen.text) and not _DENIED.search(seen.text):
                return seen
    return None
