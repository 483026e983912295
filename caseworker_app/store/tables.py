"""The tables, typed. Migrations make them; a test holds both to be the same on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
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


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)

    @classmethod
    def table(cls) -> Table:
        """The Core table, for bulk work and narrow selects."""
        table = cls.__table__
        assert isinstance(table, Table)
        return table


class MetaRow(Base):
    """Facts about the store itself: rule pack, council, which application wrote last."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class CounterRow(Base):
    """The next free key of a table. Keys are never given twice, not even after an undo."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    next: Mapped[int]


# The tables of declared kinds are made from their declarations.


def table_of(kind: Kind) -> Table:
    """The table of a kind of record."""
    return record_table(Base.metadata, kind, *_derived(kind))


def _derived(kind: Kind) -> list[Column[str]]:
    """What is worked out of a child's facts, so that lists need not: how they stand since when."""
    return [Column("standing", String, nullable=False)] if kind is CHILD else []


for _kind in every_kind():
    table_of(_kind)


class FactRow(Base):
    """Something that happened to a child on a day. `detail` is JSON, or "" for nothing."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    kind: Mapped[str]
    day: Mapped[dt.date]
    detail: Mapped[str]
    episode: Mapped[str | None]


class RuleVersionRow(Base):
    """The versions of rules that the kept deadlines came from. `body` is the whole of it, JSON."""

    __tablename__ = "rule_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rule: Mapped[str]
    since: Mapped[dt.date]
    title: Mapped[str]
    period: Mapped[str]
    why: Mapped[str]
    who: Mapped[str]
    body: Mapped[str]

    __table_args__ = (UniqueConstraint("rule", "since"),)


class DeadlineRow(Base):
    """What the rules make of a child's facts, written with them in one transaction.

    No more than lists and figures need: the explanation is counted again when somebody asks.
    `closed_on` is the day from which it is met, superseded or lapsed, null while none is known;
    with `due` it makes Today one indexed query. `exception_on` is the day from which a claimed
    ground excuses it, `started_on` that of the fact it counts from, `holder` who has to act where
    the facts tell it apart. `position` is by due date, then rule. Days are numbers on a file: a
    child has thirty of these rows, and as text they would take twice the room.
    """

    __tablename__ = "deadline"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("rule_version.id"))
    due: Mapped[dt.date] = mapped_column(Day)
    closed_on: Mapped[dt.date | None] = mapped_column(Day)
    episode: Mapped[str]
    target: Mapped[dt.date] = mapped_column(Day)
    common_due: Mapped[dt.date | None] = mapped_column(Day)
    met_on: Mapped[dt.date | None] = mapped_column(Day)
    superseded_on: Mapped[dt.date | None] = mapped_column(Day)
    exception: Mapped[str | None]
    exception_on: Mapped[dt.date | None] = mapped_column(Day)
    started_on: Mapped[dt.date | None] = mapped_column(Day)
    holder: Mapped[str]

    __table_args__ = (
        Index(None, "closed_on", "due"),
        {"sqlite_with_rowid": False},
    )


class ChildKeyRow(Base):
    """The key that seals what the trail says of a child; null once the child is disposed of."""

    __tablename__ = "child_key"

    child_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes | None]


class DraftRow(Base):
    """What somebody typed into a form and has not saved: no change, and so without a trail.

    `child_id` is 0 where the form is of no child. It points at none: what a merge or an undo takes
    out may come back, and the draft with it. `typed` is JSON.
    """

    __tablename__ = "draft"

    person: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    at: Mapped[str]
    typed: Mapped[str]


class KeptBodyRow(Base):
    """What a kept return holds, packed, under the digest by which its record names it.

    No query looks into it, and two runs that came to the same share one. It has ids of children and
    no names. The trail has the digest alone.
    """

    __tablename__ = "kept_body"

    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes]


class OpenFigureRow(Base):
    """The figures published last, a row each, as the view `open_data` shows them to other programs.

    It follows from the kept return and has no trail. Columns are those of `domain.measures.tidy`.
    """

    __tablename__ = "open_figure"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    time_period: Mapped[str]
    time_identifier: Mapped[str]
    geographic_level: Mapped[str]
    country_code: Mapped[str]
    country_name: Mapped[str]
    region_code: Mapped[str]
    region_name: Mapped[str]
    old_la_code: Mapped[str]
    new_la_code: Mapped[str]
    la_name: Mapped[str]
    period_from: Mapped[dt.date]
    period_to: Mapped[dt.date]
    as_at: Mapped[dt.date]
    measure: Mapped[str]
    measure_name: Mapped[str]
    breakdown_topic: Mapped[str]
    breakdown: Mapped[str]
    breakdown_name: Mapped[str]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    value: Mapped[float | None]
    unit: Mapped[str]
    hidden: Mapped[int]
    definition: Mapped[str]


class AccessRow(Base):
    """Somebody opened a case, or wrote, printed or copied something; `how_many` 0 is everybody."""

    __tablename__ = "access"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    who: Mapped[str]
    act: Mapped[str]
    what: Mapped[str]
    how_many: Mapped[int]


class AccessChildRow(Base):
    """Whose case an access was of. It points at no row: who looked stays when the case is gone."""

    __tablename__ = "access_child"

    access_id: Mapped[int] = mapped_column(
        ForeignKey("access.id"), primary_key=True, autoincrement=False
    )
    child_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class AuditRow(Base):
    """One link of the hash chain. Triggers let rows be added and nothing else.

    What an entry says of a child stands in `sealed` and `words`; see `sealed_entries`. `child_id`
    is whose it is, `named` the further children whom the words name, by their ids.
    """

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grp: Mapped[int] = mapped_column(index=True)
    at: Mapped[str]
    who: Mapped[str]
    kind: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[int]
    what: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    why: Mapped[str]
    undoes: Mapped[int] = mapped_column(index=True)
    child_id: Mapped[int | None] = mapped_column(index=True)
    named: Mapped[str] = mapped_column(server_default=text("''"))
    words: Mapped[bytes | None]
    sealed: Mapped[bytes | None]
    prev: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (Index(None, "table_name", "row_id"),)


class SignatureRow(Base):
    """Where the trail ended, signed by somebody's own key. Triggers let rows be added only.

    `envelope` names the secret whose key it is and `public` the key; `act` is why it was signed,
    `seq` and `head` are the last entry, `looked` the last look that is held and `looks` the hash of
    all of them. `of` is whose key is vouched for. See `signatures`.
    """

    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    who: Mapped[str]
    envelope: Mapped[str]
    public: Mapped[str]
    act: Mapped[str]
    head: Mapped[str]
    looks: Mapped[str]
    of: Mapped[str]
    signature: Mapped[str]
    seq: Mapped[int]
    looked: Mapped[int]
