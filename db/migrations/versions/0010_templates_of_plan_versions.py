"""Versions of plans with the template each was on, for children whose template changed before 0009.

What changed is read from the trail, as `services/following_plans` would have followed it: where a
child with two final plans was given another template, the plan before keeps the old one and the
plan in force has the new. Of a template that never changed there is no version: the child says it.
Each row comes with an entry of its own at the end of the trail, sealed with the child's key.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from caseworker_app.store import seals

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_CHAIN = json.JSONEncoder(separators=(",", ":"))
_FINALS = ("plan_sent", "amended_plan_sent", "plan_transferred_in")

_Said = dict[str, str]
"""The template of each final plan of a child, by the id of its event, as they came to be said."""


def upgrade() -> None:
    """Add the versions that the trail tells."""
    rows: list[dict[str, Any]] = []
    left = 0
    bound = op.get_bind()
    ids = [row[0] for row in bound.exec_driver_sql("SELECT id FROM child ORDER BY id")]
    for start in range(0, len(ids), _AT_ONCE):
        some = {"first": ids[start], "last": ids[min(start + _AT_ONCE, len(ids)) - 1]}
        begun = {row[0] for row in _within("SELECT child_id FROM plan_version WHERE ", some)}
        now = dict(_within("SELECT id, template FROM child WHERE ", some, "id"))
        plans = _plans(some)
        for child, said in _said(some).items():
            if not said or child not in now:
                continue
            told = _still(said, plans[child], now[child])
            if told and child in begun:
                left += 1
            elif told:
                rows += _versions(child, plans[child], told)
    if rows or left:
        _fill(rows, left)


def downgrade() -> None:
    """Leave the versions: a store of 0009 has such rows too."""


def _within(query: str, some: dict[str, int], name: str = "child_id") -> Iterator[Any]:
    yield from op.get_bind().execute(sa.text(f"{query}{name} BETWEEN :first AND :last"), some)


def _plans(some: dict[str, int]) -> dict[int, list[tuple[str, str, bool]]]:
    """The final plans of children today, oldest first: the id and kind of each, whether first."""
    query = sa.text(
        "SELECT id, child_id, kind, day, detail FROM fact "
        "WHERE child_id BETWEEN :first AND :last AND kind IN :finals ORDER BY id"
    ).bindparams(sa.bindparam("finals", expanding=True))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in op.get_bind().execute(query, {**some, "finals": _FINALS}):
        found[row.child_id].append(row)
    return {
        child: [
            (str(one.id), one.kind, json.loads(one.detail or "{}").get("first") != "no")
            for one in sorted(some, key=lambda one: (one.day, _FINALS.index(one.kind)))
        ]
        for child, some in found.items()
    }


def _said(some: dict[str, int]) -> dict[int, _Said]:
    """What the trail says of the templates of children's plans; of one who is gone nothing."""
    keys = {
        row[0]: bytes(row[1])
        for row in _within("SELECT child_id, key FROM child_key WHERE key IS NOT NULL AND ", some)
    }
    entries = op.get_bind().execute(
        sa.text(
            "SELECT seq, grp, row_id, sealed FROM audit WHERE table_name = 'child' "
            "AND sealed IS NOT NULL AND row_id BETWEEN :first AND :last ORDER BY row_id, seq"
        ),
        some,
    )
    followed: dict[int, _Followed] = {}
    for seq, group, child, sealed in entries:
        if child in keys:
            before, after = seals.opened(keys[child], bytes(sealed), seq)[:2]
            followed.setdefault(child, _Followed()).take(group, before, after)
    return {child: one.end() for child, one in followed.items()}


class _Followed:
    """A child's template and final plans, act by act."""

    def __init__(self) -> None:
        self._group = 0
        self._was = self._template = ""
        self._plans: dict[str, tuple[str, int]] = {}
        self._said: _Said = {}

    def take(self, group: int, before: str, after: str) -> None:
        """Take an entry in; what one act did counts once it is whole."""
        if group != self._group:
            self._follow()
            self._group = group
        if not after:
            if before:
                # Taken out; what comes back comes whole.
                self._was, self._template, self._plans = "", "", {}
            return
        values = json.loads(after)
        if not before:
            self._template, self._plans = "", {}
        self._template = values.get("template", self._template)
        for key, fact in values.get("facts", {}).items():
            if fact is not None and fact["kind"] in _FINALS:
                self._plans[key] = (fact["on"], _FINALS.index(fact["kind"]))
            else:
                self._plans.pop(key, None)

    def end(self) -> _Said:
        """What was said of each plan, in the end."""
        self._follow()
        return self._said

    def _follow(self) -> None:
        was, now = self._was, self._template
        self._was = now
        if was == now or not now:
            return
        plans = sorted(self._plans, key=lambda key: (self._plans[key], int(key)))
        if not self._said:
            if len(plans) < 2 or not was:
                return
            self._said[plans[-2]] = was
        if plans:
            self._said[plans[-1]] = now


def _still(said: _Said, plans: list[tuple[str, str, bool]], template: str) -> _Said:
    """Of what was said what stands: of plans that are still there, the newest as the child says."""
    told = {key: said[key] for key, _, _ in plans if key in said}
    if not template or not told:
        return {}
    if list(told.values())[-1] != template:
        told[plans[-1][0]] = template
    return told if len(set(told.values())) > 1 else {}


def _versions(
    child: int, plans: list[tuple[str, str, bool]], told: _Said
) -> Iterator[dict[str, Any]]:
    """A row for each plan whose template is told, without an id."""
    for number, (key, kind, first) in enumerate(plans, 1):
        if key not in told:
            continue
        sent = "first" if number == 1 and first else "amended"
        yield {
            "version": 1,
            "child_id": child,
            "fact_id": int(key),
            "number": number,
            "kind": {"plan_transferred_in": "transferred", "plan_sent": sent}.get(kind, "amended"),
            "template": told[key],
            "sections": "",
        }


def _fill(rows: list[dict[str, Any]], left: int) -> None:
    bound = op.get_bind()
    if rows:
        name = {"name": "plan_version"}
        query = sa.text("SELECT next FROM counter WHERE name = :name")
        start = bound.execute(query, name).scalar()
        for key, row in enumerate(rows, start or 1):
            row["id"] = key
        columns = [sa.column(one) for one in rows[0]]
        bound.execute(sa.insert(sa.table("plan_version", *columns)), rows)
        kept = (
            "INSERT INTO counter (name, next) VALUES (:name, :next)"
            if start is None
            else "UPDATE counter SET next = :next WHERE name = :name"
        )
        bound.execute(sa.text(kept), {**name, "next": rows[-1]["id"] + 1})
    _tell(rows, left)


def _tell(rows: list[dict[str, Any]], left: int) -> None:
    """Add an entry for each row to the trail, after one that says what they are."""
    bound = op.get_bind()
    last = bound.execute(sa.text("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")).one()
    group, link = last.seq + 1, last.hash
    parts = []
    if rows:
        parts.append(f"templates of the plans of {_cases(rows)} read from this trail")
    if left:
        cases = "1 case" if left == 1 else f"{left:,} cases"
        parts.append(f"{cases} with versions entered already left as they are")
    plain = ("store", 0, "; ".join(parts), None, None)
    entries: list[dict[str, Any]] = []
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for seq, (table, key, words, child, sealed) in enumerate(
        (plain, *_sealed(rows, group + 1)), group
    ):
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
        lengths = [-1, -1 if sealed is None else len(sealed)]
        made = hashlib.sha256(_CHAIN.encode([link, *row.values(), *lengths]).encode())
        made.update(sealed or b"")
        row |= {"words": None, "sealed": sealed, "prev": link, "hash": made.hexdigest()}
        link = row["hash"]
        entries.append(row)
    columns = [
        sa.column(name, sa.LargeBinary() if name in ("words", "sealed") else None)
        for name in entries[0]
    ]
    for start in range(0, len(entries), _AT_ONCE):
        bound.execute(sa.insert(sa.table("audit", *columns)), entries[start : start + _AT_ONCE])
    head = {"value": f"{entries[-1]['seq']}:{link}"}
    bound.execute(sa.text("UPDATE meta SET value = :value WHERE name = 'audit_head'"), head)


def _cases(rows: list[dict[str, Any]]) -> str:
    count = len({row["child_id"] for row in rows})
    return "1 case" if count == 1 else f"{count:,} cases"


def _sealed(rows: list[dict[str, Any]], first: int) -> Iterator[tuple[str, int, str, int, bytes]]:
    keys = {
        row[0]: bytes(row[1])
        for row in op.get_bind().exec_driver_sql(
            "SELECT child_id, key FROM child_key WHERE key IS NOT NULL"
        )
    }
    for seq, row in enumerate(rows, first):
        values = {
            name: str(value) if name in ("child_id", "fact_id") else value
            for name, value in row.items()
            if name not in ("id", "version") and value != ""
        }
        parts = ("", _ENCODER.encode(values), "template of the plan read from this trail", "")
        sealed = seals.seal(keys[row["child_id"]], parts, seq)
        yield "plan_version", row["id"], "plan_version added", row["child_id"], sealed
