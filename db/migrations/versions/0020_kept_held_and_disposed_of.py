"""For how long a council keeps a child's record, legal holds, and disposals of cases.

Nothing is filled: who was disposed of before stands in the trail alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_BASES = ("over", "erasure", "court", "mistake")


def upgrade() -> None:
    op.add_column("council_details", sa.Column("keep_years", sa.Integer(), nullable=True))
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("why", "asked_by")),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_legal_hold_child_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_legal_hold_child_id"), "legal_hold", ["child_id"])
    listed = ", ".join(f"'{one}'" for one in ("", *_BASES))
    op.create_table(
        "disposal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("done_by", "basis", "why", "cases", "copies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
        sa.CheckConstraint(f"basis IN ({listed})", name=op.f("ck_disposal_basis")),
    )


def downgrade() -> None:
    op.drop_table("disposal")
    op.drop_table("legal_hold")
    op.drop_column("council_details", "keep_years")
