"""Who some children are, for a form to say whom it is about."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import Right

if TYPE_CHECKING:
    from caseworker_app.domain.records import CaseSummary
    from caseworker_app.services.session import Session


def whom(session: Session, ids: Collection[str]) -> tuple[CaseSummary, ...]:
    """The children named, by surname and forename; one who is gone is left out.

    Raises `Refused` where one may not read of children.
    """
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        found = tuple(reading.summaries(ids))
    return tuple(sorted(found, key=lambda one: (folded(one.surname), folded(one.forename))))
