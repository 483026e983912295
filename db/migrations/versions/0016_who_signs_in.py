"""Who signs in among the caseworkers, with which roles, from when to when.

Nobody does in stores of before: whoever opens one goes on holding every role.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("sign_in", "roles"):
        text = sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))
        op.add_column("caseworker", text)
    for name in ("since", "until"):
        op.add_column("caseworker", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("until", "since", "roles", "sign_in"):
        op.drop_column("caseworker", name)
