"""The steps of a review in time: report, decision, amendment notice, final plan.

SEND Regulations 2014: reg 20(7) report in two weeks of the meeting; reg 20(10) decision in four;
reg 22(2) notice with the decision (R (L, M and P) v Devon [2022] EWHC 493 (Admin)); reg 22(3) final
plan in eight weeks of the notice, and so in twelve of the meeting.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.measures.answers import FOUR_WEEKS, decided_in_four_weeks
from caseworker_app.domain.measures.board import Line, Table
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.tables import middle, share

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
        *_medians(caseload),
    )
    return Table("review_steps", "Steps of the review in time", "Step", "figures", lines)


def four_week_lines(caseload: Caseload) -> tuple[Line, Line]:
    """Decisions in four weeks, as the law has it and as the Department's tables count."""
    ripe = [held for held in caseload.meetings if held[2] + FOUR_WEEKS <= caseload.as_at]
    return (
        share(
            "law_4_weeks",
            "Law: decision within 4 weeks of the meeting",
            [view.reference for view, r, day in ripe if decided_in_four_weeks(r, day)],
            [view.reference for view, _, _ in ripe],
            "Meetings of the period whose 28th day has come",
        ),
        share(
            "dfe_4_weeks",
            "DfE: decision within 4 weeks, no decision yet counts as late",
            [v.reference for v, r, day in caseload.meetings if decided_in_four_weeks(r, day)],
            [view.reference for view, _, _ in caseload.meetings],
            "All meetings of the period",
        ),
    )


def _reports(caseload: Caseload) -> Line:
    ripe = [held for held in caseload.meetings if held[2] + TWO_WEEKS <= caseload.as_at]
    in_time = [
        view.reference
        for view, review, day in ripe
        if review.report is not None and review.report <= day + TWO_WEEKS
    ]
    return share(
        "report_2_weeks",
        "Report within 2 weeks of the meeting",
        in_time,
        [view.reference for view, _, _ in ripe],
        "Meetings of the period whose 14th day has come",
    )


def _reviews(caseload: Caseload) -> Iterator[tuple[CaseView, Review]]:
    return ((view, review) for view in caseload.views for review in view.reviews)


def _notices(caseload: Caseload) -> Line:
    to_amend = [
        (view, review, review.meeting)
        for view, review in _reviews(caseload)
        if review.outcome == "amend"
        and review.meeting is not None
        and caseload.period.holds(review.decision)
    ]
    in_time = [
        view.reference
        for view, review, day in to_amend
        if review.notice is not None and review.notice <= day + FOUR_WEEKS
    ]
    return share(
        "notice_4_weeks",
        "Amendment notice within 4 weeks of the meeting",
        in_time,
        [view.reference for view, _, _ in to_amend],
        "Decisions to amend sent in the period",
    )


def _finals_after_notice(caseload: Caseload) -> Line:
    ripe = [
        (view, review, review.notice + EIGHT_WEEKS)
        for view, review in _reviews(caseload)
        if review.notice is not None
        and review.not_amended is None
        and _came(caseload, review.notice + EIGHT_WEEKS)
    ]
    return share(
        "final_8_weeks",
        "Final plan within 8 weeks of the notice",
        _finished(ripe),
        [view.reference for view, _, _ in ripe],
        "Notices whose 8 weeks ended in the period",
    )


def _finals_after_meeting(caseload: Caseload) -> Line:
    ripe = [
        (view, review, review.meeting + TWELVE_WEEKS)
        for view, review in _reviews(caseload)
        if review.meeting is not None
        and review.outcome == "amend"
        and review.not_amended is None
        and _came(caseload, review.meeting + TWELVE_WEEKS)
    ]
    return share(
        "final_12_weeks",
        "Final plan within 12 weeks of the meeting",
        _finished(ripe),
        [view.reference for view, _, _ in ripe],
        "Reviews decided as amend whose 12 weeks ended in the period",
    )


def _came(caseload: Caseload, limit: date) -> bool:
    return limit <= caseload.as_at and caseload.period.holds(limit)


def _finished(ripe: list[tuple[CaseView, Review, date]]) -> list[str]:
    return [
        view.reference
        for view, review, limit in ripe
        if review.final is not None and review.final <= limit
    ]


def _medians(caseload: Caseload) -> tuple[Line, Line]:
    decided = [
        (view, review, review.decision)
        for view, review in _reviews(caseload)
        if review.decision is not None and caseload.period.holds(review.decision)
    ]
    from_meeting = [(v.reference, (day - r.meeting).days) for v, r, day in decided if r.meeting]
    from_report = [(v.reference, (day - r.report).days) for v, r, day in decided if r.report]
    note = "Decisions sent in the period"
    return (
        middle(
            "meeting_to_decision", "Median from meeting to decision", from_meeting, "days", note
        ),
        middle("report_to_decision", "Median from report to decision", from_report, "days", note),
    )
