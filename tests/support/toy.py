"""A kind of record that no council has: declared in ten lines, to prove what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table

from caseworker_app.domain.kinds import (
    Kept,
    Kind,
    choice,
    chosen,
    day,
    link,
    money,
    number,
    only_here,
    record,
    text,
    yes_or_no,
)
from caseworker_app.store import engine
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.tables import METADATA, table_of

TOPICS = {"plan": "The plan", "school": "School"}
WAYS = {"call": "Call", "home": "Home visit"}


def declare() -> type[Kept]:
    """The toy itself: a visit to a child."""

    @record("visit", "visit", "visits", area="children", natural=("on", "way"))
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Visit(Kept):
        child_id: str = link("Child", "child", needed=True)
        on: date = day("Date", needed=True, synonyms=("Visited",))
        way: str = choice("Way", WAYS, needed=True)
        said: str = text("What was said", long=True, search=True)
        cost: int | None = money("Cost", least=0)
        rooms: int | None = number("Rooms", least=0, most=9)
        again: bool = yes_or_no("Again")
        setting_id: str | None = link("Setting", "setting")
        topic: str = chosen("Topic", "topics", TOPICS)

    return Visit


@contextmanager
def visits(*stores: SqlStore) -> Iterator[type[Kept]]:
    """The toy declared, and its table in some stores, until the block ends."""
    of = declare()
    with only_here(of) as kind:
        table = table_of(kind)
        try:
            for store in stores:
                make(store, table)
            yield of
        finally:
            METADATA.remove(table)


def make(store: SqlStore, table: Table) -> None:
    """Make a table in a store, as a migration would."""
    with engine.begin(store.engine, store.where, write=True) as connection:
        table.create(connection)


@contextmanager
def only_declared() -> Iterator[Kind]:
    """The toy declared, with a table nowhere."""
    with only_here(declare()) as kind:
        yield kind
