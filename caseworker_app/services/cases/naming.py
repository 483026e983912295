"""Who has a name already, and the references that the store gives."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date

from caseworker_app.domain.known_person import GIVEN
from caseworker_app.domain.names import folded
from caseworker_app.domain.records import CaseSummary


def namesakes(
    surname: str, forename: str, born: date | None, among: Iterable[CaseSummary]
) -> tuple[CaseSummary, ...]:
    """The children of a name and birthday, however the name is written."""
    name = folded(surname), folded(forename), born
    return tuple(
        one for one in among if (folded(one.surname), folded(one.forename), one.born) == name
    )


def references(taken: Container[str], after: int = 0) -> Iterator[str]:
    """References for children whose file gives none, `CW000001` on, leaving out those taken."""
    number = after
    while True:
        number += 1
        reference = f"{GIVEN}{number:06d}"
        if reference not in taken:
            yield reference
