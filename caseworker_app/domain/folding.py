"""One line a child and step on Today: the dates that wait for the same step share one line.

A review held with no decision is late by its own four weeks, by the year since the last review and
in the end by the twelve weeks to the amended plan. One letter answers all of it, so one line asks
for the decision and names the other dates. So it is with what falls due in one episode on one day,
with the windows that one decision opens to a family, and with a target of the council's own beside
the date of the law that it sharpens.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.lateness import COMPLETE_BY
from caseworker_app.domain.names import folded
from caseworker_app.domain.parties import WHO
from caseworker_app.domain.roles import Role
from caseworker_app.domain.target_ids import sharpened

_REVIEW = frozenset({Role.DECISION, Role.NOTICE, Role.FINAL, Role.NO_AMENDMENT, Role.FINAL_IN_ALL})
_ISSUE = frozenset({Role.REFUSE, Role.PLAN, Role.DETAINED_PLAN, Role.REASSESSED_PLAN})
"""An assessment ends with word that no plan follows, or with the plan: one decision."""


def fold(rows: Iterable[AlertRow]) -> tuple[AlertRow, ...]:
    """The rows with one line for each child and step, by the day of each line, then by name.

    The line is the decision once that is late, or else the earliest date; it names the others in
    `also`, and is as loud as the loudest of them. So nothing late hides behind a date to come. A
    target of the council's own stands behind the date of the law, sooner though it is.
    """
    rows = tuple(rows)
    undecided = _undecided(rows)
    legal = {(row.child_id, row.episode, row.rule): row for row in rows if row.rule}
    lines: dict[tuple[str, str, str], list[AlertRow]] = {}
    for row in rows:
        law = legal.get((row.child_id, row.episode, sharpened(row.rule)), row)
        lines.setdefault(_line(law, undecided), []).append(row)
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
    if row.record:
        return row.child_id, row.record, ""
    if row.role in _REVIEW:
        return row.child_id, "review", row.episode
    if row.role in COMPLETE_BY and row.child_id in undecided:
        return row.child_id, "review", undecided[row.child_id]
    episode = row.episode.partition(" #")[0]
    if row.role in _ISSUE:
        return row.child_id, "issue", episode
    if row.who == "family":
        return row.child_id, "family", episode
    return row.child_id, row.due.isoformat(), episode


def _one(line: list[AlertRow]) -> AlertRow:
    if len(line) == 1:
        return line[0]
    first, *rest = sorted(line, key=_turn)
    loudest = max(line, key=lambda row: row.level)
    return first._replace(
        also=tuple((_named(row, first), row.due) for row in rest),
        level=loudest.level,
        alert=loudest.alert,
    )


def _named(row: AlertRow, first: AlertRow) -> str:
    """What else waits; where it is the same thing from somebody else, from whom."""
    return row.what if row.what != first.what else f"{row.what}: {WHO.get(row.who, row.who)}"


def _turn(row: AlertRow) -> tuple[bool, bool, date, bool, str]:
    late_decision = row.role == Role.DECISION and row.days < 0
    target = bool(sharpened(row.rule))
    return target, not late_decision, row.due, row.who != "authority", row.rule
