"""The steps of a review in time: report, decision, amendment notice, final plan.

SEND Regulations 2014: reg 20(7) report in two weeks of the meeting; reg 20(10) decision in four;
reg 22(2) notice with the decision (R (L, M and P) v Devon [2022] EWHC 493 (Admin)); reg 22(3) final
plan in eight weeks of the notice, and so in twelve of the meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.measures.board import Line, Table, Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.review_answers import (
    FOUR_WEEKS,
    decided_in_four_weeks,
    ripe_meetings,
)
from caseworker_app.domain.measures.tables import mean, middle, share

TWO_WEEKS = timedelta(days=14)
EIGHT_WEEKS = timedelta(days=56)
TWELVE_WEEKS = timedelta(days=84)


def review_steps(caseload: Caseload) -> Table:
    """Each step against its limit, over the reviews whose limit has come."""
    lines = (
        _reports(caseload),
        _notices(caseload),
        _finals_after_notice(caseload),
        _finals_after_meeting(caseload),
        *_averages(caseload),
    )
    return Table("review_steps", "Steps of the review in time", "Step", "figures", lines)


def four_week_lines(caseload: Caseload) -> tuple[Line, ...]:
    """Decisions in four weeks, as the law has it and as the Department's tables count.

    Theirs is a share of the decisions on record. What is not decided stands beside it: not due yet,
    or outstanding.
    """
    held = caseload.meetings
    waiting = {id(review) for _, review, _ in held if review.undecided}
    late = {id(review) for _, review, day in held if is_due(day, caseload.as_at)} & waiting
    return (
        share(
            "law_4_weeks",
            "Law: decision within 4 weeks of the meeting, no decision counts as late",
            (
                Thing(view.reference, decided_in_four_weeks(review, day), day)
                for view, review, day in ripe_meetings(caseload)
            ),
            "Meetings of the period whose 28th day has come; measure W1.4g",
        ),
        share(
            "dfe_4_weeks",
            "DfE: decision within 4 weeks, of decisions recorded",
            (
                Thing(view.reference, decided_in_four_weeks(review, day), day)
                for view, review, day in held
                if review.decision is not None
            ),
            "Meetings of the period with a decision on record",
        ),
        share(
            "dfe_outstanding",
            "DfE: decision outstanding",
            (Thing(view.reference, id(review) in late, day) for view, review, day in held),
            "Meetings of the period whose 28th day has come, no decision on record",
        ),
        share(
            "dfe_not_due",
            "DfE: decision not due yet",
            (
                Thing(view.reference, id(review) in waiting - late, day)
                for view, review, day in held
            ),
            "Meetings of the period whose 28th day is to come, no decision on record",
        ),
    )


def is_due(meeting: date, as_at: date) -> bool:
    """Whether the 28th day after a meeting has come."""
    return meeting + FOUR_WEEKS <= as_at


def _reports(caseload: Caseload) -> Line:
    return share(
        "report_2_weeks",
        "Report within 2 weeks of the meeting",
        (
            Thing(view.reference, _by(review.report, day + TWO_WEEKS), day)
            for view, review, day in caseload.meetings
            if day + TWO_WEEKS <= caseload.as_at
        ),
        "Meetings of the period whose 14th day has come",
    )


def _by(done: date | None, limit: date) -> bool:
    return done is not None and done <= limit


def _reviews(caseload: Caseload) -> Iterator[tuple[CaseView, Review]]:
    return ((view, review) for view in caseload.views for review in view.reviews)


def _notices(caseload: Caseload) -> Line:
    return share(
        "notice_4_weeks",
        "Amendment notice within 4 weeks of the meeting",
        (
            Thing(view.reference, _by(review.notice, review.meeting + FOUR_WEEKS), review.decision)
            for view, review in _reviews(caseload)
            if review.outcome == "amend"
            and review.meeting is not None
            and caseload.period.holds(review.decision)
        ),
        "Decisions to amend sent in the period",
    )


def _finals_after_notice(caseload: Caseload) -> Line:
    return share(
        "final_8_weeks",
        "Final plan within 8 weeks of the notice",
        (
            Thing(view.reference, _by(review.final, review.notice + EIGHT_WEEKS), review.notice)
            for view, review in _reviews(caseload)
            if review.notice is not None
            and review.not_amended is None
            and caseload.holds(review.notice + EIGHT_WEEKS)
        ),
        "Notices whose 8 weeks ended in the period",
    )


def _finals_after_meeting(caseload: Caseload) -> Line:
    return share(
        "final_12_weeks",
        "Final plan within 12 weeks of the meeting",
        (
            Thing(view.reference, _by(review.final, review.meeting + TWELVE_WEEKS), review.meeting)
            for view, review in _reviews(caseload)
            if review.meeting is not None
            and review.outcome == "amend"
            and review.not_amended is None
            and caseload.holds(review.meeting + TWELVE_WEEKS)
        ),
        "Reviews decided as amend whose 12 weeks ended in the period",
    )


def _averages(caseload: Caseload) -> tuple[Line, ...]:
    decided = [
        (view, review, review.decision)
        for view, review in _reviews(caseload)
        if review.decision is not None and caseload.period.holds(review.decision)
    ]
    from_meeting = [(v.reference, (day - r.meeting).days) for v, r, day in decided if r.meeting]
    from_report = [(v.reference, (day - r.report).days) for v, r, day in decided if r.report]
    note = "Decisions sent in the period"
    met, reported = "from meeting to decision", "from report to decision"
    return (
        middle("meeting_to_decision", f"Median {met}", from_meeting, "days", note),
        mean("mean_meeting_to_decision", f"Mean {met}", from_meeting, "days", note),
        middle("report_to_decision", f"Median {reported}", from_report, "days", note),
        mean("mean_report_to_decision", f"Mean {reported}", from_report, "days", note),
    )
