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
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.roles import Role

BEFORE_16 = (Role.INTO_SCHOOL, Role.BETWEEN_SCHOOLS)
INTO_POST_16 = (Role.INTO_POST_16,)
_PHASES = frozenset((*BEFORE_16, *INTO_POST_16))

STANDINGS = {
    "in_time": "Final plan in time",
    "last_day": "Final plan on the day itself",
    "late": "Final plan late",
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


def all_moves(views: Iterable[CaseView]) -> tuple[Move, ...]:
    """Every move of this calendar year and the next, of plans live on its date, or live now.

    A child counts once a year and kind of move. The years are those of the as-at date.
    """
    return tuple(
        _move(view, deadline)
        for view in views
        if view.spells
        for deadline in _dated(view)
        if view.live_on(min(deadline.due, view.as_at))
    )


def _dated(view: CaseView) -> Iterable[Deadline]:
    year = view.as_at.year
    found: dict[tuple[str, int], Deadline] = {}
    for deadline in view.file.deadlines:
        role, moving = deadline.version.role, deadline.due.year
        if moving in (year, year + 1) and role in _PHASES:
            found.setdefault((role, moving), deadline)
    return found.values()


def _move(view: CaseView, deadline: Deadline) -> Move:
    last_day = deadline.common_due or deadline.due + timedelta(days=1)
    opens = date(deadline.due.year - 1, 9, 1)
    closes = date(deadline.due.year, 8, 31)
    began = last_day - relativedelta(months=12)
    own = [review for review in view.reviews if _begun(review) and _begun(review) >= began]
    for review in own:
        if review.final is not None and opens <= review.final <= closes:
            standing = _standing(review.final, deadline.due, last_day)
            return Move(view, deadline, review, review.final, standing)
    latest = own[-1] if own else None
    for fact in view.facts:
        if fact.kind in ("plan_sent", "amended_plan_sent") and opens <= fact.on <= closes:
            return Move(view, deadline, latest, fact.on, "no_review")
    return Move(view, deadline, latest, None, "none")


def _begun(review: Review) -> date:
    return review.meeting or review.decision or date.min


def _standing(final: date, due: date, last_day: date) -> str:
    if final <= due:
        return "in_time"
    return "last_day" if final <= last_day else "late"
