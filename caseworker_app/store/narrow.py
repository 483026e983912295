"""Narrow answers about many children at once: some fields of records, and the last fact of a kind.

A list of a whole council asks for a few fields of tens of thousands of records; to make each of
them a record would take longer than the list may.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
)

from caseworker_app.domain.kinds import Kind
from caseworker_app.store.days import DAY
from caseworker_app.store.tables import CHILD, FACT, table_of

_CHILD = table_of(CHILD)
_AT_ONCE = 5000


def some_fields(
    connection: Connection, kind: Kind, names: Sequence[str], ids: Collection[str] | None
) -> Iterator[Any]:
    """Fields of the records of a kind in the order of their keys: of some children's, or of all.

    What is pointed at is given by its key, a number. Only fields that have a column each can be
    asked for, and "id".
    """
    table = table_of(kind)
    query = select(*[table.c[one] for one in names]).order_by(table.c.id)
    key = table.c[kind.owner] if kind.owner else table.c.id
    return _rows(connection, query, key, ids)


def many(connection: Connection, kind: Kind) -> int:
    """How many records of a kind there are."""
    query = select(func.count()).select_from(table_of(kind))
    return int(connection.execute(query).scalar_one())


def first_ids(connection: Connection, kind: Kind, order: Sequence[str], most: int) -> list[str]:
    """The ids of the first records of a kind in an order, so many at most.

    Args:
        connection: in a transaction.
        kind: the kind.
        order: names of fields, and "id"; one after a minus is from the last to the first, and one
            after a question mark puts those first where it says nothing.
        most: how many.
    """
    table = table_of(kind)
    ways = {"-": lambda column: column.desc(), "?": lambda column: column.is_not(None)}
    by = [ways[one[0]](table.c[one[1:]]) if one[0] in ways else table.c[one] for one in order]
    found = connection.scalars(select(table.c.id).order_by(*by).limit(most))
    return [str(key) for key in found]


def standing_so(
    connection: Connection,
    status: str,
    today: date,
    born: tuple[date, date],
    names: Sequence[str],
    ids: Collection[str] | None,
) -> Iterator[Any]:
    """Fields of the children who stand so on a day and may be of an age.

    Args:
        connection: in a transaction.
        status: how they stand; see `domain.standing`.
        today: the day.
        born: from when to when; those of no known birthday are given too, and those taught in
            another year than their age gives.
        names: of the fields.
        ids: those asked about; all with None.
    """
    columns = _CHILD.c
    query = select(*[columns[one] for one in names], columns.standing).where(
        or_(columns.born.between(*born), columns.born.is_(None), columns.actual_year.is_not(None)),
        columns.standing.contains(status),
    )
    day = today.isoformat()
    stands: dict[str, bool] = {}
    for row in _rows(connection, query, columns.id, ids):
        held = row[-1]
        fits = stands.get(held)
        if fits is None:
            # Plans begin on a few thousand days: most children stand as another does.
            fits = stands[held] = _stands(held, day) == status
        if fits:
            yield row


def longest_so(connection: Connection, status: str, most: int) -> list[str]:
    """The ids of children who stand so, or once did: so many, whose standing began longest ago.

    To tell how all of them stand on a day takes several times as long as this.
    """
    query = select(_CHILD.c.id).where(_CHILD.c.standing.contains(status))
    found = connection.scalars(query.order_by(_CHILD.c.standing, _CHILD.c.id).limit(most))
    return [str(key) for key in found]


def _stands(text: str, day: str) -> str:
    """How a child stands on a day, of what the table holds; see `mappers.standing_text`."""
    for part in reversed(text.split("/")):
        if part[:10] <= day:
            return part[11:]
    return ""


def last_of(
    connection: Connection, kind: str, until: date, ids: Collection[str] | None
) -> Iterator[Any]:
    """The last fact of a kind up to a day of each child who has one: child, fact and day.

    Of several on one day it is the one recorded last.
    """
    query = select(FACT.c.child_id, FACT.c.id, FACT.c.day).where(
        FACT.c.kind == kind, FACT.c.day <= until
    )
    found: dict[int, Any] = {}
    for row in _rows(connection, query, FACT.c.child_id, ids):
        child, key, day = row
        held = found.get(child)
        if held is None or day > held[2] or (day == held[2] and key > held[1]):
            found[child] = row
    yield from found.values()


def bare_facts(
    connection: Connection, since: Mapping[str, date], until: date, ids: Collection[str] | None
) -> Iterator[Any]:
    """Facts without what else they say: child, kind, day and whether there is more to them.

    Args:
        connection: in a transaction.
        since: the kinds asked for, each with the day from which on.
        until: the last day.
        ids: the children; all with None.
    """
    wanted = [and_(FACT.c.kind == kind, FACT.c.day >= day) for kind, day in since.items()]
    query = select(FACT.c.child_id, FACT.c.kind, FACT.c.day, FACT.c.detail != "").where(
        or_(*wanted), FACT.c.day <= until
    )
    return _rows(connection, query, FACT.c.child_id, ids)


def _rows(
    connection: Connection, query: Select[Any], key: Column[Any], ids: Collection[str] | None
) -> Iterator[Any]:
    """The rows of a select of some children, or of all, as plain tuples."""
    return chain.from_iterable(_batches(connection, query, key, ids))


def _batches(
    connection: Connection, query: Select[Any], key: Column[Any], ids: Collection[str] | None
) -> Iterator[Iterable[Any]]:
    if ids is not None:
        query = query.where(_among(connection, key, sorted(map(int, ids))))
    loads = [(at, load) for at, one in enumerate(query.selected_columns) if (load := _load(one))]
    # The driver's own tuples, and a column at a time: to make a row of each would take twice as
    # long, and a council has a hundred thousand of them.
    with connection.execute(query) as result:
        cursor: Any = result.cursor
        while some := cursor.fetchmany(_AT_ONCE):
            columns: list[Any] = list(zip(*some, strict=True)) if loads else []
            for at, load in loads:
                columns[at] = map(load, columns[at])
            yield zip(*columns, strict=True) if loads else some


_YES_OR_NO: Mapping[Any, bool | None] = {0: False, 1: True, None: None}


def _load(column: ColumnElement[Any]) -> Callable[[Any], Any] | None:
    """What brings what the driver gives to what a column holds; None where it is that already."""
    if isinstance(column.type, Date):
        return DAY.__getitem__
    return _YES_OR_NO.__getitem__ if isinstance(column.type, Boolean) else None


def _among(connection: Connection, key: Column[Any], ids: Sequence[int]) -> ColumnElement[bool]:
    """That a key is one of thousands, as one value: to name each would take as long as to ask."""
    if connection.dialect.name == "sqlite":
        each = func.json_each(json.dumps(ids)).table_valued("value")
        return key.in_(select(each.c.value))
    return key == any_(literal(list(ids), ARRAY(Integer)))
