"""What belongs to a case beside its facts, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from caseworker_app.domain.chronology import SITS_ON
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.families import Invitation
from caseworker_app.domain.declarations.plan_versions import PlanVersion
from caseworker_app.domain.kinds import Kind, kind_named, kind_of, owners, siblings
from caseworker_app.domain.plan_history import unrecorded
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.families.families import feedback_of
from caseworker_app.services.ports import Reading
from caseworker_app.services.record_lists import Names, rows_of


def belonging(reading: Reading, child_id: str) -> Iterator[tuple[Kind, RecordRow]]:
    """The records of a case, kind by kind; a brother or sister is one from both sides.

    Feedback is among them where the family agreed.
    """
    kinds, names = every_kind(), Names(reading)
    pointing = reading.pointing_at((*owners(kinds), *siblings(kinds)), child_id)
    for kind in kinds:
        if kind.name == "feedback":
            said = feedback_of(reading, pointing.get((kind_of(Invitation), "child_id"), ()))
            yield from ((kind, row) for row in rows_of(reading, kind, said, names))
        if not kind.owner:
            continue
        ids = {key for spec in kind.links() for key in pointing.get((kind, spec.name), ())}
        kept = reading.all_of(kind, ids).values() if ids else ()
        for row in rows_of(reading, kind, kept, names):
            more = _MORE.get(kind.name)
            yield kind, row if more is None else more(row, reading)
        if kind.name == "plan_version":
            only_sent = _only_sent(reading, child_id, kept)
            yield from ((kind, row) for row in rows_of(reading, kind, only_sent, names))


def _only_sent(
    reading: Reading, child_id: str, kept: Iterable[PlanVersion]
) -> Iterable[PlanVersion]:
    """The final plans that only events tell of: they have no id."""
    record = reading.records((child_id,)).get(child_id)
    return () if record is None else unrecorded(record.child, record.facts, kept)


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
