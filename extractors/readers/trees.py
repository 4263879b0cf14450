"""XML parts as trees (部件): one parser for all formats, which resolves no entity, loads no DTD and fetches nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

Element = Any  # lxml ships no types


class BrokenXmlError(ValueError):
    """A part that is not well-formed, or nested or long beyond all sense; the message is lxml's own, in English."""


def parse(blob: bytes) -> Element:
    """Root element of a part, comments and instructions left out; raises BrokenXmlError."""
    try:
        return etree.fromstring(blob, _parser())
    except ValueError as error:  # a declared encoding that is none is a ValueError too
        raise BrokenXmlError(str(error)) from None
    except etree.XMLSyntaxError as error:
        raise BrokenXmlError(str(error)) from None


def local_name(node: Element) -> str:
    """The name of an element without its namespace, which versions and vendors spell differently."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@lru_cache(maxsize=1)
def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
