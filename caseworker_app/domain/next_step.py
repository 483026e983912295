"""What a caseworker most likely records next, from what is recorded already.

A suggestion for the form, not a rule: it says which kind of fact to offer first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.domain.clock.episodes import Assessment, Review, episodes_of, meeting_fixed
from caseworker_app.domain.facts import Fact, in_order

_ON_THE_WAY = (
    ("advice_requested", "advice_requested"),
    ("advice_received", "advice_received"),
    ("draft_served", "draft_served"),
)
"""Of an assessment agreed to: a step, and what to offer while it is not recorded."""


def likely_next(facts: tuple[Fact, ...]) -> str:
    """The kind of fact to offer first, a key of `facts.KINDS`."""
    ordered = in_order(facts)
    assessments, reviews, spells = episodes_of(ordered)
    if spells and spells[-1].ceased is None:
        return _in_review(reviews, meeting_fixed(ordered))
    return _in_assessment(assessments, ordered)


def _in_review(reviews: tuple[Review, ...], fixed: Fact | None) -> str:
    running = [review for review in reviews if not review.ended]
    if running:
        return _after(running[-1])
    if fixed is not None:
        return "review_meeting_held"
    ceasing = bool(reviews) and reviews[-1].outcome == "cease" and reviews[-1].ceased is None
    return "plan_ceased" if ceasing else "review_meeting_fixed"


def _after(review: Review) -> str:
    if review.notice is not None:
        return "amended_plan_sent"
    if review.decision is not None:
        return "amendment_notice_sent"
    return "review_report_received" if review.report is None else "review_decision_sent"


def _in_assessment(assessments: tuple[Assessment, ...], facts: tuple[Fact, ...]) -> str:
    asked = [one for one in assessments if one.request is not None]
    if not asked:
        return "request_received"
    latest = asked[-1]
    if latest.outcome == "refuse" or latest.refusal is not None:
        return "mediation_requested"
    if latest.ended:
        return "request_received"
    if latest.decision is None:
        return "assessment_decision_sent"
    return _on_the_way(facts if latest.request is None else _from(latest.request, facts))


def next_of_reassessment(one: Assessment, since: Iterable[Fact]) -> str:
    """The kind of fact to offer first for a reassessment under way.

    Args:
        one: the reassessment.
        since: the facts since it began.
    """
    return "reassessment_decision_sent" if one.decision is None else _on_the_way(since)


def _from(day: date, facts: Iterable[Fact]) -> Iterable[Fact]:
    return (fact for fact in facts if fact.on >= day)


def _on_the_way(facts: Iterable[Fact]) -> str:
    known = {fact.kind for fact in facts}
    return next((offer for step, offer in _ON_THE_WAY if step not in known), "plan_sent")
