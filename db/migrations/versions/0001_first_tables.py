"""The first tables: people, facts, deadlines, and the audit chain with its guards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TEXT = sa.String()


def upgrade() -> None:
    _small_tables()
    _people()
    _clock()
    _audit()
    if op.get_context().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    for table in ("audit", "deadline", "rule_version", "fact", "child"):
        op.drop_table(table)
    for table in ("caseworker", "setting", "counter", "meta"):
        op.drop_table(table)
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_is_append_only()")


def _small_tables() -> None:
    op.create_table(
        "meta",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("value", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "counter",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("urn", _TEXT, nullable=False),
        sa.Column("closures", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_setting"),
    )
    op.create_table(
        "caseworker",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("email", _TEXT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_caseworker"),
    )


def _people() -> None:
    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", _TEXT, nullable=False),
        sa.Column("surname", _TEXT, nullable=False),
        sa.Column("forename", _TEXT, nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("upn", _TEXT, nullable=False),
        sa.Column("uln", _TEXT, nullable=False),
        sa.Column("sex", _TEXT, nullable=False),
        sa.Column("need", _TEXT, nullable=False),
        sa.Column("secondary_need", _TEXT, nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("caseworker_id", sa.Integer(), nullable=True),
        sa.Column("template", _TEXT, nullable=False),
        sa.Column("actual_year", sa.Integer(), nullable=True),
        sa.Column("actual_year_why", _TEXT, nullable=False),
        sa.Column("actual_year_on", sa.Date(), nullable=True),
        sa.Column("history_from", sa.Date(), nullable=True),
        sa.Column("transfer_kind", _TEXT, nullable=False),
        sa.Column("transfer_on", sa.Date(), nullable=True),
        sa.Column("comment", _TEXT, nullable=False),
        sa.Column("sen2", _TEXT, nullable=False),
        sa.Column("typed", _TEXT, nullable=False),
        sa.Column("standing", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_child"),
        sa.UniqueConstraint("reference", name="uq_child_reference"),
        sa.ForeignKeyConstraint(["setting_id"], ["setting.id"], name="fk_child_setting_id"),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name="fk_child_caseworker_id"
        ),
    )
    op.create_index("ix_child_setting_id", "child", ["setting_id"])
    op.create_index("ix_child_caseworker_id", "child", ["caseworker_id"])
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("detail", _TEXT, nullable=False),
        sa.Column("episode", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_fact_child_id"),
    )
    op.create_index("ix_fact_child_id", "fact", ["child_id"])


def _clock() -> None:
    op.create_table(
        "rule_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", _TEXT, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("period", _TEXT, nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("body", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_version"),
        sa.UniqueConstraint("rule", "since", name="uq_rule_version_rule_since"),
    )
    op.create_table(
        "deadline",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("body", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("child_id", "position", name="pk_deadline"),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name="fk_deadline_child_id"),
        sa.ForeignKeyConstraint(["version_id"], ["rule_version.id"], name="fk_deadline_version_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deadline_closed_on_due", "deadline", ["closed_on", "due"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grp", sa.Integer(), nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("table_name", _TEXT, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("what", _TEXT, nullable=False),
        sa.Column("before", _TEXT, nullable=False),
        sa.Column("after", _TEXT, nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=False),
        sa.Column("prev", _TEXT, nullable=False),
        sa.Column("hash", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_grp", "audit", ["grp"])
    op.create_index("ix_audit_undoes", "audit", ["undoes"])
    op.create_index("ix_audit_table_name_row_id", "audit", ["table_name", "row_id"])


def _guard_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
        )
    # INSERT OR REPLACE would pass the two above: it deletes without firing them.
    op.execute(
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
        "WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are only added at the end'); END"
    )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
