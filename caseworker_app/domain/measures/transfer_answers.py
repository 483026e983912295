"""The measures of phase transfers: final plans sent by the day of the transfer's year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.counting import Answer, Caseload, Counted, share_of
from caseworker_app.domain.measures.moves import (
    BEFORE_16,
    INTO_POST_16,
    STANDINGS,
    Move,
    last_day,
)
from caseworker_app.domain.roles import Role


def _finished(roles: tuple[Role, ...], *standings: str) -> Callable[[Caseload], Counted]:
    def count(caseload: Caseload) -> Counted:
        year = caseload.transfer_year(roles)
        so_far = caseload.as_at < last_day(roles[0], year)
        return share_of(
            (_thing(move, move.standing in standings) for move in caseload.moves(roles)),
            of=f"{year}, so far" if so_far else str(year),
        )

    return count


def _thing(move: Move, counts: bool) -> Thing:
    said = STANDINGS[move.standing].lower()
    if move.final is not None:
        said = f"{said}, {day_words(move.final)}"
    return Thing(move.reference, counts, _day(move), said)


def _day(move: Move) -> date:
    return move.deadline.common_due or move.deadline.due


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.6a": Answer(_finished(BEFORE_16, "in_time", "last_day")),
        "W1.6a-strict": Answer(_finished(BEFORE_16, "in_time")),
        "W1.6b": Answer(_finished(INTO_POST_16, "in_time", "last_day")),
        "W1.6b-strict": Answer(_finished(INTO_POST_16, "in_time")),
    }
)
"""Ref, with the suffix of the strict figure, to how it is counted."""
