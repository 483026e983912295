"""What each role may write of a team's database by plain SQL, derived from the table of rights.

A database tells tables and what is done to them apart, and not whose case a row is of or why it is
changed. So a role gets what anything that it may do has to write: that is what these rules are.
Whether a case is one's own, and whether what may be added may also be taken out, the gate tells.
An import that brought in what a role may not write itself, it does not take back there either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.declarations.auditing import PlanAudit
from caseworker_app.domain.declarations.return_runs import RETURNS, ReturnRun
from caseworker_app.domain.kinds import Kind, is_kind, kind_named, kind_of
from caseworker_app.domain.people import Caseworker
from caseworker_app.domain.permissions import TABLE, Right
from caseworker_app.store.tables import (
    ACCESS,
    ACCESS_CHILD,
    CHILD,
    CHILD_KEY,
    COUNTER,
    DEADLINE,
    DRAFT,
    FACT,
    KEPT_BODY,
    META,
    OPEN_FIGURE,
    RULE_VERSION,
    SIGNATURE,
)

REVISION = "alembic_version"
"""The table that says which revision the tables are of."""
OPEN_DATA = "open_data"
"""The view of what was published last."""
INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"
WRITES = (INSERT, UPDATE, DELETE)
Written = Mapping[str, frozenset[str]]
"""Table to what may be done to its rows."""

_ALL = frozenset(WRITES)
_RUN, _AUDIT = kind_of(ReturnRun), kind_of(PlanAudit)

EVERYBODY: Written = MappingProxyType(
    {
        META.name: _ALL,
        COUNTER.name: frozenset({INSERT, UPDATE}),
        DRAFT.name: _ALL,
        ACCESS.name: frozenset({INSERT}),
        ACCESS_CHILD.name: frozenset({INSERT}),
        SIGNATURE.name: frozenset({INSERT}),
        CHILD_KEY.name: frozenset({INSERT}),
    }
)
"""What whoever has any role writes beside the rows themselves: keys allotted, what they read."""

BARE = frozenset({META.name, kind_of(Caseworker).name, REVISION, OPEN_DATA})
"""What somebody who works here and has no role reads: that they have none; what is published."""


@cache
def written_by(role: str) -> Written:
    """The tables that a role may write by SQL, a key of `permissions.ROLES`, and in which ways."""
    found = dict(EVERYBODY)
    for table, ways in (*_of_kinds(role), *_of_children(role), *_of_returns(role)):
        found[table] = found.get(table, frozenset()) | ways
    counted = any(one.counted or one.binds for one in every_kind() if one.name in found)
    if counted:
        # Dates follow from what is written, in the same transaction.
        found |= {DEADLINE.name: _ALL, RULE_VERSION.name: _ALL}
    return MappingProxyType(found)


def _may(role: str, area: str, right: Right, *, own: bool = False) -> bool:
    grant = TABLE[area][role]
    return right in grant.all or (own and right in grant.own)


def _of_kinds(role: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The records of the areas that a role may write, and what goes along with them."""
    for kind in every_kind():
        if _may(role, kind.area, Right.WRITE, own=bool(kind.owner or kind.mine)):
            yield kind.name, _ALL
            if kind.binds:
                # How a child stands is counted anew, and stands in their row.
                yield CHILD.name, frozenset({UPDATE})
    if _may(role, _AUDIT.area, Right.WRITE):
        # The version of a plan that only its event tells of is recorded with its audit.
        yield from ((one.to, _ALL) for one in _AUDIT.links() if _owned(one.to))


def _of_children(role: str) -> Iterator[tuple[str, frozenset[str]]]:
    """A child with all that is theirs: a merge moves it, a split and an import too."""
    owned = [one.name for one in every_kind() if one.owner]
    rows = (CHILD.name, FACT.name, *owned)
    if any(_may(role, area, Right.WRITE, own=True) for area in (CHILD.area, "bulk")):
        yield from ((one, _ALL) for one in rows)
        # A file names schools and caseworkers whom nobody has entered yet.
        yield from ((one.to, _named(kind_named(one.to))) for one in CHILD.links())
    if _may(role, "setup", Right.REMOVE):
        # Disposal: a child's own key is destroyed.
        yield from ((one, frozenset({DELETE})) for one in (*rows, CHILD_KEY.name))


def _of_returns(role: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Returns that are kept as they are written out, and withdrawn."""
    areas = {area for _, area in RETURNS.values()}
    writes_out = any(_may(role, one, Right.EXPORT) for one in areas)
    if writes_out or _may(role, "setup", Right.WRITE):
        kept = (_RUN.name, KEPT_BODY.name, OPEN_FIGURE.name)
        yield from ((one, _ALL) for one in kept)


def _named(kind: Kind) -> frozenset[str]:
    """What bringing in and taking back does to rows: what is of setup is added, never changed."""
    return _ALL if kind.area == CHILD.area else frozenset({INSERT, DELETE})


def _owned(name: str) -> bool:
    return bool(kind_named(name).owner) if is_kind(name) else False
