"""Who holds the cases that checks speak of, so that a list of them shows whose they are."""

from __future__ import annotations

from collections.abc import Collection

from caseworker_app.domain.permissions import Right
from caseworker_app.services.situation import Situation

Holder = tuple[str, str]
"""The id and the name of who holds a case; "" for nobody."""


def holders(session: Situation, ids: Collection[str] | None = None) -> dict[str, Holder]:
    """Who holds cases, by the child's id: of those named, or of all.

    Raises `Refused` where the person may not see cases.
    """
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        names = {one.id: one.name for one in reading.caseworkers()}
        found = {one.id: one.caseworker_id or "" for one in reading.summaries(ids)}
    return {key: (worker, names.get(worker, "")) for key, worker in found.items()}
