"""A child's facts sorted into her assessments and reviews, as they were known on a day.

Facts go to the latest open episode they fit, in date order; an episode id ties them where order
would not tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from caseworker_app.domain.facts import Fact


@dataclass(slots=True)
class Assessment:
    """One assessment, from its request. Days are those its facts were sent or received.

    Attributes:
        outcome: of the decision whether to assess: assess, refuse or "".
        refusal: the day the decision not to issue a plan was sent.
        exceptions: claimed at any stage up to the plan.
    """

    request: date | None
    tie: str | None = None
    decision: date | None = None
    outcome: str = ""
    refusal: date | None = None
    withdrawn: date | None = None
    plan: date | None = None
    exceptions: list[Fact] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether nothing more is awaited: plan, refusal or withdrawal."""
        closing = (self.plan, self.refusal, self.withdrawn)
        return self.outcome == "refuse" or any(day is not None for day in closing)


@dataclass(slots=True)
class Review:
    """One annual review, from its meeting or, where that is missing, from what follows it."""

    tie: str | None = None
    meeting: date | None = None
    report: date | None = None
    decision: date | None = None
    outcome: str = ""
    notice: date | None = None
    final: date | None = None
    not_amended: date | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is awaited."""
        if self.final is not None or self.not_amended is not None:
            return True
        return self.decision is not None and self.outcome in ("maintain", "cease")


def assessments_of(facts: tuple[Fact, ...]) -> list[Assessment]:
    """The assessments in the order of their requests; a plan with no request has one without."""
    found: list[Assessment] = []
    for fact in facts:
        match fact.kind:
            case "request_received":
                found.append(Assessment(fact.on, fact.episode))
            case "assessment_decision_sent":
                _decide(_latest_assessment(found, fact), fact)
            case "refusal_to_issue_sent":
                open_one = _latest_assessment(found, fact)
                if open_one is not None:
                    open_one.refusal = fact.on
            case "request_withdrawn":
                open_one = _latest_assessment(found, fact)
                if open_one is not None:
                    open_one.withdrawn = fact.on
            case "exception":
                open_one = _latest_assessment(found, fact)
                if open_one is not None:
                    open_one.exceptions.append(fact)
            case "plan_sent":
                _issue(found, fact)
            case _:
                pass
    return found


def _decide(assessment: Assessment | None, fact: Fact) -> None:
    if assessment is not None and assessment.decision is None:
        assessment.decision = fact.on
        assessment.outcome = fact.text("outcome") or ""


def _issue(found: list[Assessment], fact: Fact) -> None:
    """Give a plan to its assessment: the open one, else one refused before that was overturned."""
    assessment = _latest_assessment(found, fact)
    if assessment is None:
        overturned = [a for a in found if a.plan is None and a.withdrawn is None]
        assessment = overturned[-1] if overturned else None
    if assessment is None:
        assessment = Assessment(None, fact.episode)
        found.append(assessment)
    assessment.plan = fact.on


def _latest_assessment(found: list[Assessment], fact: Fact) -> Assessment | None:
    open_ones = [a for a in found if not a.ended]
    if fact.kind == "exception":
        # A SEN2 file knows that there was an exception, not when: it may come dated with the plan.
        open_ones += [a for a in found if a.plan == fact.on]
    return _tied(found, fact) or _latest_free(open_ones, fact)


def reviews_of(facts: tuple[Fact, ...]) -> list[Review]:
    """The reviews in the order they came to be known.

    What comes with no meeting recorded opens a review of its own, save a notice or an amended plan:
    a plan may be amended outside a review.
    """
    found: list[Review] = []
    for fact in facts:
        match fact.kind:
            case "review_meeting_held":
                review = _tied(found, fact)
                if review is None or review.meeting is not None:
                    review = Review(fact.episode)
                    found.append(review)
                review.meeting = fact.on
            case "review_report_received":
                undecided = [r for r in found if r.report is None and r.decision is None]
                _of(found, undecided, fact).report = fact.on
            case "review_decision_sent":
                undecided = [r for r in found if r.decision is None and not r.ended]
                review = _of(found, undecided, fact)
                review.decision, review.outcome = fact.on, fact.text("outcome") or ""
            case "amendment_notice_sent" | "amended_plan_sent" | "no_amendment_sent":
                _amend(found, fact)
            case _:
                pass
    return found


def _of(found: list[Review], fitting: list[Review], fact: Fact) -> Review:
    review = _tied(found, fact) or _latest_free(fitting, fact)
    if review is None:
        review = Review(fact.episode)
        found.append(review)
    return review


def _amend(found: list[Review], fact: Fact) -> None:
    fitting = [r for r in found if not r.ended]
    if fact.kind == "amendment_notice_sent":
        fitting = [r for r in fitting if r.notice is None]
    else:
        fitting = [r for r in fitting if r.notice is not None] or fitting
    review = _tied(found, fact) or _latest_free(fitting, fact)
    if review is None:
        return
    if fact.kind == "amendment_notice_sent":
        review.notice = fact.on
    elif fact.kind == "amended_plan_sent":
        review.final = fact.on
    else:
        review.not_amended = fact.on


class _Tieable(Protocol):
    tie: str | None


_T = TypeVar("_T", bound=_Tieable)


def _tied(found: list[_T], fact: Fact) -> _T | None:
    """The latest episode that the fact names, or None."""
    if fact.episode is None:
        return None
    return next((one for one in reversed(found) if one.tie == fact.episode), None)


def _latest_free(found: list[_T], fact: Fact) -> _T | None:
    """The latest of the episodes that the fact may join: a fact that names another may not."""
    free = [one for one in found if fact.episode is None or one.tie is None]
    return free[-1] if free else None
