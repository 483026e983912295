"""Who has a name already, and the references that the store gives."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date

from caseworker_app.domain.names import folded
from caseworker_app.domain.records import CaseSummary

_GIVEN = "CW"


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
        reference = f"{_GIVEN}{number:06d}"
        if reference not in taken:
            yield reference


def was_given(reference: str) -> bool:
    """Whether a reference is one that the store gave, and so gives way to a file's own."""
    return bool(re.fullmatch(rf"{_GIVEN}\d{{6,}}", reference))
