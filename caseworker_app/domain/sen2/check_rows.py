"""What checks found as rows of a list, each with whose case it is and who holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.sen2.checking import LEVELS, Hit


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One finding.

    Attributes:
        id: what tells it from the others, and stays as long as it is found.
        child_id: "" for what is of the council itself.
        due: no legal date stands behind it.
    """

    id: str
    child_id: str
    name: str
    reference: str
    caseworker: str
    caseworker_id: str
    hit: Hit
    due: date | None = None

    @property
    def level(self) -> str:
        """The level in words."""
        return LEVELS[self.hit.level]

    @property
    def in_full(self) -> str:
        """The finding in a sentence, for the line below the list."""
        who = f"{self.name}: " if self.name else ""
        return f"{who}{self.hit.words} ({self.hit.rule}, {self.hit.field})"


def rows_of(hits: Iterable[Hit], holders: Mapping[str, tuple[str, str]]) -> tuple[CheckRow, ...]:
    """The findings as rows, errors first.

    Args:
        hits: what checks found.
        holders: the id and the name of who holds a case, by the child's id.
    """
    found, seen = [], Counter[str]()
    for hit in sorted(hits, key=lambda one: (one.level, one.rule)):
        key = f"{hit.rule} {hit.case.id} {hit.field}"
        seen[key] += 1
        worker_id, worker = holders.get(hit.case.id, ("", ""))
        found.append(
            CheckRow(
                id=f"{key} {seen[key]}",
                child_id=hit.case.id,
                name=hit.case.name,
                reference=hit.case.reference,
                caseworker=worker,
                caseworker_id=worker_id,
                hit=hit,
            )
        )
    return tuple(found)
