"""Who may say that an action of an audit is done: whoever writes audits, and whose action it is.

An action is of whoever it names, and of whoever holds the case or covers it, who chases the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import Person, Right

if TYPE_CHECKING:
    from collections.abc import Collection

    from caseworker_app.domain.declarations.auditing import AuditAction

AREA, OF_CASE = "audits", "children"
"""What an action of an audit is of, and what whoever finishes one may write of their own cases."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What of audits somebody may see and finish.

    Attributes:
        person: who it is.
        read: the children of whose audits they may be told; None for all.
        theirs: the children whose cases they hold or cover.
    """

    person: Person
    read: Collection[str] | None
    theirs: Collection[str]

    def sees(self, action: AuditAction) -> bool:
        """Whether they may be told of an action."""
        return self.read is None or action.child_id in self.read or self._is_named(action)

    def finishes(self, action: AuditAction) -> bool:
        """Whether they may say that it is done."""
        if self.person.may(AREA, Right.WRITE):
            return True
        writes = self.person.may_of_own(OF_CASE, Right.WRITE)
        return writes and (self._is_named(action) or action.child_id in self.theirs)

    def _is_named(self, action: AuditAction) -> bool:
        reads = self.person.may_of_own(AREA)
        return reads and bool(action.who) and folded(action.who) == folded(self.person.name)
