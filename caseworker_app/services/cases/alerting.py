"""How loud the dates on Today are, by the council's thresholds and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.alerts import Thresholds, loudness, next_rise
from caseworker_app.domain.facts import Fact
from caseworker_app.services.cases.so_many import so_many
from caseworker_app.services.ports import Reading


def weigh(
    rows: Sequence[AlertRow], thresholds: Thresholds, today: date, reading: Reading
) -> tuple[AlertRow, ...]:
    """The rows with their levels; facts are read only where a threshold asks for them."""
    asking = {rule for one in thresholds.deadlines if one.unless for rule in one.rules}
    ids = {row.child_id for row in rows if row.rule in asking}
    kinds = {kind for one in thresholds.deadlines for kind in one.unless}
    facts: dict[str, tuple[Fact, ...]] = {}
    for some in so_many(sorted(ids, key=int)):
        found = reading.records(some, kinds)
        facts |= {key: record.facts for key, record in found.items() if record.facts}
    by_rule: dict[str, Thresholds] = {}
    return tuple(_weighed(row, _of(row.rule, thresholds, by_rule), today, facts) for row in rows)


def _of(rule: str, thresholds: Thresholds, known: dict[str, Thresholds]) -> Thresholds:
    if rule not in known:
        known[rule] = Thresholds(tuple(one for one in thresholds.deadlines if rule in one.rules))
    return known[rule]


def _weighed(
    row: AlertRow, thresholds: Thresholds, today: date, facts: Mapping[str, tuple[Fact, ...]]
) -> AlertRow:
    held = facts.get(row.child_id, ())
    now = loudness(row.rule, row.due, today, thresholds, held)
    later = next_rise(row.rule, row.due, today, thresholds, held)
    rises_on, rises = (
        (later[0], f"{later[1].level.words}: {later[1].words}") if later else (None, "")
    )
    return row._replace(level=int(now.level), alert=now.words, rises_on=rises_on, rises=rises)
