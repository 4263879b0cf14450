"""Exemptions (例外): statements in the body that a regulation accepts, by their names in the lexicon."""

from __future__ import annotations

from collections.abc import Iterable

from checks.reading import Reading
from checks.seen import Seen
from checks.whose import tells_of_others


def exempted(reading: Reading, names: Iterable[str]) -> Seen | None:
    """The first sentence that states one of the named exemptions for this project, or None."""
    for name in names:
        pattern = reading.lexicon.exemptions[name]
        for seen in reading.body:
            if pattern.search(seen.text) and not (
                reading.lexicon.intent.no_exemption.search(seen.text) or tells_of_others(reading, seen)
            ):
                return seen
    return None
