"""Today's open deadlines: one indexed query, in nearly the same words on both databases.

It is the first thing the window shows, so on a file it goes to the driver directly and
SQLAlchemy is not even loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.names import folded
from caseworker_app.store.days import DAY

FAR = date(9999, 12, 31)

OPEN_NOW = """
WITH open_now AS (
  SELECT child_id, position FROM deadline WHERE closed_on IS NULL AND due <= :until
  UNION ALL
  SELECT child_id, position FROM deadline WHERE closed_on > :today AND due <= :until
)
SELECT c.id, c.reference, c.surname, c.forename, s.name, w.name, v.rule, v.id, v.title, v.who,
       v.why, v.period, d.due, d.episode, d.target, d.common_due, d.exception_on, d.holder,
       d.started_on, c.caseworker_id
FROM open_now o
JOIN deadline d ON d.child_id = o.child_id AND d.position = o.position
JOIN rule_version v ON v.id = d.version_id
JOIN child c ON c.id = d.child_id
LEFT JOIN setting s ON s.id = c.setting_id
LEFT JOIN caseworker w ON w.id = c.caseworker_id
ORDER BY d.due, c.id, d.position
"""
"""Overdue, and due up to and including `until`. Both are days as the database holds them.

One condition with OR would read the same and take three times as long: SQLite then looks every
open deadline up before it sees when it is due.
"""

_OPEN = OPEN_NOW[OPEN_NOW.index("  SELECT") : OPEN_NOW.index("\n)\n")]

OPEN_NOW_OF_CHILD = OPEN_NOW.replace(
    _OPEN,
    """  SELECT child_id, position FROM deadline
  WHERE child_id = :child AND (closed_on IS NULL OR closed_on > :today) AND due <= :until""",
)
"""The same of one child, of whom the few deadlines are looked through.

With two conditions SQLite would go through every open deadline of the council instead.
"""


def as_on_server(sql: str) -> str:
    """A query of today's as a server is asked: it reads an open deadline where it finds it.

    SQLite first finds the few in the index alone. PostgreSQL reckons with far more than there are,
    and would read every deadline of the council to join them to those.
    """
    whole = sql.replace("SELECT child_id, position FROM deadline", "SELECT * FROM deadline")
    return whole.replace(_BY_INDEX, "FROM open_now d")


_BY_INDEX = """FROM open_now o
JOIN deadline d ON d.child_id = o.child_id AND d.position = o.position"""

_CELLS = (
    *("id", "reference", "surname", "forename", "setting", "worker", "rule", "version", "title"),
    *("who", "why", "period", "due", "episode", "target", "common", "since", "holder", "started"),
    "held_by",
)


def as_one(sql: str) -> str:
    """A query of today's as one cell of JSON, for a file.

    A file's driver lets another thread go first at each row, and that one may keep it waiting as
    long as it likes: while the window loads, a thousand rows would take a thousand turns.
    """
    cells, names = ", ".join(_CELLS), ", ".join(_CELLS)
    return f"WITH rows ({names}) AS ({sql}) SELECT json_group_array(json_array({cells})) FROM rows"  # noqa: S608


def as_few(sql: str) -> str:
    """The same as a few cells, each of some weeks: in one, all dates would fill the memory."""
    return f"{as_one(sql)} GROUP BY due / 64"


VERSIONS = "SELECT id, body FROM rule_version"


Roles = Mapping[str, tuple[str, str]]
"""The stage and the role of rules, by their id."""


def to_roles(rows: Iterable[Any], otherwise: Callable[[], Roles]) -> dict[int, str]:
    """Rows of `VERSIONS` as the role that each version's rule plays.

    `otherwise` gives the roles of today's rules, for versions kept before rules had any.
    """
    found = {}
    for key, body in rows:
        rule, role = _rule_and_role(body)
        found[key] = otherwise().get(rule, ("", ""))[1] if role is None else role
    return found


@lru_cache(maxsize=512)
def _rule_and_role(body: str) -> tuple[str, str | None]:
    kept = json.loads(body)
    return kept["rule"], kept.get("role")


# Formatting a day by the system's own %b takes longer than all else about a row.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def to_alerts(rows: Iterable[Any], roles: Mapping[int, str], today: date) -> list[AlertRow]:
    """Rows of `OPEN_NOW`, with days as either database gives them, as the window lists them.

    `roles` comes from `to_roles`.

    A day's children are ordered here: two databases sort letters with marks in two ways.
    """
    # One text for all rows that say the same, as most do of a child and of a rule.
    texts: dict[str, str] = {}
    alerts = [_alert(row, roles, today, texts) for row in rows]
    alerts.sort(key=_in_order)
    return alerts


def _in_order(row: AlertRow) -> tuple[date, str, str, int, str, str]:
    """By day and name, and of one child as their deadlines are kept."""
    name = folded(row.surname), folded(row.forename)
    return row.due, *name, int(row.child_id), row.rule, row.episode


def _alert(
    row: Any,  # noqa: ANN401  (a row of either driver)
    roles: Mapping[int, str],
    today: date,
    texts: dict[str, str],
) -> AlertRow:
    same = texts.setdefault
    key, reference, surname, forename, setting, worker, rule, version, *rest = row
    title, who, why, period, due, episode, target, common, since, holder, *last = rest
    started, held_by = last
    due_on, excused = DAY[due], DAY[since]
    if due_on >= today:
        state = State.DUE
    elif excused is not None and excused <= today:
        state = State.EXCEPTION_CLAIMED
    else:
        state = State.OVERDUE
    child_id, acts, phrase = str(key), holder or who, _why(why, period, DAY[started])
    return AlertRow(
        child_id=same(child_id, child_id),
        reference=same(reference, reference),
        surname=same(surname, surname),
        forename=same(forename, forename),
        setting=same(setting, setting) if setting else "",
        caseworker=same(worker, worker) if worker else "",
        rule=same(rule, rule),
        episode=same(episode, episode),
        what=same(title, title),
        due=due_on,
        target=DAY[target],
        common_due=DAY[common],
        state=state,
        days=(due_on - today).days,
        who=same(acts, acts),
        why=same(phrase, phrase),
        role=roles[version],
        caseworker_id=same(str(held_by), str(held_by)) if held_by else "",
    )


def _why(why: str, period: str, day: date | None) -> str:
    """As `Deadline.why` has it: the day of the first fact put into the phrase."""
    if day is None or not why:
        return period
    return why.replace("{day}", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")
