"""What returns ask for: details of children, restrictions, the council, published figures, SEN2.

Nothing is filled: no store had any of it in a table of its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ETHNICITIES = (
    *("WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN"),
    *("ABAN", "CHNE", "AOTH", "BCRB", "BAFR", "BOTH", "OOTH", "REFU", "NOBT"),
)
_UPN_UNKNOWN = ("UN1", "UN2", "UN3", "UN5", "UN8", "UN9", "UN10")
_CARE = ("none", "in_need", "protection", "looked_after", "care_leaver")
_IN_POST = ("yes", "no", "recruiting")
_OPEN_POINTS = ("DesignatedOfficer", "DP", "WBP", "Res", "CutOff")


def upgrade() -> None:
    _make(
        "child_details",
        *(_text("ethnicity"), _text("first_language"), _text("known_as")),
        *(_text("looked_after_by"), _text("social_care_team"), _text("social_care_status")),
        *(_flag("disability", known=False), _flag("pupil_premium", known=False)),
        *(_flag("otherwise_than_at_school"), _text("upn_unknown"), _flag("adopted", known=False)),
        of_child=True,
        checked={
            "ethnicity": _ETHNICITIES,
            "social_care_status": _CARE,
            "upn_unknown": _UPN_UNKNOWN,
        },
    )
    _make(
        "restriction",
        *(_text("why"), _text("opened_by")),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        of_child=True,
    )
    _make(
        "council_details",
        *(_text("la_number"), _text("neighbours"), _text("medical_officer")),
        *(_text("clinical_officer"), _text("social_care_officer")),
        checked={
            "medical_officer": _IN_POST,
            "clinical_officer": _IN_POST,
            "social_care_officer": _IN_POST,
        },
    )
    _make(
        "published_figure",
        *(_text("file"), _text("period"), _text("level"), _text("place_code"), _text("place")),
        *(_text("topic"), _text("breakdown"), _text("measure"), _text("value")),
    )
    _make(
        "sen2_reading",
        *(_text("about"), _text("says"), _text("seen_in")),
        checked={"about": _OPEN_POINTS},
    )


def downgrade() -> None:
    made = ("child_details", "restriction", "council_details", "published_figure", "sen2_reading")
    for name in reversed(made):
        op.drop_table(name)


def _make(
    name: str,
    *columns: sa.Column[object],
    of_child: bool = False,
    checked: dict[str, tuple[str, ...]] | None = None,
) -> None:
    """A table of a kind."""
    whose: list[sa.Column[object]] = []
    keys: list[sa.Constraint] = []
    if of_child:
        whose = [sa.Column("child_id", sa.Integer(), nullable=False)]
        key = sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f(f"fk_{name}_child_id"),
            deferrable=True,
            initially="DEFERRED",
        )
        keys = [key]
    keys += [
        sa.CheckConstraint(
            f"{column} IN ({', '.join(repr(code) for code in ('', *codes))})",
            name=op.f(f"ck_{name}_{column}"),
        )
        for column, codes in (checked or {}).items()
    ]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *whose,
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *keys,
    )
    if of_child:
        op.create_index(f"ix_{name}_child_id", name, ["child_id"])


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False)


def _flag(name: str, *, known: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=not known)
