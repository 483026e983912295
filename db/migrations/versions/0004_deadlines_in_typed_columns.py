"""Deadlines in typed columns: what lists and figures need of them, and no explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXT = sa.String()
_AT_ONCE = 500
_FIELD, _STEP, _DAY = "\x1f", "\x1e", "\x1d"
_FIRST = date(1970, 1, 1).toordinal()
_DAYS = ("due", "closed_on", "target", "common_due", "met_on", "superseded_on")
_COLUMNS = (
    *("child_id", "position", "version_id", "due", "closed_on", "episode", "target"),
    *("common_due", "met_on", "superseded_on", "exception", "exception_on", "started_on", "holder"),
)
_PACKED = ("child_id", "position", "version_id", "due", "closed_on", "body")


def upgrade() -> None:
    _rebuild(_typed_table, _COLUMNS, _unpacked)


def downgrade() -> None:
    _rebuild(_packed_table, _PACKED, _packed)


def _rebuild(
    make: Callable[[str], None],
    columns: tuple[str, ...],
    turned: Callable[[Sequence[Any], bool], tuple[object, ...]],
) -> None:
    """Make the table anew by way of a bare one, since two cannot share a name or a key's name."""
    bound = op.get_bind()
    on_file = bound.dialect.name == "sqlite"
    make("deadline_turned")
    marks = ", ".join(["?" if on_file else "%s"] * len(columns))
    insert = f"INSERT INTO deadline_turned VALUES ({marks})"  # noqa: S608  (question marks alone)
    for rows in _rows(bound):
        bound.exec_driver_sql(insert, [turned(row, on_file) for row in rows])
    op.drop_index("ix_deadline_closed_on_due", "deadline")
    op.drop_table("deadline")
    make("deadline")
    op.execute("INSERT INTO deadline SELECT * FROM deadline_turned ORDER BY child_id, position")
    op.drop_table("deadline_turned")
    op.create_index("ix_deadline_closed_on_due", "deadline", ["closed_on", "due"])


def _rows(bound: sa.Connection) -> Iterator[list[Sequence[Any]]]:
    """Every row, of so many children at a time."""
    children = [row[0] for row in bound.exec_driver_sql("SELECT id FROM child ORDER BY id")]
    for start in range(0, len(children), _AT_ONCE):
        some = children[start : start + _AT_ONCE]
        query = sa.text("SELECT * FROM deadline WHERE child_id BETWEEN :first AND :last")
        rows = [tuple(row) for row in bound.execute(query, {"first": some[0], "last": some[-1]})]
        if rows:
            yield rows


def _typed_table(name: str) -> None:
    # On a file a day is a number: as text, thirty rows a child would take twice the room.
    day = sa.Integer() if op.get_bind().dialect.name == "sqlite" else sa.Date()
    _make(
        name,
        sa.Column("due", day, nullable=False),
        sa.Column("closed_on", day, nullable=True),
        sa.Column("episode", _TEXT, nullable=False),
        sa.Column("target", day, nullable=False),
        sa.Column("common_due", day, nullable=True),
        sa.Column("met_on", day, nullable=True),
        sa.Column("superseded_on", day, nullable=True),
        sa.Column("exception", _TEXT, nullable=True),
        sa.Column("exception_on", day, nullable=True),
        sa.Column("started_on", day, nullable=True),
        sa.Column("holder", _TEXT, nullable=False),
    )


def _packed_table(name: str) -> None:
    _make(
        name,
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("body", _TEXT, nullable=False),
    )


def _make(name: str, *columns: sa.Column[Any]) -> None:
    keys: list[sa.Constraint] = []
    if name == "deadline":
        child, version = "fk_deadline_child_id", "fk_deadline_version_id"
        keys = [
            sa.PrimaryKeyConstraint("child_id", "position", name="pk_deadline"),
            sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=child),
            sa.ForeignKeyConstraint(["version_id"], ["rule_version.id"], name=version),
        ]
    op.create_table(
        name,
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        *columns,
        *keys,
        sqlite_with_rowid=name != "deadline",
    )


def _unpacked(row: Sequence[Any], on_file: bool) -> tuple[object, ...]:
    key, position, version, due, closed, body = row
    episode, target, common, met, replaced, _, ground, since, holder, steps = body.split(_FIELD)
    _, _, started = steps.partition(_DAY)

    def day(text: str | date | None) -> object:
        if not text:
            return None
        found = date.fromisoformat(text[:10]) if isinstance(text, str) else text
        return found.toordinal() - _FIRST if on_file else found

    days = [day(one) for one in (target, common, met, replaced)]
    excused = (ground or None, day(since), day(started))
    return (key, position, version, day(due), day(closed), episode, *days, *excused, holder)


def _packed(row: Sequence[Any], on_file: bool) -> tuple[object, ...]:
    """As it was but for the steps, of which only the day it started from is left."""
    values = dict(zip(_COLUMNS, row, strict=True))

    def day(name: str) -> str | None:
        found = values[name]
        if found is None:
            return None
        return (date.fromordinal(found + _FIRST) if on_file else found).isoformat()

    due, closed, target, common, met, replaced = (day(name) for name in _DAYS)
    ground, since, started = values["exception"], day("exception_on"), day("started_on")
    steps = f"started{_DAY}{started}" if started else ""
    parts = (values["episode"], target, common, met, replaced, "", ground, since)
    body = _FIELD.join([*(part or "" for part in parts), values["holder"], steps])
    return values["child_id"], values["position"], values["version_id"], due, closed, body
