"""The measures of annual reviews: dates on record, decided in twelve months, decided in four weeks.

They count meetings and not children. The words of each definition are in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import (
    Answer,
    Caseload,
    Counted,
    count_of,
    share_of,
    share_of_cases,
)
from caseworker_app.domain.roles import Stage

FOUR_WEEKS = timedelta(days=28)

Meeting = tuple[CaseView, Review, date]
"""A review meeting with its day."""


def due_day(view: CaseView, review: Review) -> date | None:
    """The day by which a decided review was due: of the year, or of the move; None for none.

    Where one decision answers several such dates, the earliest is the review's.
    """
    if review.decision is None:
        return None
    answered = (
        deadline.due
        for deadline in view.file.deadlines
        if deadline.version.stage == Stage.YEAR and deadline.met_on == review.decision
    )
    return min(answered, default=None)


def decided_in_time(view: CaseView, review: Review) -> bool:
    """Whether the decision was sent by the day this review was due."""
    due = due_day(view, review)
    return review.decision is not None and due is not None and review.decision <= due


def decided_in_four_weeks(review: Review, meeting: date) -> bool:
    """Whether the decision was sent by the 28th day after the meeting."""
    return review.decision is not None and review.decision <= meeting + FOUR_WEEKS


def ended_before_four_weeks(view: CaseView, review: Review, meeting: date) -> bool:
    """Whether the plan ended before the 28th day after the meeting, and no decision was sent."""
    if review.decision is not None:
        return False
    ends = (
        spell.ceased
        for spell in view.spells
        if spell.ceased is not None and spell.since <= meeting <= spell.ceased
    )
    return any(end < meeting + FOUR_WEEKS for end in ends)


def ripe_meetings(caseload: Caseload) -> Iterator[Meeting]:
    """The meetings of the period whose 28th day has come, of plans that did not end before it."""
    for view, review, meeting in caseload.meetings:
        due = meeting + FOUR_WEEKS <= caseload.as_at
        if due and not ended_before_four_weeks(view, review, meeting):
            yield view, review, meeting


def review_dates_recorded(view: CaseView) -> bool:
    """Whether a next review date stands and each review has the day of its meeting.

    A report that came after a review, too late to be of it, is no further review.
    """
    if view.next_review() is None:
        return False
    begun = [one.meeting or one.decision for one in view.reviews]
    first = min((day for day in begun if day is not None), default=date.max)
    return all(
        review.dated or (review.decision is None and (review.report or date.min) >= first)
        for review in view.reviews
    )


def _dates_on_record(caseload: Caseload) -> Counted:
    return share_of_cases(caseload.live, review_dates_recorded)


def _decided_in_twelve_months(caseload: Caseload) -> Counted:
    return share_of(
        (
            Thing(view.reference, decided_in_time(view, review), meeting, _by_year(view, review))
            for view, review, meeting in caseload.meetings
        ),
        _due_not_recorded(caseload),
    )


def _by_year(view: CaseView, review: Review) -> str:
    if review.decision is None:
        return "no decision on record"
    due = due_day(view, review)
    said = f"decided {day_words(review.decision)}"
    return f"{said}, no due date on record" if due is None else f"{said}, due {day_words(due)}"


def _due_not_recorded(caseload: Caseload) -> str:
    since = (view.file.child.history_from for view, _, _ in caseload.meetings)
    if all(day is None for day in since):
        return ""
    return "Where earlier reviews are not recorded, a review with no due date is not in time."


def _decided_in_four_weeks(caseload: Caseload) -> Counted:
    return share_of(
        Thing(view.reference, decided_in_four_weeks(review, meeting), meeting, _decided(review))
        for view, review, meeting in ripe_meetings(caseload)
    )


def _decided(review: Review) -> str:
    day = review.decision
    return "no decision on record" if day is None else f"decided {day_words(day)}"


def _ended_first(caseload: Caseload) -> Counted:
    return count_of(
        (
            Thing(view.reference, on=meeting, why="the plan ended first")
            for view, review, meeting in caseload.meetings
            if meeting + FOUR_WEEKS <= caseload.as_at
            and ended_before_four_weeks(view, review, meeting)
        ),
        rated=False,
    )


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.4e": Answer(_dates_on_record),
        "W1.4f": Answer(_decided_in_twelve_months),
        "W1.4g": Answer(_decided_in_four_weeks),
        "W1.4g-ended": Answer(_ended_first),
    }
)
"""The measures that reviews answer: ref, with the suffix of a further figure, to the count."""
