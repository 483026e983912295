"""Moves between phases in one calendar year, and how each stands against its date.

SEND Regulations 2014, reg 18: review and amended plan before 15 February, or before 31 March for
the move from secondary school to post-16. The strict last day is the day before; most people count
the day itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.roles import Role

BEFORE_16 = (Role.INTO_SCHOOL, Role.BETWEEN_SCHOOLS)
INTO_POST_16 = (Role.INTO_POST_16,)
_LAST_DAYS = {Role.INTO_SCHOOL: (2, 15), Role.BETWEEN_SCHOOLS: (2, 15), Role.INTO_POST_16: (3, 31)}

STANDINGS = {
    "in_time": "Final plan in time",
    "last_day": "Final plan on the day itself",
    "late": "Final plan late",
    "undecided": "Final plan, no decision on record",
    "no_review": "Final plan, no review on record",
    "none": "No final plan yet",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One child's move.

    Attributes:
        review: the review that the final plan ended, else the latest one that is for this move.
        final: the day the final amended plan went out, or None.
        standing: a key of `STANDINGS`.
    """

    view: CaseView
    deadline: Deadline
    review: Review | None
    final: date | None
    standing: str

    @property
    def reference(self) -> str:
        """The case's reference."""
        return self.view.reference


def last_day(role: Role, year: int) -> date:
    """The day by which a transfer of a year is to be finished, as most people count."""
    return date(year, *_LAST_DAYS[role])


def year_of(role: Role, period: Period) -> int:
    """The year of the transfer whose date lies in a period, the last such, or else the next."""
    for year in range(period.end.year, period.start.year - 1, -1):
        if period.holds(last_day(role, year)):
            return year
    this = period.end.year
    return this if period.end < last_day(role, this) else this + 1


def all_moves(views: Iterable[CaseView], year: int) -> tuple[Move, ...]:
    """Every move of a calendar year, of plans live before its strict day, or live now.

    A child counts once a kind of move.
    """
    return tuple(
        _move(view, deadline)
        for view in views
        if view.spells
        for deadline in _dated(view, year)
        if view.live_on(min(deadline.due - timedelta(days=1), view.as_at))
    )


def _dated(view: CaseView, year: int) -> Iterable[Deadline]:
    found: dict[str, Deadline] = {}
    for deadline in view.file.deadlines:
        role = deadline.version.role
        if deadline.due.year == year and role in _LAST_DAYS:
            found.setdefault(role, deadline)
    return found.values()


def _move(view: CaseView, deadline: Deadline) -> Move:
    last = deadline.common_due or deadline.due + timedelta(days=1)
    opens = date(deadline.due.year - 1, 9, 1)
    closes = date(deadline.due.year, 8, 31)
    ended = [one for one in view.reviews if one.final is not None and opens <= one.final <= closes]
    for review in ended:
        if review.final is not None and review.decision is not None:
            standing = _standing(review.final, deadline.due, last)
            return Move(view, deadline, review, review.final, standing)
    if ended:
        return Move(view, deadline, ended[0], ended[0].final, "undecided")
    began = last - relativedelta(months=12)
    own = [one for one in view.reviews if (one.meeting or one.decision or date.min) >= began]
    latest = own[-1] if own else None
    for fact in view.facts:
        if fact.kind in ("plan_sent", "amended_plan_sent") and opens <= fact.on <= closes:
            return Move(view, deadline, latest, fact.on, "no_review")
    return Move(view, deadline, latest, None, "none")


def _standing(final: date, due: date, last_day: date) -> str:
    if final <= due:
        return "in_time"
    return "last_day" if final <= last_day else "late"
