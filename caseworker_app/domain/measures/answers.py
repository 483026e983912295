"""The measures that casework data answers, each a numerator and a denominator of cases.

The words of each definition are in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from caseworker_app.domain.area import is_outside, numbers_inside
from caseworker_app.domain.clock.episodes import Assessment, Review
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.measures.case_view import CaseView, last_august
from caseworker_app.domain.measures.counting import Answer, Caseload, Counted
from caseworker_app.domain.measures.moves import BEFORE_16, INTO_POST_16
from caseworker_app.domain.roles import Role, Stage

FOUR_WEEKS = timedelta(days=28)
TWENTY_WEEKS = timedelta(days=140)

_REQUESTS = "requests for assessment"

AFTER_BACKLOG = date(2020, 10, 1)
"""From when on requests are no part of the backlog that had built up by 2020."""


def decided_in_time(view: CaseView, review: Review) -> bool:
    """Whether the decision was sent by the day this review was due: of the year, or of the move.

    Where one decision answers several such dates, the earliest is the review's.
    """
    if review.decision is None:
        return False
    answered = [
        deadline.due
        for deadline in view.file.deadlines
        if deadline.version.stage == Stage.YEAR and deadline.met_on == review.decision
    ]
    return bool(answered) and review.decision <= min(answered)


def decided_in_four_weeks(review: Review, meeting: date) -> bool:
    """Whether the decision was sent by the 28th day after the meeting."""
    return review.decision is not None and review.decision <= meeting + FOUR_WEEKS


def issued_in_twenty_weeks(assessment: Assessment, plan: date) -> bool:
    """Whether the plan was sent within 140 days of the request."""
    return assessment.request is not None and plan <= assessment.request + TWENTY_WEEKS


def review_dates_recorded(view: CaseView) -> bool:
    """Whether a next review date stands and each review has the day of its meeting."""
    return view.next_review() is not None and all(review.dated for review in view.reviews)


def open_past_twenty_weeks(assessment: Assessment, on: date) -> bool:
    """Whether the assessment was open, and past its twenty weeks, on a day."""
    if assessment.request is None or assessment.request + TWENTY_WEEKS >= on:
        return False
    refused = assessment.decision if assessment.outcome == "refuse" else None
    ends = (assessment.plan, assessment.refusal, assessment.withdrawn, assessment.ceased, refused)
    return all(end is None or end > on for end in ends)


def _dates_on_record(caseload: Caseload) -> Counted:
    return Counted(
        [view.reference for view in caseload.live if review_dates_recorded(view)],
        [view.reference for view in caseload.live],
    )


def _decided_in_twelve_months(caseload: Caseload) -> Counted:
    in_time = [view.reference for view, r, _ in caseload.meetings if decided_in_time(view, r)]
    return Counted(
        in_time,
        [view.reference for view, _, _ in caseload.meetings],
        _due_not_recorded(caseload),
    )


def _due_not_recorded(caseload: Caseload) -> str:
    since = (view.file.child.history_from for view, _, _ in caseload.meetings)
    if all(day is None for day in since):
        return ""
    return "Where earlier reviews are not recorded, a review with no due date is not in time."


def _decided_in_four_weeks(caseload: Caseload) -> Counted:
    ripe = [held for held in caseload.meetings if held[2] + FOUR_WEEKS <= caseload.as_at]
    return Counted(
        [view.reference for view, r, meeting in ripe if decided_in_four_weeks(r, meeting)],
        [view.reference for view, _, _ in ripe],
    )


def _transfers(roles: tuple[Role, ...], *standings: str) -> Callable[[Caseload], Counted]:
    def count(caseload: Caseload) -> Counted:
        cohort = caseload.moves(roles)
        done = [move.reference for move in cohort if move.standing in standings]
        return Counted(done, [move.reference for move in cohort], f"Year {caseload.as_at.year}.")

    return count


def _in_setting(kind: str) -> Callable[[Caseload], Counted | str]:
    def count(caseload: Caseload) -> Counted | str:
        if caseload.live and not any(view.setting_kind for view in caseload.live):
            return "what kind of setting each one is"
        there = [view.reference for view in caseload.live if view.setting_kind == kind]
        return Counted(there, None, _kind_not_recorded(caseload))

    return count


def _kind_not_recorded(caseload: Caseload) -> str:
    if all(view.setting_kind for view in caseload.live):
        return ""
    return "Live plans whose kind of setting is not recorded are not counted; see Data to mend."


def _in_twenty_weeks(caseload: Caseload) -> Counted | str:
    return _twenty_weeks(caseload.first_plans)


def _in_twenty_weeks_without_exceptions(caseload: Caseload) -> Counted | str:
    return _twenty_weeks(tuple(one for one in caseload.first_plans if not one[1].exceptions))


def _after_the_backlog(caseload: Caseload) -> Counted | str:
    plans = caseload.first_plans
    if plans and not any(assessment.request for _, assessment, _ in plans):
        return _REQUESTS
    later = (one for one in plans if one[1].request and one[1].request >= AFTER_BACKLOG)
    return _twenty_weeks(tuple(later))


def _twenty_weeks(plans: tuple[tuple[CaseView, Assessment, date], ...]) -> Counted | str:
    if plans and not any(assessment.request for _, assessment, _ in plans):
        return _REQUESTS
    in_time = [view.reference for view, a, plan in plans if issued_in_twenty_weeks(a, plan)]
    return Counted(in_time, [view.reference for view, _, _ in plans])


def _school_age(caseload: Caseload) -> Counted:
    day = last_august(caseload.as_at)
    aged = ((view, view.age_on(day)) for view in caseload.live)
    pupils = [view.reference for view, age in aged if age is not None and 5 <= age <= 15]
    note = "The school population is not recorded, so there is no share."
    return Counted(pupils, None, note, rated=False)


def _outside_area(caseload: Caseload) -> Counted | str:
    inside = numbers_inside(caseload.of(Choice))
    where = [(view.reference, is_outside(view.file.setting, inside)) for view in caseload.live]
    if not inside or (where and all(outside is None for _, outside in where)):
        return "which authority each setting is in, and which are inside (in the lists of choices)"
    known = [reference for reference, outside in where if outside is not None]
    lost = len(where) - len(known)
    note = ""
    if lost:
        plans = "1 live plan is" if lost == 1 else f"{lost:,} live plans are"
        note = f"{plans} not counted: no setting, or its authority is not recorded."
    return Counted([reference for reference, outside in where if outside], known, note)


def has_personal_budget(view: CaseView) -> bool:
    """Whether a direct payment started since the plan, or the SEN2 record has a budget taken up."""
    since = view.plan_since
    paid = any(
        fact.kind == "direct_payment_started" and since is not None and fact.on >= since
        for fact in view.facts
    )
    return paid or view.file.child.sen2.get("pb") == "1"


def _backlog(caseload: Caseload) -> Counted | str:
    if caseload.views and not any(
        one.request for view in caseload.views for one in view.assessments
    ):
        return _REQUESTS
    start = caseload.period.start
    still, before = [], []
    for view in caseload.views:
        for assessment in view.assessments:
            if open_past_twenty_weeks(assessment, caseload.as_at):
                still.append(view.reference)
            if open_past_twenty_weeks(assessment, start):
                before.append(view.reference)
    note = f"Per cent of the backlog on {day_words(start)}; over 100% it has grown."
    return Counted(still, before, note)


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "W1.4e": Answer(_dates_on_record),
        "W1.4f": Answer(_decided_in_twelve_months),
        "W1.4g": Answer(_decided_in_four_weeks),
        "W1.6a": Answer(_transfers(BEFORE_16, "in_time", "last_day")),
        "W1.6a-strict": Answer(_transfers(BEFORE_16, "in_time")),
        "W1.6b": Answer(_transfers(INTO_POST_16, "in_time", "last_day")),
        "W1.6b-strict": Answer(_transfers(INTO_POST_16, "in_time")),
        "S1.2a": Answer(_in_setting("special")),
        "S1.2b": Answer(_in_setting("post16")),
        "S2.1a": Answer(_in_twenty_weeks),
        "S2.1a-without-exceptions": Answer(_in_twenty_weeks_without_exceptions),
        "S2.4": Answer(_school_age),
        "I2.1": Answer(_after_the_backlog),
        "I2.2": Answer(_backlog),
        "C3": Answer(_outside_area, (Choice,)),
    }
)
"""The measures that facts and dates answer: ref, with the suffix of a second figure, to the count.

Words in place of a count say what is not recorded.
"""
