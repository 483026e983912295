"""Whose cases are shown, worked out from the caseworkers, teams and cover that a store keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.whose import Choice, Scope, Whose, covers_on, whose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from caseworker_app.domain.declarations.working_together import Cover
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.situation import Situation


def whose_now(reading: Reading, choice: Choice, today: date) -> Whose:
    """Whose cases a choice shows on a day; see `domain.whose`."""
    if choice.scope in (Scope.EVERYONE, Scope.UNASSIGNED):
        return whose(choice, {})
    workers = reading.caseworkers()
    names = {one.id: one.name for one in workers}
    teams = {one.id: one.team_id for one in workers if one.team_id}
    return whose(choice, names, teams, _covers(reading), today)


def team_names(session: Situation) -> dict[str, str]:
    """The name of the team of each caseworker who is in one, by the caseworker's id."""
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        called = {key: one.name for key, one in reading.all_of(kind_named("team")).items()}
        return {
            one.id: called[one.team_id] for one in reading.caseworkers() if one.team_id in called
        }


def with_covered(reading: Reading, ids: Iterable[str], today: date) -> frozenset[str]:
    """Some caseworkers, and the colleagues whom they cover on a day, by id."""
    held = set(ids)
    covers = covers_on(_covers(reading), today)
    return frozenset(held | {one.away_id for one in covers if one.covering_id in held})


def _covers(reading: Reading) -> list[Cover]:
    return list(reading.all_of(kind_named("cover")).values())
