"""Where the trail ended, signed by people's own keys.

Nothing is filled: nobody signed before. Rows are only ever added, and guards hold that.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TEXTS = ("at", "who", "envelope", "public", "act", "head", "looks", "of", "signature")


def upgrade() -> None:
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seq", "looked")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    if op.get_context().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    op.drop_table("signature")
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP FUNCTION signature_is_append_only()")


def _guard_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER signature_no_{act.lower()} BEFORE {act} ON signature "
            "BEGIN SELECT RAISE(ABORT, 'signatures are never changed'); END"
        )
    # INSERT OR REPLACE would pass the two above: it deletes without firing them.
    op.execute(
        "CREATE TRIGGER signature_no_replace BEFORE INSERT ON signature "
        "WHEN NEW.id <= (SELECT coalesce(max(id), 0) FROM signature) "
        "BEGIN SELECT RAISE(ABORT, 'signatures are only added at the end'); END"
    )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION signature_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'signatures are never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER signature_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON signature "
        "FOR EACH STATEMENT EXECUTE FUNCTION signature_is_append_only()"
    )
