"""Today's open deadlines: one indexed query, the same words on both databases.

It is the first thing the window shows, so on a file it goes to the driver directly and
SQLAlchemy is not even loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.rows import AlertRow

FAR = date(9999, 12, 31)

_COLUMNS = """
SELECT c.id, c.reference, c.surname, c.forename, s.name, w.name, d.rule, d.episode, v.title,
       d.due, d.target, d.common_due, d.exception, v.who, v.period, d.because
FROM deadline d
JOIN rule_version v ON v.rule = d.rule AND v.since = d.since
JOIN child c ON c.id = d.child_id
LEFT JOIN setting s ON s.id = c.setting_id
LEFT JOIN caseworker w ON w.id = c.caseworker_id
"""

OPEN_NOW = (
    _COLUMNS
    + """
WHERE (d.closed_on IS NULL OR d.closed_on > :today) AND d.due <= :until
  AND (d.due >= :today OR NOT v.lapses)
ORDER BY d.due, c.surname, c.forename, c.id, d.position
"""
)
"""Overdue, and due up to and including `until`. Both are ISO dates."""

OPEN_NOW_OF_CHILD = OPEN_NOW.replace("WHERE ", "WHERE d.child_id = :child AND ", 1)

_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def to_alerts(rows: Iterable[Any], today: date) -> list[AlertRow]:
    """Rows of `OPEN_NOW`, with dates as text or as dates, as the window lists them."""
    return [_alert(row, today) for row in rows]


def _alert(row: Any, today: date) -> AlertRow:  # noqa: ANN401  (a row of either driver)
    key, reference, surname, forename, setting, worker, rule, episode, title, *rest = row
    due, target, common, exception, who, period, because = rest
    due_on = _day(due)
    if due_on >= today:
        state = State.DUE
    else:
        state = State.OVERDUE if exception is None else State.EXCEPTION_CLAIMED
    return AlertRow(
        child_id=str(key),
        reference=reference,
        surname=surname,
        forename=forename,
        setting=setting or "",
        caseworker=worker or "",
        rule=rule,
        episode=episode,
        what=title,
        due=due_on,
        target=_day(target),
        common_due=_day(common) if common else None,
        state=state,
        days=(due_on - today).days,
        who=who,
        why=_why(because, period),
    )


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _why(because: str, period: str) -> str:
    start = _ISO.sub(_in_words, because.partition("\n")[0])
    return f"{start}; {period}" if start and period else start or period


def _in_words(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else match[0]
