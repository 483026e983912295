"""Many rows at once.

Tuples go to the driver as they are: Core's own handling of each value would cost more than the
database's work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from sqlalchemy import Column, Connection, Table

from caseworker_app.store.record_rows import Row

_AT_ONCE = 500
_TOGETHER = 25
"""Rows that one statement puts into a file: the driver is asked less often."""

T = TypeVar("T")


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, each in the order of the table's columns."""
    if rows:
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(quote(column.name) for column in table.columns)
        marks = "({})".format(", ".join([mark(connection)] * len(table.columns)))
        into = f"INSERT INTO {quote(table.name)} ({names}) VALUES "  # noqa: S608
        whole = len(rows) // _TOGETHER * _TOGETHER if connection.dialect.name == "sqlite" else 0
        if whole:
            starts = range(0, whole, _TOGETHER)
            some = [tuple(chain.from_iterable(rows[at : at + _TOGETHER])) for at in starts]
            connection.exec_driver_sql(into + ", ".join([marks] * _TOGETHER), some)
        if whole < len(rows):
            connection.exec_driver_sql(into + marks, list(rows[whole:]))


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Replace rows whole by their key, which is the first columns."""
    if rows:
        quote = connection.dialect.identifier_preparer.quote
        sign = mark(connection)
        many = len(table.primary_key.columns)
        columns = [f"{quote(column.name)} = {sign}" for column in table.columns]
        sets, where = ", ".join(columns[many:]), " AND ".join(columns[:many])
        sql = f"UPDATE {quote(table.name)} SET {sets} WHERE {where}"  # noqa: S608
        connection.exec_driver_sql(sql, [(*row[many:], *row[:many]) for row in rows])


def delete_where(connection: Connection, column: Column[int], keys: Collection[int]) -> None:
    """Delete the rows whose column is one of the keys."""
    if keys:
        quote = connection.dialect.identifier_preparer.quote
        table = quote(column.table.name)
        sql = f"DELETE FROM {table} WHERE {quote(column.name)} = {mark(connection)}"  # noqa: S608
        connection.exec_driver_sql(sql, [(key,) for key in sorted(keys)])


def delete_from(connection: Connection, table: Table, ends: Sequence[Row]) -> None:
    """Delete rows of a table with a key of two columns: for each first one, from a second on."""
    if ends:
        quote, sign = connection.dialect.identifier_preparer.quote, mark(connection)
        first, second = [quote(column.name) for column in table.primary_key.columns]
        where = f"{first} = {sign} AND {second} >= {sign}"
        sql = f"DELETE FROM {quote(table.name)} WHERE {where}"  # noqa: S608
        connection.exec_driver_sql(sql, list(ends))


def chunks(items: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """The items in pieces that one statement can name."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def mark(connection: Connection) -> str:
    """What stands for a value in the driver's own words."""
    return "?" if connection.dialect.name == "sqlite" else "%s"
