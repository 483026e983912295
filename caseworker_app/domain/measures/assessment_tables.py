"""Requests, assessments and the twenty weeks.

Decisions are counted in 42 days, refusals to issue in 112, plans in 140, with and without those
that an exception excuses, and with nothing left out. The year of a plan is that in which it was
issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from caseworker_app.domain.clock.episodes import Assessment
from caseworker_app.domain.measures.assessment_answers import (
    TWENTY_WEEKS,
    excused,
    issued_in_twenty_weeks,
    plans_on_request,
)
from caseworker_app.domain.measures.board import Table, Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload, FirstPlan
from caseworker_app.domain.measures.tables import band, mean, middle, partition, share
from caseworker_app.domain.parties import WHO

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

_ADVISERS = ("school", "health", "social_care", "ep", "other")
"""Who gives advice, by their codes in `parties.WHO`."""


def assessment_tables(caseload: Caseload) -> tuple[Table, ...]:
    """Requests of the period, what was in time, plans by time taken, and what is open now."""
    return (
        _requests(caseload),
        _timeliness(caseload),
        _issued(caseload),
        _open_now(caseload),
        _advice(caseload),
    )


def _each(caseload: Caseload) -> Iterator[tuple[CaseView, Assessment]]:
    return ((view, one) for view in caseload.views for one in view.assessments)


def _requests(caseload: Caseload) -> Table:
    items = [
        (_standing(one), view.reference, one.request)
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
    plans = list(plans_on_request(caseload))
    plain = [one for one in plans if not excused(one[0], one[1])]
    weeks = [(v.reference, (day - a.request).days / 7) for v, a, day in plans if a.request]
    lines = (
        share(
            "decision_6_weeks",
            "Decision whether to assess within 6 weeks",
            _in_period(caseload, "decision", SIX_WEEKS),
            "Decisions sent in the period whose request is on record",
        ),
        share(
            "refusal_16_weeks",
            "Refusal to issue a plan within 16 weeks",
            _in_period(caseload, "refusal", SIXTEEN_WEEKS),
            "Refusals to issue sent in the period whose request is on record",
        ),
        share(
            "plan_20_weeks",
            "First plan within 20 weeks",
            map(_timed, plans),
            "First final plans sent in the period, with a request and no refusal before them",
        ),
        share(
            "plan_20_weeks_without_exceptions",
            "First plan within 20 weeks, without exceptions",
            map(_timed, plain),
            "As above, plans left out of both counts that an exception excuses from the 20 weeks",
        ),
        share(
            "plan_20_weeks_all",
            "First plan within 20 weeks, nothing left out",
            map(_timed, caseload.first_plans),
            "All first final plans sent in the period; one with no request is not in time",
        ),
        share(
            "exceptions",
            "First plans excused from the 20 weeks by an exception",
            (Thing(view.reference, excused(view, one), day) for view, one, day in plans),
            "Read beside the first two figures",
        ),
        mean("weeks_to_issue", "Mean weeks from request to first plan", weeks, "weeks"),
        middle("median_weeks_to_issue", "Median weeks from request to first plan", weeks, "weeks"),
    )
    title = "In time in the period"
    return Table("assessment_timeliness", title, "Step", "figures", lines)


def _timed(first: FirstPlan) -> Thing:
    view, assessment, plan = first
    return Thing(view.reference, issued_in_twenty_weeks(assessment, plan), plan)


def _in_period(caseload: Caseload, step: str, limit: timedelta) -> Iterator[Thing]:
    """Each step of that name taken in the period, and whether it was in time from the request."""
    for view, one in _each(caseload):
        day: date | None = one.decision if step == "decision" else one.refusal
        if day is not None and one.request is not None and caseload.period.holds(day):
            yield Thing(view.reference, day - one.request <= limit, day)


def _issued(caseload: Caseload) -> Table:
    items = [
        (_time_taken(one, day), view.reference, day) for view, one, day in caseload.first_plans
    ]
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
        (
            band((caseload.as_at - one.request).days, _OPEN_BANDS, "over_52_weeks"),
            view.reference,
            one.request,
        )
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


def _advice(caseload: Caseload) -> Table:
    """Advice in six weeks by who gives it."""
    asked = [
        (deadline.holder, view.reference, deadline.due, deadline.met_on)
        for view in caseload.views
        for deadline in view.file.deadlines
        if deadline.holder and caseload.holds(deadline.due)
    ]
    lines = [
        share(
            f"advice_{source}",
            WHO[source],
            (
                Thing(reference, met is not None and met <= due, due)
                for of, reference, due, met in asked
                if of == source
            ),
            "Requests for advice whose 6 weeks ended in the period",
        )
        for source in _ADVISERS
    ]
    title = "Advice within 6 weeks by who gives it"
    return Table("advice_6_weeks", title, "Advice from", "figures", tuple(lines))
