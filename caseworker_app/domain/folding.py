"""One line a step on Today: the dates that wait for the same step share one line.

A review held with no decision is late by its own four weeks, by the year since the last review and
in the end by the twelve weeks to the amended plan. One letter answers all of it, so one line asks
for the decision and names the other dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from caseworker_app.domain.names import folded
from caseworker_app.domain.roles import YEARLY, Role
from caseworker_app.domain.rows import AlertRow

_YEAR = YEARLY | {Role.ARRIVAL_REVIEW}
_REVIEW = frozenset({Role.DECISION, Role.NOTICE, Role.FINAL, Role.NO_AMENDMENT, Role.FINAL_IN_ALL})


def fold(rows: Iterable[AlertRow]) -> tuple[AlertRow, ...]:
    """The rows with one line for each step of a review, by the day of each line, then by name.

    The line is the decision once that is late, or else the earliest date; it names the others in
    `also`, and is as loud as the loudest of them. So nothing late hides behind a date to come.
    """
    rows = tuple(rows)
    undecided = _undecided(rows)
    lines: dict[tuple[str, str, str], list[AlertRow]] = {}
    for row in rows:
        lines.setdefault(_line(row, undecided), []).append(row)
    return tuple(sorted(map(_one, lines.values()), key=in_order))


def in_order(row: AlertRow) -> tuple[date, str, str, str]:
    """What lines are ordered by: the day, then the child."""
    return row.due, folded(row.surname), folded(row.forename), row.child_id


def _undecided(rows: tuple[AlertRow, ...]) -> dict[str, str]:
    """Child to the episode of the latest review that waits for its decision."""
    latest: dict[str, AlertRow] = {}
    for row in rows:
        if row.role == Role.DECISION:
            known = latest.get(row.child_id)
            if known is None or row.due > known.due:
                latest[row.child_id] = row
    return {child: row.episode for child, row in latest.items()}


def _line(row: AlertRow, undecided: dict[str, str]) -> tuple[str, str, str]:
    if row.role in _REVIEW:
        return row.child_id, "review", row.episode
    if row.role in _YEAR and row.child_id in undecided:
        return row.child_id, "review", undecided[row.child_id]
    return row.child_id, row.rule, row.episode


def _one(line: list[AlertRow]) -> AlertRow:
    if len(line) == 1:
        return line[0]
    first, *rest = sorted(line, key=_turn)
    loudest = max(line, key=lambda row: row.level)
    return replace(
        first,
        also=tuple((row.what, row.due) for row in rest),
        level=loudest.level,
        alert=loudest.alert,
    )


def _turn(row: AlertRow) -> tuple[bool, date, str]:
    return not (row.role == Role.DECISION and row.days < 0), row.due, row.rule
