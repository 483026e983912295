"""Codes of settings and children are checked by the database, as every kind declared since is."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NEEDS = (
    *("", "ASD", "SLCN", "SEMH", "MLD", "SLD", "PMLD", "SPLD", "HI", "VI", "MSI", "PD", "DS"),
    *("OTH", "NSA"),
)
_KINDS = (
    *("early_years", "infant", "junior", "first", "middle", "primary", "secondary"),
    *("all_through", "special", "post16", "none"),
)
_CHECKED = {"setting": {"kind": _KINDS}, "child": {"need": _NEEDS, "secondary_need": _NEEDS}}


def upgrade() -> None:
    for table, columns in _CHECKED.items():
        with op.batch_alter_table(table) as batch:
            for column, codes in columns.items():
                listed = ", ".join(f"'{code}'" for code in codes)
                name = op.f(f"ck_{table}_{column}")
                batch.create_check_constraint(name, f"{column} IN ({listed})")


def downgrade() -> None:
    for table, columns in reversed(_CHECKED.items()):
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
