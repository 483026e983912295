"""The cohorts of phase transfer, read from the store as it stands on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.domain import phase_transfer
from caseworker_app.domain.names import whole_name
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.phase_transfer import MOVES, TransferRow
from caseworker_app.services.cases.consultations import consultations
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.ports import Reading

if TYPE_CHECKING:
    from datetime import date

    from caseworker_app.domain.people import Setting
    from caseworker_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Transfers:
    """Who moves, and of whom it cannot be told.

    Attributes:
        rows: the most pressing first.
        untold: children with a live plan of whom nobody can tell: id, name and why; of those
            named alone, where some are.
    """

    rows: tuple[TransferRow, ...]
    untold: tuple[tuple[str, str, str], ...] = ()


def transfers(session: Session, ids: Collection[str] | None = None) -> Transfers:
    """The moves of this school year and the next: of the children named, or of all."""
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        return read_transfers(reading, session.today(), ids)


def read_transfers(reading: Reading, today: date, ids: Collection[str] | None = None) -> Transfers:
    """The same inside a moment of the store."""
    settings = {one.id: one for one in reading.settings()}
    workers = {one.id: one.name for one in reading.caseworkers()}
    dated = {
        key: found
        for key, some in reading.deadlines(ids, roles=MOVES).items()
        if (found := phase_transfer.moves(some, today))
    }
    asked = consultations(reading, dated)
    rows: list[TransferRow] = []
    for some in so_many(list(dated)):
        for key, record in reading.records(some).items():
            rows += phase_transfer.transfer_rows(
                record.child,
                record.facts,
                dated[key],
                today,
                asked=asked(key, record.facts),
                setting=settings.get(record.child.setting_id or ""),
                caseworker=workers.get(record.child.caseworker_id or "", ""),
            )
    rows.sort(key=phase_transfer.urgency)
    return Transfers(tuple(rows), _untold(reading, settings, today, ids))


def _untold(
    reading: Reading, settings: dict[str, Setting], today: date, ids: Collection[str] | None
) -> tuple[tuple[str, str, str], ...]:
    """Whose move nobody can tell, of the children whose plan is live."""
    from caseworker_app.domain.standing import LIVE, on_day

    found = []
    for one in reading.summaries(ids):
        if on_day(one.standing, today) != LIVE:
            continue
        setting = settings.get(one.setting_id or "")
        why = phase_transfer.untold_why(one.born, setting)
        if why:
            found.append((one.id, whole_name(one.surname, one.forename), why))
    return tuple(found)
