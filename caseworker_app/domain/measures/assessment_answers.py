"""The measures of needs assessments: plans within twenty weeks, and the backlog beyond them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.clock.episodes import Assessment
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.measure_dates import BacklogDate
from caseworker_app.domain.measures.board import Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import (
    Answer,
    Caseload,
    Counted,
    FirstPlan,
    count_of,
    share_of,
)
from caseworker_app.domain.roles import Role

TWENTY_WEEKS = timedelta(days=140)

_REQUESTS = "requests for assessment"
_PLAN = frozenset({Role.PLAN, Role.DETAINED_PLAN})


def issued_in_twenty_weeks(assessment: Assessment, plan: date) -> bool:
    """Whether the plan was sent within 140 days of the request."""
    return assessment.request is not None and plan <= assessment.request + TWENTY_WEEKS


def refused_first(assessment: Assessment) -> date | None:
    """The day a refusal was sent that the plan overturned: to assess, or to issue a plan."""
    refused = [assessment.refusal, assessment.decision if assessment.outcome == "refuse" else None]
    return min((day for day in refused if day is not None), default=None)


def excused(view: CaseView, assessment: Assessment) -> bool:
    """Whether an exception excuses the twenty weeks themselves, by the test of its ground.

    One that excuses advice alone, as a missed appointment, leaves the plan in the count.
    """
    return any(
        deadline.exception is not None
        and (deadline.exception_on is None or deadline.exception_on <= view.as_at)
        for deadline in view.file.deadlines
        if deadline.version.role in _PLAN and deadline.episode == assessment.key
    )


def plans_on_request(caseload: Caseload) -> Iterator[FirstPlan]:
    """The first plans of the period with a request on record and no refusal before them."""
    for view, assessment, plan in caseload.first_plans:
        if assessment.request is not None and refused_first(assessment) is None:
            yield view, assessment, plan


def open_past_twenty_weeks(assessment: Assessment, on: date) -> bool:
    """Whether the assessment was open, and past its twenty weeks, on a day."""
    if assessment.request is None or assessment.request + TWENTY_WEEKS >= on:
        return False
    refused = assessment.decision if assessment.outcome == "refuse" else None
    ends = (assessment.plan, assessment.refusal, assessment.withdrawn, assessment.ceased, refused)
    return all(end is None or end > on for end in ends)


def _recorded(count: Callable[[Caseload], Counted]) -> Callable[[Caseload], Counted | str]:
    """The count, unless plans were issued and nobody has recorded a single request."""

    def told(caseload: Caseload) -> Counted | str:
        if caseload.first_plans and _nobody_asked(caseload):
            return _REQUESTS
        return count(caseload)

    return told


def _in_twenty_weeks(caseload: Caseload) -> Counted:
    return share_of(map(timed, plans_on_request(caseload)))


def _without_exceptions(caseload: Caseload) -> Counted:
    plans = (one for one in plans_on_request(caseload) if not excused(one[0], one[1]))
    return share_of(map(timed, plans))


def _nothing_left_out(caseload: Caseload) -> Counted:
    return share_of(map(timed, caseload.first_plans))


def timed(first: FirstPlan) -> Thing:
    """A first plan, which counts where it was sent in twenty weeks, with how long it took."""
    view, assessment, plan = first
    counts = issued_in_twenty_weeks(assessment, plan)
    if assessment.request is None:
        return Thing(view.reference, counts, plan, "no request on record")
    weeks = f"{(plan - assessment.request).days} days from {day_words(assessment.request)}"
    return Thing(view.reference, counts, plan, weeks)


def _no_request(caseload: Caseload) -> Counted:
    return count_of(
        (
            Thing(view.reference, on=plan, why="no request on record")
            for view, assessment, plan in caseload.first_plans
            if assessment.request is None
        ),
        rated=False,
    )


def _overturned(caseload: Caseload) -> Counted:
    return count_of(
        (
            Thing(view.reference, on=plan, why=f"refused {day_words(refused)}")
            for view, assessment, plan in caseload.first_plans
            if assessment.request is not None and (refused := refused_first(assessment)) is not None
        ),
        rated=False,
    )


def _after_the_backlog(caseload: Caseload) -> Counted:
    day = caseload.backlog_day
    later = (one for one in plans_on_request(caseload) if one[1].request and one[1].request > day)
    return share_of(map(timed, later), _dated(caseload))


def _dated(caseload: Caseload) -> str:
    said = f"Backlog date: {day_words(caseload.backlog_day)}"
    if caseload.backlog_on is None:
        return f"{said}, the first day of the period, for none is set."
    return f"{said}."


def _open_past(caseload: Caseload, on: date) -> Iterator[tuple[CaseView, Assessment]]:
    for view in caseload.views:
        for assessment in view.assessments:
            if open_past_twenty_weeks(assessment, on):
                yield view, assessment


def _backlog(caseload: Caseload) -> Counted | str:
    if _nobody_asked(caseload):
        return _REQUESTS
    return share_of(
        (
            Thing(
                view.reference,
                open_past_twenty_weeks(assessment, caseload.as_at),
                assessment.request,
                "by the day of the request",
            )
            for view, assessment in _open_past(caseload, caseload.backlog_day)
        ),
        _dated(caseload),
    )


def _open_now(caseload: Caseload) -> Counted | str:
    if _nobody_asked(caseload):
        return _REQUESTS
    return count_of(
        (
            Thing(view.reference, on=assessment.request, why="by the day of the request")
            for view, assessment in _open_past(caseload, caseload.as_at)
        ),
        rated=False,
    )


def _nobody_asked(caseload: Caseload) -> bool:
    asked = (one.request for view in caseload.views for one in view.assessments)
    return bool(caseload.views) and not (caseload.recorded or any(asked))


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "S2.1a": Answer(_recorded(_in_twenty_weeks)),
        "S2.1a-without-exceptions": Answer(_recorded(_without_exceptions)),
        "S2.1a-no-request": Answer(_recorded(_no_request)),
        "S2.1a-overturned": Answer(_recorded(_overturned)),
        "S2.1a-all": Answer(_recorded(_nothing_left_out)),
        "I2.1": Answer(_recorded(_after_the_backlog), (BacklogDate,)),
        "I2.2": Answer(_backlog, (BacklogDate,)),
        "I2.2-open": Answer(_open_now),
    }
)
"""Ref, with the suffix of a further figure, to how it is counted.

Words in place of a count say what is not recorded.
"""
