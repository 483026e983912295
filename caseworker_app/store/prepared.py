"""Selects that are asked again and again, put into a database's own words once.

To make a select anew, and to find that it was compiled before, takes several times as long as a
file takes to answer it; a save asks forty. Rows come as the driver gives them: `days.DAY` makes a
day of whatever it gave for one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Connection, CursorResult, Select, bindparam

from caseworker_app.store.bulk import chunks
from caseworker_app.store.record_rows import Row

_AT_ONCE = 1000
_FEW = 64
"""Of so many keys at most the words are kept, for every power of two: a save asks for some."""

_ASKED, _FIRST, _LAST = "asked", "first", "last"
_ALL: Mapping[str, int] = {}

Asking = AbstractContextManager[Any]
"""Gives the driver's own cursor, and closes it at the end."""

Compiled = tuple[str, Mapping[str, Any], Sequence[str] | None]
"""The words, the values in them, and the order of these where the database takes them so."""


class Prepared:
    """A select, of which all rows are asked for, or those of some keys.

    It is compiled for all, for those of one key or a few, as a save asks, and for a run of keys.
    Values that stand in it are texts and numbers, for they are handed to the driver as they are.
    """

    def __init__(
        self,
        query: Select[Any],
        key: Column[Any] | None = None,
        among: Callable[[Select[Any]], Select[Any]] | None = None,
    ) -> None:
        """Keep a select.

        Args:
            query: without what its rows are asked for by.
            key: the column by whose values rows are asked for; None where all are, always.
            among: makes the select that is asked of the one with its rows chosen.
        """
        self._query = query
        self._key = key
        self._among = among or _as_it_is
        self._compiled: dict[tuple[str, tuple[str, ...]], Compiled] = {}

    def rows(self, connection: Connection, ids: Collection[str] | None = None) -> Iterator[Row]:
        """The rows of those keys, or all."""
        for some in self.some(connection, ids):
            yield from some

    def some(
        self, connection: Connection, ids: Collection[str] | None = None
    ) -> Iterator[Sequence[Row]]:
        """The same, so many at a time."""
        if ids is None or len(ids) == 1:
            asked = _ALL if ids is None else {_ASKED: int(next(iter(ids)))}
            yield from _fetched(self._short(connection, asked))
            return
        if 0 < len(ids) <= _FEW:
            yield from _fetched(self._short(connection, _few(sorted(map(int, ids)))))
            return
        for part in chunks(sorted(map(int, ids))):
            yield from _fetched(_open(connection.execute(self._of_some, {_ASKED: part})))

    def run(self, connection: Connection, first: int, last: int) -> Sequence[Row]:
        """The rows of every key from one to another."""
        with self._short(connection, {_FIRST: first, _LAST: last}) as cursor:
            rows: Sequence[Row] = cursor.fetchall()
        return rows

    def first(self, connection: Connection, ids: Collection[str] | None = None) -> Row | None:
        """The first of those rows."""
        return next(self.rows(connection, ids), None)

    @cached_property
    def _of_some(self) -> Select[Any]:
        assert self._key is not None
        return self._among(self._query.where(self._key.in_(bindparam(_ASKED, expanding=True))))

    def _short(self, connection: Connection, asked: Mapping[str, int]) -> Asking:
        """A cursor on all rows, on those of one key or a few, or on those of a run of keys."""
        which = connection.dialect.name, tuple(asked)
        made = self._compiled.get(which)
        if made is None:
            made = self._compiled[which] = self._compile(connection, asked)
        sql, values, order = made
        values = {**values, **asked}
        taken = values if order is None else tuple([values[name] for name in order])
        # A result of the library's takes three times as long to make as a file to answer, and as
        # long as a server.
        cursor = connection.connection.cursor()
        cursor.execute(sql, taken)
        return closing(cursor)

    def _compile(self, connection: Connection, asked: Mapping[str, int]) -> Compiled:
        query = self._query
        if asked:
            assert self._key is not None
            if _ASKED in asked:
                query = query.where(self._key == bindparam(_ASKED, 0))
            elif _FIRST in asked:
                query = query.where(self._key.between(bindparam(_FIRST, 0), bindparam(_LAST, 0)))
            else:
                query = query.where(self._key.in_([bindparam(name, 0) for name in asked]))
        found = self._among(query).compile(
            dialect=connection.dialect, compile_kwargs={"render_postcompile": True}
        )
        order: Sequence[str] | None = getattr(found, "positiontup", None)
        return str(found), dict(found.params), order if found.positional else None


def _few(keys: Sequence[int]) -> dict[str, int]:
    """A few keys by the names they have in a select, the last again up to a power of two."""
    wanted = 1 << (len(keys) - 1).bit_length()
    filled = [*keys, *[keys[-1]] * (wanted - len(keys))]
    return {f"{_ASKED}_{at}": key for at, key in enumerate(filled)}


@contextmanager
def _open(result: CursorResult[Any]) -> Iterator[Any]:
    # The driver's own tuples cost half of what rows of the library would.
    with result:
        yield result.cursor


def _fetched(asking: Asking) -> Iterator[Sequence[Row]]:
    with asking as cursor:
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows


def _as_it_is(query: Select[Any]) -> Select[Any]:
    return query
