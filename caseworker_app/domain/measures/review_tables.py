"""Annual reviews: where each plan stands, what was done in the period, and the two ways to count.

The law looks at each plan on its own date. The Department for Education's tables look at the
survey day, and take the decisions in four weeks of those on record: a meeting with none stands
apart, as not due or outstanding.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.measures.board import Table, Thing
from caseworker_app.domain.measures.case_view import CaseView, months_from
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.department import department_tables, expected
from caseworker_app.domain.measures.review_steps import four_week_lines, review_steps
from caseworker_app.domain.measures.tables import partition, share

_STANDING_LABELS = {
    "later": "Due in more than 3 months",
    "in_3_months": "Due in 1 to 3 months",
    "in_1_month": "Due within 1 month",
    "late_to_1_month": "Overdue by up to 1 month",
    "late_to_3_months": "Overdue by 1 to 3 months",
    "late_to_6_months": "Overdue by 3 to 6 months",
    "late_to_12_months": "Overdue by 6 to 12 months",
    "late_over_12_months": "Overdue by over 12 months",
    "no_date": "No review date on record",
}
_LATE = (
    (1, "late_to_1_month"),
    (3, "late_to_3_months"),
    (6, "late_to_6_months"),
    (12, "late_to_12_months"),
)
_OUTCOME_LABELS = {
    "maintain": "Maintain",
    "amend": "Amend",
    "cease": "Cease",
    "unsaid": "Decided, outcome not recorded",
    "none": "No decision on record",
}
_WAITING_LABELS = {
    "to_4_weeks": "Held up to 4 weeks ago",
    "to_6_months": "Over 4 weeks, up to 6 months ago",
    "to_12_months": "6 to 12 months ago",
    "to_24_months": "12 to 24 months ago",
    "over_24_months": "Over 24 months ago",
}

_UNFINISHED_LABELS = {
    "under_6_months": "Held less than 6 months ago",
    "under_12_months": "Held 6 months ago or more, less than 12",
    "under_24_months": "Held 12 months ago or more, less than 24",
    "24_months_and_over": "Held 24 months ago or more",
}


def review_tables(caseload: Caseload) -> tuple[Table, ...]:
    """The stock of live plans, the period's meetings, those undecided, steps, and two clocks."""
    return (
        _stock(caseload),
        _outcomes(caseload),
        _undecided(caseload),
        _unfinished(caseload),
        review_steps(caseload),
        _two_clocks(caseload),
        *department_tables(caseload),
    )


def _stock(caseload: Caseload) -> Table:
    return partition(
        "review_stock",
        "Live plans by when their review is due",
        "Review due",
        _STANDING_LABELS,
        [(_standing(view), view.reference) for view in caseload.live],
        definition="By the strict reading: the day before the anniversary is the last day.",
    )


def _standing(view: CaseView) -> str:
    deadline = view.next_review()
    if deadline is None:
        return "no_date"
    due, today = deadline.due, view.as_at
    if due >= today:
        if due <= months_from(today, 1):
            return "in_1_month"
        return "in_3_months" if due <= months_from(today, 3) else "later"
    return next(
        (key for months, key in _LATE if due >= months_from(today, -months)), "late_over_12_months"
    )


def _outcomes(caseload: Caseload) -> Table:
    items = []
    for view, review, met in caseload.meetings:
        said = review.outcome or "unsaid"
        items.append(("none" if review.decision is None else said, view.reference, met))
    return partition(
        "review_outcomes",
        "Review meetings held in the period by outcome",
        "Outcome",
        _OUTCOME_LABELS,
        items,
    )


def _undecided(caseload: Caseload) -> Table:
    items = [
        (_held(review.meeting, caseload.as_at), view.reference, review.meeting)
        for view in caseload.live
        for review in view.reviews
        if review.undecided and review.meeting is not None
    ]
    return partition(
        "meetings_undecided",
        "Meetings with no decision sent",
        "Meeting held",
        _WAITING_LABELS,
        items,
        definition="Review meetings of live plans, whenever they were held, plans amended since "
        "among them: a review is complete when the decision is sent.",
    )


def _unfinished(caseload: Caseload) -> Table:
    return partition(
        "meetings_unfinished",
        "Meetings whose review is not finished",
        "Meeting held",
        _UNFINISHED_LABELS,
        [
            (_how_long(review.meeting, caseload.as_at), view.reference, review.meeting)
            for view in caseload.live
            for review in view.reviews
            if review.meeting is not None and (review.undecided or not review.ended)
        ],
        definition="Review meetings of live plans, whenever held, with no decision; or decided to "
        "amend, with neither a final amended plan nor word that there will be none.",
    )


def _how_long(meeting: date, today: date) -> str:
    for months in (6, 12, 24):
        if meeting > months_from(today, -months):
            return f"under_{months}_months"
    return "24_months_and_over"


def _held(meeting: date, today: date) -> str:
    if (today - meeting).days <= 28:
        return "to_4_weeks"
    for months in (6, 12, 24):
        if meeting >= months_from(today, -months):
            return f"to_{months}_months"
    return "over_24_months"


def _two_clocks(caseload: Caseload) -> Table:
    year = caseload.period.start.year
    so_far = " so far" if caseload.as_at < date(year, 12, 31) else ""
    lines = (
        share(
            "law_12_months",
            "Law: review not overdue, day before the anniversary",
            (Thing(view.reference, _not_late(view, common=False)) for view in caseload.live),
            "Live plans; no date on record counts as not in time",
        ),
        share(
            "common_12_months",
            "Common reading: review not overdue, anniversary itself",
            (Thing(view.reference, _not_late(view, common=True)) for view in caseload.live),
            "As above",
        ),
        share(
            "dfe_completed",
            f"Review completed in {year}{so_far}, of reviews expected",
            (Thing(view.reference, _decided_in(view, year)) for view in expected(caseload)),
            "Plans live for 12 months or more; our reading of a review expected",
        ),
        *four_week_lines(caseload),
    )
    title = "The law's clock and the Department's"
    return Table("two_clocks", title, "Way to count", "figures", lines)


def _decided_in(view: CaseView, year: int) -> bool:
    return any(review.decision and review.decision.year == year for review in view.reviews)


def _not_late(view: CaseView, *, common: bool) -> bool:
    deadline = view.next_review()
    if deadline is None:
        return False
    last_day = (deadline.common_due or deadline.due) if common else deadline.due
    return view.as_at <= last_day
