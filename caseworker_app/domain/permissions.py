"""Who may do what: one table by area and role, in data; the rights of several roles add up.

Source: the council's table of rights, as `docs/users/rights.md` prints it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from caseworker_app.domain.errors import Refused


class Right(Enum):
    """What may be done."""

    READ = "read"
    WRITE = "add and change"
    REMOVE = "remove with a reason"
    EXPORT = "export"


ROLES: Mapping[str, str] = MappingProxyType(
    {
        "caseworker": "Caseworker",
        "senior": "Senior or manager",
        "data": "Data officer",
        "quality": "Quality lead",
        "administrator": "Administrator",
        "reader": "Read only (inspector, auditor)",
    }
)
"""Code to words, in the order of the columns."""

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "children": "Children, facts, plan, people around, notes",
        "restricted": "Restricted cases",
        "costs": "Costs, budgets, placements",
        "audits": "Audits",
        "feedback": "Feedback, disputes, panels",
        "improvement": "Improvement plan, hand values",
        "board": "Board return",
        "returns": "SEN2, inspection lists, answers",
        "bulk": "Import, bulk change",
        "setup": "Rules, readings, lists, people, backups, retention",
        "trail": "Audit trail",
    }
)
"""Code to words, in the order of the rows."""


class Grant(NamedTuple):
    """What a role may do in an area.

    Attributes:
        all: on every case.
        own: besides, on the cases that the person holds or covers.
        reason: a restricted case opens with a reason only.
        note: what the letters do not say.
    """

    all: frozenset[Right] = frozenset()
    own: frozenset[Right] = frozenset()
    reason: bool = False
    note: str = ""


_LETTERS = {"R": Right.READ, "A": Right.WRITE, "X": Right.REMOVE, "E": Right.EXPORT}


def _grant(text: str) -> Grant:
    """A cell of the table: `R`, `R+AXE own`, `RAX why`, with words after a semicolon."""
    letters, _, note = text.partition(";")
    letters, why = letters.removesuffix(" why"), letters.endswith(" why")
    everywhere, _, own = letters.removesuffix(" own").partition("+")
    if letters.endswith(" own") and "+" not in letters:
        everywhere, own = "", everywhere
    return Grant(
        frozenset(_LETTERS[one] for one in everywhere),
        frozenset(_LETTERS[one] for one in own),
        why,
        note.strip(),
    )


_ROWS = {
    "children": ("R+AXE own", "RAXE", "RAE", "R", "R", "RE"),
    "restricted": ("RA own why", "RAX why", "; counts only", "R why", "RA; grants access", "R why"),
    "costs": ("R+A own", "RAX", "RA", "R", "R", "R"),
    "audits": ("R own", "RA", "RE", "RAXE", "R", "R"),
    "feedback": ("R+A own", "RAXE", "RE", "RE", "R", "R"),
    "improvement": ("R", "RAE", "RAE", "RA", "RAXE", "R"),
    "board": ("R", "RE", "RE", "R", "RE", "RE"),
    "returns": ("", "R", "RE", "", "RE", "R"),
    "bulk": ("RA own", "RA", "RA", "", "RA", ""),
    "setup": ("R", "R", "R", "R", "RAXE", "R"),
    "trail": ("R own", "R", "R", "R", "RE", "RE"),
}

TABLE: Mapping[str, Mapping[str, Grant]] = MappingProxyType(
    {
        area: MappingProxyType(dict(zip(ROLES, map(_grant, cells), strict=True)))
        for area, cells in _ROWS.items()
    }
)
"""Area to role to grant."""


@lru_cache(maxsize=64)
def _rights(roles: frozenset[str]) -> Mapping[str, tuple[frozenset[Right], frozenset[Right]]]:
    """What some roles add up to, by area: on every case, and besides on cases of one's own."""
    nothing: frozenset[Right] = frozenset()
    return {
        area: (
            nothing.union(*(grants[role].all for role in roles)),
            nothing.union(*(grants[role].own for role in roles)),
        )
        for area, grants in TABLE.items()
    }


class Person(NamedTuple):
    """Somebody at the keyboard. Whoever makes a store holds every role in it.

    Attributes:
        name: theirs, for the trail.
        roles: keys of `ROLES`.
        known: whether the store knows its people, so that restricted cases are not there for some;
            somebody who works alone is never asked.
    """

    name: str
    roles: frozenset[str] = frozenset(ROLES)
    known: bool = False

    def may(self, area: str, right: Right, *, own: bool = False) -> bool:
        """Whether one of their roles has a right in an area; `own` of cases that are theirs."""
        everywhere, theirs = _rights(self.roles)[area]
        return right in everywhere or (own and right in theirs)

    def may_of_own(self, area: str, right: Right = Right.READ) -> bool:
        """Whether one of their roles has a right in an area, be it on their own cases alone."""
        return self.may(area, right, own=True)

    def ask(self, area: str, right: Right, *, own: bool = False) -> None:
        """Refuse what none of their roles may do. Raises `Refused`."""
        if self.may(area, right, own=own):
            return
        roles = " or ".join(ROLES[role].lower() for role in ROLES if role in self.roles)
        where = AREAS[area]
        theirs = "" if own or not self.may(area, right, own=True) else ", but for your own cases"
        who = f"the role of {roles}" if roles else "somebody without a role"
        raise Refused(f"{where}: to {right.value} is not for {who}{theirs}.")
