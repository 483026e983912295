"""What readers of a store keep from one moment to the next while nobody writes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseworker_app.domain.kinds import Kind
from caseworker_app.domain.rules import RuleVersion


@dataclass(slots=True)
class Kept:
    """Whole kinds of record, settings above all, and rules, which every list asks for.

    Whatever is written adds to the audit trail, also by another program, so what was read stays
    true as long as the trail has the same head.

    Attributes:
        head: of the trail when what follows was read; None before anything was.
        kinds: the records of a kind by id.
        versions: of rules, by their key; None where they are not read yet.
        by_words: of a kind and a field of it, the ids of its records by the words in that field.
    """

    head: str | None = None
    kinds: dict[Kind, dict[str, Any]] = field(default_factory=dict)
    versions: dict[int, RuleVersion] | None = None
    by_words: dict[tuple[Kind, str], Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def at(self, head: str) -> Kept:
        """What is still true where the trail has this head."""
        if head != self.head:
            self.head, self.kinds, self.versions, self.by_words = head, {}, None, {}
        return self

    def apart(self) -> Kept:
        """The same to be changed alone: what a transaction reads after a change may be undone."""
        return Kept(self.head, dict(self.kinds), self.versions, dict(self.by_words))

    def follow(self, before: str, after: str, changed: Collection[Kind], *, versions: bool) -> None:
        """Our own action led from one head to another and changed no other kinds than these.

        `versions` says that it kept other versions of rules too.
        """
        if before and before == self.head:
            self.head = after
            if versions:
                self.versions = None
            for kind in changed:
                self.forget(kind)

    def forget(self, kind: Kind) -> None:
        """Records of a kind are not what they were."""
        self.kinds.pop(kind, None)
        for key in [one for one in self.by_words if one[0] is kind]:
            del self.by_words[key]
