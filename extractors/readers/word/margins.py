"""Headers, footers and comments: text that a person sees beside the body, kept apart from it."""

from __future__ import annotations

from extractors.readers.trees import Element
from extractors.readers.word.markup import W
from extractors.readers.word.scene import Scene
from extractors.readers.word.story import CellSink, Story
from pipeline.model.document import Aside, AsideKind


def read_margins(scene: Scene) -> None:
    """Add each different header and footer text of the document once, and every comment at its block."""
    seen: set[tuple[AsideKind, str]] = set()
    for kind, name in ((AsideKind.HEADER, "header"), (AsideKind.FOOTER, "footer")):
        for part in scene.package.related(name):
            root = scene.package.tree(part)
            text = "" if root is None else _text(scene, root)
            if text and (kind, text) not in seen:
                seen.add((kind, text))
                scene.asides.append(Aside(kind, text))
    comments = scene.package.single("comments")
    for comment in () if comments is None else comments.iterchildren(W + "comment"):
        text = _text(scene, comment)
        if text:
            scene.asides.append(Aside(AsideKind.COMMENT, text, None, scene.anchors.get(comment.get(W + "id") or "")))


def _text(scene: Scene, root: Element) -> str:
    sink = CellSink(scene)
    Story(scene, root, sink, margin=True).walk(root)
    scene.notes.clear()
    return "\n".join(sink.lines)
