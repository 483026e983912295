"""Why a figure is another than it was: which cases, what changed, when and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.measures.differences import Difference
from caseworker_app.domain.rows import HistoryRow
from caseworker_app.services.cases.lists import changes_since
from caseworker_app.services.ports import Reading


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure that came to something else, with what was recorded of its cases since.

    Attributes:
        changes: reference to the entries since, newest first; none where nothing of the case
            itself changed, but its setting, a list or a rule.
    """

    difference: Difference
    changes: dict[str, tuple[HistoryRow, ...]]


def explained(
    reading: Reading, found: Iterable[Difference], ids: dict[str, str], since: date
) -> tuple[Explained, ...]:
    """Differences with what was recorded of their cases after a day.

    Args:
        reading: the store.
        found: the differences.
        ids: reference to the child's id; a case disposed of since has none.
        since: entries of this day and before are left out.
    """
    every = tuple(found)
    told: dict[str, tuple[HistoryRow, ...]] = {}
    for reference in sorted({one for each in every for one in each.references}):
        key = ids.get(reference)
        told[reference] = () if key is None else changes_since(reading, key, since)
    return tuple(Explained(one, {ref: told[ref] for ref in one.references}) for one in every)
