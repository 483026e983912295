"""Restricted cases: for whom one opens, for whom with a reason, and for whom it is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import TABLE, Person

AREA = "restricted"
"""The line of the table of rights."""
SOMEBODY = "somebody whose case is restricted"
"""In the place of a name that a person may not read."""


class RestrictedCase(NamedTuple):
    """A case that is restricted on a day.

    Attributes:
        child_id: whose.
        caseworker_id: who holds it, or "".
        opened_by: those for whom it opens, by name.
    """

    child_id: str
    caseworker_id: str
    opened_by: tuple[str, ...]


class Restrictions(NamedTuple):
    """How the restricted cases of a day stand for one person.

    Attributes:
        never: those that are not there for them: in no list, search or file, though counted.
        reason: those that open once they say why.
        ask: by child, whom to ask about one of either.
    """

    never: frozenset[str] = frozenset()
    reason: frozenset[str] = frozenset()
    ask: Mapping[str, str] = MappingProxyType({})


class ReasonNeeded(Refused):
    """A restricted case opens for this person, once they say why; `children` names it."""


def restrictions_of(
    person: Person, cases: Iterable[RestrictedCase], own: Collection[str]
) -> Restrictions:
    """How restricted cases stand for a person.

    Args:
        person: with their roles.
        cases: those that are restricted on the day.
        own: the caseworkers, by id, whose cases are theirs that day.
    """
    grants = [TABLE[AREA][role] for role in person.roles]
    everywhere = any(one.reason and one.all for one in grants)
    theirs = any(one.reason and one.own for one in grants)
    never: set[str] = set()
    reason: set[str] = set()
    ask: dict[str, str] = {}
    me = folded(person.name)
    for case in cases:
        if any(folded(one) == me for one in case.opened_by):
            continue
        may = everywhere or (theirs and case.caseworker_id in own)
        (reason if may else never).add(case.child_id)
        ask[case.child_id] = " or ".join(case.opened_by) or "a manager"
    return Restrictions(frozenset(never), frozenset(reason), ask)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a field that has one a line."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
