"""Requests, assessments and the twenty weeks.

Counted as the SEN2 return counts them: decisions in 42 days, refusals to issue in 112, plans in
140, with and without those that have an exception at any stage. The year of a plan is that in which
it was issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from caseworker_app.domain.clock.episodes import Assessment
from caseworker_app.domain.measures.answers import TWENTY_WEEKS, issued_in_twenty_weeks
from caseworker_app.domain.measures.board import Table
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.tables import band, mean, partition, share

SIX_WEEKS = timedelta(days=42)
SIXTEEN_WEEKS = timedelta(days=112)

_OPEN_BANDS = (
    (42, "up_to_6_weeks"),
    (112, "6_to_16_weeks"),
    (140, "16_to_20_weeks"),
    (210, "20_to_30_weeks"),
    (364, "30_to_52_weeks"),
)
_OPEN_LABELS = {
    "up_to_6_weeks": "Up to 6 weeks",
    "6_to_16_weeks": "Over 6, up to 16 weeks",
    "16_to_20_weeks": "Over 16, up to 20 weeks",
    "20_to_30_weeks": "Over 20, up to 30 weeks",
    "30_to_52_weeks": "Over 30, up to 52 weeks",
    "over_52_weeks": "Over 52 weeks",
}
_ISSUED_BANDS = ((140, "in_20_weeks"), (364, "20_to_52_weeks"))
_ISSUED_LABELS = {
    "in_20_weeks": "Within 20 weeks",
    "20_to_52_weeks": "Over 20, up to 52 weeks",
    "over_52_weeks": "Over 52 weeks",
    "no_request": "Request not recorded",
}
_REQUEST_LABELS = {
    "assess": "Decided to assess",
    "refuse": "Decided not to assess",
    "withdrawn": "Withdrawn or ended before a decision",
    "waiting": "No decision on record",
    "unsaid": "Decided, outcome not recorded",
}


def assessment_tables(caseload: Caseload) -> tuple[Table, ...]:
    """Requests of the period, what was in time, plans by time taken, and what is open now."""
    return (
        _requests(caseload),
        _timeliness(caseload),
        _issued(caseload),
        _open_now(caseload),
    )


def _each(caseload: Caseload) -> Iterator[tuple[CaseView, Assessment]]:
    return ((view, one) for view in caseload.views for one in view.assessments)


def _requests(caseload: Caseload) -> Table:
    items = [
        (_standing(one), view.reference)
        for view, one in _each(caseload)
        if caseload.period.holds(one.request)
    ]
    return partition(
        "requests",
        "Requests received in the period",
        "Where they stand",
        _REQUEST_LABELS,
        items,
    )


def _standing(one: Assessment) -> str:
    if one.outcome in ("assess", "refuse"):
        return one.outcome
    if one.decision is None and one.withdrawn is not None:
        return "withdrawn"
    if one.decision is not None or one.plan is not None or one.refusal is not None:
        return "unsaid"
    return "waiting"


def _timeliness(caseload: Caseload) -> Table:
    decided = _ended_in_period(caseload, "decision")
    refused = _ended_in_period(caseload, "refusal")
    plans = caseload.first_plans
    plain = [one for one in plans if not one[1].exceptions]
    every, excepted = (
        [v.reference for v, _, _ in plans],
        [v.reference for v, a, _ in plans if a.exceptions],
    )
    lines = (
        share(
            "decision_6_weeks",
            "Decision whether to assess within 6 weeks",
            [ref for ref, days in decided if days <= SIX_WEEKS.days],
            [ref for ref, _ in decided],
            "Decisions sent in the period whose request is on record",
        ),
        share(
            "refusal_16_weeks",
            "Refusal to issue a plan within 16 weeks",
            [ref for ref, days in refused if days <= SIXTEEN_WEEKS.days],
            [ref for ref, _ in refused],
            "Refusals to issue sent in the period whose request is on record",
        ),
        share(
            "plan_20_weeks",
            "First plan within 20 weeks, all",
            [v.reference for v, a, day in plans if issued_in_twenty_weeks(a, day)],
            every,
            "First final plans sent in the period",
        ),
        share(
            "plan_20_weeks_without_exceptions",
            "First plan within 20 weeks, without exceptions",
            [v.reference for v, a, day in plain if issued_in_twenty_weeks(a, day)],
            [v.reference for v, _, _ in plain],
            "As above, plans with an exception left out of both counts",
        ),
        share(
            "exceptions",
            "First plans with an exception on record",
            excepted,
            every,
            "Read beside the two figures above",
        ),
        mean(
            "weeks_to_issue",
            "Mean weeks from request to first plan",
            [(v.reference, (day - a.request).days / 7) for v, a, day in plans if a.request],
            "weeks",
        ),
    )
    title = "In time in the period"
    return Table("assessment_timeliness", title, "Step", "figures", lines)


def _ended_in_period(caseload: Caseload, step: str) -> list[tuple[str, int]]:
    """(reference, days from the request) of each step of that name taken in the period."""
    found: list[tuple[str, int]] = []
    for view, one in _each(caseload):
        day: date | None = one.decision if step == "decision" else one.refusal
        if day is not None and one.request is not None and caseload.period.holds(day):
            found.append((view.reference, (day - one.request).days))
    return found


def _issued(caseload: Caseload) -> Table:
    items = [(_time_taken(one, day), view.reference) for view, one, day in caseload.first_plans]
    return partition(
        "issued",
        "First plans of the period by time taken",
        "Time taken",
        _ISSUED_LABELS,
        items,
    )


def _time_taken(one: Assessment, day: date) -> str:
    if one.request is None:
        return "no_request"
    return band((day - one.request).days, _ISSUED_BANDS, "over_52_weeks")


def _open_now(caseload: Caseload) -> Table:
    items = [
        (band((caseload.as_at - one.request).days, _OPEN_BANDS, "over_52_weeks"), view.reference)
        for view, one in _each(caseload)
        if one.request is not None and not one.ended
    ]
    return partition(
        "open_assessments",
        "Assessments open by time since request",
        "Time since the request",
        _OPEN_LABELS,
        items,
        definition=f"Past {TWENTY_WEEKS.days} days is the backlog of measure I2.2.",
    )
