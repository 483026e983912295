"""Facts, deadlines and versions of rules as rows of their tables and back, by hand.

Rows to be written are tuples in the order of the table's columns, with values that both drivers
take as they are: dates as ISO text, keys as whole numbers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from functools import lru_cache
from sys import intern
from typing import Any

from caseworker_app.domain.deadlines import Deadline, first_day, started_on
from caseworker_app.domain.facts import KINDS, Detail, Fact
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.store.days import DAY
from caseworker_app.store.record_rows import Row
from caseworker_app.store.today import Roles

_DAY = timedelta(days=1)
_ENCODER = json.JSONEncoder(sort_keys=True, default=str)
_DATE_KEYS = frozenset(
    key.name for spec in KINDS.values() for key in spec.keys if key.type == "date"
)


def iso(day: date | None) -> str | None:
    """A date as both drivers take it."""
    return None if day is None else day.isoformat()


def detail_text(detail: Mapping[str, Detail]) -> str:
    """A fact's details as the table holds them; "" for none."""
    return _detail_text(tuple(detail.items())) if detail else ""


@lru_cache(maxsize=1024)
def _detail_text(detail: tuple[tuple[str, Detail], ...]) -> str:
    return _ENCODER.encode(dict(detail))


_NOTHING: Mapping[str, Detail] = {}


@lru_cache(maxsize=1024)
def _detail(text: str) -> Mapping[str, Detail]:
    """The details of a fact from the table's text, dates as dates; never to be written to."""
    return {
        key: date.fromisoformat(value) if key in _DATE_KEYS else value
        for key, value in json.loads(text).items()
    }


def fact_row(child_id: str, fact: Fact) -> Row:
    """A fact as a row of `fact`."""
    day, detail = fact.on.isoformat(), detail_text(fact.detail)
    return int(fact.id), int(child_id), fact.kind, day, detail, fact.episode


_EMPTY = object.__new__
_SETTERS: tuple[Callable[[Fact, Any], None], ...] = tuple(
    getattr(Fact, name).__set__ for name in ("kind", "on", "detail", "episode", "id")
)


def to_facts(rows: Iterable[Sequence[Any]]) -> dict[int, list[Fact]]:
    """Facts from rows of `fact`, by the keys of their children, in the order of the rows."""
    facts: dict[int, list[Fact]] = defaultdict(list)
    # Straight into their slots: a frozen value made the usual way takes twice as long, and a
    # caseload has hundreds of thousands of them.
    set_kind, set_on, set_detail, set_episode, set_id = _SETTERS
    for key, child_id, kind, day, detail, episode in rows:
        fact = _EMPTY(Fact)
        set_kind(fact, intern(kind))
        set_on(fact, DAY[day])
        set_detail(fact, _detail(detail) if detail else _NOTHING)
        set_episode(fact, episode)
        set_id(fact, str(key))
        facts[child_id].append(fact)
    return facts


def _closed_on(
    version: RuleVersion, due: date, met: date | None, replaced: date | None
) -> date | None:
    """The day from which it is met, superseded or, where it lapses, over; None while open."""
    closed = replaced if met is None else met if replaced is None else min(met, replaced)
    if version.lapses and due < date.max:
        over = due + _DAY
        return over if closed is None else min(closed, over)
    return closed


Days = Mapping[date | None, Any]
"""How a database holds a day; see `store.days`."""


def deadline_rows(
    key: int,
    deadlines: Iterable[Deadline],
    version_ids: Mapping[tuple[str, date], int],
    held: Days,
) -> list[Row]:
    """The deadlines of a child with a key as rows of `deadline`, in their order."""
    rows: list[Row] = []
    for position, one in enumerate(deadlines):
        version, episode, due, target, common, met, replaced, _, ground, since, steps, holder = one
        ended = None if met is None else held[met]
        if replaced is None and not version.lapses:
            closed = ended
        else:
            closed = held[_closed_on(version, due, met, replaced)]
        # Most say first what they started from: it need not be looked for.
        first = steps[0] if steps else ""
        started = first_day(steps) if isinstance(first, str) else first[1]
        rows.append(
            (
                key,
                position,
                version_ids[version.rule, version.since],
                held[due],
                closed,
                episode,
                held[target],
                None if common is None else held[common],
                ended,
                None if replaced is None else held[replaced],
                ground,
                None if since is None else held[since],
                held[started],
                holder,
            )
        )
    return rows


def to_deadline(row: Sequence[Any], version: RuleVersion) -> Deadline:
    """A deadline from its row, whole, with the version of the rule that made it."""
    _, _, _, due, _, episode, target, common, met, replaced, ground, since, started, holder = row
    return Deadline(
        version,
        episode,
        DAY[due],
        DAY[target],
        DAY[common],
        DAY[met],
        DAY[replaced],
        "",
        ground,
        DAY[since],
        started_on(DAY[started]),
        holder,
    )


def version_row(key: int, version: RuleVersion) -> Row:
    """A version of a rule as a row of `rule_version`."""
    body = {field.name: getattr(version, field.name) for field in fields(version)}
    body["excused_by"] = sorted(version.excused_by)
    body["extra"] = dict(version.extra)
    return (
        key,
        version.rule,
        version.since.isoformat(),
        version.title,
        version.period,
        version.why,
        version.who,
        json.dumps(body, default=date.isoformat, sort_keys=True),
    )


def to_version(body: str, roles: Callable[[], Roles]) -> RuleVersion:
    """A version of a rule from its `body`, with the role of today's rule where it has none yet."""
    found = _version(body)
    if found is None:
        values = json.loads(body)
        values["stage"], values["role"] = roles().get(values["rule"], ("", ""))
        found = _made_of(values)
    return found


@lru_cache(maxsize=512)
def _version(body: str) -> RuleVersion | None:
    """The version that a body alone tells; every list of dates asks for all of them."""
    values = json.loads(body)
    return _made_of(values) if "role" in values else None


def _made_of(values: dict[str, Any]) -> RuleVersion:
    for name in ("since", "until", "checked_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["excused_by"] = frozenset(values["excused_by"])
    return RuleVersion(**values)


class _Iso(dict[date, str]):
    """The ISO text of a day, worked out once."""

    def __missing__(self, day: date) -> str:
        text = self[day] = day.isoformat()
        return text


_ISO = _Iso()


def standing_text(standing: Iterable[tuple[date, str]]) -> str:
    """How a child stands from which day on, as the table holds it."""
    return "/".join([f"{_ISO[day]} {status}" for day, status in standing])


@lru_cache(maxsize=1 << 14)
def to_standing(text: str) -> tuple[tuple[date, str], ...]:
    """The same as values."""
    if not text:
        return ()
    return tuple((date.fromisoformat(part[:10]), part[11:]) for part in text.split("/"))
