"""Who holds the cases that checks speak of, so that a list of them shows whose they are."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.sen2.check_rows import CheckRow, rows_of
from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.services.session import Session


def check_rows(session: Session, hits: Iterable[Hit]) -> tuple[CheckRow, ...]:
    """What checks found, with who holds each case. Raises `Refused` as the list of cases does."""
    holders = {row.id: (row.caseworker_id or "", row.caseworker) for row in session.cases()}
    return rows_of(hits, holders)
