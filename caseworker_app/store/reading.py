"""What can be asked of the store, as narrow Core selects: never one query a child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, and_, func, or_, select

from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.domain.records import CaseSummary, Entry, Record
from caseworker_app.domain.rules import RuleVersion
from caseworker_app.store import audit
from caseworker_app.store.bulk import chunks
from caseworker_app.store.mappers import (
    to_caseworker,
    to_child,
    to_deadline,
    to_detail,
    to_setting,
    to_standing,
    to_version,
)
from caseworker_app.store.tables import (
    CaseworkerRow,
    ChildRow,
    DeadlineRow,
    FactRow,
    MetaRow,
    RuleVersionRow,
    SettingRow,
)

_CHILD, _FACT, _DEADLINE = ChildRow.table(), FactRow.table(), DeadlineRow.table()
_VERSION, _SETTING, _WORKER = RuleVersionRow.table(), SettingRow.table(), CaseworkerRow.table()
_META = MetaRow.table()


class Reading:
    """One moment of the store. Every answer is of that moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def meta(self) -> dict[str, str]:
        """Facts about the store itself, by name."""
        return {row.name: row.value for row in self._connection.execute(select(_META))}

    def settings(self) -> tuple[Setting, ...]:
        """Every setting, by key."""
        rows = self._connection.execute(select(_SETTING).order_by(_SETTING.c.id))
        return tuple(to_setting(row) for row in rows)

    def caseworkers(self) -> tuple[Caseworker, ...]:
        """Every caseworker, by key."""
        rows = self._connection.execute(select(_WORKER).order_by(_WORKER.c.id))
        return tuple(to_caseworker(row) for row in rows)

    def records(self, ids: Collection[str] | None = None) -> dict[str, Record]:
        """Children with their facts by id: those named, or all. Facts are in their order."""
        facts: dict[int, list[Fact]] = defaultdict(list)
        for row in self._rows(_FACT, _FACT.c.child_id, ids):
            _, child_id, kind, day, detail, episode = row
            facts[child_id].append(Fact(kind, day, to_detail(detail), episode, str(row[0])))
        return {
            str(row.id): Record(to_child(row), in_order(tuple(facts[row.id])))
            for row in self._rows(_CHILD, _CHILD.c.id, ids)
        }

    def children_at(self, setting_id: str) -> tuple[str, ...]:
        """The ids of the children who attend a setting."""
        query = select(_CHILD.c.id).where(_CHILD.c.setting_id == int(setting_id))
        return tuple(str(row.id) for row in self._connection.execute(query))

    def children_of(self, caseworker_id: str) -> tuple[str, ...]:
        """The ids of the children a caseworker holds."""
        query = select(_CHILD.c.id).where(_CHILD.c.caseworker_id == int(caseworker_id))
        return tuple(str(row.id) for row in self._connection.execute(query))

    def summaries(self, ids: Collection[str] | None = None) -> Iterator[CaseSummary]:
        """What the case list shows of children: those named, or all."""
        columns = (
            _CHILD.c.id,
            _CHILD.c.version,
            _CHILD.c.reference,
            _CHILD.c.surname,
            _CHILD.c.forename,
            _CHILD.c.born,
            _CHILD.c.actual_year,
            _CHILD.c.actual_year_on,
            _CHILD.c.upn,
            _CHILD.c.setting_id,
            _CHILD.c.need,
            _CHILD.c.caseworker_id,
            _CHILD.c.standing,
        )
        for row in self._selected(select(*columns), _CHILD.c.id, ids):
            key, version, reference, surname, forename, born, *rest = row
            year, year_on, upn, setting_id, need, caseworker_id, standing = rest
            yield CaseSummary(
                str(key),
                version,
                reference,
                surname,
                forename,
                born,
                year,
                year_on,
                upn,
                str(setting_id) if setting_id else None,
                need,
                str(caseworker_id) if caseworker_id else None,
                to_standing(standing),
            )

    def next_deadlines(
        self, today: date, ids: Collection[str] | None = None
    ) -> dict[str, tuple[str, str, date, bool]]:
        """By child: (rule, title, due, excused) of her soonest open deadline."""
        open_now = and_(
            or_(_DEADLINE.c.closed_on.is_(None), _DEADLINE.c.closed_on > today),
            or_(_DEADLINE.c.due >= today, ~_VERSION.c.lapses),
        )
        query = (
            select(
                _DEADLINE.c.child_id,
                _DEADLINE.c.rule,
                _VERSION.c.title,
                _DEADLINE.c.due,
                _DEADLINE.c.exception_on,
            )
            .join_from(_DEADLINE, _VERSION, _of_version())
            .where(open_now)
            .order_by(_DEADLINE.c.due.desc(), _DEADLINE.c.position.desc())
        )
        return {
            str(child_id): (rule, title, due, since is not None and since <= today)
            for child_id, rule, title, due, since in self._selected(
                query, _DEADLINE.c.child_id, ids
            )
        }

    def deadlines(
        self, ids: Collection[str] | None = None, rules: str | None = None
    ) -> dict[str, tuple[Deadline, ...]]:
        """The kept deadlines by child: of those named or all; of rules that begin so, or all."""
        versions = self.rule_versions()
        query = select(_DEADLINE).order_by(_DEADLINE.c.child_id, _DEADLINE.c.position)
        if rules is not None:
            query = query.where(_DEADLINE.c.rule.startswith(rules, autoescape=True))
        found: dict[str, list[Deadline]] = defaultdict(list)
        for row in self._selected(query, _DEADLINE.c.child_id, ids):
            found[str(row.child_id)].append(to_deadline(row, versions[row.rule, row.since]))
        return {child_id: tuple(deadlines) for child_id, deadlines in found.items()}

    def rule_versions(self) -> dict[tuple[str, date], RuleVersion]:
        """The versions of rules that the kept deadlines came from."""
        rows = self._connection.execute(select(_VERSION.c.rule, _VERSION.c.since, _VERSION.c.body))
        return {(row.rule, row.since): to_version(row.body) for row in rows}

    def counts(self) -> Mapping[str, int]:
        """How many children and facts there are."""
        tables = {"child": _CHILD, "fact": _FACT}
        return {
            name: self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }

    def latest_entries(self, limit: int, of: tuple[str, str] | None = None) -> list[Entry]:
        """The newest audit entries, newest first: of one (table, id), or of the whole store."""
        return audit.latest(self._connection, limit, of)

    def group(self, name: str) -> list[Entry]:
        """One action's audit entries in order."""
        return audit.group(self._connection, name)

    def undone(self, name: str) -> bool:
        """Whether the action has been undone."""
        return audit.undone(self._connection, name)

    def newest_change(self) -> tuple[str, str] | None:
        """(group, words) of the newest action that is not undone and can be."""
        return audit.newest_change(self._connection)

    def _rows(self, table: Table, key: Column[Any], ids: Collection[str] | None) -> Iterator[Any]:
        return self._selected(select(table), key, ids)

    def _selected(
        self, query: Select[Any], key: Column[Any], ids: Collection[str] | None
    ) -> Iterator[Any]:
        if ids is None:
            yield from self._connection.execute(query)
            return
        wanted: Sequence[int] = sorted(int(name) for name in ids)
        for some in chunks(wanted):
            yield from self._connection.execute(query.where(key.in_(some)))


def _of_version() -> Any:  # noqa: ANN401  (an SQL expression)
    return and_(_DEADLINE.c.rule == _VERSION.c.rule, _DEADLINE.c.since == _VERSION.c.since)
