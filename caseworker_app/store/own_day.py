"""What one person wrote in the trail since a moment, action by action, and that stands.

The trail has no index on its moments and needs none: it is in the order of time, so where a day
begins is found in its numbers, in ever smaller parts. From there on the index on actions is read.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Connection, Select, func, or_, select

from caseworker_app.domain.records import Entry
from caseworker_app.store.audit import undone_among
from caseworker_app.store.prepared import Prepared
from caseworker_app.store.sealed_entries import opened
from caseworker_app.store.tables import AUDIT

_WHOLE_STORE = "store"
_PLACES = 64
_OF_GROUPS = Prepared(select(AUDIT).order_by(AUDIT.c.seq), AUDIT.c.grp)
_TABLE, _CHILD = (AUDIT.columns.keys().index(one) for one in ("table_name", "child_id"))


def written_since(
    connection: Connection,
    who: str,
    since: str,
    tables: Collection[str],
    children: Collection[str] | None = None,
) -> list[Entry]:
    """A person's entries about some tables since a moment, in order, of changes that stand.

    What was brought in or merged is no work done line by line, and is left out.

    Args:
        connection: inside one transaction.
        who: the person, as the trail names them.
        since: the moment, as the trail keeps moments.
        tables: the tables asked for.
        children: the ids of children whose entries alone are asked for, or None for all.
    """
    only = None if children is None else {int(one) for one in children}
    if children is None:
        query = _own(who).where(AUDIT.c.grp >= _first_since(connection, since))
        groups = [str(seq) for (seq,) in connection.execute(query)]
    else:
        # Of a few children all moments are looked at sooner than where the day begins is found.
        groups = [str(seq) for (seq,) in _own_of(who, since).rows(connection, set(children))]
    undone = undone_among(connection, groups)
    left = [one for one in groups if one not in undone]
    # Of what tables and children is asked here: in the query it would lead away from the index.
    return opened(
        connection,
        [
            row
            for row in _OF_GROUPS.rows(connection, left)
            if row[_TABLE] in tables and (only is None or row[_CHILD] in only)
        ],
    )


def _own(who: str) -> Select[tuple[int]]:
    """The changes of a person, line by line."""
    return select(AUDIT.c.seq).where(
        AUDIT.c.grp == AUDIT.c.seq,
        AUDIT.c.who == who,
        AUDIT.c.kind == "change",
        # Of these the first entry says in `after` what sort of action it was.
        or_(AUDIT.c.table_name != _WHOLE_STORE, AUDIT.c.after == ""),
    )


@lru_cache(maxsize=4)
def _own_of(who: str, since: str) -> Prepared:
    """The changes of a person since a moment, of those that touch a child."""
    theirs = select(AUDIT.c.grp).where(AUDIT.c.at >= since)
    return Prepared(theirs, AUDIT.c.child_id, lambda those: _own(who).where(AUDIT.c.seq.in_(those)))


def _first_since(connection: Connection, since: str) -> int:
    """The number of the first entry since a moment, or the one after the last."""
    low, high = 1, (connection.execute(select(func.max(AUDIT.c.seq))).scalar() or 0) + 1
    while low < high:
        # Many places at once: each question costs more than what is looked up for it.
        step = max(1, (high - low) // _PLACES)
        places = range(low, high, step)
        later = select(func.min(AUDIT.c.seq)).where(AUDIT.c.seq.in_(places), AUDIT.c.at >= since)
        found = connection.execute(later).scalar()
        if found is None:
            low = places[-1] + 1
        else:
            low, high = max(low, found - step + 1), found
    return low
