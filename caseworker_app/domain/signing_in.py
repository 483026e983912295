"""Who signs in to a store: who may, who did, and what they may then do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import ROLES, Person

if TYPE_CHECKING:
    from caseworker_app.domain.people import Caseworker

ADMINISTRATOR = "administrator"


class SignIn(NamedTuple):
    """Somebody who may sign in, as the store has them.

    Attributes:
        id, name: of the caseworker.
        sign_in: the name they sign in by.
        roles: what they may do, keys of `permissions.ROLES`.
        active: whether they work here still.
        since, until: from when to when they may sign in.
    """

    id: str
    name: str
    sign_in: str
    roles: frozenset[str]
    active: bool = True
    since: date | None = None
    until: date | None = None

    def state(self, today: date) -> str:
        """How it stands with them on a day, in a word or two."""
        if not self.active or (self.until is not None and self.until < today):
            return "left"
        if self.since is not None and today < self.since:
            return "not yet"
        return "signs in" if self.roles & ROLES.keys() else "no role yet"

    def barred(self, today: date) -> str:
        """Why they may not sign in on a day, a sentence; "" where they may."""
        if self.until is not None and self.until < today:
            return f"{self.name} left on {day_words(self.until)} and does not sign in any more."
        if not self.active:
            return f"{self.name} does not work here any more, and does not sign in."
        if self.since is not None and today < self.since:
            return f"{self.name} signs in from {day_words(self.since)} on."
        if not self.roles & ROLES.keys():
            return f"{self.name} has no role here yet: ask an administrator for one."
        return ""


class OpenedBy(NamedTuple):
    """Who has opened a store.

    Attributes:
        name: as they sign in; "" where the store has one passphrase for everybody.
        bound: whether the store knows its people, so that roles bind.
        recovery: whether it was opened with the recovery key.
    """

    name: str
    bound: bool
    recovery: bool = False


def person_of(opened: OpenedBy, people: Iterable[SignIn], account: str, today: date) -> Person:
    """Whoever has opened a store, with their roles on a day.

    Args:
        opened: how it was opened.
        people: those who may sign in.
        account: whose log-in the computer is under, for a store that knows nobody.
        today: the day.

    Raises:
        Refused: they are not among its people, or may not sign in on that day.
    """
    if not opened.bound or opened.recovery:
        return Person(opened.name or account, known=opened.bound)
    who = folded(opened.name)
    found = next((one for one in people if folded(one.sign_in) == who), None)
    if found is None:
        raise Refused(
            f"{opened.name} is not among the people of this store: ask its administrator.",
            "person",
        )
    if barred := found.barred(today):
        raise Refused(barred, "person")
    return Person(found.name, found.roles.intersection(ROLES), known=True)


def signing_in(caseworkers: Iterable[Caseworker]) -> list[SignIn]:
    """Those of some caseworkers who sign in."""
    return [
        SignIn(one.id, one.name, one.sign_in, one.roles, one.active, one.since, one.until)
        for one in caseworkers
        if one.sign_in
    ]


def refuse_none_left(before: Iterable[SignIn], after: Iterable[SignIn], today: date) -> None:
    """Refuse a change after which nobody could let anybody sign in any more. Raises `Refused`.

    The first who signs in is an administrator: who works here now would be barred by another.
    """
    was, now = tuple(before), tuple(after)
    if (administrators(was, today) or (now and not was)) and not administrators(now, today):
        raise Refused("Somebody who signs in has to stay who holds the role of administrator.")


def administrators(people: Iterable[SignIn], today: date) -> tuple[SignIn, ...]:
    """Those who may sign in on a day and hold the role of administrator."""
    return tuple(one for one in people if ADMINISTRATOR in one.roles and not one.barred(today))
