"""What belongs to a case beside its facts, as its page shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from caseworker_app.domain.chronology import SITS_ON
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.kinds import Kind, kind_named, owners, siblings
from caseworker_app.domain.plan_history import unrecorded
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.families.families import feedback_of
from caseworker_app.services.ports import Reading
from caseworker_app.services.record_lists import record_rows, rows_of


def belonging(reading: Reading, child_id: str) -> Iterator[tuple[Kind, RecordRow]]:
    """The records of a case, kind by kind; a brother or sister is one from both sides.

    Feedback is among them where the family agreed.
    """
    kinds = every_kind()
    pointing = reading.pointing_at((*owners(kinds), *siblings(kinds)), child_id)
    for kind in kinds:
        if kind.name == "feedback":
            yield from (
                (kind, row) for row in rows_of(reading, kind, feedback_of(reading, child_id))
            )
        if not kind.owner:
            continue
        ids = {key for spec in kind.links() for key in pointing.get((kind, spec.name), ())}
        for row in record_rows(reading, kind, ids) if ids else ():
            more = _MORE.get(kind.name)
            yield kind, row if more is None else more(row, reading)
        if kind.name == "plan_version":
            yield from ((kind, row) for row in _only_sent(reading, kind, child_id, ids))


def _only_sent(
    reading: Reading, kind: Kind, child_id: str, ids: Collection[str]
) -> tuple[RecordRow, ...]:
    """The final plans that only events tell of, as a list shows them: rows without an id."""
    record = reading.records((child_id,)).get(child_id)
    if record is None:
        return ()
    kept = reading.all_of(kind, ids).values() if ids else ()
    return rows_of(reading, kind, unrecorded(record.child, record.facts, kept))


def _reached(row: RecordRow, reading: Reading) -> RecordRow:
    """A professional's part in a case, with how they are reached."""
    key = row.record.professional_id
    found = reading.all_of(kind_named("professional"), (key,)).get(key)
    if found is None:
        return row
    return replace(row, words={**row.words, "telephone": found.telephone, "email": found.email})


def _sits_on(row: RecordRow, reading: Reading) -> RecordRow:
    """A case before a panel, with the day on which that sits."""
    key = row.record.panel_id
    found = reading.all_of(kind_named("panel"), (key,)).get(key)
    if found is None:
        return row
    return replace(row, words={**row.words, SITS_ON: found.on.isoformat()})


_MORE = {"involvement": _reached, "panel_item": _sits_on}
"""By kind, what a case says of a record beside its own fields."""
