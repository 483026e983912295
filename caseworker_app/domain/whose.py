"""Whose cases are shown: one choice for the whole window, that every list and count goes by.

It is known by the id of whoever holds a case, so two people of one name stay two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from caseworker_app.domain.day_words import day_words


class Scope(StrEnum):
    """How far one looks."""

    EVERYONE = "everyone"
    MINE = "mine"
    TEAM = "team"
    UNASSIGNED = "unassigned"


class Covering(Protocol):
    """What is asked of a record of cover; see `declarations.working_together.Cover`."""

    @property
    def away_id(self) -> str: ...  # noqa: D102
    @property
    def covering_id(self) -> str: ...  # noqa: D102
    @property
    def since(self) -> date: ...  # noqa: D102
    @property
    def until(self) -> date: ...  # noqa: D102


class Choice(NamedTuple):
    """What a person chose: who they are, and how far they look.

    Attributes:
        me: the id of a caseworker, or "" where nobody has said.
    """

    scope: Scope = Scope.EVERYONE
    me: str = ""


class Whose(NamedTuple):
    """Whose cases are shown on a day.

    Attributes:
        choice: what was chosen.
        words: for the header, "R. Haque", "Everyone".
        holders: the ids of those whose cases are shown, "" for cases that nobody holds; None for
            everyone's.
        covered: by id of a colleague who is away, what a list says beside their cases.
    """

    choice: Choice = Choice()
    words: str = "Everyone"
    holders: frozenset[str] | None = None
    covered: Mapping[str, str] = MappingProxyType({})

    def has(self, holder: str) -> bool:
        """Whether a case that somebody holds, by id or "" for nobody, is among those shown."""
        return self.holders is None or holder in self.holders


EVERYONE = Whose()


def whose(
    choice: Choice,
    names: Mapping[str, str],
    teams: Mapping[str, str] = MappingProxyType({}),
    covers: Iterable[Covering] = (),
    today: date = date.max,
) -> Whose:
    """Whose cases a choice shows on a day.

    Args:
        choice: what was chosen; of somebody who is not there any more it is everyone.
        names: every caseworker's name by id.
        teams: the id of the team by caseworker's id, of those in one.
        covers: every record of cover.
        today: the day.
    """
    if choice.scope is Scope.EVERYONE:
        return Whose(choice)
    if choice.scope is Scope.UNASSIGNED:
        return Whose(choice, "Unassigned", frozenset({""}))
    if choice.me not in names:
        return Whose(Choice())
    if choice.scope is Scope.TEAM:
        team = teams.get(choice.me)
        theirs = {one for one in teams if team and teams[one] == team} | {choice.me}
        return Whose(choice, f"{names[choice.me]}'s team", frozenset(theirs))
    covered = {
        one.away_id: f"covered by you until {day_words(one.until)}"
        for one in covers_on(covers, today)
        if one.covering_id == choice.me and one.away_id in names
    }
    return Whose(choice, names[choice.me], frozenset({choice.me, *covered}), covered)


def covers_on(covers: Iterable[Covering], today: date) -> tuple[Covering, ...]:
    """The records of cover that hold on a day."""
    return tuple(one for one in covers if one.since <= today <= one.until)
