"""Seal what the trail says of a child with a key of that child's own, and chain it anew.

The guards are taken away for it and put back. An entry at the end says that the trail was sealed
and what its head was before, so that a head kept with a backup of before can be compared.
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

from caseworker_app.domain.named import FEW, named_in
from caseworker_app.store import seals

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_ONCE = 2000
_START = "0" * 64
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_NAMES = ("surname", "forename", "reference")
_PLAIN = (
    "seq", "grp", "at", "who", "kind", "table_name", "row_id",
    "what", "before", "after", "why", "undoes",
)  # fmt: skip
_COLUMNS = (*_PLAIN, "child_id", "named", "words", "sealed", "prev", "hash")
_AUDIT = sa.table("audit", *(sa.column(name) for name in _COLUMNS))
_KEY = sa.table("child_key", sa.column("child_id"), sa.column("key", sa.LargeBinary()))
_META = sa.table("meta", sa.column("name"), sa.column("value"))
_CHILD = sa.table("child", sa.column("id"), *(sa.column(name) for name in _NAMES))

_ON_SQLITE = {
    "audit_no_update": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
    ),
    "audit_no_delete": (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
    ),
    "audit_no_replace": (
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
        "WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are only added at the end'); END"
    ),
}
_ON_POSTGRESQL = (
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
)


def upgrade() -> None:
    op.create_table(
        "child_key",
        sa.Column("child_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("child_id", name="pk_child_key"),
    )
    op.add_column("audit", sa.Column("child_id", sa.Integer(), nullable=True))
    op.add_column(
        "audit", sa.Column("named", sa.String(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("audit", sa.Column("words", sa.LargeBinary(), nullable=True))
    op.add_column("audit", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    head = _head()
    if head:
        _drop_guards()
        sealing = _Sealing()
        sealing.go()
        _note(f"what the trail says of each child was sealed; its head was {head}{sealing.broken}")
        _make_guards()


def downgrade() -> None:
    if _head():
        _drop_guards()
        _unseal()
        _make_guards()
    for name in ("sealed", "words", "named", "child_id"):
        op.drop_column("audit", name)
    op.drop_table("child_key")


class _Sealing:
    """What is known of all entries before any of them is sealed.

    Attributes:
        broken: half a sentence where the chain of before did not hold, which a new one would hide.
    """

    def __init__(self) -> None:
        self.broken = ""
        self._names: dict[int, set[str]] = defaultdict(set)
        self._groups: dict[int, list[int]] = defaultdict(list)
        self._said: dict[int, list[int]] = {}
        for row in op.get_bind().execute(sa.select(_CHILD)):
            self._names[row.id].update(getattr(row, name) for name in _NAMES)
        link, at = _START, 0
        for at, row in enumerate(_entries(), 1):
            if row["table_name"] == "child":
                self._know(row)
            link = self._follow(link, at, row)
        kept = op.get_bind().execute(sa.select(_META.c.value).where(_META.c.name == "audit_head"))
        if not self.broken and kept.scalar() != f"{at}:{link}":
            self.broken = f", and not the one that was kept: it ended at entry {at}"
        ids = sorted({one for some in self._groups.values() for one in some})
        self._keys = dict(zip(ids, seals.new_keys(len(ids)), strict=True))

    def _follow(self, link: str, at: int, row: dict[str, Any]) -> str:
        """The hash of an entry, and whether the chain held up to it."""
        if not self.broken and (row["seq"] != at or row["prev"] != link):
            self.broken = f", and its chain was broken at entry {at}"
        found = _link(link, row, sealed=False)
        if not self.broken and row["hash"] != found:
            self.broken = f", and its chain was broken at entry {at}"
        return str(row["hash"])

    def _know(self, row: dict[str, Any]) -> None:
        child = row["row_id"]
        if child not in self._groups[row["grp"]]:
            self._groups[row["grp"]].append(child)
        for text in (row["before"], row["after"]):
            values = json.loads(text) if text else {}
            self._names[child].update(values[name] for name in _NAMES if values.get(name))

    def go(self) -> None:
        """Seal and chain every entry."""
        connection = op.get_bind()
        keys = [{"child_id": child, "key": key} for child, key in self._keys.items()]
        if keys:
            connection.execute(_KEY.insert(), keys)
        _rewrite(self._sealed)

    def _sealed(self, row: dict[str, Any]) -> dict[str, Any]:
        group = self._groups.get(row["grp"], [])
        if row["table_name"] == "child":
            return self._sealed_child(row, group)
        named = self._named(row, group) if row["table_name"] == "store" else []
        if not named:
            return row
        words = seals.seal(self._joint(named), (row["what"], row["why"]), row["seq"])
        said = " ".join(map(str, named))
        return {**row, "what": "several cases changed", "why": "", "named": said, "words": words}

    def _sealed_child(self, row: dict[str, Any], group: list[int]) -> dict[str, Any]:
        child, key = row["row_id"], self._keys[row["row_id"]]
        # Each case of an import has the file's name too, which may be a child's.
        others = group if len(group) <= FEW else self._said.get(row["grp"], [])
        others = [one for one in others if one != child]
        named = self._among(f"{row['what']} {row['why']}", others)
        values, said, words = (row["before"], row["after"]), (row["what"], row["why"]), None
        if named:
            words = seals.seal(self._joint(sorted([*named, child])), said, row["seq"])
        else:
            values += said
        act = "changed" if bool(row["before"]) == bool(row["after"]) else "added"
        return {
            **row,
            "what": f"case {'removed' if row['before'] and not row['after'] else act}",
            "before": "",
            "after": "",
            "why": "",
            "child_id": child,
            "named": " ".join(map(str, named)),
            "words": words,
            "sealed": seals.seal(key, values, row["seq"]),
        }

    def _named(self, row: dict[str, Any], group: list[int]) -> list[int]:
        self._said[row["grp"]] = found = self._among(row["what"], group)
        return sorted(group) if len(group) <= FEW else found

    def _among(self, text: str, children: list[int]) -> list[int]:
        people = ((str(one), self._names[one]) for one in children)
        return sorted(int(one) for one in named_in(text, people)) if children else []

    def _joint(self, children: list[int]) -> bytes:
        return seals.together([self._keys[one] for one in children])


def _unseal() -> None:
    found = op.get_bind().execute(sa.select(_KEY))
    keys = {row.child_id: bytes(row.key) if row.key else None for row in found}

    def plain(row: dict[str, Any]) -> dict[str, Any]:
        child, seq = row["child_id"], row["seq"]
        of = sorted({*map(int, row["named"].split()), *([child] if child else [])})
        opened = {**row, "child_id": None, "named": "", "words": None, "sealed": None}
        own = keys.get(child) if child else None
        if row["sealed"] is not None and own is not None:
            parts = seals.opened(own, bytes(row["sealed"]), seq)
            opened |= dict(zip(("before", "after", "what", "why"), parts, strict=False))
        if row["words"] is not None and all(keys.get(one) for one in of):
            key = seals.together([keys[one] or b"" for one in of])
            said = seals.opened(key, bytes(row["words"]), seq)
            opened |= dict(zip(("what", "why"), said, strict=True))
        return opened

    _rewrite(plain, sealed=False)


def _entries() -> Iterator[dict[str, Any]]:
    """Every entry in order, without its links; in pieces, as a store may be large."""
    connection, last = op.get_bind(), 0
    while True:
        query = sa.select(_AUDIT).where(_AUDIT.c.seq > last).order_by(_AUDIT.c.seq).limit(_AT_ONCE)
        rows = connection.execute(query).mappings().all()
        for row in rows:
            yield {**row, "named": row["named"] or ""}
        if not rows:
            return
        last = rows[-1]["seq"]


def _rewrite(made: Any, *, sealed: bool = True) -> None:  # noqa: ANN401  (a row to a row)
    connection, link = op.get_bind(), _START
    names = [name for name in _COLUMNS if name != "seq"]
    values = {name: sa.bindparam(f"new_{name}", type_=_type_of(name)) for name in names}
    change = _AUDIT.update().where(_AUDIT.c.seq == sa.bindparam("of")).values(values)
    waiting: list[dict[str, Any]] = []
    last = 0
    for row in _entries():
        new = made(row)
        new["prev"], link = link, _link(link, new, sealed=sealed)
        new["hash"], last = link, row["seq"]
        waiting.append({"of": row["seq"], **{f"new_{name}": new[name] for name in names}})
        if len(waiting) == _AT_ONCE:
            connection.execute(change, waiting)
            waiting = []
    if waiting:
        connection.execute(change, waiting)
    _keep_head(f"{last}:{link}")


def _type_of(name: str) -> Any:  # noqa: ANN401  (a type of a column)
    if name in ("words", "sealed"):
        return sa.LargeBinary()
    return sa.Integer() if name in ("grp", "row_id", "undoes", "child_id") else sa.String()


def _link(previous: str, row: dict[str, Any], *, sealed: bool = True) -> str:
    plain = [row[name] for name in _PLAIN]
    if not sealed:
        return hashlib.sha256(_ENCODER.encode([previous, *plain]).encode()).hexdigest()
    parts = (row["words"], row["sealed"])
    lengths = [-1 if part is None else len(part) for part in parts]
    plain += [row["child_id"], row["named"], *lengths]
    found = hashlib.sha256(_ENCODER.encode([previous, *plain]).encode())
    for part in parts:
        found.update(part or b"")
    return found.hexdigest()


def _note(what: str) -> None:
    connection = op.get_bind()
    last = connection.execute(sa.select(_AUDIT).order_by(_AUDIT.c.seq.desc()).limit(1)).one()
    seq = last.seq + 1
    row: dict[str, Any] = {
        "seq": seq,
        "grp": seq,
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "who": "Caseworker",
        "kind": "note",
        "table_name": "store",
        "row_id": 0,
        "what": what,
        "before": "",
        "after": "",
        "why": "",
        "undoes": 0,
        "child_id": None,
        "named": "",
        "words": None,
        "sealed": None,
        "prev": last.hash,
    }
    row["hash"] = _link(last.hash, row)
    connection.execute(_AUDIT.insert().values(row))
    _keep_head(f"{seq}:{row['hash']}")


def _head() -> str:
    query = sa.select(_AUDIT.c.seq, _AUDIT.c.hash).order_by(_AUDIT.c.seq.desc()).limit(1)
    found = op.get_bind().execute(query).first()
    return f"{found.seq}:{found.hash}" if found else ""


def _keep_head(value: str) -> None:
    connection = op.get_bind()
    connection.execute(_META.delete().where(_META.c.name == "audit_head"))
    connection.execute(_META.insert().values(name="audit_head", value=value))


def _drop_guards() -> None:
    if op.get_context().dialect.name == "sqlite":
        for name in _ON_SQLITE:
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        op.execute("DROP TRIGGER IF EXISTS audit_no_change ON audit")


def _make_guards() -> None:
    if op.get_context().dialect.name == "sqlite":
        for sql in _ON_SQLITE.values():
            op.execute(sql)
    else:
        op.execute(_ON_POSTGRESQL)
