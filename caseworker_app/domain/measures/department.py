"""The reviews of live plans as the Department for Education publishes them.

Read off its rows of 2025: reviews expected are those with a meeting recorded and those with none;
of those recorded, each is decided this year, last year or earlier, not due or outstanding, and each
has an outcome or none; of those decided, each is decided within four weeks or over. Each plan
counts once, by its latest meeting.
"""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.case_view import CaseView, months_from
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.review_answers import FOUR_WEEKS, decided_in_four_weeks
from caseworker_app.domain.measures.tables import partition

_A_YEAR = 12
_OUTCOMES = {
    "amend": "Amend",
    "cease": "Cease",
    "maintain": "Maintain",
    "none": "No outcome recorded",
}
_FOUR_WEEKS = {"within": "Within 4 weeks of the meeting", "over": "Over 4 weeks"}


def expected(caseload: Caseload) -> list[CaseView]:
    """The live plans whose review is expected: our reading, those live for twelve months."""
    since = months_from(caseload.as_at, -_A_YEAR)
    return [view for view in caseload.live if view.plan_since and view.plan_since <= since]


def department_tables(caseload: Caseload) -> tuple[Table, ...]:
    """Reviews expected by where they stand, by outcome, and decisions by time taken."""
    held = list(latest_meetings(caseload))
    decided = [(view, review) for view, review in held if review.decision is not None]
    year = caseload.as_at.year
    labels = {
        "no_meeting": "No meeting recorded",
        "this_year": f"Decided in {year}",
        "last_year": f"Decided in {year - 1}",
        "earlier": f"Decided before {year - 1}",
        "not_due": "Held, decision not due yet",
        "outstanding": "Held, decision outstanding",
    }
    met = {id(view) for view, _ in held}
    without = [("no_meeting", v.reference, None) for v in expected(caseload) if id(v) not in met]
    stood = [(standing_of(caseload, one), view.reference, one.meeting) for view, one in held]
    return (
        partition(
            "dfe_reviews",
            "DfE: reviews expected by where they stand",
            "Review",
            labels,
            [*without, *stood],
            definition="Plans live for 12 months or more, our reading of a review expected, each "
            "by its latest meeting. Those with a meeting and those with none are all expected.",
        ),
        partition(
            "dfe_outcomes",
            "DfE: meetings recorded by outcome",
            "Outcome",
            _OUTCOMES,
            [(outcome_of(review), view.reference, review.meeting) for view, review in held],
            definition="The meetings of the table before, whether decided or not.",
        ),
        partition(
            "dfe_decisions",
            "DfE: decisions recorded by time taken",
            "Time from the meeting",
            _FOUR_WEEKS,
            [(time_taken(review), view.reference, review.meeting) for view, review in decided],
            definition="Of the decisions of the table of reviews expected, whichever year. A "
            "meeting with no decision is in neither line: it is not due, or outstanding.",
        ),
    )


def latest_meetings(caseload: Caseload) -> Iterator[tuple[CaseView, Review]]:
    """The latest review with a meeting of each plan expected that has any."""
    for view in expected(caseload):
        held = [(one.meeting, place) for place, one in enumerate(view.reviews) if one.meeting]
        if held:
            yield view, view.reviews[max(held)[1]]


def standing_of(caseload: Caseload, review: Review) -> str:
    """How a review with a meeting stands: decided in which year, not due, or outstanding."""
    if review.decision is None:
        held = review.meeting
        return "not_due" if held and caseload.as_at < held + FOUR_WEEKS else "outstanding"
    years = {caseload.as_at.year: "this_year", caseload.as_at.year - 1: "last_year"}
    return years.get(review.decision.year, "earlier")


def outcome_of(review: Review) -> str:
    """The outcome of its decision; "none" where there is no decision or it has none."""
    known = review.decision is not None and review.outcome in _OUTCOMES
    return review.outcome if known else "none"


def time_taken(review: Review) -> str:
    """Whether a review was decided "within" four weeks of its meeting, or "over"."""
    met = review.meeting
    return "within" if met is not None and decided_in_four_weeks(review, met) else "over"
