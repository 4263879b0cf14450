"""Page numbers from the places where Word last broke the pages; rough, for Word itself keeps none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Pages:
    """Counter of pages. `enabled` only where the file keeps at least one rendered break; `now` is 1-based."""

    enabled: bool = False
    now: int = 1
    last: int = 1
    fresh: bool = True  # nothing has been printed on this page yet

    @property
    def current(self) -> int | None:
        """The page that is being written, None where the file has no pages."""
        return self.now if self.enabled else None

    def rendered(self) -> None:
        """A break that Word found when it laid the text out; right after a typed break it is the same one."""
        if not self.fresh:
            self.turn()
        self.fresh = False

    def turn(self) -> None:
        """A typed page break, a section on a new page, or a paragraph that asks for one."""
        self.now += 1
        self.last = max(self.last, self.now)
        self.fresh = True

    def begin(self) -> None:
        """A paragraph that starts a page by itself; at the top of a page it starts none."""
        if not self.fresh:
            self.turn()

    def keep(self) -> tuple[int, bool]:
        """The place on the page, to come back to."""
        return self.now, self.fresh

    def back(self, place: tuple[int, bool]) -> None:
        """Return to where a table row begins, for its next cell."""
        self.now, self.fresh = place
