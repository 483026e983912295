"""The tables, typed. Migrations make them; a test holds both to be the same on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.kinds import Kind, kind_of
from caseworker_app.domain.people import Child
from caseworker_app.store.days import DAY, NUMBER
from caseworker_app.store.record_tables import record_table

CHILD = kind_of(Child)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can change it on both databases."""


class Day(TypeDecorator[dt.date]):
    """A day: a date on PostgreSQL, and on a file the whole number that `store.days` tells."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        kind: TypeEngine[Any] = Integer() if dialect.name == "sqlite" else Date()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> object:
        """A day as the database takes it."""
        return NUMBER[value] if dialect.name == "sqlite" else value

    def process_result_value(self, value: object, dialect: Dialect) -> dt.date | None:
        """What the database gives as a day."""
        del dialect
        found: dt.date | None = DAY[value]
        return found


METADATA = MetaData(naming_convention=NAMES)
"""Every table."""

META = Table(
    "meta",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""Facts about the store itself: rule pack, council, which application wrote last."""

COUNTER = Table(
    "counter",
    METADATA,
    Column("name", String, primary_key=True),
    Column("next", Integer, nullable=False),
)
"""The next free key of a table. Keys are never given twice, not even after an undo."""

# The tables of declared kinds are made from their declarations.


def table_of(kind: Kind) -> Table:
    """The table of a kind of record."""
    return record_table(METADATA, kind, *_derived(kind))


def _derived(kind: Kind) -> list[Column[str]]:
    """What is worked out of a child's facts, so that lists need not: how they stand since when."""
    return [Column("standing", String, nullable=False)] if kind is CHILD else []


for _kind in every_kind():
    table_of(_kind)


FACT = Table(
    "fact",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("child_id", Integer, ForeignKey("child.id"), index=True, nullable=False),
    Column("kind", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("detail", String, nullable=False),
    Column("episode", String),
)
"""Something that happened to a child on a day. `detail` is JSON, or "" for nothing."""

RULE_VERSION = Table(
    "rule_version",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rule", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("title", String, nullable=False),
    Column("period", String, nullable=False),
    Column("why", String, nullable=False),
    Column("who", String, nullable=False),
    Column("body", String, nullable=False),
    UniqueConstraint("rule", "since"),
)
"""The versions of rules that the kept deadlines came from. `body` is the whole of it, JSON."""

DEADLINE = Table(
    "deadline",
    METADATA,
    Column("child_id", Integer, ForeignKey("child.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("version_id", Integer, ForeignKey("rule_version.id"), nullable=False),
    Column("due", Day, nullable=False),
    Column("closed_on", Day),
    Column("episode", String, nullable=False),
    Column("target", Day, nullable=False),
    Column("common_due", Day),
    Column("met_on", Day),
    Column("superseded_on", Day),
    Column("exception", String),
    Column("exception_on", Day),
    Column("started_on", Day),
    Column("holder", String, nullable=False),
    Index(None, "closed_on", "due"),
    sqlite_with_rowid=False,
)
"""What the rules make of a child's facts, written with them in one transaction.

No more than lists and figures need: the explanation is counted again when somebody asks.
`closed_on` is the day from which it is met, superseded or lapsed, null while none is known;
with `due` it makes Today one indexed query. `exception_on` is the day from which a claimed
ground excuses it, `started_on` that of the fact it counts from, `holder` who has to act where
the facts tell it apart. `position` is by due date, then rule. Days are numbers on a file: a
child has thirty of these rows, and as text they would take twice the room.
"""

CHILD_KEY = Table(
    "child_key",
    METADATA,
    Column("child_id", Integer, primary_key=True, autoincrement=False),
    Column("key", LargeBinary),
)
"""The key that seals what the trail says of a child; null once the child is disposed of."""

DRAFT = Table(
    "draft",
    METADATA,
    Column("person", String, primary_key=True),
    Column("form", String, primary_key=True),
    Column("child_id", Integer, primary_key=True, autoincrement=False, index=True),
    Column("at", String, nullable=False),
    Column("typed", String, nullable=False),
)
"""What somebody typed into a form and has not saved: no change, and so without a trail.

`child_id` is 0 where the form is of no child. It points at none: what a merge or an undo takes
out may come back, and the draft with it. `typed` is JSON.
"""

KEPT_BODY = Table(
    "kept_body",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""What a kept return holds, packed, under the digest by which its record names it.

No query looks into it, and two runs that came to the same share one. It has ids of children and
no names. The trail has the digest alone.
"""

OPEN_FIGURE = Table(
    "open_figure",
    METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("time_period", String, nullable=False),
    Column("time_identifier", String, nullable=False),
    Column("geographic_level", String, nullable=False),
    Column("country_code", String, nullable=False),
    Column("country_name", String, nullable=False),
    Column("region_code", String, nullable=False),
    Column("region_name", String, nullable=False),
    Column("old_la_code", String, nullable=False),
    Column("new_la_code", String, nullable=False),
    Column("la_name", String, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("as_at", Date, nullable=False),
    Column("measure", String, nullable=False),
    Column("measure_name", String, nullable=False),
    Column("breakdown_topic", String, nullable=False),
    Column("breakdown", String, nullable=False),
    Column("breakdown_name", String, nullable=False),
    Column("numerator", Integer),
    Column("denominator", Integer),
    Column("value", Double),
    Column("unit", String, nullable=False),
    Column("hidden", Integer, nullable=False),
    Column("definition", String, nullable=False),
)
"""The figures published last, a row each, as the view `open_data` shows them to other programs.

It follows from the kept return and has no trail. Columns are those of `domain.measures.tidy`.
"""

ACCESS = Table(
    "access",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("act", String, nullable=False),
    Column("what", String, nullable=False),
    Column("how_many", Integer, nullable=False),
)
"""Somebody opened a case, or wrote, printed or copied something; `how_many` 0 is everybody."""

ACCESS_CHILD = Table(
    "access_child",
    METADATA,
    Column("access_id", Integer, ForeignKey("access.id"), primary_key=True, autoincrement=False),
    Column("child_id", Integer, primary_key=True, autoincrement=False, index=True),
)
"""Whose case an access was of. It points at no row: who looked stays when the case is gone."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("grp", Integer, index=True, nullable=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("table_name", String, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("what", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
    Column("why", String, nullable=False),
    Column("undoes", Integer, index=True, nullable=False),
    Column("child_id", Integer, index=True),
    Column("named", String, server_default=text("''"), nullable=False),
    Column("words", LargeBinary),
    Column("sealed", LargeBinary),
    Column("prev", String, nullable=False),
    Column("hash", String, nullable=False),
    Index(None, "table_name", "row_id"),
)
"""One link of the hash chain. Triggers let rows be added and nothing else.

What an entry says of a child stands in `sealed` and `words`; see `sealed_entries`. `child_id`
is whose it is, `named` the further children whom the words name, by their ids.
"""

SIGNATURE = Table(
    "signature",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("envelope", String, nullable=False),
    Column("public", String, nullable=False),
    Column("act", String, nullable=False),
    Column("head", String, nullable=False),
    Column("looks", String, nullable=False),
    Column("of", String, nullable=False),
    Column("signature", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("looked", Integer, nullable=False),
)
"""Where the trail ended, signed by somebody's own key. Triggers let rows be added only.

`envelope` names the secret whose key it is and `public` the key; `act` is why it was signed,
`seq` and `head` are the last entry, `looked` the last look that is held and `looks` the hash of
all of them. `of` is whose key is vouched for. See `signatures`.
"""
