"""What a caseworker most likely records next, from what is recorded already.

A suggestion for the form, not a rule: it says which kind of fact to offer first.
"""

from __future__ import annotations

from caseworker_app.domain.facts import Fact, in_order

_PLAN_BEGINS = ("plan_sent", "plan_transferred_in")
_REVIEW_ENDS = ("amended_plan_sent", "no_amendment_sent")


def likely_next(facts: tuple[Fact, ...]) -> str:
    """The kind of fact to offer first, a key of `facts.KINDS`."""
    ordered = in_order(facts)
    began = _last(ordered, _PLAN_BEGINS)
    ended = _last(ordered, ("plan_ceased",))
    if began is not None and (ended is None or ended.on < began.on):
        return _in_review(_after(ordered, began))
    return _in_assessment(ordered)


def _in_review(facts: tuple[Fact, ...]) -> str:
    kinds = {fact.kind for fact in _open_review(facts)}
    decision = _last(_open_review(facts), ("review_decision_sent",))
    if decision is not None:
        if decision.text("outcome") == "cease":
            return "plan_ceased"
        return "amended_plan_sent" if "amendment_notice_sent" in kinds else "amendment_notice_sent"
    if "review_meeting_held" in kinds:
        arrived = "review_report_received" in kinds
        return "review_decision_sent" if arrived else "review_report_received"
    return "review_meeting_held" if "review_meeting_fixed" in kinds else "review_meeting_fixed"


def _open_review(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts since the last review was over; all of them where none is."""
    open_now: tuple[Fact, ...] = ()
    for fact in facts:
        open_now += (fact,)
        maintained = fact.kind == "review_decision_sent" and fact.text("outcome") == "maintain"
        if maintained or fact.kind in _REVIEW_ENDS:
            open_now = ()
    return open_now


def _in_assessment(facts: tuple[Fact, ...]) -> str:
    request = _last(facts, ("request_received",))
    if request is None:
        return "request_received"
    since = {fact.kind: fact for fact in _after(facts, request)}
    decision = since.get("assessment_decision_sent")
    if decision is None:
        return "assessment_decision_sent"
    if decision.text("outcome") == "refuse" or "refusal_to_issue_sent" in since:
        return "mediation_requested"
    if "advice_requested" not in since:
        return "advice_requested"
    if "advice_received" not in since:
        return "advice_received"
    return "plan_sent" if "draft_served" in since else "draft_served"


def _last(facts: tuple[Fact, ...], kinds: tuple[str, ...]) -> Fact | None:
    return next((fact for fact in reversed(facts) if fact.kind in kinds), None)


def _after(facts: tuple[Fact, ...], start: Fact) -> tuple[Fact, ...]:
    return facts[facts.index(start) + 1 :]
