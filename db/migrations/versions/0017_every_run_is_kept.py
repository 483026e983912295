"""Every return that is written is kept, with what its owners say of it; the open data of the last.

A return that was published under 0016 or before was remembered in `meta`. It becomes a kept run of
which only the protection is known, with an entry in the trail.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_CHAIN = json.JSONEncoder(separators=(",", ":"))
_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_COLUMNS = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("region_code", "region_name", "old_la_code", "new_la_code", "la_name", "period_from"),
    *("period_to", "as_at", "measure", "measure_name", "breakdown_topic", "breakdown"),
    *("breakdown_name", "numerator", "denominator", "value", "unit", "hidden", "definition"),
)


def upgrade() -> None:
    op.create_table(
        "return_run",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_text("what"), _text("parameters"), _text("figures"), _text("protection")),
        *(_flag("public"), _text("rule_pack"), _text("rules"), _text("program")),
        *(_text("data"), _text("made_by"), _text("made_at"), _day("sent_on"), _text("sent_to")),
        *(_day("withdrawn_on"), _text("withdrawn_why"), _flag("never_left")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_run")),
    )
    op.create_table(
        "commentary",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        *(_text("measure"), _text("words"), _text("said_by")),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commentary")),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["return_run.id"],
            name=op.f("fk_commentary_run_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_commentary_run_id", "commentary", ["run_id"])
    op.create_table(
        "kept_body",
        _text("digest"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_kept_body")),
    )
    whole = {"numerator", "denominator"}
    op.create_table(
        "open_figure",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            if name in whole
            else sa.Column(name, sa.Double(), nullable=True)
            if name == "value"
            else sa.Column(name, sa.Integer(), nullable=False)
            if name == "hidden"
            else sa.Column(name, sa.Date(), nullable=False)
            if name in ("period_from", "period_to", "as_at")
            else _text(name)
            for name in _COLUMNS
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_open_figure")),
    )
    # PostgreSQL lets nobody write through a view that has an offset; on a file none can be written.
    end = " OFFSET 0" if op.get_bind().dialect.name == "postgresql" else ""
    listed = ", ".join(_COLUMNS)
    op.execute(
        f"CREATE VIEW open_data AS SELECT {listed} FROM open_figure ORDER BY position{end}"  # noqa: S608
    )
    _published_before()


def downgrade() -> None:
    op.execute("DROP VIEW open_data")
    for name in ("open_figure", "kept_body", "commentary", "return_run"):
        op.drop_table(name)


def _published_before() -> None:
    """Make a kept run of each return that was remembered in `meta`."""
    bound = op.get_bind()
    kept = bound.execute(
        sa.text("SELECT name, value FROM meta WHERE name LIKE 'published:%' ORDER BY name")
    ).all()
    if not kept:
        return
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = []
    for key, (_, value) in enumerate(kept, 1):
        body = base64.b85decode(value)
        digest = hashlib.sha256(body).hexdigest()
        told = json.loads(zlib.decompress(body))
        parameters = {name: told[name] for name in ("from", "to", "as_at")}
        found = {"digest": digest}
        query = sa.text("SELECT 1 FROM kept_body WHERE digest = :digest")
        if bound.execute(query, found).first() is None:
            insert = sa.text("INSERT INTO kept_body (digest, body) VALUES (:digest, :body)")
            bound.execute(insert, {**found, "body": body})
        rows.append(
            {
                "id": key,
                "what": "board",
                "parameters": _SORTED.encode({**parameters, "edition": "board"}),
                "protection": digest,
                "public": True,
            }
        )
    blank = ("figures", "rule_pack", "rules", "program", "data", "made_by", "made_at", "sent_to")
    whole = {
        "version": 1,
        **dict.fromkeys((*blank, "withdrawn_why"), ""),
        **dict.fromkeys(("sent_on", "withdrawn_on")),
        "never_left": False,
    }
    columns = [sa.column(one) for one in {**rows[0], **whole}]
    bound.execute(sa.insert(sa.table("return_run", *columns)), [{**one, **whole} for one in rows])
    counter = {"name": "return_run", "next": len(rows) + 1}
    bound.execute(sa.text("INSERT INTO counter (name, next) VALUES (:name, :next)"), counter)
    for key, (name, _) in enumerate(kept, 1):
        # An upgrade loses no row: what is left of it points at the run.
        left = {"name": name, "value": f"return {key}"}
        bound.execute(sa.text("UPDATE meta SET value = :value WHERE name = :name"), left)
    _tell(rows, now)


def _tell(rows: list[dict[str, Any]], at: str) -> None:
    """Add an entry for each run to the trail."""
    bound = op.get_bind()
    last = bound.execute(sa.text("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")).one()
    group, link = last.seq + 1, last.hash
    entries: list[dict[str, Any]] = []
    for seq, run in enumerate(rows, group):
        values = {name: value for name, value in run.items() if name != "id"}
        row: dict[str, Any] = {
            "seq": seq,
            "grp": group,
            "at": at,
            "who": "Caseworker",
            "kind": "note",
            "table_name": "return_run",
            "row_id": run["id"],
            "what": "a return published before is kept as a run",
            "before": "",
            "after": _SORTED.encode(values),
            "why": "",
            "undoes": 0,
            "child_id": None,
            "named": "",
        }
        made = hashlib.sha256(_CHAIN.encode([link, *row.values(), -1, -1]).encode())
        row |= {"words": None, "sealed": None, "prev": link, "hash": made.hexdigest()}
        link = row["hash"]
        entries.append(row)
    columns = [sa.column(name) for name in entries[0]]
    bound.execute(sa.insert(sa.table("audit", *columns)), entries)
    head = {"value": f"{entries[-1]['seq']}:{link}"}
    bound.execute(sa.text("UPDATE meta SET value = :value WHERE name = 'audit_head'"), head)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=True)
