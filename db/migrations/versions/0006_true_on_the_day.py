"""Needs, placements, holders, addresses and years taught in, each from a day to a day.

What changed of a child is read from the trail, which says on which day. Each row comes with an
entry of its own at the end of the trail, sealed with the child's key, as everything that stands in
the store has one. Of what never changed there is no row: the child says it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from caseworker_app.store import seals

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _DAY = sa.String(), sa.Integer(), sa.Date()
_AT_ONCE = 500
_DAY_LONG = timedelta(days=1)
_LONDON = ZoneInfo("Europe/London")
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_CHAIN = json.JSONEncoder(separators=(",", ":"))

_NEEDS = (
    *("ASD", "SLCN", "SEMH", "MLD", "SLD", "PMLD", "SPLD", "HI", "VI", "MSI", "PD", "DS"),
    *("OTH", "NSA"),
)
_SETTINGS = ("OLA", "OPA", "EHE", "EYP", "OTH", "NEET", "NIEC", "NIEO")
_RANKS = ("1", "2")
_NAMED = ("named", "type", "not named")
_INSIDE = ("yes", "no")

_TOLD = (
    ("need", "need", {"type": "need"}, {"rank": "1"}),
    ("secondary_need", "need", {"type": "secondary_need"}, {"rank": "2"}),
    ("setting_id", "placement", {"setting_id": "setting_id"}, {"rank": "1"}),
    ("caseworker_id", "holder", {"caseworker_id": "caseworker_id"}, {}),
    (
        "actual_year",
        "taught_year",
        {"year": "actual_year", "why": "actual_year_why", "true_on": "actual_year_on"},
        {},
    ),
)
"""The child's field, the table that tells it, its columns with the child's, and what is fixed."""

_WORDS = {
    "need": "need",
    "placement": "placement",
    "holder": "holder",
    "taught_year": "year taught in",
}
_NOTHING: dict[str, Any] = {
    "arrangement": "",
    "unit": False,
    "resourced": False,
    "residential": None,
    "work_based": False,
    "named": "",
    "yearly_cost": None,
    "transport_cost": None,
}
"""What a placement read from the trail does not say."""


def upgrade() -> None:
    _make_tables()
    op.create_index("ix_audit_child_id", "audit", ["child_id"])
    trail = _Trail()
    told = trail.rows()
    if told or trail.lost:
        _fill(told, trail.lost)


def downgrade() -> None:
    op.drop_index("ix_audit_child_id", "audit")
    for table in ("taught_year", "address", "holder", "placement", "need"):
        op.drop_table(table)


def _make_tables() -> None:
    _table(
        "need",
        sa.Column("type", _TEXT, nullable=False),
        sa.Column("rank", _TEXT, nullable=False),
        *_days(),
        checked={"type": _NEEDS, "rank": _RANKS},
    )
    _table(
        "placement",
        sa.Column("setting_id", _NUMBER, nullable=True),
        sa.Column("arrangement", _TEXT, nullable=False),
        sa.Column("rank", _TEXT, nullable=False),
        *_days(),
        sa.Column("unit", sa.Boolean(), nullable=False),
        sa.Column("resourced", sa.Boolean(), nullable=False),
        sa.Column("residential", _NUMBER, nullable=True),
        sa.Column("work_based", sa.Boolean(), nullable=False),
        sa.Column("named", _TEXT, nullable=False),
        sa.Column("yearly_cost", _NUMBER, nullable=True),
        sa.Column("transport_cost", _NUMBER, nullable=True),
        checked={"arrangement": _SETTINGS, "rank": _RANKS, "named": _NAMED},
        to={"setting_id": "setting"},
    )
    _table(
        "holder",
        sa.Column("caseworker_id", _NUMBER, nullable=False),
        *_days(),
        needed={"caseworker_id": "caseworker"},
    )
    _table(
        "address",
        sa.Column("postcode", _TEXT, nullable=False),
        sa.Column("inside", _TEXT, nullable=False),
        *_days(),
        checked={"inside": _INSIDE},
    )
    _table(
        "taught_year",
        sa.Column("year", _NUMBER, nullable=False),
        sa.Column("why", _TEXT, nullable=False),
        *_days(),
        sa.Column("true_on", _DAY, nullable=True),
    )


def _days() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column("since", _DAY, nullable=True), sa.Column("until", _DAY, nullable=True)


def _table(
    name: str,
    *columns: sa.Column[Any],
    checked: dict[str, Sequence[str]] | None = None,
    to: dict[str, str] | None = None,
    needed: dict[str, str] | None = None,
) -> None:
    late = {"deferrable": True, "initially": "DEFERRED"}
    needed = {"child_id": "child", **(needed or {})}
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            [column],
            [f"{pointed}.id"],
            name=f"fk_{name}_{column}",
            **(late if column in needed else {}),
        )
        for column, pointed in {**needed, **(to or {})}.items()
    ]
    for column, codes in (checked or {}).items():
        listed = ", ".join(f"'{code}'" for code in ("", *codes))
        check = sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{name}_{column}"))
        keys.append(check)
    op.create_table(
        name,
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("child_id", _NUMBER, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *keys,
    )
    for column in (*needed, *(to or {})):
        op.create_index(f"ix_{name}_{column}", name, [column])


class _Trail:
    """What the trail says of the children who are there: their told fields, day by day.

    Attributes:
        lost: how many rows would point at a setting or caseworker who is no longer in the store.
    """

    def __init__(self) -> None:
        self._bound = op.get_bind()
        self._here = {
            f"{table}_id": {
                row.id for row in self._bound.execute(sa.select(sa.table(table, sa.column("id"))))
            }
            for table in ("setting", "caseworker")
        }
        self.lost = 0

    def _points(self, row: dict[str, Any]) -> bool:
        """Whether what a row points at is still there; who is gone cannot be pointed at."""
        return all(row[name] in ids for name, ids in self._here.items() if name in row)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each table, without ids: none of what never changed."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        children = [
            row[0] for row in self._bound.exec_driver_sql("SELECT id FROM child ORDER BY id")
        ]
        names = sorted({name for _, _, columns, _ in _TOLD for name in columns.values()})
        query = sa.text(
            f"SELECT id, {', '.join(names)} FROM child WHERE id BETWEEN :first AND :last"  # noqa: S608
        )
        for start in range(0, len(children), _AT_ONCE):
            some = children[start : start + _AT_ONCE]
            within = {"first": some[0], "last": some[-1]}
            now = {row["id"]: dict(row) for row in self._bound.execute(query, within).mappings()}
            for child, days in self._said(some[0], some[-1]).items():
                if child in now:
                    for table, row in _spells(child, days, now[child]):
                        if self._points(row):
                            found[table].append(row)
                        else:
                            self.lost += 1
        return found

    def _said(self, first: int, last: int) -> dict[int, list[tuple[date, dict[str, Any]]]]:
        """By child, what each entry left the child's fields as, with its day in London."""
        within = {"first": first, "last": last}
        keys = self._bound.execute(
            sa.text(
                "SELECT child_id, key FROM child_key WHERE key IS NOT NULL "
                "AND child_id BETWEEN :first AND :last"
            ),
            within,
        )
        known = {row[0]: bytes(row[1]) for row in keys}
        entries = self._bound.execute(
            sa.text(
                "SELECT seq, at, row_id, sealed FROM audit WHERE table_name = 'child' "
                "AND sealed IS NOT NULL AND row_id BETWEEN :first AND :last ORDER BY seq"
            ),
            within,
        )
        found: dict[int, list[tuple[date, dict[str, Any]]]] = defaultdict(list)
        for seq, at, child, sealed in entries:
            if child not in known:
                continue
            before, after = seals.opened(known[child], bytes(sealed), seq)[:2]
            if not after:
                if before:
                    # Taken out; what comes back comes whole.
                    found[child] = []
                continue
            values = json.loads(after)
            was = found[child][-1][1] if before and found[child] else {}
            day = datetime.fromisoformat(at).astimezone(_LONDON).date()
            found[child].append((day, {**was, **values}))
        return found


def _spells(
    child: int, days: list[tuple[date, dict[str, Any]]], now: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one child, by table; of a field that never changed none."""
    for name, table, columns, fixed in _TOLD:
        turns = _turns(days, columns)
        if turns and _first(turns[0][1]) is None and not _began(name, days):
            # What nobody had said yet is no value: the first one holds as long as it is known.
            del turns[0]
        # Where the trail leaves something else than what stands, `check` says so.
        if len(turns) < 2 or _text(_first(turns[-1][1])) != _text(now[name]):
            continue
        ends = [day - _DAY_LONG for day, _ in turns[1:] if day is not None]
        for at, (day, said) in enumerate(turns):
            if _first(said) in (None, ""):
                continue
            until = ends[at] if at < len(ends) else None
            row = {"child_id": child, **said, **fixed, "since": day if at else None, "until": until}
            yield table, _whole(table, row)


def _began(name: str, days: list[tuple[date, dict[str, Any]]]) -> bool:
    """Whether the first value began on its day: a case that nobody held was given to somebody."""
    first = next((values for _, values in days if values.get(name) is not None), {})
    return name == "caseworker_id" and name in first.get("typed", ())


def _turns(
    days: list[tuple[date, dict[str, Any]]], columns: dict[str, str]
) -> list[tuple[date, dict[str, Any]]]:
    """From which day on the columns were what; what changed twice on a day counts as it ended."""
    turns: list[tuple[date, dict[str, Any]]] = []
    for day, values in days:
        said = {column: values.get(of) for column, of in columns.items()}
        if turns and _first(turns[-1][1]) == _first(said):
            turns[-1] = (turns[-1][0], said)
        elif turns and turns[-1][0] == day:
            turns[-1] = (day, said)
            if len(turns) > 1 and _first(turns[-2][1]) == _first(said):
                turns.pop()
        else:
            turns.append((day, said))
    return turns


def _first(said: dict[str, Any]) -> Any:  # noqa: ANN401  (a code, a key or a number)
    found = next(iter(said.values()))
    return None if found == "" else found


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _whole(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table == "placement":
        return {**row, **_NOTHING, "setting_id": int(row["setting_id"])}
    if table == "holder":
        return {**row, "caseworker_id": int(row["caseworker_id"])}
    if table == "taught_year":
        on = row["true_on"]
        return {**row, "why": row["why"] or "", "true_on": date.fromisoformat(on) if on else None}
    return row


def _fill(told: dict[str, list[dict[str, Any]]], lost: int) -> None:
    bound = op.get_bind()
    entries: list[tuple[str, int, int, dict[str, Any]]] = []
    for name, rows in told.items():
        for key, row in enumerate(rows, 1):
            row |= {"id": key, "version": 1}
            entries.append((name, key, row["child_id"], row))
        columns = [sa.column(one, _type_of(one)) for one in rows[0]]
        bound.execute(sa.insert(sa.table(name, *columns)), rows)
        bound.execute(
            sa.text("INSERT INTO counter (name, next) VALUES (:name, :next)"),
            {"name": name, "next": len(rows) + 1},
        )
    _tell(entries, lost)


def _type_of(column: str) -> Any:  # noqa: ANN401  (a type of a column)
    if column in ("since", "until", "true_on"):
        return _DAY
    if column in ("unit", "resourced", "work_based"):
        return sa.Boolean()
    whole = ("id", "version", "child_id", "setting_id", "caseworker_id", "year", "residential")
    if column in whole or column.endswith("_cost"):
        return _NUMBER
    return _TEXT


def _tell(entries: list[tuple[str, int, int, dict[str, Any]]], lost: int) -> None:
    """Add an entry for each row to the trail, after one that says what they are."""
    bound = op.get_bind()
    last = bound.execute(sa.text("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")).one()
    group, link = last.seq + 1, last.hash
    children = len({child for _, _, child, _ in entries})
    cases = "1 case" if children == 1 else f"{children:,} cases"
    what = f"needs, placements, holders and years taught in of {cases} read from this trail"
    if lost:
        what += f"; {lost:,} at settings or with caseworkers no longer in the store left out"
    plain = ("store", 0, what, None, None)
    sealed = _sealed(entries, group + 1)
    rows: list[dict[str, Any]] = []
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for seq, (table, key, words, child, seal) in enumerate((plain, *sealed), group):
        row: dict[str, Any] = {
            "seq": seq,
            "grp": group,
            "at": at,
            "who": "Caseworker",
            "kind": "note",
            "table_name": table,
            "row_id": key,
            "what": words,
            "before": "",
            "after": "",
            "why": "",
            "undoes": 0,
            "child_id": child,
            "named": "",
        }
        lengths = [-1, -1 if seal is None else len(seal)]
        made = hashlib.sha256(_CHAIN.encode([link, *row.values(), *lengths]).encode())
        made.update(seal or b"")
        row |= {"words": None, "sealed": seal, "prev": link, "hash": made.hexdigest()}
        link = row["hash"]
        rows.append(row)
    columns = [
        sa.column(name, sa.LargeBinary() if name in ("words", "sealed") else None)
        for name in rows[0]
    ]
    for start in range(0, len(rows), _AT_ONCE):
        bound.execute(sa.insert(sa.table("audit", *columns)), rows[start : start + _AT_ONCE])
    head = {"value": f"{rows[-1]['seq']}:{link}"}
    bound.execute(sa.text("UPDATE meta SET value = :value WHERE name = 'audit_head'"), head)


def _sealed(
    entries: list[tuple[str, int, int, dict[str, Any]]], first: int
) -> Iterator[tuple[str, int, str, int, bytes]]:
    bound = op.get_bind()
    keys = {
        row[0]: bytes(row[1])
        for row in bound.exec_driver_sql(
            "SELECT child_id, key FROM child_key WHERE key IS NOT NULL"
        )
    }
    for seq, (table, key, child, row) in enumerate(entries, first):
        said = f"{_WORDS[table]} read from this trail"
        parts = ("", _ENCODER.encode(_values(row)), said, "")
        yield table, key, f"{table} added", child, seals.seal(keys[child], parts, seq)


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """A row as an entry keeps it: keys as text, and nothing that says nothing."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in ("id", "version") or value is None or value == "" or value is False:
            continue
        if name in ("child_id", "setting_id", "caseworker_id"):
            found[name] = str(value)
        else:
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found
