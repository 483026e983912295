"""What readers of a store keep from one moment to the next while nobody writes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from caseworker_app.domain.kinds import Kind


@dataclass(slots=True)
class Kept:
    """Whole kinds of record, settings above all, which every list asks for.

    Whatever is written adds to the audit trail, also by another program, so what was read stays
    true as long as the trail has the same head.

    Attributes:
        head: of the trail when `kinds` were read; None before anything was.
        kinds: the records of a kind by id.
    """

    head: str | None = None
    kinds: dict[Kind, dict[str, Any]] = field(default_factory=dict)

    def at(self, head: str) -> dict[Kind, dict[str, Any]]:
        """What is still true where the trail has this head."""
        if head != self.head:
            self.head, self.kinds = head, {}
        return self.kinds

    def follow(self, before: str, after: str, changed: Collection[Kind]) -> None:
        """Our own action led from one head to another and changed no other kinds than these."""
        if before and before == self.head:
            self.head = after
            for kind in changed:
                self.kinds.pop(kind, None)
