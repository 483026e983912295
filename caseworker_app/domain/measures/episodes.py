"""A child's facts sorted into assessments and reviews, as they were known on a day.

A fact goes where the clock puts it: to the episode it is tied to, else to the latest that waits for
it. What was open when the plan ceased is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from caseworker_app.domain.clock.reviews import meetings_to_come, waits_for_meeting
from caseworker_app.domain.facts import Fact


@dataclass(slots=True)
class Assessment:
    """One assessment, from its request. Days are those its facts were sent or received.

    Attributes:
        key: as the clock names the episode, or "" for a plan with no request; a review's is "" for
            a report with no meeting.
        tie: the id that facts name it by, or None.
        outcome: of the decision whether to assess: assess, refuse or "".
        refusal: the day the decision not to issue a plan was sent.
        exceptions: claimed at any stage up to the plan.
        ceased: the day the plan ended while this was open, or None.
    """

    key: str = ""
    tie: str | None = None
    request: date | None = None
    decision: date | None = None
    outcome: str = ""
    refusal: date | None = None
    withdrawn: date | None = None
    plan: date | None = None
    exceptions: list[Fact] = field(default_factory=list)
    ceased: date | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is awaited: plan, refusal, withdrawal."""
        closing = (self.plan, self.refusal, self.withdrawn, self.ceased)
        return self.outcome == "refuse" or any(day is not None for day in closing)


@dataclass(slots=True)
class Review:
    """One annual review, from its meeting or, where that is missing, from what follows it.

    A notice of amendment outside any review stands here too, with neither meeting nor decision.
    Attributes as in `Assessment`.
    """

    key: str = ""
    tie: str | None = None
    meeting: date | None = None
    report: date | None = None
    decision: date | None = None
    outcome: str = ""
    notice: date | None = None
    final: date | None = None
    not_amended: date | None = None
    ceased: date | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is awaited."""
        closing = (self.final, self.not_amended, self.ceased)
        kept = self.decision is not None and self.outcome in ("maintain", "cease")
        return kept or any(day is not None for day in closing)

    @property
    def amended(self) -> bool:
        """Whether a final amended plan, or word that there will be none, has gone out."""
        return self.final is not None or self.not_amended is not None

    @property
    def dated(self) -> bool:
        """Whether the day of its meeting is on record, where there was a review at all."""
        return self.meeting is not None or (self.decision is None and self.report is None)


_STEPS = {
    "review_report_received": "report",
    "review_decision_sent": "decision",
    "amendment_notice_sent": "notice",
    "amended_plan_sent": "final",
    "no_amendment_sent": "not_amended",
}
"""The steps after a meeting, by the attribute that holds their day."""

_T = TypeVar("_T", Assessment, Review)


class _Episodes(Generic[_T]):
    """The episodes of one kind, in the order they opened."""

    def __init__(self, scope: str) -> None:
        self.all: list[_T] = []
        self._scope = scope
        self._since = 0
        self._opened: dict[date, int] = {}

    @property
    def current(self) -> list[_T]:
        """Those since the plan last ceased that facts may join."""
        return [one for one in self.all[self._since :] if one.key]

    def open(self, one: _T, fact: Fact) -> _T:
        """Add an episode that a fact opens."""
        first = f"{self._scope} {fact.on}"
        same_day = self._opened[fact.on] = self._opened.get(fact.on, 0) + 1
        one.key = first if same_day == 1 else f"{first} ({same_day})"
        one.tie = fact.episode
        self.all.append(one)
        return one

    def aside(self, one: _T) -> _T:
        """Add what has no episode to belong to, so that it can be mended; nothing joins it."""
        self.all.append(one)
        return one

    def tied(self, fact: Fact) -> _T | None:
        """The episode that the fact names, by the id given to it or by its key."""
        if fact.episode is None:
            return None
        tied = next((one for one in self.all if one.tie == fact.episode), None)
        return tied or next((one for one in self.current if one.key == fact.episode), None)

    def latest(self, waiting: Iterable[_T], fact: Fact) -> _T | None:
        """The last of those that wait for the fact. One that names another episode fits none."""
        found = None
        for one in waiting:
            if fact.episode is None or one.tie is None:
                found = one
        if found is not None and fact.episode is not None:
            found.tie = fact.episode
        return found

    def cease(self, on: date) -> None:
        """End what is open, since the plan did."""
        for one in self.current:
            if not one.ended:
                one.ceased = on
        self._since = len(self.all)


def assessments_of(facts: tuple[Fact, ...]) -> list[Assessment]:
    """The assessments in the order of their requests; a plan with no request has one without."""
    found: _Episodes[Assessment] = _Episodes("assessment")
    for fact in facts:
        if fact.kind == "request_received":
            found.open(Assessment(request=fact.on), fact)
        elif fact.kind == "assessment_decision_sent":
            _decide(found, fact)
        elif fact.kind == "plan_sent":
            _issue(found, fact)
        elif fact.kind == "plan_ceased":
            found.cease(fact.on)
        elif fact.kind in ("refusal_to_issue_sent", "request_withdrawn", "exception"):
            _note(found, fact)
    return found.all


def _decide(found: _Episodes[Assessment], fact: Fact) -> None:
    under_way = [one for one in found.current if not one.ended]
    undecided = [one for one in under_way if one.decision is None]
    late = [one for one in found.current if one.decision is None and one.withdrawn is None]
    one = found.tied(fact) or found.latest(undecided or under_way or late, fact)
    if one is not None and one.decision is None:
        one.decision = fact.on
        one.outcome = fact.text("outcome") or ""


def _issue(found: _Episodes[Assessment], fact: Fact) -> None:
    """Give a plan to its assessment: the open one, else one refused before that was overturned."""
    under_way = [one for one in found.current if not one.ended]
    ended = [one for one in found.current if one.ended]
    refused = [one for one in ended if one.plan is None and one.withdrawn is None]
    one = found.tied(fact) or found.latest(under_way, fact)
    if one is None:
        one = refused[-1] if refused else found.aside(Assessment())
    if one.plan is None:
        one.plan = fact.on


def _note(found: _Episodes[Assessment], fact: Fact) -> None:
    waiting = [one for one in found.current if not one.ended]
    if fact.kind == "exception":
        # A SEN2 file knows that there was an exception, not when: it may come dated with the plan.
        waiting += [one for one in found.current if one.plan == fact.on]
    one = found.tied(fact) or found.latest(waiting, fact)
    if one is None:
        return
    if fact.kind == "exception":
        one.exceptions.append(fact)
    elif fact.kind == "request_withdrawn":
        one.withdrawn = fact.on
    else:
        one.refusal = fact.on


def reviews_of(facts: tuple[Fact, ...]) -> list[Review]:
    """The reviews in the order they came to be known."""
    found: _Episodes[Review] = _Episodes("review")
    meetings = meetings_to_come(facts)
    held_back: dict[str, list[Fact]] = {}
    for fact in facts:
        if meetings and fact.kind in _STEPS and waits_for_meeting(fact, meetings):
            held_back.setdefault(str(fact.episode), []).append(fact)
        elif fact.kind == "review_meeting_held":
            review = found.tied(fact) or found.open(Review(), fact)
            review.meeting = review.meeting or fact.on
            for early in held_back.pop(review.key, ()):
                _take_up(review, early)
        elif fact.kind == "review_report_received":
            waiting = [one for one in _undecided(found) if one.report is None]
            review = found.tied(fact) or found.latest(waiting, fact) or found.aside(Review())
            review.report = review.report or fact.on
        elif fact.kind == "review_decision_sent":
            waiting = _undecided(found)
            review = found.tied(fact) or found.latest(waiting, fact) or found.open(Review(), fact)
            review.outcome = fact.text("outcome") or review.outcome
            review.decision = review.decision or fact.on
        elif fact.kind in ("amendment_notice_sent", "amended_plan_sent", "no_amendment_sent"):
            _amend(found, fact)
        elif fact.kind == "plan_ceased":
            found.cease(fact.on)
    return found.all


def _take_up(review: Review, fact: Fact) -> None:
    """Let a step dated before its own meeting into its review."""
    name = _STEPS[fact.kind]
    if name == "decision":
        review.outcome = fact.text("outcome") or review.outcome
    setattr(review, name, getattr(review, name) or fact.on)


def _undecided(found: _Episodes[Review]) -> list[Review]:
    held = [one for one in found.current if one.meeting is not None]
    return [one for one in held if one.decision is None and not one.amended]


def _amend(found: _Episodes[Review], fact: Fact) -> None:
    going = [one for one in found.current if not one.amended]
    noticed = [one for one in going if one.notice is not None]
    decided = [one for one in going if one.decision is not None and one.notice is None]
    amending = [one for one in decided if one.outcome in ("amend", "")]
    if fact.kind == "amendment_notice_sent":
        waiting = amending or noticed or _undecided(found)
        review = found.tied(fact) or found.latest(waiting, fact) or found.open(Review(), fact)
        review.notice = review.notice or fact.on
        return
    waiting = noticed or amending or _undecided(found)
    ending = found.tied(fact) or found.latest(waiting, fact)
    if ending is None:
        return
    if fact.kind == "amended_plan_sent":
        ending.final = ending.final or fact.on
    else:
        ending.not_amended = ending.not_amended or fact.on
