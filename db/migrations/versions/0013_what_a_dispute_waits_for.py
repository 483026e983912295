"""What comes next in a dispute, in words beside its date.

Disputes of before have none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sa.Column("next_step", sa.String(), nullable=False, server_default=sa.text("''"))
    op.add_column("dispute", text)


def downgrade() -> None:
    op.drop_column("dispute", "next_step")
