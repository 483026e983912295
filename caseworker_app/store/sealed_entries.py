"""Audit entries to rows and back: what names a child goes into a seal, and is opened as it is read.

Outside the seal stands a plain kind of act. An entry with words about several children has these in
a seal of their own, whose key is made of all of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.records import Entry
from caseworker_app.store import seals
from caseworker_app.store.bulk import insert_rows
from caseworker_app.store.prepared import Prepared
from caseworker_app.store.record_rows import Row
from caseworker_app.store.tables import CHILD_KEY

_KEYS = Prepared(select(CHILD_KEY.c.child_id, CHILD_KEY.c.key), CHILD_KEY.c.child_id)
_KINDS = {"child": "case"}
_DISPOSED = "the child has been disposed of since"
_NAMED_ONE = "a child named in it has been disposed of since"

Keys = dict[int, bytes | None]
"""Keys by child; None where the child is disposed of."""

Place = tuple[int, int, str, str]
"""Where an entry stands: its number, its group, the moment and the person."""


def owner(entry: Entry) -> int:
    """The child whose entry it is; 0 for none."""
    return int(entry.child or (entry.row if entry.table == "child" else 0) or 0)


def keys_for(connection: Connection, entries: Sequence[Entry]) -> Keys:
    """The keys that some new entries are to be sealed with; a child's first entry makes theirs.

    Raises:
        Unreadable: a child is disposed of.
    """
    wanted = {owner(entry) for entry in entries}.union(*(entry.named for entry in entries))
    ids = sorted({int(one) for one in wanted} - {0})
    keys = known_keys(connection, ids)
    gone = [one for one in ids if one in keys and keys[one] is None]
    if gone:
        raise Unreadable(f"Child {gone[0]} is disposed of: nothing can be written of them.")
    missing = [one for one in ids if one not in keys]
    made = list(zip(missing, seals.new_keys(len(missing)), strict=True))
    insert_rows(connection, CHILD_KEY, made)
    return keys | dict(made)


def known_keys(connection: Connection, ids: Iterable[int]) -> Keys:
    """The keys of children, as far as there are any."""
    wanted = {str(one) for one in ids}
    return dict(_KEYS.rows(connection, wanted)) if wanted else {}


def to_row(entry: Entry, place: Place, keys: Keys) -> Row:
    """A new entry as a row of `audit`, without its links; `keys` as `keys_for` gives them."""
    child, seq = owner(entry), place[0]
    if not child and not entry.named:
        return bare_row(entry, place)
    what, before, after, why = entry.what, entry.before, entry.after, entry.why
    act, words, sealed = _plain(entry), None, None
    if entry.named:
        of = sorted({*map(int, entry.named), child} - {0})
        words = seals.seal(_joint(keys, of), (what, why), seq)
    if child:
        own = keys[child]
        assert own is not None
        parts = (before, after) if words else (before, after, what, why)
        sealed = seals.seal(own, parts, seq)
        before = after = ""
    return _row(entry, place, (act, before, after, ""), (words, sealed))


def bare_row(entry: Entry, place: Place) -> Row:
    """A new entry as a row of `audit`, as it stands: nothing in it is sealed."""
    said = (entry.what, entry.before, entry.after, entry.why)
    return _row(entry, place, said, (None, None))


def _row(
    entry: Entry,
    place: Place,
    said: tuple[str, str, str, str],
    sealed: tuple[bytes | None, bytes | None],
) -> Row:
    seq, group, at, who = place
    return (
        *(seq, group, at, who, entry.kind, entry.table, int(entry.row or 0), *said),
        *(int(entry.undoes or 0), owner(entry) or None, " ".join(entry.named), *sealed),
    )


def opened(connection: Connection, rows: Iterable[Any]) -> list[Entry]:
    """Rows of `audit` as entries, their seals opened.

    Raises:
        Unreadable: a seal does not open, or the key of a child who is not disposed of is missing.
    """
    found = [tuple(row) for row in rows]
    wanted = {one for row in found for one in _children(row)}
    keys = known_keys(connection, wanted) if wanted else {}
    return [to_entry(row, keys) for row in found]


def to_entry(row: Row, keys: Keys) -> Entry:
    """One row of `audit` as an entry. Raises `Unreadable`; see `opened`."""
    seq, grp, at, who, kind, table, key, what, before, after, why, undoes, *rest = row
    child, names, words, sealed, *_ = rest
    named = tuple(names.split())
    gone = False
    if sealed is not None:
        own = _key_of(keys, child, seq)
        if own is None:
            gone, what = True, f"{what}; {_DISPOSED}"
        else:
            parts = seals.opened(own, sealed, seq)
            before, after, *said = parts
            what, why = said or (what, why)
    if words is not None and not gone:
        of = [_key_of(keys, one, seq) for one in _children(row)]
        if any(one is None for one in of):
            # Of an action as a whole nothing else is known.
            gone, what = sealed is None, f"{what}; {_NAMED_ONE}"
        else:
            what, why = seals.opened(seals.together([one for one in of if one]), words, seq)
    return Entry(
        table=table,
        row=str(key) if key else "",
        what=what,
        before=before,
        after=after,
        why=why,
        seq=seq,
        group=str(grp),
        at=at,
        who=who,
        kind=kind,
        undoes=str(undoes) if undoes else "",
        child=str(child) if child else "",
        named=named,
        gone=gone,
    )


def _children(row: Row) -> list[int]:
    """The children whose keys open an entry, in order."""
    child, names = row[12], row[13]
    return sorted({int(one) for one in names.split()} | ({child} if child else set()))


def _joint(keys: Keys, of: Sequence[int]) -> bytes:
    found = [key for one in of if (key := keys[one]) is not None]
    assert len(found) == len(of)
    return seals.together(found)


def _key_of(keys: Keys, child: int, seq: int) -> bytes | None:
    if child not in keys:
        raise Unreadable(f"Audit entry {seq} does not open: the key of child {child} is missing.")
    return keys[child]


def _plain(entry: Entry) -> str:
    """What kind of act it was, in words that name nobody."""
    if entry.table == "store":
        return "several cases changed"
    kind = _KINDS.get(entry.table, entry.table)
    if not entry.before:
        return f"{kind} added" if entry.after else f"{kind} changed"
    return f"{kind} changed" if entry.after else f"{kind} removed"
