"""The people around a child, what is said, promised, sent and decided, and how work is shared.

Nothing is filled. A draft of a form stands beside the records: it is no change and has no trail.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_YES_NO = ("yes", "no")
_OF_SETTINGS = (
    *("head_teacher", "senco", "email", "postcode", "la_number", "phase", "type", "ukprn", "terms"),
)


def upgrade() -> None:
    _make("team", _text("name"), _text("manager"))
    with op.batch_alter_table("caseworker") as batch:
        batch.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_caseworker_team_id", "team", ["team_id"], ["id"])
        batch.create_index("ix_caseworker_team_id", ["team_id"])
    for name in _OF_SETTINGS:
        text = sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''"))
        op.add_column("setting", text)
    op.add_column("setting", _day("opened"))
    op.add_column("setting", _day("closed"))
    _people_around()
    _plan_and_consultation()
    _talking()
    _panels()
    _working_together()


def _people_around() -> None:
    _make(
        "contact",
        *(_text("name"), _text("relation"), _text("parental_responsibility"), _text("address")),
        *(_text("telephone"), _text("email"), _text("preferred_way"), _text("language")),
        *(_flag("interpreter"), _text("format"), _flag("do_not_contact")),
        *(_day("since"), _day("until")),
        to={"child_id": "child"},
        checked={
            "parental_responsibility": _YES_NO,
            "preferred_way": ("call", "e-mail", "message", "letter"),
        },
    )
    _make(
        "professional",
        *(_text("name"), _text("service"), _text("role"), _text("telephone"), _text("email")),
    )
    _make(
        "involvement",
        *(_text("as_what"), _day("since", needed=True), _day("until")),
        to={"child_id": "child", "professional_id": "professional"},
    )
    _make("sibling", to={"child_id": "child", "sibling_id": "child"})


def _plan_and_consultation() -> None:
    _make(
        "plan_version",
        *(_number("number", needed=True), _text("kind"), _text("template"), _text("sections")),
        to={"child_id": "child", "fact_id": "fact"},
        checked={"kind": ("draft", "first", "amended", "tribunal", "transferred")},
    )
    _make(
        "consultation",
        *(_text("answer"), _text("reasons"), _number("preference")),
        to={"child_id": "child", "setting_id": "setting", "sent_id": "fact"},
        may={"received_id": "fact", "replied_id": "fact"},
        checked={"answer": ("yes", "no", "conditions")},
    )


def _talking() -> None:
    _make(
        "note",
        *(_day("on", needed=True), _text("kind"), _text("with_whom"), _text("words")),
        _flag("pinned"),
        to={"child_id": "child"},
        checked={
            "kind": ("call", "e-mail", "visit", "meeting", "letter_in", "letter_out", "other")
        },
    )
    _make(
        "promise",
        *(_text("to_whom"), _text("what"), _day("by_when", needed=True), _day("kept_on")),
        *(_text("broken_why"), _day("told_on")),
        to={"child_id": "child"},
    )
    _make(
        "document",
        *(_text("title"), _text("kind"), _day("on", needed=True), _text("where"), _text("state")),
        to={"child_id": "child"},
        may={"plan_version_id": "plan_version"},
        checked={"state": ("draft", "final")},
    )


def _panels() -> None:
    _make(
        "panel",
        *(_text("kind"), _day("on", needed=True), _text("chair"), _text("who_came")),
        _flag("parent_representative"),
    )
    _make(
        "panel_item",
        *(_text("question"), _day("papers_by"), _text("decision"), _text("reasons")),
        _text("conditions"),
        to={"panel_id": "panel", "child_id": "child"},
        may={"referred_to_id": "panel", "fact_id": "fact"},
        checked={
            "question": ("assess", "issue", "place", "top_up", "review", "cease", "reassess"),
            "decision": ("agreed", "not_agreed", "deferred", "referred"),
        },
    )


def _working_together() -> None:
    _make(
        "cover",
        *(_day("since", needed=True), _day("until", needed=True)),
        to={"away_id": "caseworker", "covering_id": "caseworker"},
    )
    _make(
        "snooze",
        *(_text("rule"), _text("episode"), _day("until", needed=True), _text("why")),
        to={"child_id": "child"},
        may={"promise_id": "promise"},
    )
    _make(
        "saved_view",
        *(_text("screen"), _text("name"), _text("whose"), _text("person"), _text("filter")),
        *(_text("columns"), _text("order")),
        checked={"whose": ("mine", "everyone")},
    )
    op.create_table(
        "draft",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("child_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person", "form", "child_id", name=op.f("pk_draft")),
    )
    op.create_index("ix_draft_child_id", "draft", ["child_id"])


def downgrade() -> None:
    for name in (
        *("draft", "saved_view", "snooze", "cover", "panel_item", "panel", "document", "promise"),
        *("note", "consultation", "plan_version", "sibling", "involvement", "professional"),
        "contact",
    ):
        op.drop_table(name)
    with op.batch_alter_table("setting") as batch:
        for name in (*_OF_SETTINGS, "opened", "closed"):
            batch.drop_column(name)
    with op.batch_alter_table("caseworker") as batch:
        batch.drop_index("ix_caseworker_team_id")
        batch.drop_constraint("fk_caseworker_team_id", type_="foreignkey")
        batch.drop_column("team_id")
    op.drop_table("team")


def _make(
    name: str,
    *columns: sa.Column[object],
    to: dict[str, str] | None = None,
    may: dict[str, str] | None = None,
    checked: dict[str, tuple[str, ...]] | None = None,
) -> None:
    """A table of a kind: `to` has the links that are needed, `may` those that may be empty."""
    links = {**(to or {}), **(may or {})}
    keys = [
        sa.ForeignKeyConstraint(
            [column],
            [f"{pointed}.id"],
            name=op.f(f"fk_{name}_{column}"),
            **(
                {"deferrable": True, "initially": "DEFERRED"}
                if column in (to or {}) or pointed == "fact"
                else {}
            ),
        )
        for column, pointed in links.items()
    ]
    checks = [
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
        *(sa.Column(column, sa.Integer(), nullable=column not in (to or {})) for column in links),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *keys,
        *checks,
    )
    for column in links:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=not needed)


def _number(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def _flag(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)
