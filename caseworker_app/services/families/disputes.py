"""Every dispute, with the clock's dates of its child, and facts that nobody recorded one for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from caseworker_app.domain.declarations.families import Dispute
from caseworker_app.domain.disputes import TOLD_BY, DisputeRow, dates_of, stands, told_already
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.gate import asks_itself, only_own

if TYPE_CHECKING:
    from caseworker_app.domain.deadlines import Deadline
    from caseworker_app.domain.records import CaseSummary
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.situation import Situation

_DISPUTE = kind_of(Dispute)


@asks_itself
def disputes(session: Situation, ids: Collection[str] | None = None) -> tuple[DisputeRow, ...]:
    """The disputes of the children named, or all that one may see: open ones first, by date."""
    with session.store.reading() as reading:
        today = session.today()
        only = only_own(session.person, "feedback", reading, today)
        asked = ids if only is None else only if ids is None else only & set(ids)
        return read_disputes(reading, today, asked)


def read_disputes(
    reading: Reading, today: date, ids: Collection[str] | None = None
) -> tuple[DisputeRow, ...]:
    """The same inside a moment of the store."""
    keys = None if ids is None else reading.pointing(_DISPUTE, "child_id", ids)
    kept: dict[str, list[Dispute]] = defaultdict(list)
    for one in reading.all_of(_DISPUTE, keys).values() if keys is None or keys else ():
        kept[one.child_id].append(one)
    untold = [
        (str(child), kind, str(fact), on)
        for event, kind in TOLD_BY.items()
        for child, fact, on in reading.last_of(event, today, ids)
        if not told_already(kind, str(fact), on, kept.get(str(child), ()))
    ]
    about = {*kept, *(child for child, *_ in untold)}
    if not about:
        return ()
    people = {one.id: one for one in reading.summaries(about)}
    workers = {one.id: one.name for one in reading.caseworkers()}
    dated = {key: dates_of(some, today) for key, some in reading.deadlines(about).items()}
    rows = [
        _row(people[key], workers, one.kind, one.opened_on, one, "", dated.get(key, ()), today)
        for key, some in kept.items()
        for one in some
    ]
    rows += [
        _row(people[key], workers, kind, on, None, fact, dated.get(key, ()), today)
        for key, kind, fact, on in untold
    ]
    return tuple(sorted(rows, key=_urgency))


def _row(
    child: CaseSummary,
    workers: dict[str, str],
    kind: str,
    opened_on: date,
    record: Dispute | None,
    fact_id: str,
    clock: tuple[Deadline, ...],
    today: date,
) -> DisputeRow:
    state, tone, due = stands(record, clock, today)
    return DisputeRow(
        child.id,
        child.reference,
        child.surname,
        child.forename,
        workers.get(child.caseworker_id or "", ""),
        child.caseworker_id or "",
        kind,
        opened_on,
        record,
        fact_id,
        clock,
        due,
        state,
        tone,
    )


def _urgency(row: DisputeRow) -> tuple[bool, date, int, str]:
    """Open before ended; by the first date, and what has none by the newest."""
    return not row.open, row.due or date.max, -row.opened_on.toordinal(), row.id
