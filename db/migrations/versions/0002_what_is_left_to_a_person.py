"""What an import leaves to a person: proposals, who is told apart, further references."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = ("proposals", "told_apart", "further_references")


def upgrade() -> None:
    # Plain columns with a default, so that no table is rebuilt and no row is touched.
    for name in _COLUMNS:
        column = sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))
        op.add_column("child", column)


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.drop_column("child", name)
