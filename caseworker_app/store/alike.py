"""Who has something in common with a child: the few who may be the same child are among them."""

from __future__ import annotations

from sqlalchemy import Connection, and_, or_, select

from caseworker_app.domain.people import Child
from caseworker_app.store.tables import CHILD, table_of

_CHILD = table_of(CHILD).c


def alike(connection: Connection, child: Child) -> set[str]:
    """The ids of the children who share a birthday, a UPN or a whole name with a child."""
    same = [and_(_CHILD.surname == child.surname, _CHILD.forename == child.forename)]
    same += [_CHILD.born == child.born] if child.born else []
    same += [_CHILD.upn == child.upn] if child.upn else []
    return {str(row.id) for row in connection.execute(select(_CHILD.id).where(or_(*same)))}
