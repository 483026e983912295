"""The rule pack in force, and the council's own rules, stand in the store.

Nothing is filled: the first who may puts the pack of their application in force, and is asked
whether to bring in the rules that their computer keeps.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COUNTED = (
    *("", "weeks_after", "days_after", "days_from", "months_after", "months_from"),
    *("wdays_after", "wdays_from", "weeks_before", "months_before"),
)
_UNITS = ("", "weeks_after", "days_after", "wdays_after")
_LEVELS = ("", "amber", "red", "escalate")


def upgrade() -> None:
    _make(
        "own_version",
        *(_text("rule"), _day("since"), _text("title"), _text("what"), _number("number")),
        *(_text("unit"), _text("period"), _text("source"), _text("address"), _day("checked_on")),
        checked={"unit": _COUNTED},
    )
    _make(
        "local_target",
        *(_text("rule"), _text("title"), _number("number", needed=True), _text("unit")),
        *(_day("since"), _text("source"), _day("set_on")),
        checked={"unit": _UNITS},
    )
    _make("rule_file", _text("name"), _text("body"))
    _make("chosen_reading", _text("point"), _text("code"))
    _make("closed_day", _day("on"), _text("name"))
    _make(
        "alert_threshold",
        *(_text("level"), _text("rules"), _number("age"), _number("days"), _number("months")),
        *(_text("unless"), _number("within"), _text("said")),
        checked={"level": _LEVELS},
    )
    _make(
        "pack_in_force",
        *(_text("pack"), _text("fingerprint"), _text("identity"), _text("application")),
        *(_number("counting", needed=True), _text("body")),
    )


def downgrade() -> None:
    for name in (
        *("pack_in_force", "alert_threshold", "closed_day", "chosen_reading", "rule_file"),
        *("local_target", "own_version"),
    ):
        op.drop_table(name)


def _make(
    name: str, *columns: sa.Column[object], checked: dict[str, tuple[str, ...]] | None = None
) -> None:
    checks = [
        sa.CheckConstraint(
            f"{column} IN ({', '.join(repr(code) for code in codes)})",
            name=op.f(f"ck_{name}_{column}"),
        )
        for column, codes in (checked or {}).items()
    ]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *checks,
    )


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=False)


def _number(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=not needed)
