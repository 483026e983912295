"""The number that a form service gives an answer, by which feedback of a file is known again.

Answers of before have none, and are known by all that they say.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sa.Column("number", sa.String(), nullable=False, server_default=sa.text("''"))
    op.add_column("feedback", text)


def downgrade() -> None:
    op.drop_column("feedback", "number")
