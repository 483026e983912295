"""Who opened cases and took what out, beside the trail.

Nothing is filled: nobody kept it before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("at", "who", "act", "what")),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access")),
    )
    op.create_table(
        "access_child",
        sa.Column("access_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["access_id"], ["access.id"], name=op.f("fk_access_child_access_id")
        ),
        sa.PrimaryKeyConstraint("access_id", "child_id", name=op.f("pk_access_child")),
    )
    op.create_index(op.f("ix_access_child_child_id"), "access_child", ["child_id"])


def downgrade() -> None:
    op.drop_table("access_child")
    op.drop_table("access")
