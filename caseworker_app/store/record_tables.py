"""The table of a kind of record, made from its declaration: real columns, keys, checked codes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    text,
)
from sqlalchemy.types import TypeEngine

from caseworker_app.domain.kinds import FACT, FieldSpec, FieldType, Kind

_TYPES: dict[FieldType, type[TypeEngine[Any]]] = {
    "text": String,
    "day": Date,
    "number": Integer,
    "money": Integer,
    "choice": String,
    "yes or no": Boolean,
    "link": Integer,
    "words": String,
    "items": String,
    "coded": String,
}


def record_table(metadata: MetaData, kind: Kind, *derived: Column[Any]) -> Table:
    """The table of a kind, made when it is first asked for.

    Args:
        metadata: what it belongs to.
        kind: the kind.
        derived: columns that the program works out, for queries.
    """
    found = metadata.tables.get(kind.name)
    if found is not None:
        return found
    columns: list[Column[Any]] = [
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("version", Integer, nullable=False),
    ]
    for spec in kind.fields:
        columns += _columns(spec)
    return Table(kind.name, metadata, *columns, *derived, *_checks(kind))


def _columns(spec: FieldSpec) -> list[Column[Any]]:
    if spec.coder is not None and spec.coder.columns:
        # One of text says nothing with "", as everywhere.
        return [Column(name, _TYPES[of], nullable=of != "text") for name, of in spec.coder.columns]
    # What belongs to a child may move to another before the first one goes, and facts are written
    # before what points at them.
    to, late = f"{spec.to}.id", spec.needed or spec.to == FACT
    key = ForeignKey(to, deferrable=late or None, initially="DEFERRED" if late else None)
    point = [key] if spec.type == "link" else []
    column: Column[Any] = Column(
        spec.name,
        _TYPES[spec.type],
        *point,
        nullable=spec.nullable and spec.type not in ("items", "coded", "words"),
        unique=spec.key or None,
        index=bool(point) or None,
        server_default=text("''") if spec.later else None,
    )
    return [column]


def _checks(kind: Kind) -> list[CheckConstraint]:
    """A constraint each that a choice is one of its codes, or says nothing; own lists change."""
    found = []
    for spec in kind.fields:
        if spec.type == "choice" and not spec.own_list:
            codes = [*([""] if spec.blank == "" else []), *spec.choices]
            listed = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
            found.append(CheckConstraint(f"{spec.name} IN ({listed})", name=spec.name))
    return found
